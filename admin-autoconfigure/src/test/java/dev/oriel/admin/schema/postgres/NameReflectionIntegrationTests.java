package dev.oriel.admin.schema.postgres;

import java.util.List;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for names that trip careless readers, and for the choice of what is reflected.
 */
class NameReflectionIntegrationTests {

	private static final String WEIRD = "we\"ird; drop table t;--";

	private static final String LONGEST = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk";

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/schema/names.sql");

	@Test
	void namesComeAsTheCatalogueHoldsThem() {
		Reflection reflection = Reflection.of(database);
		assertThat(reflection.relation(WEIRD, WEIRD).columns()).extracting(Column::name)
			.containsExactly(WEIRD, "a?b", "%", "__proto__", "\uD83E\uDD8B", " ", "a.b", LONGEST,
					"Stra\u00DFe \u00C4\u00D6\u00DC", "back\\slash", "new\nline");
		assertThat(reflection.relation(WEIRD, WEIRD).primaryKey()).containsExactly(WEIRD);
		assertThat(LONGEST).hasSize(63);
		assertThat(List.of("a?b", "%", "__proto__", "\uD83E\uDD8B", " ", "a.b", LONGEST, "no_columns"))
			.allSatisfy(reflection::relation);
	}

	@Test
	void sameNameInTwoSchemasIsTwoRelations() {
		Reflection reflection = Reflection.of(database);
		assertThat(reflection.relation("public", "same").columns()).hasSize(1);
		assertThat(reflection.relation("other", "same").columns()).hasSize(2);
		assertThat(reflection.snapshot().referencing(new RelationName("public", "same"))).extracting(ForeignKey::source)
			.containsExactly(new RelationName("other", "same"));
	}

	@Test
	void commentsAreRead() {
		Reflection reflection = Reflection.of(database);
		assertThat(reflection.relation("same").comment()).isEqualTo("It's \"the\" same; -- really");
		assertThat(reflection.column("same", "id").comment()).isEqualTo("Counts \uD83E\uDD8B");
		assertThat(reflection.relation("%").comment()).isNull();
	}

	@Test
	void publicComesFirstAndEmptyAndOwnSchemasDoNotShow() {
		Reflection reflection = Reflection.of(database);
		assertThat(reflection.snapshot().schemas()).containsExactly("public", "other", WEIRD);
		assertThat(reflection.relationNames())
			.noneMatch((name) -> name.startsWith("oriel.") || name.startsWith("pg_") || name.endsWith(".temporary"));
		assertThat(reflection.snapshot().database()).isEqualTo(database.name());
	}

	@Test
	void configuredSchemasComeInTheirOrder() {
		Reflection reflection = reflect(List.of("other", "empty", "missing", "public"), List.of(), List.of());
		assertThat(reflection.snapshot().schemas()).containsExactly("other", "empty", "public");
		assertThat(reflection.relationNames().get(0)).isEqualTo("other.same");
		assertThat(reflection.relationNames()).noneMatch((name) -> name.startsWith(WEIRD));
	}

	@Test
	void patternsIncludeAndExclude() {
		assertThat(reflect(List.of(), List.of("*.same", "public.a*b"), List.of("other.*")).relationNames())
			.containsExactly("public.a.b", "public.a?b", "public.same");
	}

	@Test
	void keysToRelationsThatAreNotShownAreLeftOut() {
		Reflection reflection = reflect(List.of("other"), List.of(), List.of());
		assertThat(reflection.relation("other", "same").foreignKeys()).isEmpty();
	}

	private static Reflection reflect(List<String> schemas, List<String> include, List<String> exclude) {
		return Reflection.of(database.dataSource(), new ReflectionSettings(schemas, include, exclude));
	}

}
