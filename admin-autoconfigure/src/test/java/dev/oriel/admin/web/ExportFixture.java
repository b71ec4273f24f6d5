package dev.oriel.admin.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.testing.PostgresDatabase;
import dev.oriel.admin.transfer.format.FormatLimits;
import dev.oriel.admin.transfer.format.InputRecord;
import dev.oriel.admin.transfer.format.RecordReader;
import dev.oriel.admin.transfer.format.SourceOptions;
import dev.oriel.admin.transfer.format.XlsxReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the tests of rows that leave as files share: an application with rows of many
 * kinds.
 */
abstract class ExportFixture {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	static HostApplication host;

	@TempDir
	Path folder;

	@BeforeAll
	static void start() {
		database.execute(
				"""
						CREATE TABLE customer (id int PRIMARY KEY, name text);
						INSERT INTO customer VALUES (1, 'Ada'), (2, '=Bob');
						CREATE TABLE invoice (
							id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer int REFERENCES customer, owner text,
							secret text, amount numeric, paid boolean, due date, sent timestamptz, note text, tags text[],
							format text, doubled numeric GENERATED ALWAYS AS (amount * 2) STORED, raw json);
						INSERT INTO invoice (customer, owner, secret, amount, paid, due, sent, note, tags, format, raw)
							VALUES (1, 'me', 's3cret', 1.50, true, '2024-05-06', '2024-05-06 12:34:56+02', '=1+1', '{a,"b c"}', 'x', '1'),
							(2, 'me', 's3cret', 12345678901234567890.1, false, '0044-03-15 BC', null, E'it''s "x", a\\\\b\\n', '{}',
							'y', E'{\\n "a": 1}'),
							(null, 'me', null, null, null, null, 'infinity', '', null, 'x', null),
							(1, 'you', 's3cret', 4, true, '2024-05-06', null, 'hidden row', null, 'x', null);
						CREATE TABLE "Ünïcode ""name\""\" (n int);
						CREATE VIEW endless AS SELECT a.n, repeat('x', 1000) AS t FROM generate_series(1, 100000) a(n), generate_series(1, 100000) b;
						CREATE VIEW broken AS SELECT n, 1 / (150000 - n) AS x FROM generate_series(1, 200000) n;
						CREATE VIEW broken_at_once AS SELECT 1 / 0 AS x;
						CREATE TABLE formulas (id int PRIMARY KEY, t text NOT NULL);
						INSERT INTO formulas VALUES (1, '=1+1'), (2, E'\\t@x'), (3, E'\\'=1'), (4, '-5'), (5, ' "=1'), (6, 'plain'), (7, '''''''');
						CREATE TABLE copied (LIKE formulas);
						CREATE DOMAIN numeric_domain AS numeric;
						CREATE TYPE mood AS ENUM ('a "b"');
						CREATE TYPE composite AS (a int, b text);
						CREATE TABLE priced (id int PRIMARY KEY, price numeric(30, 2), share numeric(5, 3), due date, paid boolean);
						INSERT INTO priced VALUES (1, 1234.50, 0.125, '2024-05-06', true), (2, -1000000000000000000.10, null, null, false);
						CREATE TABLE many AS SELECT n, 'row ' || n AS t FROM generate_series(1, 5000) n""");
		host = HostApplication.start(database, Host.class, "oriel.max-rows=100",
				"oriel.tables.public.priced.columns.price.label=Preis",
				"oriel.tables.public.priced.columns.price.format=currency",
				"oriel.tables.public.priced.columns.price.options.currency=EUR",
				"oriel.tables.public.priced.columns.share.label=Anteil",
				"oriel.tables.public.priced.columns.share.format=percent",
				"oriel.tables.public.priced.columns.due.label=Faellig",
				"oriel.tables.public.priced.columns.due.options.style=medium",
				"oriel.tables.public.priced.columns.paid.label=Bezahlt");
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	List<InputRecord> workbook(String path, String accept) throws Exception {
		Path file = Files.write(this.folder.resolve("export.xlsx"), bytes(path, accept));
		List<InputRecord> rows = new ArrayList<>();
		try (RecordReader reader = XlsxReader.open(file, SourceOptions.DETECTED, FormatLimits.DEFAULTS)) {
			for (InputRecord row = reader.next(); row != null; row = reader.next()) {
				rows.add(row);
			}
		}
		return rows;
	}

	static byte[] bytes(String path, String accept) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(host.origin() + path))
			.version(HttpClient.Version.HTTP_1_1)
			.header("Authorization", HostApplication.basic("admin"))
			.header("Accept", accept)
			.build();
		HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
		assertThat(answer.statusCode()).isEqualTo(200);
		return answer.body();
	}

	static HttpResponse<String> export(String path) {
		return export(path, 200);
	}

	static HttpResponse<String> export(String path, int status) {
		HttpResponse<String> answer = host.send("GET", "/admin/api/export/" + path, "Authorization",
				HostApplication.basic("admin"));
		assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(status);
		return answer;
	}

	/**
	 * An application that hides a relation, a column and other people's rows.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(HostSecurity.Own.class)
	static class Host {

		@Bean
		AccessPolicy policy() {
			return (caller, relation) -> {
				Set<String> columns = new LinkedHashSet<>(relation.columnsByName().keySet());
				columns.remove("secret");
				Filter rows = columns.contains("owner") ? Filter.Comparison.of("owner", Operator.EQ, "me")
						: Filter.NONE;
				return new RelationAccess(Set.of(Operation.values()), columns, columns, columns, rows);
			};
		}

	}

}
