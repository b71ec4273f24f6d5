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
		/** All triggers, but of an older Oriel or for a former key. */
		OUTDATED,
		/** Everything. */
		INSTALLED

	}

}
