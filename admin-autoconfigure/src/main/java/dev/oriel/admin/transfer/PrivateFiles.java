package dev.oriel.admin.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Files that only this process reads, in a directory of its own that only its user may
 * look into. It is gone when the process ends in good order; what is left of one that did
 * not is deleted by the next. The directory is made when it is first needed.
 */
final class PrivateFiles implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(PrivateFiles.class);

	private static final String PREFIX = "oriel-transfer-";

	private static final String LOCK = "in-use";

	private final Path parent;

	private @Nullable Path directory;

	private @Nullable FileChannel lockFile;

	private @Nullable FileLock lock;

	PrivateFiles(Path parent) {
		this.parent = parent;
	}

	/**
	 * Create a file that is empty.
	 */
	synchronized Path create() {
		try {
			// Made with the rights of its owner only.
			return Files.createTempFile(directory(), "", "");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path directory() throws IOException {
		Path own = this.directory;
		if (own == null || !Files.isDirectory(own)) {
			deleteLeftovers(this.parent);
			own = Files.createTempDirectory(this.parent, PREFIX);
			this.lockFile = FileChannel.open(own.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
			this.lock = this.lockFile.tryLock();
			this.directory = own;
		}
		return own;
	}

	/**
	 * Delete what processes have left behind that are no more.
	 */
	static void deleteLeftovers(Path parent) {
		try (DirectoryStream<Path> directories = Files.newDirectoryStream(parent, PREFIX + "*")) {
			for (Path directory : directories) {
				deleteUnlessInUse(directory);
			}
		}
		catch (IOException ex) {
			logger.debug("What other processes have left cannot be looked at", ex);
		}
	}

	private static void deleteUnlessInUse(Path directory) {
		Path file = directory.resolve(LOCK);
		try {
			if (Files.exists(file)) {
				try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
					FileLock lock = channel.tryLock();
					if (lock == null) {
						return;
					}
				}
				deleteAll(directory);
			}
		}
		catch (OverlappingFileLockException ex) {
			logger.trace("In use by another context of this process", ex);
		}
		catch (IOException ex) {
			logger.debug("What another process has left cannot be deleted", ex);
		}
	}

	private static void deleteAll(Path directory) throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
			for (Path file : files) {
				Files.deleteIfExists(file);
			}
		}
		Files.deleteIfExists(directory);
	}

	/**
	 * Delete a file, unless it is gone already.
	 */
	static void delete(@Nullable Path file) {
		if (file != null) {
			try {
				Files.deleteIfExists(file);
			}
			catch (IOException ex) {
				logger.warn("A file of an import cannot be deleted", ex);
			}
		}
	}

	@Override
	public synchronized void close() {
		try {
			if (this.lock != null) {
				this.lock.close();
			}
			if (this.lockFile != null) {
				this.lockFile.close();
			}
			if (this.directory != null) {
				deleteAll(this.directory);
			}
		}
		catch (IOException ex) {
			logger.debug("Files of imports could not be deleted", ex);
		}
		this.directory = null;
	}

}
