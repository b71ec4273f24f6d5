package dev.oriel.admin.data;

import java.util.function.Consumer;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.oriel.admin.sql.Returned;
import dev.oriel.admin.sql.VersionMode;

import org.springframework.util.Assert;

/**
 * How a write is carried out.
 *
 * @param version what is done with the versions of the rows written
 * @param expectedVersion the version that the row must still have, {@link #ANY_VERSION}
 * if it must only be there, or {@code null} to write whatever it has become
 * @param maxAffected how many rows may be written at most, or {@code null} for no limit
 * @param single whether exactly one row must be written
 * @param rollback whether everything is undone at the end, to see what would happen
 * @param timeZone the time zone that points in time are written in, a name that
 * PostgreSQL knows; {@code null} for UTC
 * @param output what is made of the rows written
 * @param impact is told what would change in all tables, just before it is undone;
 * {@code null} if nobody wants to know. Whoever does has to roll back
 * @param otherVersions more versions besides the expected one; each row must have one of
 * them. Several rows can be deleted that way
 * @since 0.1.0
 */
public record WriteOptions(VersionMode version, @Nullable String expectedVersion, @Nullable Long maxAffected,
		boolean single, boolean rollback, @Nullable String timeZone, Output output, @Nullable Consumer<Impact> impact,
		Set<String> otherVersions) {

	/** Stands for any version of a row that is there. */
	public static final String ANY_VERSION = "*";

	/** No conditions, no versions. */
	public static final WriteOptions DEFAULTS = new WriteOptions(VersionMode.NONE, null, null, false, false, null,
			Output.JSON);

	public WriteOptions {
		Assert.isTrue(impact == null || rollback, "The impact is only told of what is undone");
		otherVersions = Set.copyOf(otherVersions);
	}

	/**
	 * Create options that tell no impact and expect no more than one version.
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
		this(version, expectedVersion, maxAffected, single, rollback, timeZone, output, null, Set.of());
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
				this.timeZone, this.output, impact, this.otherVersions);
	}

	/**
	 * Return the same options, except that each row must have one of several versions.
	 * @param expectedVersion one of them
	 * @param otherVersions the others
	 */
	public WriteOptions withVersions(@Nullable String expectedVersion, Set<String> otherVersions) {
		return new WriteOptions(this.version, expectedVersion, this.maxAffected, this.single, this.rollback,
				this.timeZone, this.output, this.impact, otherVersions);
	}

	/**
	 * Whether rows have to be there, but may have any version.
	 */
	boolean expectsAny() {
		return ANY_VERSION.equals(this.expectedVersion);
	}

	/**
	 * Whether rows may have one of several versions.
	 */
	boolean expectsSeveral() {
		return !this.otherVersions.isEmpty();
	}

	/**
	 * Whether a row may have a version.
	 */
	boolean expects(String version) {
		return version.equals(this.expectedVersion) || this.otherVersions.contains(version);
	}

	/**
	 * Whether a row that is there may have a version, be it because none is expected.
	 */
	boolean meets(String version) {
		return this.expectedVersion == null || expectsAny() || expects(version);
	}

	/**
	 * Return the only version that a row may have; {@code null} if any, or one of
	 * several.
	 */
	@Nullable String onlyVersion() {
		return (expectsAny() || expectsSeveral()) ? null : this.expectedVersion;
	}

	Returned returned() {
		return new Returned(this.version, this.output.format(), true);
	}

}
