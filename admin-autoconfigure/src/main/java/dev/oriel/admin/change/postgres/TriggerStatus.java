package dev.oriel.admin.change.postgres;

/**
 * Whether triggers tell of the changes of a table.
 *
 * @param state what is there
 * @param installable whether the connected role may put triggers on it
 * @since 0.1.0
 */
public record TriggerStatus(State state, boolean installable) {

	/**
	 * What is there.
	 */
	public enum State {

		/** Nothing. */
		ABSENT,
		/** Some triggers are missing or disabled, for example on a new partition. */
		INCOMPLETE,
		/**
		 * All triggers, but they tell keys of other columns, or do not say of which: the
		 * key changed, they are a parent's, or they are of a much older Oriel.
		 */
		OTHER_KEY,
		/** All triggers, for the right key, but of an older Oriel. */
		OUTDATED,
		/** Everything. */
		INSTALLED

	}

}
