package dev.oriel.admin.query;

/**
 * The patterns of {@code like} and {@code ilike}, which the tree keeps as they were
 * written.
 *
 * @since 0.1.0
 */
public final class Patterns {

	private Patterns() {
	}

	/**
	 * Return the pattern as SQL's {@code LIKE} reads it: every {@code *} becomes
	 * {@code %}, and nothing else changes. So {@code %}, {@code _} and the backslash keep
	 * their meaning in SQL, and a {@code *} can only be matched literally by {@code _} or
	 * by the operator {@code match}.
	 * @param pattern the value of a {@code like} or {@code ilike}
	 */
	public static String toSql(String pattern) {
		return pattern.replace('*', '%');
	}

}
