package dev.oriel.admin.data;

import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for tables that change after they were reflected.
 */
class SchemaChangeIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	Rig rig;

	@BeforeEach
	void build() {
		database.execute("DROP TABLE IF EXISTS changing, changed; "
				+ "CREATE TABLE changing (id int PRIMARY KEY, a text); INSERT INTO changing VALUES (1, 'x')");
		this.rig = Rig.of(database);
		// Often enough for the driver to keep a prepared statement.
		for (int i = 0; i < 10; i++) {
			assertThat(this.rig.read("changing", "")).isEqualTo("[{\"id\":1,\"a\":\"x\"}]");
		}
	}

	@Test
	void addedColumnShowsAtTheNextSnapshot() {
		database.execute("ALTER TABLE changing ADD b int DEFAULT 7");
		assertThat(this.rig.read("changing", "")).isEqualTo("[{\"id\":1,\"a\":\"x\"}]");
		this.rig.source().refresh();
		assertThat(this.rig.read("changing", "")).isEqualTo("[{\"id\":1,\"a\":\"x\",\"b\":7}]");
	}

	@Test
	void renamedColumnIsReadAgainByItself() {
		database.execute("ALTER TABLE changing RENAME a TO z");
		assertThat(this.rig.read("changing", "")).isEqualTo("[{\"id\":1,\"z\":\"x\"}]");
	}

	@Test
	void droppedColumnIsReadAgainByItself() {
		database.execute("ALTER TABLE changing DROP a");
		assertThat(this.rig.read("changing", "")).isEqualTo("[{\"id\":1}]");
		Problem problem = Rig.problem(() -> this.rig.read("changing", "select=a"));
		assertThat(problem.status()).isEqualTo(400);
		assertThat(problem.code()).isEqualTo("42703");
	}

	@Test
	void otherTypeIsReadAgainByItself() {
		database.execute("UPDATE changing SET a = '5'; ALTER TABLE changing ALTER a TYPE int USING a::int");
		assertThat(this.rig.read("changing", "")).isEqualTo("[{\"id\":1,\"a\":5}]");
		assertThat(this.rig.read("changing", "a=gt.4")).isEqualTo("[{\"id\":1,\"a\":5}]");
	}

	@Test
	void renamedTableIsGone() {
		database.execute("ALTER TABLE changing RENAME TO changed");
		Problem problem = Rig.problem(() -> this.rig.read("changing", ""));
		assertThat(problem.status()).isEqualTo(404);
		assertThat(problem.code()).isEqualTo("PGRST205");
		assertThat(this.rig.read("changed", "")).isEqualTo("[{\"id\":1,\"a\":\"x\"}]");
	}

	@Test
	void writesAreToldOnceAndFitTheNextTime() {
		database.execute("ALTER TABLE changing RENAME a TO z");
		Problem problem = Rig.problem(() -> this.rig.update("changing", "id=eq.1", "{\"a\":\"y\"}"));
		assertThat(problem.status()).isEqualTo(400);
		assertThat(Rig.problem(() -> this.rig.update("changing", "id=eq.1", "{\"a\":\"y\"}")).code())
			.isEqualTo("PGRST204");
		assertThat(this.rig.update("changing", "id=eq.1", "{\"z\":\"y\"}")).isEqualTo("[{\"id\":1,\"z\":\"y\"}]");
	}

	@Test
	void mistakesOfTheCallerDoNotCostAReadingOfTheCatalogue() {
		SchemaSnapshot before = this.rig.source().snapshot();
		assertThat(Rig.problem(() -> this.rig.read("changing", "id=like.1*")).code()).isEqualTo("42883");
		assertThat(Rig.problem(() -> this.rig.read("changing", "select=a.sum()")).code()).isEqualTo("42883");
		assertThat(this.rig.source().snapshot()).isSameAs(before);
	}

	@Test
	void droppedTableIsNeverAFault() {
		database.execute("DROP TABLE changing");
		assertThat(Rig.problem(() -> this.rig.update("changing", "id=eq.1", "{\"a\":\"y\"}")).status()).isEqualTo(404);
		assertThat(Rig.problem(() -> this.rig.count("changing", "", CountMode.EXACT)).status()).isEqualTo(404);
	}

}
