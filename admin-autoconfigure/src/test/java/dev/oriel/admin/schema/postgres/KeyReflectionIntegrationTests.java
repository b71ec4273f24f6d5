package dev.oriel.admin.schema.postgres;

import java.util.List;

import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.ForeignKey.Action;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.UniqueKey;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the reflection of primary, unique and foreign keys.
 */
class KeyReflectionIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/schema/keys.sql");

	private static Reflection reflection;

	@BeforeAll
	static void reflect() {
		reflection = Reflection.of(database);
	}

	@Test
	void primaryKeysKeepTheOrderOfTheKey() {
		assertThat(reflection.relation("company").primaryKey()).containsExactly("id");
		assertThat(reflection.relation("finance").primaryKey()).containsExactly("company_id", "year");
		assertThat(reflection.relation("keyless").primaryKey()).isEmpty();
	}

	@Test
	void uniqueKeysAreThoseThatNameEveryRow() {
		assertThat(reflection.relation("company").uniqueKeys()).containsExactly(
				new UniqueKey("company_code_key", List.of("code")),
				new UniqueKey("company_covering", List.of("region", "code")),
				new UniqueKey("company_region_number_key", List.of("region", "number")));
	}

	@Test
	void compositeForeignKeysPairTheirColumns() {
		assertThat(reflection.relation("quarter").foreignKeys()).containsExactly(
				new ForeignKey("quarter_company", name("quarter"), List.of("region", "number"), name("company"),
						List.of("region", "number"), Action.SET_DEFAULT, false),
				new ForeignKey("quarter_finance", name("quarter"), List.of("fiscal_year", "quarter_of"),
						name("finance"), List.of("year", "company_id"), Action.RESTRICT, false));
	}

	@Test
	void foreignKeysMayPointAtTheirOwnRelation() {
		assertThat(reflection.relation("company").foreignKeys()).containsExactly(new ForeignKey("company_parent_fkey",
				name("company"), List.of("parent_id"), name("company"), List.of("id"), Action.SET_NULL, false));
		assertThat(reflection.snapshot().referencing(name("company"))).extracting(ForeignKey::name)
			.containsExactlyInAnyOrder("company_parent_fkey", "finance_company_id_fkey", "quarter_company");
	}

	@Test
	void foreignKeysMayGoInCircles() {
		assertThat(reflection.snapshot().referencing(name("hen"))).extracting(ForeignKey::source)
			.containsExactly(name("egg"));
		assertThat(reflection.snapshot().referencing(name("egg"))).extracting(ForeignKey::source)
			.containsExactly(name("hen"));
	}

	@Test
	void actionsOnDeleteAreRead() {
		assertThat(reflection.relation("finance").foreignKeys()).extracting(ForeignKey::onDelete)
			.containsExactly(Action.CASCADE);
		assertThat(reflection.relation("egg").foreignKeys()).extracting(ForeignKey::onDelete)
			.containsExactly(Action.NO_ACTION);
	}

	private static RelationName name(String name) {
		return new RelationName("public", name);
	}

}
