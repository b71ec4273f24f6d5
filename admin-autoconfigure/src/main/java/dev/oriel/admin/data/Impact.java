package dev.oriel.admin.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.schema.RelationName;

import org.jspecify.annotations.Nullable;

/**
 * What a write would change, cascades and triggers included, as far as the caller may
 * read it.
 *
 * @param tables the tables with changes, the one written to first
 * @since 0.1.0
 */
public record Impact(List<Table> tables) {

	public Impact {
		tables = List.copyOf(tables);
	}

	/**
	 * What would change in one table; a partitioned one as a whole.
	 *
	 * @param relation the table
	 * @param counts how many rows; where some may be hidden from the caller, those that
	 * are not, counted up to 1,000
	 * @param sample some of the changes, or {@code null} if looking for them took too
	 * long, or the transaction had changed rows before, from which they cannot be told
	 */
	public record Table(RelationName relation, Counts counts, @Nullable List<Change> sample) {
	}

	/**
	 * Numbers of rows. A row that is changed twice counts twice.
	 *
	 * @param insert how many rows are added
	 * @param update how many rows are changed
	 * @param delete how many rows are removed
	 */
	public record Counts(long insert, long update, long delete) {

		Counts and(Counts other) {
			return new Counts(this.insert + other.insert, this.update + other.update, this.delete + other.delete);
		}

		boolean isNone() {
			return this.insert == 0 && this.update == 0 && this.delete == 0;
		}

	}

	/**
	 * One row that would change.
	 *
	 * @param operation what happens to it
	 * @param key the texts of the columns that name it; empty where the table has no key
	 * @param before the row as JSON as it is now, or {@code null} if it is not there
	 * @param after the row as JSON as it would be, or {@code null} if it is removed
	 */
	public record Change(Operation operation, Map<String, String> key, @Nullable String before,
			@Nullable String after) {

		public Change {
			key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
		}

	}

	/**
	 * What happens to a row.
	 */
	public enum Operation {

		/** It is added. */
		INSERT,
		/** It is changed. */
		UPDATE,
		/** It is removed. */
		DELETE

	}

}
