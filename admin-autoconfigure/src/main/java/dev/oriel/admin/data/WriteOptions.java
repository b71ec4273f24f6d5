package dev.oriel.admin.data;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.oriel.admin.sql.Returned;
import dev.oriel.admin.sql.VersionMode;

import org.springframework.util.Assert;

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
 * @param impact is told what would change in all tables, just before it is undone;
 * {@code null} if nobody wants to know. Whoever does has to roll back
 * @since 0.1.0
 */
public record WriteOptions(VersionMode version, @Nullable String expectedVersion, @Nullable Long maxAffected,
		boolean single, boolean rollback, @Nullable String timeZone, Output output, @Nullable Consumer<Impact> impact) {

	public WriteOptions {
		Assert.isTrue(impact == null || rollback, "The impact is only told of what is undone");
	}

	/** No conditions, no versions. */
	public static final WriteOptions DEFAULTS = new WriteOptions(VersionMode.NONE, null, null, false, false, null,
			Output.JSON);

	/**
	 * Create options that tell no impact.
	 * @param version what is done with the versions of the rows written
	 * @param expectedVersion the version that the row must still have, or {@code null}
	 * @param maxAffected how many rows may be written at most, or {@code null}
	 * @param single whether exactly one row must be written
	 * @param rollback whether everything is undone at the end
	 * @param timeZone the time zone that points in time are written in, or {@code null}
	 * @param output what is made of the rows written
	 */
	public WriteOptions(VersionMode version, @Nullable String expectedVersion, @Nullable Long maxAffected,
			boolean single, boolean rollback, @Nullable String timeZone, Output output) {
		this(version, expectedVersion, maxAffected, single, rollback, timeZone, output, null);
	}

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

	/**
	 * Return the same options, except that what would change is told.
	 * @param impact is told what would change in all tables, just before it is undone
	 */
	public WriteOptions withImpact(@Nullable Consumer<Impact> impact) {
		return new WriteOptions(this.version, this.expectedVersion, this.maxAffected, this.single, this.rollback,
				this.timeZone, this.output, impact);
	}

	Returned returned() {
		return new Returned(this.version, this.output.format(), true);
	}

}
