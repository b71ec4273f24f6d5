package dev.oriel.admin.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL of a test's own, which can be stopped well or badly and comes back at the
 * same port with the same data. Always the embedded one, because a container would come
 * back elsewhere.
 */
public final class RestartablePostgres implements AutoCloseable {

	private final Map<String, String> settings;

	private final Path directory;

	private final int port;

	private EmbeddedPostgres server;

	/**
	 * Start a server.
	 * @param settings what is set in its configuration
	 */
	public RestartablePostgres(Map<String, String> settings) {
		this.settings = settings;
		try {
			this.directory = Files.createTempDirectory("restartable-postgres");
			this.server = start(0);
			this.port = this.server.getPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The embedded PostgreSQL does not start", ex);
		}
	}

	private EmbeddedPostgres start(int port) throws IOException {
		EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
			.setDataDirectory(this.directory)
			.setCleanDataDirectory(false);
		this.settings.forEach(builder::setServerConfig);
		return ((port != 0) ? builder.setPort(port) : builder).start();
	}

	/**
	 * Return the port that the server listens at.
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Return the address of a database.
	 * @param database its name
	 */
	public String jdbcUrl(String database) {
		return "jdbc:postgresql://localhost:%d/%s?user=postgres&password=postgres".formatted(this.port, database);
	}

	/**
	 * Open a connection as a superuser.
	 * @param database the name of the database
	 */
	public Connection open(String database) throws SQLException {
		return DriverManager.getConnection(jdbcUrl(database));
	}

	/**
	 * Stop the server as an administrator does, and start it again.
	 */
	public void restart() {
		try {
			this.server.close();
			this.server = start(this.port);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The embedded PostgreSQL does not start again", ex);
		}
	}

	/**
	 * Let a server process die, so that all are stopped at once and the server recovers
	 * by itself from its log; what is not logged is lost.
	 */
	public void crash() {
		try (Connection connection = open("postgres"); Statement statement = connection.createStatement()) {
			statement.execute("COPY (SELECT 1) TO PROGRAM 'kill -KILL $PPID'");
		}
		catch (SQLException ex) {
			// The connection went with the process.
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		FileSystemUtils.deleteRecursively(this.directory);
	}

}
