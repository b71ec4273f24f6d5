package dev.oriel.admin.schema;

import java.util.List;

/**
 * Why a relation, or some of its columns, cannot be used in some way.
 *
 * @param reason the reason, for programs
 * @param message the reason, for people: one sentence
 * @param columns the columns it is about; empty if it is about the whole relation
 * @since 0.1.0
 */
public record Limitation(Reason reason, String message, List<String> columns) {

	public Limitation {
		columns = List.copyOf(columns);
	}

	Limitation(Reason reason, String message) {
		this(reason, message, List.of());
	}

	/**
	 * The reasons there are.
	 */
	public enum Reason {

		/** Nothing names a single row. */
		NO_KEY("no-key"),
		/** The connected role lacks a privilege. */
		NO_PRIVILEGE("no-privilege"),
		/** There is no column that may be read. */
		NO_COLUMNS("no-columns"),
		/** A materialized view was never refreshed. */
		UNPOPULATED("unpopulated"),
		/** A foreign table cannot be read by anybody. */
		UNREACHABLE("unreachable"),
		/** PostgreSQL itself does not support some changes. */
		READ_ONLY("read-only"),
		/** Columns hold values of types that are not known. */
		UNKNOWN_TYPE("unknown-type");

		private final String code;

		Reason(String code) {
			this.code = code;
		}

		/**
		 * Return the name that clients see, for example {@code no-key}.
		 */
		public String code() {
			return this.code;
		}

	}

}
