package dev.oriel.sample;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * The directories that a relative path on the command line may mean.
 */
public final class StartPaths {

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

	/**
	 * Returns the paths of an application. Maven starts it in the directory of the build;
	 * PWD is where the user is.
	 * @param environment what the application knows
	 * @return the paths
	 */
	public static StartPaths of(Environment environment) {
		return new StartPaths("", environment.getProperty("PWD"), environment.getProperty("sample.home"));
	}

	/**
	 * Finds a file.
	 * @param option the argument that names it, for the message if there is none
	 * @param file its path as it was given
	 * @return its full path
	 */
	public Path find(String option, String file) {
		try {
			List<Path> candidates = this.directories.stream()
				.map((directory) -> directory.resolve(file).normalize())
				.distinct()
				.toList();
			return candidates.stream()
				.filter(Files::isRegularFile)
				.findFirst()
				.orElseThrow(() -> missing(option, candidates));
		}
		catch (InvalidPathException ex) {
			throw new StartFailure(option + " is not a path: " + ex.getMessage(), "Name a file", ex);
		}
	}

	private static StartFailure missing(String option, List<Path> candidates) {
		String places = String.join("\n", candidates.stream().map((path) -> "  " + path).toList());
		return new StartFailure("The file of " + option + " does not exist. Looked at:\n\n" + places,
				"Name a file, by its full path if in doubt", null);
	}

}
