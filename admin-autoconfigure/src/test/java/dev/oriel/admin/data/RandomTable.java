package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.oriel.admin.testing.PostgresDatabase;

/**
 * A table of awkward values: NULLs, ties, values that are equal but not the same, and
 * those at the ends of their types. The same seed gives the same table.
 */
final class RandomTable {

	static final String TYPES = """
			CREATE SCHEMA apart;
			CREATE EXTENSION citext SCHEMA apart;
			CREATE EXTENSION hstore SCHEMA apart;
			CREATE COLLATION public.caseless (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
			CREATE TYPE public.mood AS ENUM ('so so', 'bad', 'great');
			CREATE TYPE public.pair AS (a int, b text);
			CREATE DOMAIN public.word AS text CHECK (VALUE <> 'no');
			CREATE DOMAIN public.caseless_word AS text COLLATE public.caseless;
			CREATE TABLE public.parent (id int PRIMARY KEY, label text COLLATE public.caseless, rank float8);
			INSERT INTO public.parent VALUES (1, 'x', 1), (2, 'X', 'NaN'), (3, NULL, NULL), (4, 'y', '-Infinity'), (5, '', 1);
			""";

	private static final String TEXTS = "'', ' ', 'a', 'A', 'ä', 'a b', 'ab', 'B', 'b''\"\\', 'z', 'ß', 'ss', '~', '😀'";

	private static final List<String[]> COLUMNS = List.of(column("text", TEXTS), column("text COLLATE \"C\"", TEXTS),
			column("text COLLATE public.caseless", TEXTS), column("apart.citext", TEXTS), column("varchar(20)", TEXTS),
			column("char(3)", "'', 'a', 'A ', 'b', 'abc'"), column("\"char\"", "'', 'a', 'B', 'z'"),
			column("name COLLATE \"C\"", "'', 'a', 'A'"), column("public.word", "'', 'a', 'B'"),
			column("public.caseless_word", "'a', 'A', 'b', 'B'"), column("int", "-1, 0, 1, 2147483647"),
			column("bigint", "-9223372036854775808, 0, 9223372036854775807"),
			column("numeric", "'NaN', 'Infinity', '-Infinity', 1, 1.0, 1.00, 0.1, 12345678901234567890.123456789"),
			column("float8", "'NaN', 'Infinity', '-Infinity', '-0', 0, 0.1, 0.30000000000000004, 0.3, 1e300"),
			column("float4", "'NaN', 0.1, 16777216, 16777217, 1e-30"), column("boolean", "true, false"),
			column("timestamptz",
					"'infinity', '-infinity', '0044-03-15 BC', '2024-10-27 00:30:00.000001Z', '2024-10-27 01:30:00Z'"),
			column("timestamp", "'infinity', '2024-01-01', '2024-01-01 00:00:00.000001'"),
			column("date", "'infinity', '-infinity', '2024-01-01', '10000-01-01'"),
			column("time", "'00:00', '24:00', '12:30:00.5'"),
			column("timetz", "'12:00+02', '11:00+01', '10:00Z', '23:00-05'"),
			column("interval", "'1 month', '30 days', '-1 day', '720:00:00', '1 year 00:00:01'"),
			column("bytea", "'', '\\x00', '\\x0001', '\\xff'"), column("money", "-1.5, 0, 1234567.89, 0.01"),
			column("uuid", "'00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'"),
			column("public.mood", "'so so', 'bad', 'great'"), column("int4range", "'empty', '[1,2)', '(,)', '[1,)'"),
			column("numrange", "'empty', '[1.0,2]', '[1.00,2]', '(1,2)'"),
			column("int[]", "'{}', '{1}', '{1,NULL}', '[0:0]={1}', '{{1,2}}'"),
			column("text[]", "'{}', '{\"\"}', '{NULL}', '{\"a,b\"}', '{\"\\\"\"}'"),
			column("jsonb", "'null', '1', '1.0', '\"a\"', '{}', '{\"a\": 1}', '{\"a\": \"x\"}', '[]', '[1]'"),
			column("public.pair", "'(,)', '(1,)', '(1,a)', '(1,\"\")', '(,b)'"),
			column("inet", "'10.0.0.1', '10.0.0.1/8', '::1'"), column("bit varying(4)", "'', '0', '01', '1'"),
			column("apart.hstore", "'', 'a=>1', 'a=>NULL', 'b=>2', 'a=>1, b=>2'"), column("oid", "0, 1, 4294967295"),
			column("pg_lsn", "'0/0', '1/A'"));

