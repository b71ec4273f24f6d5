package dev.oriel.admin.schema.postgres;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what grows with the schema, and what must not.
 */
class LargeSchemaIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	@Test
	void statementsDoNotGrowWithTheSchema() {
		int empty = statementsOfAReading();
		createTables(1, 20);
		assertThat(statementsOfAReading()).isEqualTo(empty).isLessThanOrEqualTo(7);
		database.execute("DROP SCHEMA large CASCADE");
	}

	@Test
	@Timeout(value = 3, unit = TimeUnit.MINUTES)
	void thousandsOfTablesAreRead() {
		for (int from = 1; from <= 5000; from += 500) {
			createTables(from, from + 499);
		}
		SwitchableDataSource dataSource = new SwitchableDataSource(database.dataSource());
		PostgresSchemaSource source = new PostgresSchemaSource(dataSource, ReflectionSettings.ALL);
		long begun = System.nanoTime();
		assertThat(source.snapshot().relations()).hasSize(5000)
			.allSatisfy((relation) -> assertThat(relation.columns()).hasSize(20));
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
		assertThat(source.refreshIfChanged()).isFalse();
	}

	private static int statementsOfAReading() {
		SwitchableDataSource dataSource = new SwitchableDataSource(database.dataSource());
		new PostgresSchemaSource(dataSource, ReflectionSettings.ALL).snapshot();
		return dataSource.statements.get();
	}

	private static void createTables(int first, int last) {
		database.execute("""
				CREATE SCHEMA IF NOT EXISTS large;
				DO $$
				BEGIN
				  FOR number IN %d..%d LOOP
				    EXECUTE format('CREATE TABLE large.t%%s (id integer PRIMARY KEY, %%s)', number,
				      (SELECT string_agg('c' || n || ' varchar(20)', ', ') FROM generate_series(1, 19) n));
				  END LOOP;
				END
				$$
				""".formatted(first, last));
	}

}
