package dev.oriel.admin.schema;

/**
 * What the connected PostgreSQL role may do with a relation or a column.
 *
 * @param select whether it may be read
 * @param insert whether rows may be inserted, or a value given to the column
 * @param update whether it may be changed
 * @param delete whether rows may be deleted; for a column the same as for its relation
 * @since 0.1.0
 */
public record Privileges(boolean select, boolean insert, boolean update, boolean delete) {

	/** Everything is allowed. */
	public static final Privileges ALL = new Privileges(true, true, true, true);

}
