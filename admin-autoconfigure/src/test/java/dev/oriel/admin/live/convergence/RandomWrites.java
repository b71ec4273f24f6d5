package dev.oriel.admin.live.convergence;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.oriel.admin.live.convergence.RandomTable.Column;
import dev.oriel.admin.live.convergence.RandomTable.Key;
import dev.oriel.admin.live.convergence.RandomTable.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Transactions on a random schema, as lists of statements. A statement may fail, as
 * statements do, by a constraint or by what somebody else does.
 */
final class RandomWrites {

	/** Ends a transaction without its effects. */
	static final String ROLLBACK = "ROLLBACK";

	/** How a statement begins that copies the lines behind it. */
	static final String COPY = "COPY ";

	private final Dice dice;

	private final RandomSchema schema;

	RandomWrites(long seed, RandomSchema schema) {
		this.dice = new Dice(seed);
		this.schema = schema;
	}

	/**
	 * Return the statements of a transaction, the last of which may be {@link #ROLLBACK}.
	 */
	List<String> next() {
		List<String> statements = new ArrayList<>();
		int count = this.dice.oneIn(12) ? 60 : 1 + this.dice.below(this.dice.oneIn(3) ? 6 : 2);
		for (int i = 0; i < count; i++) {
			RandomTable table = this.dice.one(this.schema.tables());
			if (count < 60 && this.dice.oneIn(8)) {
				statements.add("SAVEPOINT s");
				statements.add(small(table));
				statements.add(this.dice.oneIn(2) ? "ROLLBACK TO s" : "RELEASE s");
			}
			else if (count < 60 && this.dice.oneIn(10)) {
				statements.addAll(large(table));
			}
			else {
				statements.add(small(table));
			}
		}
		if (this.dice.oneIn(8)) {
			statements.add(ROLLBACK);
		}
		return statements;
	}

	/**
	 * Return a table and the JSON of a row of it, for those who write through Oriel.
	 */
	Row row() {
		RandomTable table = this.dice.one(this.schema.tables());
		int number = this.dice.below(RandomTable.NUMBERS);
		List<String> names = table.names();
		List<@Nullable String> values = table.values(number, this.dice);
		String json = IntStream.range(0, names.size())
			.mapToObj((i) -> json(names.get(i).replace("\"", "")) + ":" + json(values.get(i)))
			.collect(Collectors.joining(",", "{", "}"));
		return new Row(table.name(), number, json, this.dice.below(5));
	}

	private static String json(@Nullable String text) {
		return (text != null) ? "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"" : "null";
	}

	private String small(RandomTable table) {
		int number = this.dice.below(RandomTable.NUMBERS);
		return switch (this.dice.below(14)) {
			case 0, 1, 2 -> insert(table, number);
			case 3, 4 -> "DELETE FROM %s WHERE %s".formatted(table.name(), table.where(number));
			case 5 ->
				"UPDATE %s SET vis = %d WHERE %s".formatted(table.name(), this.dice.below(4), table.where(number));
			case 6 -> rename(table, number);
			case 7 -> "UPDATE %s SET n = n + 1000, label = label || 'x' WHERE n %% 10 = %d AND n < 900"
				.formatted(table.name(), this.dice.below(10));
			case 8 -> "UPDATE %s SET n = n - 1000 WHERE n BETWEEN 1000 AND 1999".formatted(table.name());
			case 9 -> merge(table, number);
			default -> {
				Column column = this.dice.one(table.columns());
				String value = column.value(this.dice);
				yield "UPDATE %s SET %s = %s, label = 'row %d' WHERE %s".formatted(table.name(), column.name(),
						(value != null) ? ColumnType.literal(value) : "NULL", this.dice.below(20), table.where(number));
			}
		};
	}

