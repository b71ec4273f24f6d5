package dev.oriel.sample.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.oriel.sample.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SqlScriptRunnerIntegrationTests {

	private String url = "";

	@BeforeEach
	void createDatabase() {
		this.url = TestDatabase.create();
	}

	@Test
	void loadsWhatADumpHolds() throws Exception {
		int count = run("""
				SET standard_conforming_strings = on;
				SELECT pg_catalog.set_config('search_path', '', false);
				CREATE TABLE public.t (a int PRIMARY KEY, b text);
				CREATE FUNCTION public.f() RETURNS int LANGUAGE plpgsql AS $$
				BEGIN
				  RETURN 1;
				END;
				$$;
				COPY public.t (a, b) FROM stdin;
				1\tone
				2\t\\N
				\\.

				CREATE INDEX CONCURRENTLY t_b ON public.t (b);
				VACUUM ANALYZE public.t;
				INSERT INTO public.t VALUES (3, 'a ? and {d ''escape''}');
				""");
		assertThat(count).isEqualTo(8);
		assertThat(query("select string_agg(a || coalesce(b, '-'), ',' order by a) from t"))
			.isEqualTo("1one,2-,3a ? and {d 'escape'}");
	}

	@Test
	void namesTheLineOfAnErrorAndKeepsNothing() throws SQLException {
		assertThatExceptionOfType(SqlScriptException.class).isThrownBy(() -> run("""
				create table t (a int);

				insert into t

				values (1),
				  (nowhere);
				""")).satisfies((ex) -> {
			assertThat(ex.line()).isEqualTo(6);
			assertThat(ex).hasMessageContaining("nowhere");
		});
		assertThat(query("select to_regclass('t')")).isNull();
	}

	@Test
	void namesTheLineOfACopiedRow() {
		assertThatExceptionOfType(SqlScriptException.class).isThrownBy(() -> run("""
				create table t (a int);
				copy t from stdin;
				1
				two
				\\.
				""")).satisfies((ex) -> assertThat(ex.line()).isEqualTo(4));
	}

	@Test
	void namesTheLineOfAViolatedConstraint() {
		assertThatExceptionOfType(SqlScriptException.class).isThrownBy(() -> run("""
				create table t (a int unique);
				insert into t values (1);
				insert into t values (1);
				""")).satisfies((ex) -> {
			assertThat(ex.line()).isEqualTo(3);
			assertThat(ex).hasMessageContaining("(Key (a)=(1) already exists.)");
		});
	}

	private int run(String sql) throws IOException, SQLException {
		try (Connection connection = TestDatabase.connect(this.url + "&preferQueryMode=simple")) {
			return new SqlScriptRunner(connection).run(new BufferedReader(new StringReader(sql)));
		}
	}

	private String query(String sql) throws SQLException {
		try (Connection connection = TestDatabase.connect(this.url);
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

}
