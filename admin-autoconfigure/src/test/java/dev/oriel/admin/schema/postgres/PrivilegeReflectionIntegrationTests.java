package dev.oriel.admin.schema.postgres;

import java.util.List;

import javax.sql.DataSource;

import dev.oriel.admin.schema.Privileges;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the reflection of what a role with few rights may do.
 */
class PrivilegeReflectionIntegrationTests {

	private static final Privileges READ_ONLY = new Privileges(true, false, false, false);

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/schema/privileges.sql");

	private static Reflection reflection;

	@BeforeAll
	static void reflect() {
		reflection = Reflection.of(database.dataSource("reflection_guest", "guest"), ReflectionSettings.ALL);
	}

	@AfterAll
	static void dropRoles() {
		database.execute("""
				DROP OWNED BY reflection_guest, reflection_group;
				DROP ROLE reflection_guest, reflection_group
				""");
	}

	@Test
	void onlyWhatMayBeReadIsShown() {
		assertThat(reflection.snapshot().schemas()).containsExactly("shop");
		assertThat(reflection.relationNames()).containsExactly("shop.by_group", "shop.everything",
				"shop.everything_view", "shop.readable", "shop.some_columns");
	}

	@Test
	void privilegesOfARelationAreThoseOfTheRole() {
		assertThat(reflection.relation("shop", "everything").privileges()).isEqualTo(Privileges.ALL);
		assertThat(reflection.relation("shop", "readable").privileges()).isEqualTo(READ_ONLY);
		assertThat(reflection.relation("shop", "by_group").privileges()).isEqualTo(READ_ONLY);
		assertThat(reflection.relation("shop", "everything_view").privileges())
			.isEqualTo(new Privileges(true, true, false, false));
	}

	@Test
	void privilegesOfColumnsMayBeMoreOrLessThanThoseOfTheRelation() {
		assertThat(reflection.relation("shop", "some_columns").privileges())
			.isEqualTo(new Privileges(true, false, true, false));
		assertThat(column("id")).isEqualTo(READ_ONLY);
		assertThat(column("name")).isEqualTo(new Privileges(true, false, true, false));
		assertThat(column("hidden")).isEqualTo(new Privileges(false, false, false, false));
	}

	@Test
	void keysToWhatMayNotBeReadAreLeftOut() {
		assertThat(reflection.relation("shop", "some_columns").foreignKeys()).isEmpty();
		assertThat(reflection.relation("shop", "readable").foreignKeys()).hasSize(1);
	}

	@Test
	void changesOfPrivilegesAreNoticed() {
		DataSource guest = database.dataSource("reflection_guest", "guest");
		PostgresSchemaSource source = new PostgresSchemaSource(guest, ReflectionSettings.ALL);
		String before = source.snapshot().version();
		for (String grant : List.of("GRANT UPDATE ON shop.readable TO reflection_guest",
				"GRANT UPDATE (hidden) ON shop.some_columns TO reflection_guest",
				"REVOKE reflection_group FROM reflection_guest")) {
			database.execute(grant);
			assertThat(source.refreshIfChanged()).as(grant).isTrue();
			assertThat(source.snapshot().version()).as(grant).isNotEqualTo(before);
			before = source.snapshot().version();
		}
	}

	private static Privileges column(String name) {
		return reflection.relation("shop", "some_columns").columnsByName().get(name).privileges();
	}

}
