package dev.oriel.admin.autoconfigure;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import dev.oriel.admin.data.DataSettings;
import dev.oriel.admin.data.SessionSettings;
import dev.oriel.admin.sql.Planning;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the connections that {@link OrielDataSource} makes beside the host's own.
 */
class OrielDataSourceIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	private static final DataSettings SETTINGS = new DataSettings(10, Duration.ofSeconds(10), Duration.ofSeconds(2),
			false);

	private final HikariDataSource host = new HikariDataSource();

	OrielDataSourceIntegrationTests() {
		this.host.setJdbcUrl(database.jdbcUrl());
		this.host.setUsername(database.username());
		this.host.setPassword(database.password());
	}

	@AfterEach
	void close() {
		this.host.close();
		DriverManager.setLoginTimeout(0);
	}

	@Test
	void leavesTheDriverManagerAsTheApplicationWantsIt() {
		DriverManager.setLoginTimeout(77);
		try (OrielDataSource own = own()) {
			assertThat(show(own, "application_name")).isEqualTo("oriel");
			assertThat(DriverManager.getLoginTimeout()).isEqualTo(77);
		}
	}

	@Test
	void preparesConnectionsAsTheApplicationDoes() throws SQLException {
		this.host.setConnectionInitSql("SET ROLE pg_monitor");
		this.host.setSchema("pg_catalog");
		try (OrielDataSource own = own(); Connection unpooled = own.openUnpooled()) {
			assertThat(show(own, "role")).isEqualTo("pg_monitor");
			assertThat(show(own, "search_path")).contains("pg_catalog");
			assertThat(unpooled.getSchema()).isEqualTo("pg_catalog");
		}
	}

	@Test
	void readsTheLogOfTheSameDatabaseWithoutTheRoleOfTheApplication() throws SQLException {
		this.host.setConnectionInitSql("SET ROLE pg_monitor");
		try (OrielDataSource own = own();
				Connection replication = own.openReplication();
				Statement statement = replication.createStatement();
				ResultSet row = statement.executeQuery("IDENTIFY_SYSTEM")) {
			assertThat(row.next()).isTrue();
			assertThat(row.getString("dbname")).isEqualTo(database.name());
		}
	}

	@Test
	void takesTheCredentialsThatTheApplicationHasNow() throws SQLException {
		this.host.setPassword("expired");
		this.host.setUsername("nobody");
		try (OrielDataSource own = own()) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(own::openUnpooled);
			this.host.setCredentials(Credentials.of(database.username(), database.password()));
			assertThat(show(own, "application_name")).isEqualTo("oriel");
			own.openUnpooled().close();
		}
	}

	@Test
	void tellsABusyPoolFromALostDatabase() throws SQLException {
		try (OrielDataSource own = own(); Connection taken = own.pooled().getConnection()) {
			assertThat(taken.isValid(1)).isTrue();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> own.pooled().getConnection())
				.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("53300"));
		}
		this.host.setJdbcUrl("jdbc:postgresql://localhost:1/nowhere");
		try (OrielDataSource own = own()) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> own.pooled().getConnection())
				.satisfies((ex) -> assertThat(ex.getSQLState()).isNotEqualTo("53300"));
		}
	}

	@Test
	void sessionsForReadingKeepTheirSettings() throws SQLException {
		try (OrielDataSource own = own(); Connection session = own.readSessions().open(Planning.EACH_TIME)) {
			assertThat(session).isNotNull();
			assertThat(session.getAutoCommit()).isTrue();
			assertThat(show(session, "transaction_read_only")).isEqualTo("on");
			assertThat(show(session, "statement_timeout")).isEqualTo("10s");
			assertThat(show(session, "lock_timeout")).isEqualTo("2s");
			assertThat(show(session, "plan_cache_mode")).isEqualTo("force_custom_plan");
		}
	}

	@Test
	void sessionsPlanAsTheStatementWants() throws SQLException {
		try (OrielDataSource own = own()) {
			for (Planning planning : List.of(Planning.ONCE, Planning.EACH_TIME, Planning.ONCE)) {
				try (Connection session = own.readSessions().open(planning)) {
					assertThat(show(session, "plan_cache_mode")).isEqualTo(SessionSettings.planCacheMode(planning));
				}
			}
		}
	}

	@Test
	void sessionsThatTheApplicationSetsUpOtherwiseAreNotUsed() throws SQLException {
		this.host.setConnectionInitSql("SET statement_timeout = '1h'");
		try (OrielDataSource own = own()) {
			assertThat(own.readSessions().open(Planning.EACH_TIME)).isNull();
		}
		this.host.setConnectionInitSql("SET oriel.session = 'shared by a pooler'");
		try (OrielDataSource own = own()) {
			assertThat(own.readSessions().open(Planning.EACH_TIME)).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "simple", "extended", "extendedForPrepared", "extendedCacheEverything" })
	void sessionsWorkInEveryQueryModeOfTheDriver(String mode) throws SQLException {
		this.host.addDataSourceProperty("preferQueryMode", mode);
		try (OrielDataSource own = own(); Connection session = own.readSessions().open(Planning.ONCE)) {
			assertThat(session).isNotNull();
			assertThat(show(session, "plan_cache_mode")).isEqualTo("force_generic_plan");
		}
	}

	@Test
	void sessionsThatCannotBePreparedBecauseTheyAreReadOnlyAreNotUsed() throws SQLException {
		this.host.setConnectionInitSql("CREATE TEMPORARY TABLE logins (at timestamptz)");
		try (OrielDataSource own = own()) {
			assertThat(own.readSessions().open(Planning.EACH_TIME)).isNull();
			assertThat(show(own, "transaction_read_only")).isEqualTo("off");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "08P01", "53300" })
	void sessionsThatWereRefusedAreTriedAgain(String state) throws SQLException {
		database.execute("CREATE SEQUENCE gate");
		this.host.setConnectionInitSql("""
				DO $$ BEGIN IF to_regclass('gate') IS NOT NULL AND current_setting('transaction_read_only') = 'on' THEN
				RAISE 'no room, or no server' USING ERRCODE = '%s'; END IF; END $$""".formatted(state));
		try (OrielDataSource patient = own(); OrielDataSource own = own(Duration.ZERO)) {
			assertThat(patient.readSessions().open(Planning.EACH_TIME)).isNull();
			assertThat(own.readSessions().open(Planning.EACH_TIME)).isNull();
			database.execute("DROP SEQUENCE gate");
			assertThat(patient.readSessions().open(Planning.EACH_TIME)).isNull();
			try (Connection session = own.readSessions().open(Planning.EACH_TIME)) {
				assertThat(session).isNotNull();
			}
		}
	}

	@Test
	void sessionThatSomethingReadHasChangedIsGivenUp() throws SQLException {
		try (OrielDataSource own = own()) {
			long changed = pid(own, "SET TimeZone = 'Asia/Tokyo'");
			try (Connection none = own.readSessions().open(Planning.EACH_TIME)) {
				assertThat(none).isNull();
			}
			assertThat(pid(own, "SELECT 1")).isNotEqualTo(changed);
		}
	}

	@Test
	void lostDatabaseIsNotTakenForOneWithoutSessions() throws SQLException {
		String url = this.host.getJdbcUrl();
		this.host.setJdbcUrl("jdbc:postgresql://localhost:1/nowhere");
		try (OrielDataSource own = own()) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> own.readSessions().open(Planning.EACH_TIME));
		}
		this.host.setJdbcUrl(url);
	}

	private static long pid(OrielDataSource own, String sql) throws SQLException {
		try (Connection session = own.readSessions().open(Planning.EACH_TIME);
				Statement statement = session.createStatement()) {
			statement.execute(sql);
			return session.unwrap(PGConnection.class).getBackendPID();
		}
	}

	private static String show(Connection connection, String setting) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SHOW " + setting)) {
			row.next();
			return row.getString(1);
		}
	}

	private OrielDataSource own() {
		return OrielDataSource.of(this.host, 1, SETTINGS);
	}

	private OrielDataSource own(Duration pause) {
		return OrielDataSource.of(this.host, 1, SETTINGS, pause);
	}

	private static String show(OrielDataSource dataSource, String setting) {
		return JdbcClient.create(dataSource.pooled())
			.sql("SELECT current_setting(:setting)")
			.param("setting", setting)
			.query(String.class)
			.single();
	}

}
