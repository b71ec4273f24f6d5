package dev.oriel.admin.transfer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
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

	/**
	 * The directories of this process. Their locks are not looked at, because where locks
	 * are those of POSIX, whoever closes the file lets go of the lock.
	 */
	private static final Set<String> OWN = ConcurrentHashMap.newKeySet();

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
			logger.warn("No file can be made for an import in the directory of temporary files: " + ex);
			throw new ProblemException(
					new Problem(503, "ORIEL503", "The server has no place to keep the file meanwhile", null,
							"Let 'oriel.import.directory' name a directory that the application may write to."),
					ex);
		}
	}

	private Path directory() throws IOException {
		Path own = this.directory;
		if (own == null || !Files.isDirectory(own)) {
			deleteLeftovers(this.parent);
			own = Files.createTempDirectory(this.parent, PREFIX);
			OWN.add(own.getFileName().toString());
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
		catch (IOException | DirectoryIteratorException ex) {
			logger.debug("What other processes have left cannot be looked at", ex);
		}
	}

	private static void deleteUnlessInUse(Path directory) {
		if (OWN.contains(directory.getFileName().toString())) {
			return;
		}
		Path file = directory.resolve(LOCK);
		try {
			if (isOurs(directory) && Files.exists(file)) {
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
			logger.trace("In use by another application of this process", ex);
		}
		catch (IOException | DirectoryIteratorException ex) {
			logger.debug("What another process has left cannot be deleted", ex);
		}
	}

	/**
	 * Whether a directory was made by the user that this process runs as. Anybody may put
	 * something with such a name into a directory for everybody's temporary files, such
	 * as a link to where files are that are not to be deleted.
	 */
	private static boolean isOurs(Path directory) throws IOException {
		if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
			return false;
		}
		Path own = Files.createTempFile(directory.getParent(), "oriel-", "");
		try {
			UserPrincipal owner = Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS);
			return owner.equals(Files.getOwner(own));
		}
		finally {
			Files.delete(own);
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
		catch (IOException | DirectoryIteratorException ex) {
			logger.debug("Files of imports could not be deleted", ex);
		}
		if (this.directory != null) {
			OWN.remove(this.directory.getFileName().toString());
		}
		this.directory = null;
	}

}
