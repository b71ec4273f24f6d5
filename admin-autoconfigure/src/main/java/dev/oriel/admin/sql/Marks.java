package dev.oriel.admin.sql;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * What stands for values while a statement is written that will be used for others. No
 * client can guess them.
 */
final class Marks {

	/** Stands for a limit. */
	static final long LIMIT = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE / 2, Long.MAX_VALUE - 1);

	/** Stands for an offset. */
	static final long OFFSET = LIMIT + 1;

	private static final String VALUE = "value " + UUID.randomUUID() + " ";

	private static final String BOUND = "bound " + UUID.randomUUID() + " ";

	private Marks() {
	}

	static String value(int index) {
		return VALUE + index;
	}

	static String bound(int index) {
		return BOUND + index;
	}

	/**
	 * Return which value a mark stands for, or -1 if it stands for none.
	 */
	static int indexOfValue(@Nullable String arg) {
		return index(arg, VALUE);
	}

	/**
	 * Return which value of a bound a mark stands for, or -1 if it stands for none.
	 */
	static int indexOfBound(@Nullable String arg) {
		return index(arg, BOUND);
	}

	private static int index(@Nullable String arg, String mark) {
		return (arg != null && arg.startsWith(mark)) ? Integer.parseInt(arg.substring(mark.length())) : -1;
	}

}
