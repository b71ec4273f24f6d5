package dev.oriel.admin.web;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;

import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the page is told of relations: to somebody who may do everything, and to
 * somebody who may read two columns of three.
 */
class SchemaDocumentIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/schema/torture.sql");

	private static HostApplication host;

	@BeforeAll
	static void start() {
		host = HostApplication.start(database, HostSecurity.Own.class, "oriel.tables.public.shelf.hidden=false",
				"oriel.tables.public.tagged.columns.price.label=Configured",
				"oriel.tables.public.tagged.columns.internal.hidden=false");
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@Test
	void tagsOfCommentsArePresentationUnlessConfiguredOtherwise() {
		JsonNode tagged = detail("public", "tagged");
		assertThat(tagged.get("label").asString()).isEqualTo("Tagged things");
		assertThat(tagged.get("comment").asString()).startsWith("Things with tags.").doesNotContain("@label");
		assertThat(presentation(tagged, "price").get("label").asString()).isEqualTo("Configured");
		assertThat(presentation(tagged, "price").get("format").asString()).isEqualTo("currency");
		assertThat(presentation(tagged, "internal").get("hidden").asBoolean()).isFalse();
		assertThat(presentation(tagged, "plain").get("hidden").isNull()).isTrue();
		assertThat(summary("shelf").get("hidden").asBoolean()).isFalse();
	}

	@Test
	void tagHidesWhatNobodyConfigured() {
		database.execute("COMMENT ON TABLE \"user\" IS '@hidden'; COMMENT ON COLUMN \"user\".\"where\" IS "
				+ "E'@hidden\\n@format nonsense'");
		host.context().getBean(dev.oriel.admin.schema.SchemaSource.class).refresh();
		assertThat(summary("user").get("hidden").asBoolean()).isTrue();
		assertThat(presentation(detail("public", "user"), "where").get("hidden").asBoolean()).isTrue();
		assertThat(presentation(detail("public", "user"), "where").get("format").isNull()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "kinds, plain, ''", "keys, keyless, no-key", "keys, by_unique, ''",
			"kinds, unpopulated_view, unpopulated read-only no-key", "kinds, stored_view, read-only no-key",
			"kinds, grouped_view, read-only no-key", "kinds, trigger_view, read-only no-key",
			"kinds, unreachable, unreachable no-key", "kinds, no_columns, no-columns no-key",
			"types, made, unknown-type", "kinds, measurement, ''" })
	void whatCannotBeDoneIsToldWithTheReason(String schema, String relation, String codes) {
		JsonNode limitations = detail(schema, relation).get("limitations");
		assertThat(elements(limitations)).extracting((limitation) -> limitation.get("code").asString())
			.isEqualTo(codes.isEmpty() ? List.of() : List.of(codes.split(" ")));
		assertThat(elements(limitations)).allSatisfy(
				(limitation) -> assertThat(limitation.get("message").asString()).endsWith(".").hasSizeGreaterThan(30));
	}

	@Test
	void valuesOfUnknownTypesAreShownButNotEdited() {
		JsonNode made = detail("types", "made");
		assertThat(strings(made.get("limitations").get(0).get("columns"))).containsExactly("opaque", "opaques");
		assertThat(column(made, "opaque").get("updatable").asBoolean()).isFalse();
		assertThat(column(made, "opaque").get("insertable").asBoolean()).isFalse();
		assertThat(column(made, "mood").get("updatable").asBoolean()).isTrue();
		assertThat(host
			.send("GET", "/admin/api/rest/made?id=eq.1&select=opaque,opaques", "Accept-Profile", "types",
					"Authorization", HostApplication.basic("admin"))
			.body()).isEqualTo("[{\"opaque\":\"anything\",\"opaques\":[\"a\",\"b\"]}]");
	}

	@Test
	void structureIsTold() {
		JsonNode booking = detail("keys", "booking").get("structure");
		assertThat(elements(booking.get("constraints"))).extracting((constraint) -> constraint.get("kind").asString())
			.contains("check", "exclusion");
		assertThat(elements(booking.get("indexes"))).extracting((index) -> index.get("method").asString())
			.contains("btree", "gist", "hash", "brin");
		JsonNode truck = detail("kinds", "truck").get("structure");
		assertThat(elements(truck.get("parents"))).extracting((parent) -> parent.get("relation").asString())
			.containsExactly("vehicle", "insured");
		assertThat(elements(truck.get("children"))).extracting((child) -> child.get("relation").asString())
			.containsExactly("fire_truck");
		JsonNode partition = detail("kinds", "measurement_2026_1").get("structure").get("partition");
		assertThat(partition.get("of").get("relation").asString()).isEqualTo("measurement_2026");
		assertThat(partition.get("bound").asString()).isEqualTo("FOR VALUES IN (1)");
		assertThat(detail("kinds", "unlogged").get("structure").get("unlogged").asBoolean()).isTrue();
		JsonNode guest = elements(detail("keys", "game").get("foreignKeys")).stream()
			.filter((key) -> key.get("name").asString().equals("game_guest"))
			.findFirst()
			.orElseThrow();
		assertThat(guest.get("onDelete").asString()).isEqualTo("restrict");
		assertThat(guest.get("validated").asBoolean()).isFalse();
		JsonNode person = column(detail("types", "made"), "person");
		assertThat(elements(person.get("fields"))).extracting((field) -> field.get("type").asString())
			.containsExactly("text", "types.address", "types.mood[]");
	}

	@Test
	void viewsShowTheForeignKeysBelowThemAsFarAsTheCallerMayRead() {
		database.execute("""
				CREATE TABLE genre (id integer PRIMARY KEY, name text);
				CREATE TABLE tape (id integer PRIMARY KEY, genre_id integer CONSTRAINT tape_genre REFERENCES genre);
				CREATE VIEW tape_view AS SELECT id, genre_id AS kind FROM tape;
				CREATE VIEW genre_view AS SELECT id AS number, name FROM genre;
				CREATE ROLE view_guest LOGIN PASSWORD 'guest';
				GRANT SELECT ON tape_view, genre_view TO view_guest
				""");
		host.context().getBean(dev.oriel.admin.schema.SchemaSource.class).refresh();
		assertThat(detail("public", "tape_view").get("foreignKeys")).singleElement()
			.satisfies((key) -> assertThat(key).hasToString("{\"name\":\"tape_genre\",\"columns\":[\"kind\"],"
					+ "\"references\":{\"schema\":\"public\",\"relation\":\"genre\",\"columns\":[\"id\"]},"
					+ "\"onDelete\":\"no-action\",\"onUpdate\":\"no-action\",\"enforced\":true,"
					+ "\"validated\":true,\"deferrable\":false,\"deferred\":false}"));
		assertThat(detail("public", "genre_view").get("referencedBy")).singleElement()
			.hasToString("{\"schema\":\"public\",\"relation\":\"tape\",\"name\":\"tape_genre\","
					+ "\"columns\":[\"genre_id\"],\"references\":[\"number\"]}");
		// What leads to a table leads to no view of it besides, and the other way round.
		assertThat(detail("public", "tape").get("foreignKeys")).hasSize(1);
		assertThat(detail("public", "genre").get("referencedBy")).hasSize(1);
		try (HostApplication guest = HostApplication.start(HostSecurity.Own.class,
				"spring.datasource.url=" + database.jdbcUrl(), "spring.datasource.username=view_guest",
				"spring.datasource.password=guest")) {
			JsonNode tapes = parsed(guest, "/api/schema/public/tape_view");
			assertThat(tapes.at("/foreignKeys/0/references/relation").asString()).isEqualTo("genre_view");
			assertThat(tapes.at("/foreignKeys/0/references/columns/0").asString()).isEqualTo("number");
			JsonNode genres = parsed(guest, "/api/schema/public/genre_view");
			assertThat(genres.at("/referencedBy/0/relation").asString()).isEqualTo("tape_view");
			database.execute("REVOKE SELECT ON genre_view FROM view_guest; "
					+ "GRANT SELECT (name) ON genre_view TO view_guest");
			guest.context().getBean(dev.oriel.admin.schema.SchemaSource.class).refresh();
			assertThat(parsed(guest, "/api/schema/public/tape_view").get("foreignKeys")).isEmpty();
			assertThat(parsed(guest, "/api/schema/public/genre_view").get("referencedBy")).isEmpty();
		}
		finally {
			database.execute("""
					DROP OWNED BY view_guest;
					DROP ROLE view_guest;
					DROP TABLE tape, genre CASCADE
					""");
		}
	}

	@Test
	void nothingHintsAtColumnsThatMayNotBeRead() {
		database.execute("""
				CREATE ROLE torture_guest LOGIN PASSWORD 'guest' IN ROLE torture_reader;
				ALTER TABLE guarded ADD CONSTRAINT secret_check CHECK (secret <> ''),
				  ADD COLUMN derived text GENERATED ALWAYS AS (upper(secret)) STORED,
				  ADD CONSTRAINT secret_key UNIQUE (secret);
				CREATE INDEX open_index ON guarded (open) WHERE secret IS NOT NULL;
				CREATE INDEX plain_index ON guarded (open);
				CREATE TABLE pointing (id integer PRIMARY KEY, secret_pointer text REFERENCES guarded (secret));
				GRANT SELECT ON pointing TO torture_reader;
				GRANT SELECT (derived) ON guarded TO torture_reader
				""");
		try (HostApplication guest = HostApplication.start(HostSecurity.Own.class,
				"spring.datasource.url=" + database.jdbcUrl(), "spring.datasource.username=torture_guest",
				"spring.datasource.password=guest")) {
			HttpResponse<String> answer = guest.send("GET", "/admin/api/schema/public/guarded", "Authorization",
					HostApplication.basic("admin"));
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
			assertThat(answer.body()).doesNotContain("secret").contains("plain_index", "no-privilege");
			assertThat(guest
				.send("GET", "/admin/api/schema/public/pointing", "Authorization", HostApplication.basic("admin"))
				.body()).doesNotContain("guarded");
		}
		finally {
			database.execute("""
					DROP TABLE pointing;
					DROP OWNED BY torture_guest;
					DROP ROLE torture_guest
					""");
		}
	}

	private static JsonNode summary(String relation) {
		return elements(parsed("/api/schema").get("relations")).stream()
			.filter((summary) -> summary.get("schema").asString().equals("public")
					&& summary.get("name").asString().equals(relation))
			.findFirst()
			.orElseThrow();
	}

	private static JsonNode presentation(JsonNode detail, String column) {
		return column(detail, column).get("presentation");
	}

	private static JsonNode column(JsonNode detail, String name) {
		return elements(detail.get("columns")).stream()
			.filter((column) -> column.get("name").asString().equals(name))
			.findFirst()
			.orElseThrow();
	}

	private static JsonNode detail(String schema, String relation) {
		return parsed("/api/schema/" + schema + "/" + relation);
	}

	private static JsonNode parsed(String path) {
		return parsed(host, path);
	}

	private static JsonNode parsed(HostApplication host, String path) {
		HttpResponse<String> answer = host.send("GET", "/admin" + path, "Authorization",
				HostApplication.basic("admin"));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(answer.body());
	}

	private static List<String> strings(JsonNode array) {
		return elements(array).stream().map(JsonNode::asString).toList();
	}

	private static List<JsonNode> elements(JsonNode array) {
		return StreamSupport.stream(array.spliterator(), false).toList();
	}

}
