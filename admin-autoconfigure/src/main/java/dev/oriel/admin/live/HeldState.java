package dev.oriel.admin.live;

import dev.oriel.admin.query.QueryException;
import org.jspecify.annotations.Nullable;

/**
 * The state of a window that a subscriber says it still has, from a connection before
 * this one.
 *
 * @param epoch of which run of which node the version is
 * @param version the version
 * @since 0.1.0
 */
public record HeldState(String epoch, long version) {

	/**
	 * Read what a client sent.
	 * @param epoch the epoch, or {@code null}
	 * @param version the version, or {@code null}
	 * @return {@code null} unless there are both
	 */
	static @Nullable HeldState parse(@Nullable String epoch, @Nullable String version) {
		if (epoch == null || version == null) {
			return null;
		}
		try {
			return new HeldState(epoch, Long.parseLong(version));
		}
		catch (NumberFormatException ex) {
			throw new QueryException("PGRST100", "'" + version + "' is no version of rows", null,
					"Send the last version that you were told, or none");
		}
	}

}
