package dev.oriel.admin.data;

import java.util.List;

import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for values that go out and come back: PostgreSQL itself says whether they are the
 * same.
 */
class ValuesIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					smallint         | '-32768', '32767', '0'
					integer          | '-2147483648', '2147483647'
					bigint           | '-9223372036854775808', '9223372036854775807', '9007199254740993'
					numeric          | '0', '-0.000', '1.10', 'NaN', 'Infinity', '-Infinity', '123456789012345678901234567890.123456789012345678901234567890', '1e-300', '1e300'
					numeric(12,2)    | '0.10', '-9999999999.99', 'NaN'
					real             | 'NaN', 'Infinity', '-Infinity', '3.4028235e38', '1.17549435e-38', '0.1', '-0'
					double precision | 'NaN', '-Infinity', '1.7976931348623157e308', '4.9406564584124654e-324', '0.1', '0.30000000000000004'
					money            | '-92233720368547758.08', '1234.56', '0'
					text             | '', ' ', 'a', E'\\t\\n\\r\\\\', '"quoted"', '''', 'null', '{}', '🦋', E'\\u0001', '́e', 'ﷺ'
					varchar(5)       | '', 'ab  ', '12345'
					char(5)          | 'ab', ''
					"char"           | 'a', ''
					name             | 'x'
					boolean          | 'true', 'false'
					bytea            | '\\x', '\\x00ff', '\\xdeadbeef'
					uuid             | '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'
					date             | '2024-02-29', 'infinity', '-infinity', '4713-01-01 BC', '0044-03-15 BC', '5874897-12-31', '0001-01-01'
					timestamp        | '2024-02-29 23:59:59.999999', 'infinity', '-infinity', '4713-01-01 00:00:00 BC', '294276-12-31 23:59:59.999999', '1999-12-31 24:00:00'
					timestamptz      | '2024-03-31 02:30:00+01', 'infinity', '-infinity', '0044-03-15 00:00:00+00 BC', '294276-12-31 23:59:59.999999+00', '1883-11-18 12:03:57.123456+00'
					time             | '00:00:00', '24:00:00', '23:59:59.999999'
					timetz           | '24:00:00+15:59', '00:00:00-15:59', '12:00:00.000001+00'
					interval         | '1 year -2 months 3 days -04:05:06.000007', '-178000000 years', '0', 'infinity', '1 mon -30 days'
					json             | '{"a":1}', '[]', '"s"', '1', '{"n":12345678901234567890.10}', '{"a":1,"a":2}'
					jsonb            | '{"a": 1}', '[]', '"s"', '123456789012345678901234567890.12345678901234567890', '{"n": 1e300, "z": -0.0, "t": [null, true, {"x": "\\"\\\\"}]}'
					inet             | '10.0.0.1', '10.0.0.1/8', '::1', '2001:db8::/32'
					cidr             | '10.0.0.0/8', '::/0'
					macaddr          | '08:00:2b:01:02:03'
					macaddr8         | '08:00:2b:01:02:03:04:05'
					bit(4)           | '0101', '0000'
					varbit           | '', '0101010101'
					xml              | '<a b="c">d &amp; e</a>', ''
					oid              | '0', '4294967295'
					point            | '(1.5,-2)', '(0,0)'
					line             | '{1,2,3}'
					lseg             | '[(0,0),(1,1)]'
					box              | '(1,1),(0,0)'
					path             | '[(0,0),(1,1)]', '((0,0),(1,1))'
					polygon          | '((0,0),(1,1),(1,0))'
					circle           | '<(0,0),1.5>'
					tsvector         | 'a:1A b:2', ''
					tsquery          | '''a'' & !''b'':*', ''
					int4range        | '[1,5)', 'empty', '(,)', '[1,)'
					numrange         | '[1.10,NaN]', '(,0]'
					tstzrange        | '["2024-01-01 00:00:00+00",infinity)', '[,"2024-01-01 00:00:00+00"]'
					daterange        | '[-infinity,infinity)'
					int4multirange   | '{[1,3),[5,9)}', '{}'
					pg_lsn           | '16/B374D848'
					integer[]        | '{}', '{1,NULL,3}', '{{1,2},{3,4}}', '{NULL}'
					bigint[]         | '{9223372036854775807,-9223372036854775808}'
					numeric[]        | '{1.10,NaN,12345678901234567890.12345678901234567890}'
					text[]           | '{}', '{"",NULL,"NULL","a,b","\\"","\\\\","{}"," "}', '{{a},{b}}'
					timestamptz[]    | '{infinity,"2024-01-01 00:00:00.000001+00",NULL}'
					jsonb[]          | '{"{\\"a\\": [1, 2]}","1",NULL}'
					bytea[]          | '{"\\\\x00ff",NULL}'
					boolean[]        | '{t,f,NULL}'
					uuid[]           | '{00000000-0000-0000-0000-000000000001}'
					int4range[]      | '{"[1,5)",empty,NULL}'
					mood             | 'sad', 'it''s "ok", really'
					mood[]           | '{sad,"it''s \\"ok\\", really",NULL}'
					percent          | '0', '100'
					percent[]        | '{1,2,NULL}'
					matrix           | '{1,2}'
					address          | '(a,1)', '(,)', '("x ""y"", (z)",-5)', '("",)'
					address[]        | '{"(a,1)",NULL}'
					""")
	void valuesSurviveARoundTrip(String type, String literals) {
		types();
		database.execute("DROP TABLE IF EXISTS copied, original; "
				+ "CREATE TABLE original (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v " + type + "); "
				+ "CREATE TABLE copied (id int PRIMARY KEY, v " + type + "); "
				+ "INSERT INTO original (v) SELECT CAST(x AS " + type + ") FROM unnest(ARRAY[" + literals
				+ ", NULL]::text[]) AS x");
		Rig rig = Rig.of(database);
		rig.insert("copied", rig.read("original", "order=id"));
		// As one row, too, and by an update.
		rig.update("copied", "id=eq.1", rig.read("original", "id=eq.1&select=v").replaceAll("^\\[|\\]$", ""));
		List<String> different = database.jdbc()
			.sql("SELECT o.v::text || ' became ' || coalesce(c.v::text, 'NULL') FROM original o JOIN copied c USING (id) "
					+ "WHERE o.v::text IS DISTINCT FROM c.v::text OR pg_column_size(o.v) <> pg_column_size(c.v)")
			.query(String.class)
			.list();
		assertThat(different).isEmpty();
		assertThat(count("copied")).isEqualTo(count("original")).isGreaterThan(1);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			numeric     | "12345678901234567890.10"      | 12345678901234567890.10
			numeric     | 12345678901234567890.10        | 12345678901234567890.10
			bigint      | 9007199254740993               | 9007199254740993
			integer[]   | "{1,NULL}"                     | {1,NULL}
			integer[]   | [1,null]                       | {1,NULL}
			integer[]   | "[0:1]={7,8}"                  | [0:1]={7,8}
			text[]      | ["a,b",null,""]                | {"a,b",NULL,""}
			jsonb       | {"a":1.10}                     | {"a": 1.10}
			jsonb       | "s"                            | "s"
			date        | "today"                        | ?
			boolean     | "yes"                          | true
			bytea       | "\\\\x0102"                    | \\x0102
			address     | {"street":"a","number":1}      | (a,1)
			address     | "(a,1)"                        | (a,1)
			text        | 1.50                           | 1.50
			text        | {"a": 1}                       | {"a": 1}
			""")
	void valuesAreReadByPostgres(String type, String json, String text) {
		types();
		database.execute("DROP TABLE IF EXISTS single; CREATE TABLE single (id int PRIMARY KEY, v " + type + ")");
		Rig.of(database).insert("single", "{\"id\":1,\"v\":" + json + "}");
		String stored = database.jdbc().sql("SELECT v::text FROM single").query(String.class).single();
		assertThat(stored).isEqualTo(text.equals("?")
				? database.jdbc().sql("SELECT current_date::text").query(String.class).single() : text);
	}

	@Test
	void numbersLeaveWithAllTheirDigits() {
		database.execute("DROP TABLE IF EXISTS digits; CREATE TABLE digits AS SELECT 1.10::numeric AS n, "
				+ "9223372036854775807 AS b, 'NaN'::numeric AS nan, 0.1::float8 AS f");
		assertThat(Rig.of(database).read("digits", ""))
			.isEqualTo("[{\"n\":1.10,\"b\":9223372036854775807,\"nan\":\"NaN\",\"f\":0.1}]");
	}

	private static void types() {
		database.execute("""
				DO $$BEGIN
				IF to_regtype('mood') IS NULL THEN
				  CREATE TYPE mood AS ENUM ('sad', 'it''s "ok", really');
				  CREATE DOMAIN percent AS int CHECK (VALUE BETWEEN 0 AND 100);
				  CREATE DOMAIN matrix AS int[];
				  CREATE TYPE address AS (street text, number int);
				END IF; END$$""");
	}

	private static long count(String table) {
		return database.jdbc().sql("SELECT count(*) FROM " + table).query(Long.class).single();
	}

}
