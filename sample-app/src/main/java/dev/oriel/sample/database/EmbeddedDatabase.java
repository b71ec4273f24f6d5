package dev.oriel.sample.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;

import dev.oriel.sample.StartFailure;

/**
 * A real PostgreSQL server, a child of this process.
 */
final class EmbeddedDatabase implements LocalDatabase {

	static final String USER = "postgres";

	/**
	 * Beyond what is usually taken, and the same each time, so that a psql line keeps
	 * working.
	 */
	static final int USUAL_PORT = 54329;

	private static final int QUOTED_LOG_LINES = 8;

	private final EmbeddedPostgres postgres;

	private final DataDirectory directory;

	private EmbeddedDatabase(EmbeddedPostgres postgres, DataDirectory directory) {
		this.postgres = postgres;
		this.directory = directory;
	}

	/**
	 * Starts the server on the data of the directory, fresh ones if there are none yet.
	 */
	static EmbeddedDatabase start(DataDirectory directory, @Nullable Integer port, boolean reset) {
		try {
			directory.requireOwn();
			LeftoverServer.remove(directory.cluster());
			if (reset) {
				directory.removeCluster();
			}
			directory.removeIncompleteCluster();
			directory.markBegun();
			EmbeddedPostgres postgres = launch(directory, (port != null) ? demand(port) : usualOrFreePort());
			directory.markCompleted();
			return new EmbeddedDatabase(postgres, directory);
		}
		catch (RuntimeException ex) {
			directory.close();
			throw ex;
		}
	}

	private static EmbeddedPostgres launch(DataDirectory directory, int port) {
		try {
			Files.deleteIfExists(directory.log());
			return EmbeddedPostgres.builder()
				.setDataDirectory(directory.cluster())
				.setCleanDataDirectory(false)
				.setPort(port)
				// Sorts alike on every system.
				.setLocaleConfig("locale", "C")
				.setLocaleConfig("locale-provider", "builtin")
				.setLocaleConfig("builtin-locale", "C.UTF-8")
				.setPGStartupWait(Duration.ofSeconds(60))
				.setOutputRedirector(Redirect.appendTo(directory.log().toFile()))
				.setErrorRedirector(Redirect.appendTo(directory.log().toFile()))
				// The application context stops the server, after its last connection.
				.setRegisterShutdownHook(false)
				.start();
		}
		catch (IOException | RuntimeException ex) {
			throw new StartFailure(
					"The embedded PostgreSQL did not start (" + ex.getMessage() + ")." + logged(directory),
					"See " + directory.log() + ", start over with --sample.reset, "
							+ "or use a server of your own with --spring.datasource.url=jdbc:postgresql://…",
					ex);
		}
	}

	private static String logged(DataDirectory directory) {
		try (Stream<String> lines = Files.lines(directory.log(), StandardCharsets.UTF_8)) {
			List<String> all = lines.toList();
			List<String> last = all.subList(Math.max(0, all.size() - QUOTED_LOG_LINES), all.size());
			return " Its last words:\n\n" + String.join("\n", last);
		}
		catch (IOException | UncheckedIOException ex) {
			return "";
		}
	}

	private static int demand(int port) {
		if (port != 0 && !isFree(port)) {
			throw new StartFailure("Port " + port + " is taken, so the embedded PostgreSQL cannot listen on it.",
					"Stop what uses it, or choose another with --sample.database-port=PORT (0 for any)", null);
		}
		return port;
	}

	private static int usualOrFreePort() {
		return isFree(USUAL_PORT) ? USUAL_PORT : 0;
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public int port() {
		return this.postgres.getPort();
	}

	@Override
	public void close() {
		try (this.directory) {
			this.postgres.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
