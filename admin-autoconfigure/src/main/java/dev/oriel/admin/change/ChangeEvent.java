package dev.oriel.admin.change;

import java.util.List;
import java.util.Locale;

import dev.oriel.admin.schema.RelationName;

import org.jspecify.annotations.Nullable;

/**
 * Says that rows of a relation are no longer what they were. It never says what they are
 * now: whoever cares reads them, so an event too many does no harm.
 *
 * @param relation the relation; of a partitioned table always the root
 * @param operation what was done
 * @param keys the texts of the key columns of each row concerned, before and after a
 * change of the key; empty when {@code bulk}
 * @param bulk whether any row may be concerned
 * @param transaction the transaction that did it, or {@code null} where the source cannot
 * know
 * @param committed when it was committed, as closely as the source can tell, on the scale
 * of {@link System#nanoTime()}; {@code null} where it cannot tell
 * @since 0.1.0
 */
public record ChangeEvent(RelationName relation, Operation operation, List<List<String>> keys, boolean bulk,
		@Nullable String transaction, @Nullable Long committed) {

	public ChangeEvent {
		keys = List.copyOf(keys);
	}

	/**
	 * Create an event of which nobody knows when it was committed.
	 * @param relation the relation; of a partitioned table always the root
	 * @param operation what was done
	 * @param keys the texts of the key columns of each row concerned
	 * @param bulk whether any row may be concerned
	 * @param transaction the transaction that did it, or {@code null}
	 */
	public ChangeEvent(RelationName relation, Operation operation, List<List<String>> keys, boolean bulk,
			@Nullable String transaction) {
		this(relation, operation, keys, bulk, transaction, null);
	}

	/**
	 * Return an event that any row of a relation may have changed in any way.
	 * @param relation the relation
	 */
	public static ChangeEvent anything(RelationName relation) {
		return new ChangeEvent(relation, Operation.ANY, List.of(), true, null);
	}

	/**
	 * Return what this change means to a relation whose rows are computed from the
	 * changed ones: any of them may be another.
	 * @param derived the relation that is computed
	 */
	public ChangeEvent seenFrom(RelationName derived) {
		return new ChangeEvent(derived, Operation.ANY, List.of(), true, null, this.committed);
	}

	/**
	 * Return the same change with the time at which it was committed.
	 * @param nanos the time on the scale of {@link System#nanoTime()}
	 */
	public ChangeEvent committedAt(long nanos) {
		return new ChangeEvent(this.relation, this.operation, this.keys, this.bulk, this.transaction, nanos);
	}

	/**
	 * What was done to the rows.
	 */
	public enum Operation {

		INSERT, UPDATE, DELETE, TRUNCATE,
		/** The source does not know. */
		ANY;

		/**
		 * Return the name that clients see, in lower case.
		 */
		public String label() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
