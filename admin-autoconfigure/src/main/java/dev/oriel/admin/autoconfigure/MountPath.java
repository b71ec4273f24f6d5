package dev.oriel.admin.autoconfigure;

import java.util.regex.Pattern;

/**
 * The path that Oriel is mounted at.
 */
final class MountPath {

	private static final Pattern VALID = Pattern.compile("(/[A-Za-z0-9_~-]+)+");

	private MountPath() {
	}

	/**
	 * Return the path, if it is one that can be mounted.
	 */
	static String validated(String path) {
		if (!VALID.matcher(path).matches()) {
			throw new InvalidOrielPropertyException("oriel.path", path,
					"It must begin with a slash, not end with one, and hold only letters, digits, '-', '_' and '~'.",
					"Write a path like '/admin'.");
		}
		return path;
	}

}
