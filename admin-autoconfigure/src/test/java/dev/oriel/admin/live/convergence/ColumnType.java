package dev.oriel.admin.live.convergence;

import java.util.List;

/**
 * A type with values that are awkward to compare, and the operators that make sense for
 * it.
 *
 * @param sql the type as it is declared
 * @param values its values as PostgreSQL reads them
 * @param operators filters of the query language
 * @param orderable whether rows can be ordered by it
 * @param exact whether values that are equal are also the same
 */
record ColumnType(String sql, List<String> values, List<String> operators, boolean orderable, boolean exact) {

	private static final List<String> COMPARISONS = List.of("eq", "neq", "gt", "gte", "lt", "lte", "in", "isdistinct",
			"eq(any)");

	private static final List<String> TEXTUAL = List.of("eq", "neq", "gt", "lte", "in", "isdistinct", "like", "ilike",
			"match", "imatch", "fts", "plfts", "like(any)");

	private static final List<String> SETS = List.of("cs", "cd", "ov", "eq", "isdistinct");

	private static final List<String> TEXTS = List.of("", " ", "a", "A", "ä", "ab", "a b", "B", "ss", "ß", "z", "~",
			"😀", "b'\"\\", "x,y", "(z)", "100%", "a_b");

	static final ColumnType INT = new ColumnType("int", List.of("-3", "0", "1", "2", "7", "2147483647"), COMPARISONS,
			true, true);

	static final List<ColumnType> ALL = List.of(INT,
			new ColumnType("numeric", List.of("1", "1.0", "1.00", "-0.5", "NaN", "12345678901234567890.123456789"),
					COMPARISONS, true, false),
			new ColumnType("float8", List.of("0", "-0", "0.1", "0.30000000000000004", "NaN", "-Infinity", "1e300"),
					COMPARISONS, true, false),
			new ColumnType("text", TEXTS, TEXTUAL, true, true),
			new ColumnType("text COLLATE \"C\"", TEXTS, TEXTUAL, true, true),
			new ColumnType("text COLLATE \"und-x-icu\"", TEXTS, TEXTUAL, true, true),
			new ColumnType("text COLLATE caseless", TEXTS, COMPARISONS, true, false),
			new ColumnType("citext", TEXTS, List.of("eq", "neq", "gt", "in", "isdistinct", "like", "ilike"), true,
					false),
			new ColumnType("timestamptz",
					List.of("infinity", "-infinity", "2024-10-27T00:30:00.000001Z", "2024-10-27T01:30:00Z",
							"1999-12-31T23:59:60Z"),
					COMPARISONS, true, true),
			new ColumnType("date", List.of("infinity", "2024-02-29", "0001-01-01"), COMPARISONS, true, true),
			new ColumnType("jsonb",
					List.of("null", "1", "1.0", "\"a\"", "{}", "{\"a\": 1}", "{\"a\": \"x\", \"b\": [2]}", "[1]"),
					List.of("cs", "cd", "eq", "isdistinct"), true, false),
			new ColumnType("uuid",
					List.of("00000000-0000-0000-0000-000000000000", "c0ffee00-0000-4000-8000-000000000001",
							"ffffffff-ffff-ffff-ffff-ffffffffffff"),
					COMPARISONS, true, true),
			new ColumnType("boolean", List.of("true", "false"), List.of("is", "eq", "isdistinct"), true, true),
			new ColumnType("mood", List.of("so so", "bad", "great"), COMPARISONS, true, true),
			new ColumnType("int[]", List.of("{}", "{1}", "{1,NULL}", "{2,3}", "{{1,2}}"), SETS, true, false),
			new ColumnType("text[]", List.of("{}", "{\"\"}", "{NULL}", "{\"a,b\"}", "{a,b}"), SETS, true, false),
			new ColumnType("int4range", List.of("empty", "[1,3)", "(,)", "[2,)"),
					List.of("cs", "ov", "sl", "sr", "adj"), true, true));

	/** What every schema needs beside its tables. */
	static final String DEFINITIONS = """
			CREATE EXTENSION IF NOT EXISTS citext;
			CREATE TYPE mood AS ENUM ('so so', 'bad', 'great');
			CREATE COLLATION caseless (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
			""";

	/**
	 * Return a value as a literal of SQL.
	 */
	static String literal(String value) {
		return "'" + value.replace("'", "''") + "'";
	}

}
