package dev.oriel.admin.schema;

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
 * @param generated whether the column is computed from others and can never be written
 * @param comment the comment, or {@code null}
 * @param privileges what the connected role may do with the column
 * @since 0.1.0
 */
public record Column(String name, int position, DataType type, String declaredType, boolean nullable,
		@Nullable String defaultExpression, Identity identity, boolean generated, @Nullable String comment,
		Privileges privileges) {

	/**
	 * Return how values of this column behave on a screen.
	 */
	public ValueKind kind() {
		return ValueKind.of(this.type);
	}

	/**
	 * Whether a value may be given when a row is inserted.
	 */
	public boolean insertable() {
		return !this.generated && this.identity != Identity.ALWAYS && this.privileges.insert();
	}

	/**
	 * Whether the value of an existing row may be changed.
	 */
	public boolean updatable() {
		return !this.generated && this.identity != Identity.ALWAYS && this.privileges.update();
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

}