	private String insert(RandomTable table, int number) {
		boolean heir = table.kind() == Kind.INHERITED && this.dice.oneIn(3);
		String target = heir ? table.name() + "_heir" : table.name();
		String sql = "INSERT INTO %s (%s) VALUES (%s)".formatted(target, String.join(", ", table.names()),
				literals(table, number));
		if (heir || table.key() == Key.NONE) {
			return sql;
		}
		return sql
				+ (this.dice.oneIn(2) ? " ON CONFLICT DO NOTHING" : " ON CONFLICT (%s) DO UPDATE SET vis = excluded.vis"
					.formatted(String.join(", ", table.key().names())));
	}

	private String literals(RandomTable table, int number) {
		return table.values(number, this.dice)
			.stream()
			.map((value) -> (value != null) ? ColumnType.literal(value) : "NULL")
			.collect(Collectors.joining(", "));
	}

	/**
	 * Give a row the key of another number.
	 */
	private String rename(RandomTable table, int number) {
		if (table.key() == Key.NONE) {
			return "UPDATE %s SET n = NULL WHERE n = %d".formatted(table.name(), number);
		}
		List<String> values = table.key().values(this.dice.below(RandomTable.NUMBERS));
		String assignments = IntStream.range(0, values.size())
			.mapToObj((i) -> table.key().names().get(i) + " = " + ColumnType.literal(values.get(i)))
			.collect(Collectors.joining(", "));
		return "UPDATE %s SET %s WHERE %s".formatted(table.name(), assignments, table.where(number));
	}

	private String merge(RandomTable table, int number) {
		if (table.key() == Key.NONE) {
			return insert(table, number);
		}
		return """
				MERGE INTO %1$s USING (VALUES (%2$s)) AS source (number) ON %1$s.n = source.number
				WHEN MATCHED AND vis = 0 THEN DELETE WHEN MATCHED THEN UPDATE SET vis = vis - 1
				WHEN NOT MATCHED THEN INSERT (%3$s) VALUES (%4$s)""".formatted(table.name(), number,
				String.join(", ", table.names()), literals(table, number));
	}

	private List<String> large(RandomTable table) {
		List<String> names = new ArrayList<>(table.key().names());
		List<String> values = new ArrayList<>(table.key().expressions());
		names.addAll(List.of("vis", "n", "label"));
		values.addAll(List.of("g % 4", "g", "'bulk ' || g"));
		String columns = String.join(", ", names);
		return switch (this.dice.below(6)) {
			case 0, 1 ->
				List.of("INSERT INTO %s (%s) SELECT %s FROM generate_series(5000, 6400) AS g ON CONFLICT DO NOTHING"
					.formatted(table.name(), columns, String.join(", ", values)));
			case 2 -> List.of("UPDATE %s SET vis = (vis + 1) %% 4 WHERE n %% 2 = 0".formatted(table.name()),
					"DELETE FROM %s WHERE n BETWEEN 5000 AND 6400".formatted(table.name()));
			case 3 -> List.of(COPY + "%s (vis, n, label%s) FROM STDIN\n%s".formatted(table.name(),
					names.size() > 3 ? ", " + String.join(", ", table.key().names()) : "",
					lines(table, 200 + this.dice.below(50))));
			case 4 -> this.dice.oneIn(3) ? List.of("TRUNCATE " + table.name() + " CASCADE")
					: List.of("DELETE FROM %s WHERE n BETWEEN 5000 AND 6400".formatted(table.name()));
			default -> List.of("DELETE FROM %s WHERE vis = 3".formatted(table.name()));
		};
	}

	private String lines(RandomTable table, int from) {
		return IntStream.range(from, from + 20).mapToObj((number) -> {
			List<String> values = new ArrayList<>(
					List.of(Integer.toString(number % 4), Integer.toString(number), "copied"));
			values.addAll(table.key().values(number));
			return String.join("\t", values).replace("\\", "\\\\") + "\n";
		}).collect(Collectors.joining());
	}

	/**
	 * A row to write through Oriel.
	 *
	 * @param table the table
	 * @param number the row's number
	 * @param json its values
	 * @param choice what to do with it
	 */
	record Row(String table, int number, String json, int choice) {
	}

}
