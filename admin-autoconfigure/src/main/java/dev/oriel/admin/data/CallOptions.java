package dev.oriel.admin.data;

import org.jspecify.annotations.Nullable;

/**
 * How a function is called.
 *
 * @param readOnly whether PostgreSQL refuses every change, whatever the function is
 * declared to do
 * @param count how the rows of the result are counted
 * @param maxAffected how many rows may be returned at most, or {@code null} for no limit
 * @param single whether the result must be exactly one row
 * @param rollback whether everything is undone at the end, to see what would happen
 * @param timeZone the time zone that points in time are written in, a name that
 * PostgreSQL knows; {@code null} for UTC
 * @param output what is made of the result
 * @param whole whether more rows than the settings allow are an error, which undoes the
 * call; otherwise those beyond are left out
 * @since 0.1.0
 */
public record CallOptions(boolean readOnly, CountMode count, @Nullable Long maxAffected, boolean single,
		boolean rollback, @Nullable String timeZone, Output output, boolean whole) {

	/**
	 * Create options that give JSON with points in time in UTC.
	 * @param readOnly whether PostgreSQL refuses every change
	 * @param count how the rows of the result are counted
	 * @param maxAffected how many rows may be returned at most, or {@code null}
	 * @param single whether the result must be exactly one row
	 * @param rollback whether everything is undone at the end
	 */
	public CallOptions(boolean readOnly, CountMode count, @Nullable Long maxAffected, boolean single,
			boolean rollback) {
		this(readOnly, count, maxAffected, single, rollback, null, Output.JSON, false);
	}

	/**
	 * Create options whose result leaves out the rows beyond what the settings allow.
	 * @param readOnly whether PostgreSQL refuses every change
	 * @param count how the rows of the result are counted
	 * @param maxAffected how many rows may be returned at most, or {@code null}
	 * @param single whether the result must be exactly one row
	 * @param rollback whether everything is undone at the end
	 * @param timeZone the time zone that points in time are written in; {@code null} for
	 * UTC
	 * @param output what is made of the result
	 */
	public CallOptions(boolean readOnly, CountMode count, @Nullable Long maxAffected, boolean single, boolean rollback,
			@Nullable String timeZone, Output output) {
		this(readOnly, count, maxAffected, single, rollback, timeZone, output, false);
	}

}
