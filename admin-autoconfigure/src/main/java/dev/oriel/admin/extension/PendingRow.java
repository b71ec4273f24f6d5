package dev.oriel.admin.extension;

import org.jspecify.annotations.Nullable;

/**
 * A row that is about to be written.
 *
 * @since 0.1.0
 */
public interface PendingRow {

	/**
	 * Return the row as it is, with all of its columns, or {@code null} if it is to be
	 * inserted. It is locked, so it stays what it is; only rows of views that are changed
	 * by somebody else meanwhile make the request fail.
	 */
	@Nullable RowImage before();

	/**
	 * Return the values that are to be written, as they stand after the hooks before this
	 * one. A column that is not among them gets its default, or stays as it is. Values
	 * have the form in which the caller sent them, which may be a text for any type.
	 * Empty where the row is to be deleted.
	 */
	RowImage values();

	/**
	 * Write a value. The column may be one that the caller must not write or see.
	 * @param column the column's name
	 * @param value a text, number, boolean, enum constant, UUID, date or time of
	 * {@code java.time}, byte array; a list for an array; a map or list for JSON; or
	 * {@code null}. PostgreSQL reads it as the column's type
	 * @throws IllegalArgumentException when there is no such column, PostgreSQL computes
	 * it itself, or the value is of no such kind
	 * @throws IllegalStateException when the row is to be deleted
	 */
	void set(String column, @Nullable Object value);

	/**
	 * Do not write a column: it gets its default if the row is inserted, and stays as it
	 * is if the row is changed.
	 * @param column the column's name
	 * @throws IllegalArgumentException when there is no such column
	 * @throws IllegalStateException when the row is to be deleted
	 */
	void remove(String column);

	/**
	 * Refuse the row. Everything that is refused is told at once when the hook returns,
	 * and no hook after it is called.
	 * @param message why, for the caller
	 */
	void reject(String message);

	/**
	 * Refuse a value of the row.
	 * @param column the column's name
	 * @param message why, for the caller
	 * @throws IllegalArgumentException when there is no such column
	 */
	void reject(String column, String message);

}
