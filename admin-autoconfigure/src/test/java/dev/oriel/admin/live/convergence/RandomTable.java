package dev.oriel.admin.live.convergence;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * A table with a key of some sort, or none, and columns of some types. Rows are known by
 * a number, which the values of the key are made of.
 */
final class RandomTable {

	/** Rows are made with numbers below this, so that writers meet. */
	static final int NUMBERS = 90;

	private final String name;

	private final Kind kind;

	private final Key key;

	private final List<Column> columns = new ArrayList<>();

	private final @Nullable RandomTable parent;

	private final String reference;

	private final boolean unique;

	/**
	 * @param parent what some rows refer to, a table whose key is one integer
	 */
	RandomTable(String name, Dice dice, @Nullable RandomTable parent) {
		this.name = name;
		this.kind = dice.one(List.of(Kind.PLAIN, Kind.PLAIN, Kind.PLAIN, Kind.PARTITIONED, Kind.INHERITED));
		this.key = (this.kind == Kind.PARTITIONED) ? dice.one(List.of(Key.INT, Key.COMPOSITE))
				: dice.one(List.of(Key.INT, Key.INT, Key.INT, Key.COMPOSITE, Key.TEXT, Key.UUID, Key.NONE));
		int count = 3 + dice.below(4);
		for (ColumnType type : dice.some(ColumnType.ALL, count)) {
			this.columns.add(new Column("c" + this.columns.size(), type, !dice.oneIn(3)));
		}
		this.parent = parent;
		this.reference = dice.one(List.of("ON DELETE CASCADE ON UPDATE CASCADE", "ON DELETE SET NULL ON UPDATE CASCADE",
				"ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED", "DEFERRABLE"));
		this.unique = this.key != Key.NONE && this.kind == Kind.PLAIN && dice.oneIn(3);
	}

	String name() {
		return this.name;
	}

	Kind kind() {
		return this.kind;
	}

	Key key() {
		return this.key;
	}

	List<Column> columns() {
		return this.columns;
	}

	@Nullable RandomTable parent() {
		return this.parent;
	}

	/**
	 * Whether other tables can refer to it.
	 */
	boolean isReferable() {
		return this.key == Key.INT && this.kind != Kind.INHERITED;
	}

	/**
	 * Return the statements that make the table.
	 */
	String ddl() {
		StringBuilder sql = new StringBuilder("CREATE TABLE " + this.name + " (" + this.key.declaration);
		sql.append("vis int NOT NULL DEFAULT 0, n int, label text");
		for (Column column : this.columns) {
			sql.append(", ").append(column.name()).append(' ').append(column.type().sql());
			sql.append(
					column.nullable() ? "" : " NOT NULL DEFAULT " + ColumnType.literal(column.type().values().get(0)));
		}
		if (this.parent != null) {
			sql.append(", ref int REFERENCES ").append(this.parent.name).append(' ').append(this.reference);
		}
		sql.append(this.unique ? ", UNIQUE (n)" : "");
		sql.append(this.key.constraint.isEmpty() ? "" : ", PRIMARY KEY (" + this.key.constraint + ")").append(")");
		switch (this.kind) {
			case PLAIN -> sql.append(";\n");
			case PARTITIONED -> {
				sql.append(" PARTITION BY RANGE (").append(this.key.first()).append(");\n");
				int bound = (this.key == Key.INT) ? 40 : 4;
				sql.append("CREATE TABLE %1$s_low PARTITION OF %1$s FOR VALUES FROM (MINVALUE) TO (%2$d);\n"
					.formatted(this.name, bound));
				sql.append("CREATE TABLE %1$s_high PARTITION OF %1$s FOR VALUES FROM (%2$d) TO (MAXVALUE);\n"
					.formatted(this.name, bound));
			}
			case INHERITED ->
				sql.append(";\nCREATE TABLE %1$s_heir (more text) INHERITS (%1$s);\n".formatted(this.name));
		}
		return sql.toString();
	}

	/**
	 * Return the names of the columns that rows are inserted with.
	 */
	List<String> names() {
		List<String> names = new ArrayList<>(this.key.names);
		names.addAll(List.of("vis", "n", "label"));
		this.columns.forEach((column) -> names.add(column.name()));
		if (this.parent != null) {
			names.add("ref");
		}
		return names;
	}

	/**
	 * Return values for {@link #names()}, or {@code null} for NULL.
	 */
	List<@Nullable String> values(int number, Dice dice) {
		List<@Nullable String> values = new ArrayList<>(this.key.values(number));
		values.add(Integer.toString(dice.below(4)));
		values.add(Integer.toString(number));
		values.add(dice.oneIn(5) ? null : "row " + dice.below(20));
		for (Column column : this.columns) {
			values.add(column.value(dice));
		}
		if (this.parent != null) {
			values.add(dice.oneIn(4) ? null : Integer.toString(dice.below(NUMBERS)));
		}
		return values;
	}

	/**
	 * Return a condition that is true for the row of a number.
	 */
	String where(int number) {
		if (this.key == Key.NONE) {
			return "n = " + number;
		}
		List<String> values = this.key.values(number);
		return IntStream.range(0, values.size())
			.mapToObj((i) -> this.key.names.get(i) + " = " + ColumnType.literal(values.get(i)))
			.collect(Collectors.joining(" AND "));
	}

	/**
	 * What a table is stored in.
	 */
	enum Kind {

		PLAIN, PARTITIONED, INHERITED

	}

	/**
	 * What names a row.
	 */
	enum Key {

		INT("id int, ", "id"), COMPOSITE("a int, \"b b\" text, ", "a, \"b b\""),
		TEXT("code text COLLATE \"und-x-icu\", ", "code"), UUID("uid uuid, ", "uid"), NONE("", "");

		private final String declaration;

		private final String constraint;

		private final List<String> names;

		Key(String declaration, String constraint) {
			this.declaration = declaration;
			this.constraint = constraint;
			this.names = constraint.isEmpty() ? List.of() : List.of(constraint.split(", "));
		}

		List<String> names() {
			return this.names;
		}

		private String first() {
			return this.names.get(0);
		}

		List<String> values(int number) {
			return switch (this) {
				case INT -> List.of(Integer.toString(number));
				case COMPOSITE -> List.of(Integer.toString(number / 10), "b," + number % 10);
				case TEXT -> List.of(((number % 2 == 0) ? "ä \"k\" " : "k") + number);
				case UUID -> List.of("%08d-0000-4000-8000-000000000000".formatted(number));
				case NONE -> List.of();
			};
		}

		/**
		 * Return an expression over a number called {@code g} for each column.
		 */
		List<String> expressions() {
			return switch (this) {
				case INT -> List.of("g");
				case COMPOSITE -> List.of("g / 10", "'b,' || g % 10");
				case TEXT -> List.of("'k' || g");
				case UUID -> List.of("(lpad(g::text, 8, '0') || '-0000-4000-8000-000000000000')::uuid");
				case NONE -> List.of();
			};
		}

	}

	/**
	 * A column that is no key.
	 *
	 * @param name the name
	 * @param type the type
	 * @param nullable whether it may be NULL
	 */
	record Column(String name, ColumnType type, boolean nullable) {

		@Nullable String value(Dice dice) {
			return (this.nullable && dice.oneIn(5)) ? null : dice.one(this.type.values());
		}

	}

}
