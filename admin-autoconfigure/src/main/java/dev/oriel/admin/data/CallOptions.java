package dev.oriel.admin.data;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

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
 * @param impact is told what would change in all tables, just before it is undone;
 * {@code null} if nobody wants to know. Whoever does has to roll back
 * @since 0.1.0
 */
public record CallOptions(boolean readOnly, CountMode count, @Nullable Long maxAffected, boolean single,
		boolean rollback, @Nullable String timeZone, Output output, boolean whole, @Nullable Consumer<Impact> impact) {

	public CallOptions {
		Assert.isTrue(impact == null || rollback, "The impact is only told of what is undone");
	}

	/**
	 * Create options that tell no impact.
	 * @param readOnly whether PostgreSQL refuses every change
	 * @param count how the rows of the result are counted
	 * @param maxAffected how many rows may be returned at most, or {@code null}
	 * @param single whether the result must be exactly one row
	 * @param rollback whether everything is undone at the end
	 * @param timeZone the time zone that points in time are written in; {@code null} for
	 * UTC
	 * @param output what is made of the result
	 * @param whole whether more rows than the settings allow are an error
	 */
	public CallOptions(boolean readOnly, CountMode count, @Nullable Long maxAffected, boolean single, boolean rollback,
			@Nullable String timeZone, Output output, boolean whole) {
		this(readOnly, count, maxAffected, single, rollback, timeZone, output, whole, null);
	}

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

	/**
	 * Return the same options, except that what would change is told.
	 * @param impact is told what would change in all tables, just before it is undone
	 */
	public CallOptions withImpact(@Nullable Consumer<Impact> impact) {
		return new CallOptions(this.readOnly, this.count, this.maxAffected, this.single, this.rollback, this.timeZone,
				this.output, this.whole, impact);
	}

}
