package dev.oriel.admin.data;

import org.jspecify.annotations.Nullable;

import dev.oriel.admin.sql.Returned;
import dev.oriel.admin.sql.VersionMode;

/**
 * How a write is carried out.
 *
 * @param version what is done with the versions of the rows written
 * @param expectedVersion the version that the row must still have, or {@code null} to
 * write whatever it has become
 * @param maxAffected how many rows may be written at most, or {@code null} for no limit
 * @param single whether exactly one row must be written
 * @param rollback whether everything is undone at the end, to see what would happen
 * @param timeZone the time zone that points in time are written in, a name that
 * PostgreSQL knows; {@code null} for UTC
 * @param output what is made of the rows written
 * @since 0.1.0
 */
public record WriteOptions(VersionMode version, @Nullable String expectedVersion, @Nullable Long maxAffected,
		boolean single, boolean rollback, @Nullable String timeZone, Output output) {

	/** No conditions, no versions. */
	public static final WriteOptions DEFAULTS = new WriteOptions(VersionMode.NONE, null, null, false, false, null,
			Output.JSON);

	/**
	 * Create options that give JSON with points in time in UTC.
	 * @param version what is done with the versions of the rows written
	 * @param expectedVersion the version that the row must still have, or {@code null}
	 * @param maxAffected how many rows may be written at most, or {@code null}
	 * @param single whether exactly one row must be written
	 * @param rollback whether everything is undone at the end
	 */
	public WriteOptions(VersionMode version, @Nullable String expectedVersion, @Nullable Long maxAffected,
			boolean single, boolean rollback) {
		this(version, expectedVersion, maxAffected, single, rollback, null, Output.JSON);
	}

	Returned returned() {
		return new Returned(this.version, this.output.format(), true);
	}

}
