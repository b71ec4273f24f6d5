package dev.oriel.admin.change;

/**
 * Is told of changes. Called on the source's own thread, one call after the other, so it
 * must neither block nor throw.
 *
 * @since 0.1.0
 */
public interface ChangeListener {

	/**
	 * Rows of a watched relation changed.
	 * @param event what is known about it
	 */
	void changed(ChangeEvent event);

	/**
	 * Changes may have been missed: anything may have changed.
	 */
	void resync();

}
