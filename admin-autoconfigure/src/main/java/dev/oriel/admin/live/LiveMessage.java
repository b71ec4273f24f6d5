package dev.oriel.admin.live;

/**
 * What a subscriber is told, encoded once for all subscribers it goes to.
 *
 * @param from the state of the window that the message applies to; 0 for any
 * @param to the state that it leads to; 0 for messages that are about no window
 * @param json the body
 * @since 0.1.0
 */
public record LiveMessage(long from, long to, String json) {

	/**
	 * Whether the message says nothing new to somebody who knows a state.
	 * @param version the state known
	 */
	public boolean isCoveredBy(long version) {
		return this.to < version || (this.to == version && this.from < version);
	}

}
