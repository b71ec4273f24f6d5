package dev.oriel.admin.schema.postgres;

import dev.oriel.admin.schema.Privileges;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationKind;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the reflection of views and foreign tables, and of what they allow.
 */
class ViewReflectionIntegrationTests {

	private static final Privileges READ_ONLY = new Privileges(true, false, false, false);

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/schema/views.sql");

	private static Reflection reflection;

	@BeforeAll
	static void reflect() {
		reflection = Reflection.of(database);
	}

	@Test
	void simpleViewAllowsWhatItsTableAllowsExceptForComputedColumns() {
		Relation plain = reflection.relation("plain");
		assertThat(plain.kind()).isEqualTo(RelationKind.VIEW);
		assertThat(plain.comment()).isEqualTo("plain view");
		assertThat(plain.privileges()).isEqualTo(Privileges.ALL);
		assertThat(plain.primaryKey()).containsExactly("id");
		assertThat(plain.estimatedRows()).isNull();
		assertThat(reflection.column("plain", "name").updatable()).isTrue();
		assertThat(reflection.column("plain", "name").insertable()).isTrue();
		assertThat(reflection.column("plain", "name").defaultExpression()).isEqualTo("'nobody'::text");
		assertThat(reflection.column("plain", "doubled").updatable()).isFalse();
		assertThat(reflection.column("plain", "doubled").insertable()).isFalse();
	}

	@Test
	void groupedViewCannotBeWritten() {
		assertThat(reflection.relation("grouped").privileges()).isEqualTo(READ_ONLY);
		assertThat(reflection.column("grouped", "name").privileges()).isEqualTo(READ_ONLY);
	}

	@Test
	void triggersMakeAViewWritable() {
		assertThat(reflection.relation("by_trigger").privileges()).isEqualTo(new Privileges(true, true, true, false));
		assertThat(reflection.column("by_trigger", "rows").insertable()).isTrue();
		assertThat(reflection.column("by_trigger", "rows").updatable()).isTrue();
	}

	@Test
	void rulesMakeAViewWritable() {
		assertThat(reflection.relation("by_rule").privileges()).isEqualTo(new Privileges(true, true, false, false));
		assertThat(reflection.column("by_rule", "name").insertable()).isTrue();
		assertThat(reflection.column("by_rule", "name").updatable()).isFalse();
	}

	@Test
	void materializedViewCannotBeWritten() {
		assertThat(reflection.relation("stored").kind()).isEqualTo(RelationKind.MATERIALIZED_VIEW);
		assertThat(reflection.relation("stored").comment()).isEqualTo("stored view");
		assertThat(reflection.relation("stored").privileges()).isEqualTo(READ_ONLY);
	}

	@Test
	void foreignTableWithoutAHandlerDoesNotStopTheReading() {
		assertThat(reflection.relation("remote").kind()).isEqualTo(RelationKind.FOREIGN_TABLE);
		assertThat(reflection.relation("remote").privileges()).isEqualTo(READ_ONLY);
		assertThat(reflection.column("remote", "id").nullable()).isFalse();
	}

}
