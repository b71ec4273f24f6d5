package dev.oriel.admin.data;

import dev.oriel.admin.sql.VersionMode;

import org.jspecify.annotations.Nullable;

/**
 * How rows are read, beyond what the query says.
 *
 * @param version what is done with the rows' versions
 * @param count whether all rows of the filter are counted as well, and how
 * @param timeZone the time zone that points in time are written in, a name that
 * PostgreSQL knows; {@code null} for UTC
 * @since 0.1.0
 */
public record ReadOptions(VersionMode version, CountMode count, @Nullable String timeZone) {

	/** No version, no count, in UTC. */
	public static final ReadOptions DEFAULTS = new ReadOptions(VersionMode.NONE, CountMode.NONE, null);

	public ReadOptions withVersion(VersionMode version) {
		return new ReadOptions(version, this.count, this.timeZone);
	}

	public ReadOptions withCount(CountMode count) {
		return new ReadOptions(this.version, count, this.timeZone);
	}

	public ReadOptions withTimeZone(@Nullable String timeZone) {
		return new ReadOptions(this.version, this.count, timeZone);
	}

}
