package dev.oriel.admin.data;

import dev.oriel.admin.sql.Returned;
import dev.oriel.admin.sql.VersionMode;

import org.jspecify.annotations.Nullable;

/**
 * How rows are read, beyond what the query says.
 *
 * @param version what is done with the rows' versions
 * @param count whether all rows of the filter are counted as well, and how
 * @param timeZone the time zone that points in time are written in, a name that
 * PostgreSQL knows; {@code null} for UTC
 * @param cursors whether the cursors of the pages before and after are wanted
 * @param output what is made of the rows
 * @param keys whether each row tells its key
 * @since 0.1.0
 */
public record ReadOptions(VersionMode version, CountMode count, @Nullable String timeZone, boolean cursors,
		Output output, boolean keys) {

	/** No version, no count, in UTC, without cursors, as JSON. */
	public static final ReadOptions DEFAULTS = new ReadOptions(VersionMode.NONE, CountMode.NONE, null, false,
			Output.JSON, true);

	public ReadOptions withVersion(VersionMode version) {
		return new ReadOptions(version, this.count, this.timeZone, this.cursors, this.output, this.keys);
	}

	public ReadOptions withCount(CountMode count) {
		return new ReadOptions(this.version, count, this.timeZone, this.cursors, this.output, this.keys);
	}

	public ReadOptions withTimeZone(@Nullable String timeZone) {
		return new ReadOptions(this.version, this.count, timeZone, this.cursors, this.output, this.keys);
	}

	public ReadOptions withCursors(boolean cursors) {
		return new ReadOptions(this.version, this.count, this.timeZone, cursors, this.output, this.keys);
	}

	public ReadOptions withOutput(Output output) {
		return new ReadOptions(this.version, this.count, this.timeZone, this.cursors, output, this.keys);
	}

	/**
	 * Return the same options for rows that need not tell their keys.
	 */
	public ReadOptions withoutKeys() {
		return new ReadOptions(this.version, this.count, this.timeZone, this.cursors, this.output, false);
	}

	Returned returned() {
		return new Returned(this.version, this.output.format(), this.keys);
	}

}
