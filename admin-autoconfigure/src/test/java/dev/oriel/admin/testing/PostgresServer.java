package dev.oriel.admin.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The one PostgreSQL of this JVM, started when it is first needed and stopped with the
 * JVM: a container where Docker answers, else binaries from Maven Central. The system
 * property {@value #KIND} ({@code docker} or {@code embedded}) forces one of them,
 * {@value #IMAGE} chooses the container's image.
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

	String jdbcUrl(String database) {
		return "jdbc:postgresql://%s:%d/%s".formatted(this.host, this.port, database);
	}

	String maintenanceUrl() {
		return jdbcUrl(MAINTENANCE_DATABASE);
	}

	private static PostgresServer start() {
		String kind = System.getProperty(KIND, "").toLowerCase(Locale.ROOT);
		return switch (kind) {
			case "docker" -> startContainer();
			case "embedded" -> startEmbedded();
			case "" -> DockerClientFactory.instance().isDockerAvailable() ? startContainer() : startEmbedded();
			default -> throw new IllegalArgumentException("'" + KIND + "' must be docker or embedded, not " + kind);
		};
	}

	// Closed by the reaper of Testcontainers when the JVM is gone.
	@SuppressWarnings("resource")
	private static PostgresServer startContainer() {
		PostgreSQLContainer container = new PostgreSQLContainer(System.getProperty(IMAGE, "postgres:18"))
			.withDatabaseName(MAINTENANCE_DATABASE)
			.withCommand("postgres", "-c", "fsync=off");
		container.start();
		return new PostgresServer(container.getHost(), container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
				container.getUsername(), container.getPassword());
	}

	// Closed by its own shutdown hook.
	@SuppressWarnings("resource")
	private static PostgresServer startEmbedded() {
		try {
			EmbeddedPostgres server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
			return new PostgresServer("localhost", server.getPort(), "postgres", "postgres");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The embedded PostgreSQL does not start", ex);
		}
	}

	private static final class Shared {

		static final PostgresServer SERVER = start();

	}

}
