package dev.oriel.admin.live.convergence;

import java.util.ArrayList;
import java.util.List;

import dev.oriel.admin.live.convergence.RandomSchema.View;
import dev.oriel.admin.live.convergence.RandomTable.Column;
import dev.oriel.admin.live.convergence.RandomTable.Kind;

/**
 * Changes of a random schema while it is in use.
 */
final class RandomDdl {

	private final Dice dice;

	private final RandomSchema schema;

	RandomDdl(long seed, RandomSchema schema) {
		this.dice = new Dice(seed);
		this.schema = schema;
	}

	/**
	 * Return statements that belong together, each in a transaction of its own.
	 */
	List<String> next() {
		RandomTable table = this.dice.one(this.schema.tables());
		String name = table.name();
		Column column = this.dice.one(table.columns());
		return switch (this.dice.below(12)) {
			case 0 -> List.of("ALTER TABLE %s ADD COLUMN IF NOT EXISTS added int DEFAULT 7".formatted(name));
			case 1 -> List.of("ALTER TABLE %s ADD COLUMN IF NOT EXISTS gone text DEFAULT 'x'".formatted(name),
					"ALTER TABLE %s DROP COLUMN gone".formatted(name));
			case 2 -> List.of("ALTER TABLE %s RENAME COLUMN %s TO renamed".formatted(name, column.name()),
					"ALTER TABLE %s RENAME COLUMN renamed TO %s".formatted(name, column.name()));
			case 3 ->
				List.of("ALTER TABLE %s ALTER COLUMN %s TYPE text USING %2$s::text".formatted(name, column.name()));
			case 4 -> List.of("CREATE INDEX ON %s (label, n)".formatted(name));
			case 5 -> List.of("ALTER TABLE %s DROP COLUMN %s CASCADE".formatted(name, column.name()));
			case 6 -> drop(table);
			case 7 -> partition(table);
			case 8 -> List.of("COMMENT ON TABLE %s IS 'changed'".formatted(name));
			case 9 -> List.of("ALTER TABLE %s ALTER COLUMN n TYPE bigint".formatted(name),
					"ALTER TABLE %s ALTER COLUMN n TYPE int".formatted(name));
			default -> refresh();
		};
	}

	private List<String> drop(RandomTable table) {
		return (table.kind() == Kind.PLAIN) ? List.of("DROP TABLE " + table.name() + " CASCADE", table.ddl())
				: refresh();
	}

	private List<String> partition(RandomTable table) {
		if (table.kind() != Kind.PARTITIONED) {
			return List.of("TRUNCATE %s CASCADE".formatted(table.name()));
		}
		int bound = (table.key() == RandomTable.Key.INT) ? 40 : 4;
		return List.of("ALTER TABLE %1$s DETACH PARTITION %1$s_high".formatted(table.name()),
				"ALTER TABLE %1$s ATTACH PARTITION %1$s_high FOR VALUES FROM (%2$d) TO (MAXVALUE)"
					.formatted(table.name(), bound));
	}

	private List<String> refresh() {
		List<String> statements = new ArrayList<>();
		this.schema.views()
			.stream()
			.filter(View::stored)
			.forEach((view) -> statements.add("REFRESH MATERIALIZED VIEW " + view.name()));
		return statements;
	}

}
