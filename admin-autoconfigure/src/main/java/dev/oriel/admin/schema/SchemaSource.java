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
	 * Read the catalogue again if somebody changed the schema since. Much cheaper than
	 * {@link #refresh()} where nobody did. An unreadable catalogue keeps the old
	 * snapshot.
	 * @return whether there was a change
	 */
	boolean refreshIfChanged();

	/**
	 * Say that the schema probably changed, so that it is looked at soon, but not by the
	 * calling thread. A source that nobody looks at does nothing.
	 */
	default void expectChange() {
	}

	/**
	 * Ask to be told of each new snapshot whose content differs from the one before.
	 * @param listener called on the thread that read the snapshot; must not block
	 */
	void addListener(Consumer<SchemaSnapshot> listener);

}
