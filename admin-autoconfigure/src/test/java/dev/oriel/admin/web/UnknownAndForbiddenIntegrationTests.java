package dev.oriel.admin.web;

import java.net.http.HttpResponse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that nobody can tell a name that is forbidden from one that does not exist:
 * status, headers and body of the whole answer are compared. The forbidden names end in
 * {@code a}; {@code b} and {@code c} in its place exist nowhere. Where a name is allowed
 * to be known, the answer must differ, or the test would compare nothing.
 */
class UnknownAndForbiddenIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	private static HostApplication host;

	@BeforeAll
	static void start() {
		database.execute("""
				CREATE TABLE author (id int PRIMARY KEY, name text, shade_a text);
				CREATE TABLE book (id int PRIMARY KEY, title text, author_id int REFERENCES author,
					shade_a text UNIQUE, editor_a int CONSTRAINT bond_a REFERENCES author, due_a date);
				CREATE TABLE vault_a (id int PRIMARY KEY, book_id int CONSTRAINT chain_a REFERENCES book, word text);
				CREATE TABLE shelf (book_id int REFERENCES book, vault_id int REFERENCES vault_a,
					PRIMARY KEY (book_id, vault_id));
				INSERT INTO author VALUES (1, 'Ann', 'treasure');
				INSERT INTO book VALUES (1, 'One', 1, 'treasure', 1, now());
				INSERT INTO vault_a VALUES (1, 1, 'gold');
				CREATE FUNCTION task_a(x int DEFAULT 1) RETURNS int LANGUAGE sql STABLE AS 'SELECT $1';
				CREATE FUNCTION books() RETURNS SETOF book LANGUAGE sql STABLE AS 'SELECT * FROM book';
				CREATE TABLE lent (owner text, shelves int4range, days int4range);
				INSERT INTO lent VALUES ('me', '[1,2)', '[1,2)'), ('you', '[1,2)', '[2,3)');
				ANALYZE lent, book;
				DO $$ BEGIN
					IF current_setting('server_version_num')::int >= 180000 THEN
						ALTER TABLE vault_a ADD shelves int4range, ADD days int4range,
							ADD UNIQUE (shelves, days WITHOUT OVERLAPS);
						ALTER TABLE lent ADD CONSTRAINT period FOREIGN KEY (shelves, PERIOD days)
							REFERENCES vault_a (shelves, PERIOD days) NOT VALID;
					END IF;
				END $$""");
		host = HostApplication.start(database, NothingThatEndsInA.class);
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@ParameterizedTest
	@MethodSource
	void answersAreTheSame(Attempt attempt) {
		for (String kind : List.of("vault_", "shade_", "editor_", "due_", "bond_", "chain_", "task_", "vaul~74~_",
				"tas~6b~_")) {
			if (!attempt.toString().contains(kind)) {
				continue;
			}
			String forbidden = attempt.send("a");
			assertThat(forbidden).isEqualTo(attempt.send("b")).isEqualTo(attempt.send("c"));
			assertThat(forbidden).doesNotContain("treasure", "gold");
		}
	}

	static Stream<Attempt> answersAreTheSame() {
		Set<Attempt> attempts = new LinkedHashSet<>();
		for (String method : List.of("GET", "HEAD", "OPTIONS", "POST", "PATCH", "PUT", "DELETE")) {
			attempts.add(new Attempt(method, "/api/rest/vault_?", "{}"));
			attempts.add(new Attempt(method, "/api/rest/vault_?id=eq.1&select=word", "{\"word\":\"x\"}"));
			attempts.add(new Attempt(method, "/api/rest/rpc/task_?", "{}"));
			attempts.add(new Attempt(method, "/api/rest/rpc/task_?x=5", "{\"x\":5}"));
			attempts.add(new Attempt(method, "/api/rest/vaul~74~_?", "{}"));
			attempts.add(new Attempt(method, "/api/rest/rpc/tas~6b~_?", "{}"));
			attempts.add(new Attempt(method, "/api/schema/public/vaul~74~_", "{}"));
			attempts.add(new Attempt(method, "/api/schema/public/vault_", "{}"));
			attempts.add(new Attempt(method, "/api/live/public/vault_", "{}"));
		}
		for (String column : List.of("shade_", "editor_", "due_")) {
			for (String query : List.of("select=#", "select=id,x:#::text", "select=#-%3E%3Ek", "select=#.max()",
					"select=count(),#", "#=eq.1", "#=is.null", "#=is.empty", "#=not.in.(1)", "#=like(any).%7Ba,b%7D",
					"#=fts.x", "#=within.today", "#=within.last%20week", "#-%3E%3Ek=eq.1", "or=(id.eq.1,#.eq.1)",
					"not.and=(q.x,#.is.null)", "order=#", "order=id,#.desc.nullslast", "select=#(id)",
					"select=id,...#(id)", "select=author!#(name)", "select=author!#!inner(name)",
					"select=title,author!author_id(#)", "select=title,author!author_id(name)&author.#=eq.1",
					"select=author!author_id(id)&author.order=#", "select=author!author_id(id)&order=author(#)",
					"select=...author!author_id(#)")) {
				attempts.add(new Attempt("GET", "/api/rest/book?" + query.replace("#", column), ""));
				attempts.add(new Attempt("GET", "/api/rest/rpc/books?" + query.replace("#", column), ""));
			}
			for (String body : List.of("{\"id\":2,\"#\":1}", "[{\"id\":2,\"#\":1}]", "{\"#\":null}")) {
				attempts.add(new Attempt("POST", "/api/rest/book?", body.replace("#", column)));
				attempts.add(new Attempt("PATCH", "/api/rest/book?id=eq.9", body.replace("#", column)));
			}
			for (String query : List.of("columns=id,#", "columns=#", "on_conflict=#", "select=#")) {
				attempts.add(new Attempt("POST", "/api/rest/book?" + query.replace("#", column), "[]"));
			}
			attempts.add(new Attempt("PATCH", "/api/rest/book?" + column + "=eq.treasure", "{\"title\":\"x\"}"));
			attempts.add(new Attempt("DELETE", "/api/rest/book?" + column + "=eq.treasure", ""));
			attempts.add(new Attempt("DELETE", "/api/rest/book?id=eq.9&order=" + column, ""));
		}
		for (String hint : List.of("bond_", "editor_", "vault_", "chain_")) {
			attempts.add(new Attempt("GET", "/api/rest/book?select=author!" + hint + "(name)", ""));
			attempts.add(new Attempt("GET", "/api/rest/book?select=id,x:" + hint + "(id)", ""));
			attempts.add(new Attempt("GET", "/api/rest/author?select=book!" + hint + "(id)", ""));
		}
		for (String query : List.of("select=vault_(*)", "select=id,vault_()&vault_=is.null",
				"select=vault_!inner(word)", "select=...vault_(word)", "select=vault_(word)&vault_.word=eq.gold",
				"select=vault_(id)&vault_.order=word", "select=vault_!chain_(word)", "select=vault_!shelf(word)",
				"select=vault_!book_id(id)", "order=vault_(word)", "vault_=not.is.null", "vault_.q=gold",
				"select=shelf(vault_(word))", "select=vault_(count())", "select=author!author_id(book(vault_(id)))")) {
			attempts.add(new Attempt("GET", "/api/rest/book?" + query, ""));
			attempts.add(new Attempt("POST", "/api/rest/book?" + query, "[]"));
		}
		return attempts.stream();
	}

	@Test
	void whatIsAllowedAnswersOtherwise() {
		assertThat(new Attempt("GET", "/api/rest/book?select=title", "").send("a")).contains("200").contains("One");
		assertThat(new Attempt("GET", "/api/rest/book?select=title,author!author_id(name)", "").send("a"))
			.contains("Ann");
		assertThat(new Attempt("GET", "/api/rest/rpc/books?select=title&title=eq.One", "").send("a")).contains("One");
	}

	@Test
	void whatIsForbiddenIsNotSearched() {
		assertThat(new Attempt("GET", "/api/rest/book?q=treasure", "").send("a")).contains("200", "[]");
		assertThat(new Attempt("GET", "/api/rest/book?q=one", "").send("a")).contains("\"title\":\"One\"")
			.doesNotContain("treasure");
		assertThat(
				new Attempt("GET", "/api/rest/book?select=id,author!author_id(name)&author.q=treasure", "").send("a"))
			.contains("\"author\":null");
	}

	@Test
	void overviewsDoNotTell() {
		for (String path : List.of("/api/schema", "/api/schema/public/book", "/api/schema/public/author",
				"/api/schema/public/lent")) {
			assertThat(body(path)).contains("\"" + path.substring(path.lastIndexOf('/') + 1))
				.doesNotContain("vault_a", "shade_a", "editor_a", "due_a", "bond_a", "chain_a");
		}
	}

	@Test
	void hiddenRowsAreNotCounted() {
		assertThat(body("/api/schema/public/book")).contains("\"estimatedRows\":1,");
		assertThat(body("/api/schema/public/lent")).contains("\"estimatedRows\":null,");
		assertThat(body("/api/schema")).contains("\"estimatedRows\":1,").doesNotContain("\"estimatedRows\":2,");
	}

	private static String body(String path) {
		return host.send("GET", "/admin" + path, "Authorization", HostApplication.basic("admin")).body();
	}

	/**
	 * A request with names whose last letter is open.
	 */
	private record Attempt(String method, String path, String body) {

		String send(String letter) {
			String[] headers = { "Authorization", HostApplication.basic("admin"), "Content-Type", "application/json" };
			HttpResponse<String> answer = host.send(this.method, "/admin" + named(this.path, letter),
					this.method.equals("GET") ? "" : named(this.body, letter), headers);
			Map<String, List<String>> rest = new TreeMap<>(answer.headers().map());
			// The server ends a connection after some number of requests.
			rest.keySet().removeAll(Set.of("date", "server-timing", "connection"));
			return hidden(answer.statusCode() + "\n" + rest + "\n" + answer.body(), letter);
		}

		private static String named(String text, String letter) {
			return text.replaceAll("(vault|shade|editor|due|bond|chain|task|vaul~74~|tas~6b~)_(?!id)", "$1_" + letter);
		}

		private static String hidden(String text, String letter) {
			return text.replaceAll("(vault|shade|editor|due|bond|chain|task|vaul~74~|tas~6b~)_" + letter + "\\b",
					"$1_");
		}

		@Override
		public String toString() {
			return this.method + " " + this.path + " " + this.body;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(HostSecurity.Own.class)
	static class NothingThatEndsInA {

		@Bean
		AccessPolicy policy() {
			return new AccessPolicy() {

				@Override
				public RelationAccess decide(Caller caller, Relation relation) {
					if (relation.name().name().endsWith("_a")) {
						return new RelationAccess(Set.of(), Set.of(), Set.of(), Set.of(), Filter.NONE);
					}
					Set<String> columns = new LinkedHashSet<>(relation.columnsByName().keySet());
					columns.removeIf((name) -> name.endsWith("_a"));
					Filter rows = columns.contains("owner") ? Filter.Comparison.of("owner", Operator.EQ, "me")
							: Filter.NONE;
					return new RelationAccess(Set.of(Operation.values()), columns, columns, columns, rows);
				}

				@Override
				public boolean mayCall(Caller caller, Function function) {
					return !function.name().endsWith("_a");
				}

			};
		}

	}

}
