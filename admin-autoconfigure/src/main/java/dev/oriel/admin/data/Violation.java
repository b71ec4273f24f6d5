package dev.oriel.admin.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.schema.RelationName;

import org.jspecify.annotations.Nullable;

/**
 * What a write was refused for: which fields, which rule, which value, and which other
 * rows. All of it may be known to the caller.
 *
 * @param columns the columns it is about; empty if it is about none that is known
 * @param rule what the database demands, in its own words, for example
 * {@code CHECK ((price > 0))} or {@code numeric(5,2)}; or {@code null}
 * @param value the refused value as JSON, an object of the columns' values if there are
 * several; or {@code null}
 * @param path where in the body the value is, for example {@code [2].year}; {@code null}
 * if the body is one object, or the place is not known
 * @param row the row that is there already, or {@code null}
 * @param referencing the rows that still point at the row, or {@code null}
 * @since 0.1.0
 */
public record Violation(List<String> columns, @Nullable String rule, @Nullable String value, @Nullable String path,
		@Nullable OtherRow row, @Nullable Referencing referencing) {

	/** Nothing is known of it. */
	static final Violation UNKNOWN = new Violation(List.of(), null, null, null, null, null);

	/** How many characters of JSON a value may have to be repeated. */
	private static final int MAX_VALUE = 1_000;

	public Violation {
		columns = List.copyOf(columns);
	}

	/**
	 * Return a value, or {@code null} if it is too long to be repeated.
	 */
	static @Nullable String shown(@Nullable String value) {
		return (value != null && value.length() <= MAX_VALUE) ? value : null;
	}

	Violation withColumns(List<String> columns) {
		return new Violation(columns, this.rule, this.value, this.path, this.row, this.referencing);
	}

	Violation withValue(@Nullable String value) {
		return new Violation(this.columns, this.rule, value, this.path, this.row, this.referencing);
	}

	Violation withPath(@Nullable String path) {
		return new Violation(this.columns, this.rule, this.value, path, this.row, this.referencing);
	}

	Violation withRow(@Nullable OtherRow row) {
		return new Violation(this.columns, this.rule, this.value, this.path, row, this.referencing);
	}

	Violation withReferencing(@Nullable Referencing referencing) {
		return new Violation(this.columns, this.rule, this.value, this.path, this.row, referencing);
	}

	/**
	 * Return a sentence that says what the database demands, or {@code null} if that is
	 * not known.
	 * @param column the only field it is about, or {@code null}
	 */
	@Nullable String demand(@Nullable String column) {
		if (this.rule == null) {
			return null;
		}
		String what = (column != null) ? "The field '%s'".formatted(column) : "The row";
		return "%s has to meet %s.".formatted(what, this.rule);
	}

	/**
	 * A row that the caller may read.
	 *
	 * @param relation the relation it is in
	 * @param key the texts of the columns that name it
	 */
	public record OtherRow(RelationName relation, Map<String, String> key) {

		public OtherRow {
			key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
		}

	}

	/**
	 * Rows that point at a row, as far as the caller may read them.
	 *
	 * @param relation the relation they are in
	 * @param values the texts of the columns that point there
	 * @param count how many there are, counted up to 1,000
	 * @param first one of them, or {@code null} if they have no key
	 */
	public record Referencing(RelationName relation, Map<String, String> values, long count, @Nullable OtherRow first) {

		public Referencing {
			values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
		}

	}

}
