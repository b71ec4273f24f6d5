package dev.oriel.sample.load;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.oriel.sample.StartFailure;

/**
 * The directories that a relative path on the command line may mean.
 */
final class StartPaths {

	private final List<Path> directories;

	/**
	 * Creates the paths.
	 * @param directories directories to try, the first wins; those that are null are left
	 * out
	 */
	StartPaths(@Nullable String... directories) {
		this.directories = Stream.of(directories)
			.filter(Objects::nonNull)
			.map((directory) -> Path.of(directory).toAbsolutePath().normalize())
			.distinct()
			.toList();
	}

	Path find(String file) {
		try {
			List<Path> candidates = this.directories.stream()
				.map((directory) -> directory.resolve(file).normalize())
				.distinct()
				.toList();
			return candidates.stream().filter(Files::isRegularFile).findFirst().orElseThrow(() -> missing(candidates));
		}
		catch (InvalidPathException ex) {
			throw new StartFailure("sample.load is not a path: " + ex.getMessage(), "Name a file with SQL", ex);
		}
	}

	private static StartFailure missing(List<Path> candidates) {
		String places = String.join("\n", candidates.stream().map((path) -> "  " + path).toList());
		return new StartFailure("The file of sample.load does not exist. Looked at:\n\n" + places,
				"Name a file with SQL, by its full path if in doubt", null);
	}

}
