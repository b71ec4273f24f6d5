package dev.oriel.sample.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

import org.springframework.util.FileSystemUtils;

import dev.oriel.sample.StartFailure;

/**
 * The directory with the data, held by one application at a time.
 */
final class DataDirectory implements AutoCloseable {

	private final Path path;

	private final FileChannel lock;

	private DataDirectory(Path path, FileChannel lock) {
		this.path = path;
		this.lock = lock;
	}

	/**
	 * Creates the directory if need be and takes hold of it.
	 */
	static DataDirectory open(Path path) {
		DataDirectory directory = tryOpen(path);
		if (directory == null) {
			throw new StartFailure(
					"The data in " + normalized(path) + " is in use by another running sample application.",
					"Stop that one first, or give this one data and a port of its own: "
							+ "--sample.data-dir=DIRECTORY --server.port=PORT",
					null);
		}
		return directory;
	}

	/**
	 * Creates the directory if need be and takes hold of it, unless another application
	 * does.
	 */
	static @Nullable DataDirectory tryOpen(Path path) {
		Path directory = normalized(path);
		try {
			Files.createDirectories(directory);
			FileChannel channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE);
			if (tryLock(channel) == null) {
				channel.close();
				return null;
			}
			return new DataDirectory(directory, channel);
		}
		catch (IOException ex) {
			throw new StartFailure("The data directory " + directory + " cannot be used: " + ex,
					"Make it writable, or choose another one with --sample.data-dir=DIRECTORY", ex);
		}
	}

	private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
		try {
			return channel.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			// Held within this very process.
			return null;
		}
	}

	private static Path normalized(Path path) {
		return path.toAbsolutePath().normalize();
	}

	/**
	 * Returns where the server keeps the data of a directory.
	 */
	static Path cluster(Path path) {
		return normalized(path).resolve("postgres");
	}

	Path cluster() {
		return cluster(this.path);
	}

	Path log() {
		return this.path.resolve("postgres.log");
	}

	/**
	 * Refuses a cluster that somebody else made, whose server must not be stopped and
	 * whose data must not be removed.
	 */
	void requireOwn() {
		if (Files.exists(cluster()) && !Files.exists(begun()) && !Files.exists(completed())) {
			throw new StartFailure(cluster() + " was not made by the sample application, so it is left alone.",
					"Choose another directory with --sample.data-dir=DIRECTORY", null);
		}
	}

	/**
	 * Removes what a first start that was interrupted has left half done.
	 */
	void removeIncompleteCluster() {
		if (!Files.exists(completed())) {
			removeCluster();
		}
	}

	void removeCluster() {
		try {
			Files.deleteIfExists(completed());
			FileSystemUtils.deleteRecursively(cluster());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Notes that what comes to be in the directory from now on is ours.
	 */
	void markBegun() {
		mark(begun());
	}

	void markCompleted() {
		mark(completed());
	}

	private static void mark(Path mark) {
		try {
			if (!Files.exists(mark)) {
				Files.createFile(mark);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path begun() {
		return this.path.resolve("begun");
	}

	private Path completed() {
		return this.path.resolve("completed");
	}

	@Override
	public void close() {
		try {
			this.lock.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
