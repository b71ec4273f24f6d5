package dev.oriel.admin.schema;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A column of a relation.
 *
 * @param name the name as the catalogue holds it
 * @param position the attribute number, from 1, with gaps where columns were dropped
 * @param type the type
 * @param declaredType the type with its modifiers as PostgreSQL prints it, for example
 * {@code numeric(12,2)}
 * @param nullable whether NULL is allowed
 * @param defaultExpression the default as PostgreSQL prints it, or {@code null}
 * @param identity whether the column draws from a sequence by itself
 * @param generation whether the column is computed from others and can never be written
 * @param comment the comment without its tags, or {@code null}
 * @param privileges what the connected role may do with the column
 * @param tags the tags of its comment
 * @since 0.1.0
 */
public record Column(String name, int position, DataType type, String declaredType, boolean nullable,
		@Nullable String defaultExpression, Identity identity, Generation generation, @Nullable String comment,
		Privileges privileges, Map<String, String> tags) {

	public Column {
		tags = Map.copyOf(tags);
	}

	/**
	 * Create a column without tags, whose values are stored.
	 */
	public Column(String name, int position, DataType type, String declaredType, boolean nullable,
			@Nullable String defaultExpression, Identity identity, boolean generated, @Nullable String comment,
			Privileges privileges) {
		this(name, position, type, declaredType, nullable, defaultExpression, identity,
				generated ? Generation.STORED : Generation.NONE, comment, privileges, Map.of());
	}

	/**
	 * Return how values of this column behave on a screen.
	 */
	public ValueKind kind() {
		return ValueKind.of(this.type);
	}

	/**
	 * Whether the column is computed from others and can never be written.
	 */
	public boolean generated() {
		return this.generation != Generation.NONE;
	}

	/**
	 * Whether a value may be given when a row is inserted.
	 */
	public boolean insertable() {
		return !generated() && this.identity != Identity.ALWAYS && this.privileges.insert();
	}

	/**
	 * Whether the value of an existing row may be changed.
	 */
	public boolean updatable() {
		return !generated() && this.identity != Identity.ALWAYS && this.privileges.update();
	}

	/**
	 * Whether a column draws its values from a sequence.
	 */
	public enum Identity {

		/** It does not. */
		NONE,
		/** Always; a value given by a client is refused. */
		ALWAYS,
		/** Unless a value is given. */
		BY_DEFAULT

	}

	/**
	 * Whether a column is computed from others.
	 */
	public enum Generation {

		/** It is not. */
		NONE,
		/** When a row is written. */
		STORED,
		/** When a row is read. */
		VIRTUAL

	}

}
