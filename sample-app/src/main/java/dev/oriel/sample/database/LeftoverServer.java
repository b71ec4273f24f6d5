package dev.oriel.sample.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.oriel.sample.StartFailure;

/**
 * The server of an earlier run that was killed: it may still be running, or be dead and
 * have left a {@code postmaster.pid} that could keep the next one from starting. Only for
 * a cluster that this application holds the lock of.
 */
final class LeftoverServer {

	private static final Logger logger = LoggerFactory.getLogger(LeftoverServer.class);

	private static final int PORT_LINE = 3;

	private static final long PATIENCE_SECONDS = 30;

	private LeftoverServer() {
	}

	static void remove(Path cluster) {
		Path pidFile = cluster.resolve("postmaster.pid");
		try {
			if (Files.exists(pidFile)) {
				List<String> lines = Files.readAllLines(pidFile);
				Optional<ProcessHandle> server = running(lines, cluster);
				if (server.isPresent()) {
					logger.warn("Stopping the database server that an earlier run left behind (process {})",
							server.get().pid());
					disconnectClients(lines);
					stop(server.get());
				}
				Files.deleteIfExists(pidFile);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Since then another program may have got the same process number, so the command
	 * line has to name the cluster.
	 */
	private static Optional<ProcessHandle> running(List<String> lines, Path cluster) {
		if (lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,18}")) {
			return Optional.empty();
		}
		return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
			.filter(ProcessHandle::isAlive)
			.filter((process) -> isServerOf(process.info(), cluster));
	}

	private static boolean isServerOf(ProcessHandle.Info info, Path cluster) {
		return info.commandLine()
			.map((line) -> line.contains(cluster.toString()))
			// Windows does not tell the arguments of a process.
			.orElseGet(() -> info.command().filter((command) -> command.endsWith("postgres.exe")).isPresent());
	}

	/**
	 * A server that is asked to stop waits for its clients, so they go first.
	 */
	private static void disconnectClients(List<String> lines) {
		if (lines.size() <= PORT_LINE) {
			return;
		}
		String url = "jdbc:postgresql://localhost:" + lines.get(PORT_LINE).strip() + "/postgres?connectTimeout=5";
		try (Connection connection = DriverManager.getConnection(url, EmbeddedDatabase.USER, "");
				Statement statement = connection.createStatement()) {
			statement.execute("""
					select pg_terminate_backend(pid) from pg_stat_activity
					where backend_type = 'client backend' and pid <> pg_backend_pid()""");
		}
		catch (SQLException ex) {
			logger.debug("The server accepts no connection, it may be stopping already", ex);
		}
	}

	private static void stop(ProcessHandle server) {
		server.destroy();
		try {
			server.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while an old database server stops", ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new StartFailure(
					"The database server of an earlier run (process " + server.pid() + ") does not stop.",
					"End that process and start again", ex);
		}
	}

}
