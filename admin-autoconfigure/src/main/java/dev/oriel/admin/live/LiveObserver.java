package dev.oriel.admin.live;

import java.time.Duration;

/**
 * Is told what the live engine does, to be counted. Called on the engine's own threads,
 * so it must neither block nor throw.
 *
 * @since 0.1.0
 */
public interface LiveObserver {

	/** Counts nothing. */
	LiveObserver NONE = new LiveObserver() {
	};

	/**
	 * Changes were compared with what the windows depend on, once.
	 */
	default void ticked() {
	}

	/**
	 * It was found out which windows some changed rows concern.
	 * @param concerned how many windows are read again because of them
	 * @param spared how many other windows were asked about one by one and are not
	 */
	default void evaluated(int concerned, int spared) {
	}

	/**
	 * So much changed that nobody says what, and every window that may be concerned is
	 * read again.
	 */
	default void stormed() {
	}

	/**
	 * The rows of a window were read.
	 * @param duration how long that took
	 * @param succeeded whether the database gave the rows
	 */
	default void read(Duration duration, boolean succeeded) {
	}

	/**
	 * A window's subscribers were told of a change.
	 * @param lag the time since the change was committed, or the earliest of several
	 * changes
	 */
	default void told(Duration lag) {
	}

}