	private final Random random;

	private final String name;

	private final List<String> names = new ArrayList<>();

	private final List<String> values = new ArrayList<>();

	private int rows;

	RandomTable(int seed) {
		this.random = new Random(seed);
		this.name = "random_" + seed;
	}

	String name() {
		return this.name;
	}

	Random random() {
		return this.random;
	}

	/**
	 * Create the table with some rows.
	 */
	void create(PostgresDatabase database, int size) {
		StringBuilder sql = new StringBuilder("CREATE TABLE public." + this.name
				+ " (id int NOT NULL, word text COLLATE public.caseless NOT NULL, parent_id int REFERENCES public.parent");
		for (int i = 0; i < COLUMNS.size(); i++) {
			boolean nullable = this.random.nextBoolean();
			this.names.add("c" + i);
			this.values.add(COLUMNS.get(i)[1] + (nullable ? ", NULL, NULL" : ""));
			sql.append(", c").append(i).append(' ').append(COLUMNS.get(i)[0]).append(nullable ? "" : " NOT NULL");
		}
		sql.append(", doc jsonb, PRIMARY KEY (").append(this.random.nextBoolean() ? "id" : "word, id").append("))");
		database.execute(sql.toString());
		// Two values that are computed from the row.
		database.execute("""
				CREATE FUNCTION public.full_name(public.%1$s) RETURNS apart.citext LANGUAGE sql STABLE
				AS 'SELECT $1.word || nullif($1.parent_id, 3)::text';
				CREATE FUNCTION public.half(public.%1$s) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT $1.id / 8.0'
				""".formatted(this.name));
		for (int i = 0; i < size; i++) {
			insert(database);
		}
	}

	/**
	 * Add a row and return its id.
	 */
	int insert(PostgresDatabase database) {
		int id = ++this.rows;
		List<String> picked = this.values.stream().map(this::pick).toList();
		database.execute("INSERT INTO public.%s (id, word, parent_id, doc, %s) VALUES (%d, %s, %s, %s, %s)".formatted(
				this.name, String.join(", ", this.names), id, pick("'a', 'A', 'b', 'B', 'c'"),
				pick("1, 2, 3, 4, 5, NULL"),
				pick("'{\"a\": 1}', '{\"a\": \"x\"}', '{\"a\": null}', '{}', NULL, '{\"a\": \"X\", \"b\": [2]}', '{\"b\": [1]}'"),
				String.join(", ", picked)));
		return id;
	}

	/**
	 * Return an order of some steps.
	 */
	String order() {
		return IntStream.rangeClosed(0, this.random.nextInt(4))
			.mapToObj((i) -> step())
			.collect(Collectors.joining(","));
	}

	private String step() {
		List<String> special = List.of("id", "word", "parent(label)", "parent(rank)", "doc->a", "doc->>a", "doc->b->0",
				"parent_id", "full_name", "half");
		String column = (this.random.nextInt(3) == 0) ? special.get(this.random.nextInt(special.size()))
				: this.names.get(this.random.nextInt(this.names.size()));
		return column + List.of("", ".asc", ".desc").get(this.random.nextInt(3))
				+ List.of("", "", ".nullsfirst", ".nullslast").get(this.random.nextInt(4));
	}

	private String pick(String values) {
		List<String> all = new ArrayList<>();
		StringBuilder value = new StringBuilder();
		boolean quoted = false;
		for (char character : (values + ",").toCharArray()) {
			quoted ^= character == '\'';
			if (character == ',' && !quoted) {
				all.add(value.toString());
				value.setLength(0);
			}
			else {
				value.append(character);
			}
		}
		return all.get(this.random.nextInt(all.size()));
	}

	private static String[] column(String type, String values) {
		return new String[] { type, values };
	}

}
