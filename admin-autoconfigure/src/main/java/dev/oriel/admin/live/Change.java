package dev.oriel.admin.live;

import java.util.List;

/**
 * One step from what a window showed to what it shows. A position is valid when the steps
 * before it have been made.
 */
sealed interface Change {

	/**
	 * A row appears.
	 *
	 * @param at its position
	 * @param key its key
	 * @param json the row
	 */
	record Insert(int at, List<String> key, String json) implements Change {
	}

	/**
	 * A row stays where it is, with other values.
	 *
	 * @param at its position
	 * @param key its key
	 * @param json the row
	 */
	record Update(int at, List<String> key, String json) implements Change {
	}

	/**
	 * A row is taken out and put in again.
	 *
	 * @param from where it was
	 * @param at its position among the others
	 * @param key its key
	 */
	record Move(int from, int at, List<String> key) implements Change {
	}

	/**
	 * A row disappears.
	 *
	 * @param at its position
	 * @param key its key
	 */
	record Delete(int at, List<String> key) implements Change {
	}

}
