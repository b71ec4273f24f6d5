package dev.oriel.admin.schema;

import java.util.function.Consumer;

/**
 * Where the current snapshot comes from.
 *
 * @since 0.1.0
 */
public interface SchemaSource {

	/**
	 * Return the newest snapshot; reads it first when there is none yet.
	 * @throws SchemaUnavailableException when the database cannot be read and there is no
	 * older snapshot to serve
	 */
	SchemaSnapshot snapshot();

	/**
	 * Read the catalogue again now and return what it says. An unreadable catalogue keeps
	 * the old snapshot, if there is one.
	 */
	SchemaSnapshot refresh();

	/**
	 * Ask to be told of each new snapshot whose content differs from the one before.
	 * @param listener called on the thread that read the snapshot; must not block
	 */
	void addListener(Consumer<SchemaSnapshot> listener);

}
