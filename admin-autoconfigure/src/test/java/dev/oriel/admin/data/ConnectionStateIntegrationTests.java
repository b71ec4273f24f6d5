package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a pooled connection is like after use.
 */
class ConnectionStateIntegrationTests {

	private static final String STATE = """
			SELECT concat_ws('|', current_user, session_user, current_setting('statement_timeout'),
				current_setting('lock_timeout'), current_setting('idle_in_transaction_session_timeout'),
				current_setting('TimeZone'), current_setting('DateStyle'), current_setting('search_path'),
				current_setting('plan_cache_mode'), current_setting('transaction_read_only'),
				(SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory'))""";

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/shop.sql");

	private SingleConnectionDataSource dataSource;

	private String before;

	@BeforeEach
	void borrow() {
		this.dataSource = new SingleConnectionDataSource(database.jdbcUrl(), database.username(), database.password(),
				true);
		this.before = state();
	}

	@AfterEach
	void close() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			assertThat(connection.getAutoCommit()).isTrue();
			assertThat(connection.isReadOnly()).isFalse();
		}
		assertThat(state()).isEqualTo(this.before);
		this.dataSource.destroy();
	}

	@Test
	void readingLeavesNothing() {
		rig(this.dataSource).read("item", "");
	}

	@Test
	void writingLeavesNothing() {
		rig(this.dataSource).update("item", "id=eq.1", "{\"note\":\"x\"}");
	}

	@Test
	void failuresLeaveNothing() {
		Rig rig = rig(this.dataSource);
		Rig.problem(() -> rig.insert("item", "{\"name\":null}"));
		Rig.problem(() -> rig.read("item", "id=eq.x"));
		Rig.problem(() -> rig.update("item", "id=eq.1", "{\"note\":\"y\"}", Rig.expecting("1")));
		Rig.problem(() -> rig.delete("item", "id=gt.0", Rig.atMost(1)));
	}

	@Test
	void timeoutsLeaveNothing() {
		database.execute("CREATE OR REPLACE VIEW slow AS SELECT pg_sleep(30)::text AS s");
		Rig rig = rig(this.dataSource);
		assertThat(Rig.problem(() -> rig.read("slow", "")).status()).isEqualTo(504);
	}

	@Test
	void lostConnectionIsAnOutageAndNotAFault() {
		Rig rig = Rig.of(database);
		rig.read("item", "");
		database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
				+ "WHERE pid <> pg_backend_pid() AND datname = current_database() AND backend_type = 'client backend'");
		this.dataSource.resetConnection();
		// Hikari finds out by itself, so the next reading either works or is told as an
		// outage.
		String rows = rig.read("company", "select=name&order=id");
		assertThat(rows).isEqualTo("[{\"name\":\"one\"},{\"name\":\"two\"}]");
	}

	private String state() {
		return JdbcClient.create(this.dataSource).sql(STATE).query(String.class).single();
	}

	private static Rig rig(DataSource dataSource) {
		return Rig.of(dataSource, new PrivilegeAccessPolicy(false),
				new DataSettings(100, Duration.ofMillis(300), Duration.ofMillis(300), false));
	}

}
