package dev.oriel.sample.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.oriel.sample.StartFailure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EmbeddedDatabaseIntegrationTests {

	@TempDir
	private Path directory;

	@Test
	void keepsItsDataUntilTheyAreReset() throws SQLException {
		try (EmbeddedDatabase database = start(false)) {
			execute(database, "create table kept ()");
		}
		try (EmbeddedDatabase database = start(false)) {
			assertThat(exists(database, "kept")).isTrue();
		}
		try (EmbeddedDatabase database = start(true)) {
			assertThat(exists(database, "kept")).isFalse();
		}
	}

	@Test
	void isHeldByOneApplicationAtATime() {
		try (EmbeddedDatabase database = start(false)) {
			assertThat(database.port()).isPositive();
			assertThatExceptionOfType(StartFailure.class).isThrownBy(() -> start(false))
				.withMessageContaining("in use by another running sample application");
		}
	}

	@Test
	void startsOverAStaleProcessFile() throws IOException, SQLException {
		try (EmbeddedDatabase database = start(false)) {
			execute(database, "create table kept ()");
		}
		// This very process is alive, but no PostgreSQL.
		Files.writeString(this.directory.resolve("postgres/postmaster.pid"), ProcessHandle.current().pid() + "\n");
		try (EmbeddedDatabase database = start(false)) {
			assertThat(exists(database, "kept")).isTrue();
		}
	}

	@Test
	void stopsAServerThatOutlivedItsApplication() throws IOException, SQLException {
		Path orphan = Files.createDirectories(this.directory.resolve("orphan"));
		DataDirectory held = DataDirectory.open(orphan);
		EmbeddedDatabase outliving = EmbeddedDatabase.start(held, 0, false);
		execute(outliving, "create table kept ()");
		// As if the application had been killed: the locks are gone, the server is not.
		held.close();
		Files.delete(orphan.resolve("postgres/epg-lock"));
		try (Connection client = connect(outliving);
				EmbeddedDatabase database = EmbeddedDatabase.start(DataDirectory.open(orphan), 0, false)) {
			assertThat(exists(database, "kept")).isTrue();
			assertThat(client.isValid(1)).isFalse();
		}
	}

	@Test
	void startsOverAnInterruptedFirstStart() throws IOException, SQLException {
		Path cluster = Files.createDirectories(this.directory.resolve("postgres"));
		Files.writeString(cluster.resolve("postgresql.conf"), "");
		Files.createFile(this.directory.resolve("begun"));
		try (EmbeddedDatabase database = start(false)) {
			assertThat(exists(database, "kept")).isFalse();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void leavesAClusterOfSomebodyElseAlone(boolean reset) throws IOException {
		Path cluster = Files.createDirectories(this.directory.resolve("postgres"));
		Path precious = Files.writeString(cluster.resolve("PG_VERSION"), "18");
		assertThatExceptionOfType(StartFailure.class).isThrownBy(() -> start(reset))
			.withMessageContaining("was not made by the sample application");
		assertThat(precious).exists();
	}

	@Test
	void refusesAPortThatIsTaken() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatExceptionOfType(StartFailure.class)
				.isThrownBy(
						() -> EmbeddedDatabase.start(DataDirectory.open(this.directory), socket.getLocalPort(), false))
				.withMessageContaining("is taken");
		}
	}

	private EmbeddedDatabase start(boolean reset) {
		return EmbeddedDatabase.start(DataDirectory.open(this.directory), 0, reset);
	}

	private static Connection connect(EmbeddedDatabase database) throws SQLException {
		return DriverManager.getConnection(database.jdbcUrl(), EmbeddedDatabase.USER, "");
	}

	private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
		try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static boolean exists(EmbeddedDatabase database, String table) throws SQLException {
		try (Connection connection = connect(database);
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("select to_regclass('" + table + "') is not null")) {
			return row.next() && row.getBoolean(1);
		}
	}

}
