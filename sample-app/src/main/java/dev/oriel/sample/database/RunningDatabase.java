package dev.oriel.sample.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.oriel.sample.StartFailure;

/**
 * The server of another sample application that runs just now. It is only used, and stays
 * when this application ends.
 *
 * @param port the port that it listens on
 */
record RunningDatabase(int port) implements LocalDatabase {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final long PAUSE_MILLIS = 200;

	private static final int PORT_LINE = 3;

	private static final int STATUS_LINE = 7;

	/**
	 * Finds the server on a cluster, which may be about to start.
	 */
	static RunningDatabase on(Path cluster) {
		return on(cluster, PATIENCE);
	}

	static RunningDatabase on(Path cluster, Duration patience) {
		long deadline = System.nanoTime() + patience.toNanos();
		do {
			List<String> lines = lines(cluster.resolve("postmaster.pid"));
			if (lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready")) {
				return new RunningDatabase(Integer.parseInt(lines.get(PORT_LINE).strip()));
			}
			pause();
		}
		while (System.nanoTime() < deadline);
		throw new StartFailure("Another sample application holds the data, but its database server on " + cluster
				+ " does not get ready.", "Look at that application, and start again when it runs", null);
	}

	private static List<String> lines(Path file) {
		try {
			return Files.readAllLines(file);
		}
		catch (NoSuchFileException ex) {
			return List.of();
		}
		catch (IOException ex) {
			throw new StartFailure(file + " cannot be read: " + ex.getMessage(),
					"Start as the user that the other sample application runs as", ex);
		}
	}

	private static void pause() {
		try {
			Thread.sleep(PAUSE_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for a database server", ex);
		}
	}

	@Override
	public void close() {
		// It is not ours.
	}

}
