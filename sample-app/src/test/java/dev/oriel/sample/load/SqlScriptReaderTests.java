package dev.oriel.sample.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SqlScriptReaderTests {

	@Test
	void separatesStatementsAndRemembersTheirLines() throws IOException {
		assertThat(read("""
				-- a comment; with a semicolon

				select 1; select 2;
				/* another; /* nested; */ */ select
				  3;
				select 4""")).containsExactly(new SqlStatement("select 1", 3), new SqlStatement(" select 2", 3),
				new SqlStatement("/* another; /* nested; */ */ select\n  3", 4), new SqlStatement("select 4\n", 6));
	}

	@ParameterizedTest
	@ValueSource(strings = { "select 'a;b'", "select 'it''s;'", "select \"a;b\"", "select E'\\';'", "select e'\\\\'",
			"select 'a\\'", "select $$a;b$$", "select $tag$ $$ ; $other$ ; $tag$", "select '$$', ';'", "select (1;2)",
			"select 'two\nlines;'", "do $$ begin perform 1; end $$", "select a$1 from b -- ;",
			"create rule r as on insert to t do (delete from a; delete from b)",
			"create function f() returns int begin atomic select 1; select case when true then 2 end; end",
			"create or replace procedure p() begin atomic insert into t values (1); end" })
	void keepsSemicolonsThatEndNothing(String sql) throws IOException {
		assertThat(read(sql + "\n;\nselect 'next';")).extracting((statement) -> statement.text().strip())
			.containsExactly(sql, "select 'next'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "begin; commit;", "select 1; end;", "select 'create', 'begin'; select 2;" })
	void endsStatementsOfTransactions(String sql) throws IOException {
		assertThat(read(sql)).hasSize(2);
	}

	@Test
	void leavesEmptyStatementsOut() throws IOException {
		assertThat(read(";;\n-- nothing\n;")).isEmpty();
	}

	@Test
	void keepsBlankLinesWithinAStatement() throws IOException {
		assertThat(read("select 'a\n\n\nb',\n\n  c;\nselect 2;"))
			.containsExactly(new SqlStatement("select 'a\n\n\nb',\n\n  c", 1), new SqlStatement("select 2", 7));
	}

	@Test
	void readsManyBlankLines() throws IOException {
		assertThat(read("\n".repeat(100_000) + "select 1;")).containsExactly(new SqlStatement("select 1", 100_001));
	}

	@Test
	void readsTheRowsAfterCopy() throws IOException {
		SqlScriptReader reader = reader("""
				COPY public.t (a, b) FROM stdin;
				1\t;
				\\N\t'
				\\.

				select 1;
				""");
		SqlStatement copy = reader.next();
		assertThat(copy).isNotNull();
		assertThat(copy.copiesFromInput()).isTrue();
		assertThat(reader.nextRow()).isEqualTo("1\t;");
		assertThat(reader.nextRow()).isEqualTo("\\N\t'");
		assertThat(reader.nextRow()).isNull();
		assertThat(reader.next()).isEqualTo(new SqlStatement("select 1", 6));
	}

	@Test
	void skipsCommandsOfPsqlThatChangeNothing() throws IOException {
		assertThat(read("\\restrict abc\n\\set ON_ERROR_STOP on\nselect 1;\n\\unrestrict abc\n"))
			.containsExactly(new SqlStatement("select 1", 3));
	}

	@Test
	void refusesCommandsOfPsqlThatWouldChangeWhatIsLoaded() {
		assertThatExceptionOfType(SqlScriptException.class).isThrownBy(() -> read("select 1;\n\\connect other\n"))
			.withMessage("\\connect is a command of psql and cannot be run here")
			.satisfies((ex) -> assertThat(ex.line()).isEqualTo(2));
	}

	@ParameterizedTest
	@ValueSource(strings = { "vacuum analyze", "CREATE DATABASE x", "create unique index concurrently i on t (a)",
			"reindex index concurrently i" })
	void knowsWhatStandsAlone(String sql) {
		assertThat(new SqlStatement(sql, 1).standsAlone()).isTrue();
	}

	@Test
	void knowsWhatDoesNotStandAlone() {
		assertThat(new SqlStatement("create table t (concurrently int)", 1).standsAlone()).isFalse();
	}

	private static List<SqlStatement> read(String sql) throws IOException {
		SqlScriptReader reader = reader(sql);
		List<SqlStatement> statements = new ArrayList<>();
		for (SqlStatement statement = reader.next(); statement != null; statement = reader.next()) {
			statements.add(statement);
		}
		return statements;
	}

	private static SqlScriptReader reader(String sql) {
		return new SqlScriptReader(new BufferedReader(new StringReader(sql)));
	}

}
