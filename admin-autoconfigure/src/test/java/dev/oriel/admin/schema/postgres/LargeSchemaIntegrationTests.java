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
	static final PostgresDatabase small = PostgresDatabase.create();

	@RegisterExtension
	static final PostgresDatabase large = PostgresDatabase.create();

	@Test
	void statementsDoNotGrowWithTheSchema() {
		createTables(small, 1, 1);
		int statements = statementsOfAReading();
		createTables(small, 2, 40);
		assertThat(statementsOfAReading()).as("nine, and one for the settings").isEqualTo(statements).isEqualTo(10);
	}

	@Test
	@Timeout(value = 3, unit = TimeUnit.MINUTES)
	void thousandsOfTablesAreRead() {
		for (int from = 1; from <= 5000; from += 500) {
			createTables(large, from, from + 499);
		}
		PostgresSchemaSource source = new PostgresSchemaSource(large.dataSource(), ReflectionSettings.ALL);
		long begun = System.nanoTime();
		assertThat(source.snapshot().relations()).hasSize(5000)
			.allSatisfy((relation) -> assertThat(relation.columns()).hasSize(20));
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
		assertThat(source.refreshIfChanged()).isFalse();
	}

	private static int statementsOfAReading() {
		SwitchableDataSource dataSource = new SwitchableDataSource(small.dataSource());
		new PostgresSchemaSource(dataSource, ReflectionSettings.ALL).snapshot();
		return dataSource.statements.get();
	}

	private static void createTables(PostgresDatabase database, int first, int last) {
		database.execute("""
				DO $$
				BEGIN
				  FOR number IN %d..%d LOOP
				    EXECUTE format('CREATE TABLE t%%s (id integer PRIMARY KEY, %%s)', number,
				      (SELECT string_agg('c' || n || ' varchar(20)', ', ') FROM generate_series(1, 19) n));
				  END LOOP;
				END
				$$
				""".formatted(first, last));
	}

}
