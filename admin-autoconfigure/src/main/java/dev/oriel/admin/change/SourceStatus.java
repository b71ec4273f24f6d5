package dev.oriel.admin.change;

import java.time.Instant;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How a source of changes is doing.
 *
 * @param connection the connection over which changes arrive by themselves
 * @param lookedAt when changes were last looked for, by whatever way; {@code null} if
 * never
 * @since 0.1.0
 */
public record SourceStatus(Connection connection, @Nullable Instant lookedAt) {

	/** Of a source that cannot tell. */
	public static final SourceStatus UNKNOWN = new SourceStatus(Connection.UNUSED, null);

	/**
	 * The state of a connection.
	 */
	public enum Connection {

		/** There is one. */
		OPEN,
		/** There is none at the moment; it is tried again and again. */
		LOST,
		/** The source works without one, or was not started. */
		UNUSED;

		/**
		 * Return the name that clients see, in lower case.
		 */
		public String label() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
