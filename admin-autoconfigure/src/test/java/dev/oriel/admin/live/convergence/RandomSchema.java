package dev.oriel.admin.live.convergence;

import java.util.ArrayList;
import java.util.List;

/**
 * Some tables that refer to each other, and views of them.
 */
final class RandomSchema {

	private final List<RandomTable> tables = new ArrayList<>();

	private final List<View> views = new ArrayList<>();

	private final StringBuilder ddl = new StringBuilder(ColumnType.DEFINITIONS);

	RandomSchema(long seed) {
		Dice dice = new Dice(seed);
		int count = 3 + dice.below(3);
		for (int i = 0; i < count; i++) {
			List<RandomTable> referable = this.tables.stream().filter(RandomTable::isReferable).toList();
			RandomTable parent = (referable.isEmpty() || dice.oneIn(4)) ? null : dice.one(referable);
			RandomTable table = new RandomTable("t" + i, dice, parent);
			this.tables.add(table);
			this.ddl.append(table.ddl());
			if (dice.oneIn(2)) {
				this.ddl.append("""
						CREATE FUNCTION twice(%1$s) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1.vis * 2';
						""".formatted(table.name()));
			}
		}
		for (RandomTable table : this.tables) {
			addViews(table, dice);
		}
		for (RandomTable table : this.tables) {
			this.ddl.append(fill(table));
		}
		this.views.stream()
			.filter((view) -> view.stored())
			.forEach((view) -> this.ddl.append("REFRESH MATERIALIZED VIEW " + view.name() + ";\n"));
	}

	private void addViews(RandomTable table, Dice dice) {
		String name = table.name();
		if (dice.oneIn(2)) {
			view("v_" + name, "SELECT * FROM " + name + " WHERE vis <> 3", List.of("vis", "n", "label"), false);
		}
		if (dice.oneIn(3)) {
			view("g_" + name, "SELECT vis, count(*) AS n, max(label) AS label FROM " + name + " GROUP BY vis",
					List.of("vis", "n", "label"), false);
		}
		if (table.parent() != null && dice.oneIn(2)) {
			view("j_" + name, "SELECT c.vis, c.n, c.label, p.label AS parent FROM %s c LEFT JOIN %s p ON p.id = c.ref"
				.formatted(name, table.parent().name()), List.of("vis", "n", "label", "parent"), false);
		}
		if (dice.oneIn(4)) {
			view("m_" + name, "SELECT vis, n, label FROM " + name, List.of("vis", "n", "label"), true);
		}
	}

	private void view(String name, String sql, List<String> columns, boolean stored) {
		this.views.add(new View(name, sql, columns, stored));
		this.ddl.append("CREATE %sVIEW %s AS %s;\n".formatted(stored ? "MATERIALIZED " : "", name, sql));
	}

	/**
	 * Some rows are there when the first client comes.
	 */
	private static String fill(RandomTable table) {
		List<String> names = new ArrayList<>(table.key().names());
		List<String> values = new ArrayList<>(table.key().expressions());
		names.addAll(List.of("vis", "n", "label"));
		values.addAll(List.of("g % 4", "g", "'row ' || g % 20"));
		return "INSERT INTO %s (%s) SELECT %s FROM generate_series(0, 39) AS g;%n".formatted(table.name(),
				String.join(", ", names), String.join(", ", values));
	}

	List<RandomTable> tables() {
		return this.tables;
	}

	List<View> views() {
		return this.views;
	}

	/**
	 * Return the statements that make everything.
	 */
	String ddl() {
		return this.ddl.toString();
	}

	/**
	 * A view.
	 *
	 * @param name the name
	 * @param sql what it selects
	 * @param columns the columns that it certainly has
	 * @param stored whether it is materialized
	 */
	record View(String name, String sql, List<String> columns, boolean stored) {
	}

}
