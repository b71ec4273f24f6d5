package dev.oriel.sample.load;

import java.util.regex.Pattern;

/**
 * The statements that need more than to be sent.
 */
final class SqlPatterns {

	static final Pattern COPY_FROM_STDIN = Pattern.compile("^copy\\b.*\\bfrom\\s+stdin\\b",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	static final Pattern OUTSIDE_TRANSACTION = Pattern
		.compile("^(vacuum\\b|(create|drop)\\s+(database|tablespace)\\b|alter\\s+system\\b"
				+ "|(create|drop|reindex)\\b[^(']*\\bconcurrently\\b)", Pattern.CASE_INSENSITIVE);

	private SqlPatterns() {
	}

}
