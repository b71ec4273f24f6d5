package dev.oriel.admin.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The one PostgreSQL of this JVM, started when it is first needed and stopped with the
 * JVM: a container where Docker answers, else binaries from Maven Central. The system
 * property {@value #KIND} ({@code docker} or {@code embedded}) forces one of them,
 * {@value #IMAGE} chooses the container's image. There is a second one for those tests
 * that need {@code wal_level = logical}.
 */
record PostgresServer(String host, int port, String username, String password) {

	static final String KIND = "oriel.test.postgres";

	static final String IMAGE = "oriel.test.postgres.image";

	private static final String MAINTENANCE_DATABASE = "postgres";

	/**
	 * Return the server, which is started by the first call.
	 */
	static PostgresServer shared() {
		return Shared.SERVER;
	}

	/**
	 * Return the server whose log can be decoded, which is started by the first call.
	 */
	static PostgresServer logical() {
		return Logical.SERVER;
	}

	String jdbcUrl(String database) {
		return "jdbc:postgresql://%s:%d/%s".formatted(this.host, this.port, database);
	}

	String maintenanceUrl() {
		return jdbcUrl(MAINTENANCE_DATABASE);
	}

	private static PostgresServer start(Map<String, String> settings) {
		String kind = System.getProperty(KIND, "").toLowerCase(Locale.ROOT);
		return switch (kind) {
			case "docker" -> startContainer(settings);
			case "embedded" -> startEmbedded(settings);
			case "" ->
				DockerClientFactory.instance().isDockerAvailable() ? startContainer(settings) : startEmbedded(settings);
			default -> throw new IllegalArgumentException("'" + KIND + "' must be docker or embedded, not " + kind);
		};
	}

	// Closed by the reaper of Testcontainers when the JVM is gone.
	@SuppressWarnings("resource")
	private static PostgresServer startContainer(Map<String, String> settings) {
		List<String> command = new ArrayList<>(List.of("postgres"));
		settings.forEach((key, value) -> command.addAll(List.of("-c", key + "=" + value)));
		PostgreSQLContainer container = new PostgreSQLContainer(System.getProperty(IMAGE, "postgres:18"))
			.withDatabaseName(MAINTENANCE_DATABASE)
			.withCommand(command.toArray(String[]::new));
		container.start();
		return new PostgresServer(container.getHost(), container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
				container.getUsername(), container.getPassword());
	}

	// Closed by its own shutdown hook.
	@SuppressWarnings("resource")
	private static PostgresServer startEmbedded(Map<String, String> settings) {
		try {
			EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
			settings.forEach(builder::setServerConfig);
			EmbeddedPostgres server = builder.start();
			return new PostgresServer("localhost", server.getPort(), "postgres", "postgres");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The embedded PostgreSQL does not start", ex);
		}
	}

	private static final class Shared {

		static final PostgresServer SERVER = start(Map.of("fsync", "off"));

	}

	private static final class Logical {

		static final PostgresServer SERVER = start(Map.of("fsync", "off", "synchronous_commit", "on", "wal_level",
				"logical", "max_wal_senders", "6", "max_replication_slots", "6"));

	}

}
