package dev.oriel.admin.testing;

import java.sql.Connection;
import java.sql.SQLException;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PostgresDatabase}.
 */
class PostgresDatabaseIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/testing/script.sql");

	@RegisterExtension
	static final PostgresDatabase other = PostgresDatabase.create();

	@Test
	void scriptIsRunAsAWhole() {
		assertThat(database.jdbc().sql("SELECT answer() + n FROM number").query(Integer.class).single()).isEqualTo(43);
	}

	@Test
	void databasesAreApart() {
		assertThat(other.jdbc().sql("SELECT to_regclass('public.number') IS NULL").query(Boolean.class).single())
			.isTrue();
	}

	@Test
	void otherRolesCanConnect() throws SQLException {
		other.execute("CREATE ROLE testing_visitor LOGIN PASSWORD 'secret'");
		try (Connection connection = other.dataSource("testing_visitor", "secret").getConnection()) {
			assertThat(connection.getMetaData().getUserName()).isEqualTo("testing_visitor");
		}
		finally {
			other.execute("DROP ROLE testing_visitor");
		}
	}

	@Nested
	class NestedTests {

		@Test
		void nestedClassesShareTheDatabase() {
			assertThat(database.jdbc().sql("SELECT n FROM number").query(Integer.class).single()).isOne();
		}

	}

}
