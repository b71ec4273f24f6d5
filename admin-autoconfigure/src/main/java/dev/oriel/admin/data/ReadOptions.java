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
 * @param whole whether more rows than the settings allow are an error; otherwise those
 * beyond are left out, here and in each embedded list
 * @since 0.1.0
 */
public record ReadOptions(VersionMode version, CountMode count, @Nullable String timeZone, boolean cursors,
		Output output, boolean keys, boolean whole) {

	/** No version, no count, in UTC, without cursors, as JSON. */
	public static final ReadOptions DEFAULTS = new ReadOptions(VersionMode.NONE, CountMode.NONE, null, false,
			Output.JSON, true, false);

	/**
	 * Create options whose answer leaves out the rows beyond what the settings allow.
	 * @param version what is done with the rows' versions
	 * @param count whether all rows of the filter are counted as well, and how
	 * @param timeZone the time zone that points in time are written in; {@code null} for
	 * UTC
	 * @param cursors whether the cursors of the pages before and after are wanted
	 * @param output what is made of the rows
	 * @param keys whether each row tells its key
	 */
	public ReadOptions(VersionMode version, CountMode count, @Nullable String timeZone, boolean cursors, Output output,
			boolean keys) {
		this(version, count, timeZone, cursors, output, keys, false);
	}

	public ReadOptions withVersion(VersionMode version) {
		return new ReadOptions(version, this.count, this.timeZone, this.cursors, this.output, this.keys, this.whole);
	}

	public ReadOptions withCount(CountMode count) {
		return new ReadOptions(this.version, count, this.timeZone, this.cursors, this.output, this.keys, this.whole);
	}

	public ReadOptions withTimeZone(@Nullable String timeZone) {
		return new ReadOptions(this.version, this.count, timeZone, this.cursors, this.output, this.keys, this.whole);
	}

	public ReadOptions withCursors(boolean cursors) {
		return new ReadOptions(this.version, this.count, this.timeZone, cursors, this.output, this.keys, this.whole);
	}

	public ReadOptions withOutput(Output output) {
		return new ReadOptions(this.version, this.count, this.timeZone, this.cursors, output, this.keys, this.whole);
	}

	/**
	 * Return the same options for rows that need not tell their keys.
	 */
	public ReadOptions withoutKeys() {
		return new ReadOptions(this.version, this.count, this.timeZone, this.cursors, this.output, false, this.whole);
	}

	/**
	 * Return the same options for an answer that holds all rows or none.
	 */
	public ReadOptions allOrNothing() {
		return new ReadOptions(this.version, this.count, this.timeZone, this.cursors, this.output, this.keys, true);
	}

	Returned returned() {
		return new Returned(this.version, this.output.format(), this.keys);
	}

}
