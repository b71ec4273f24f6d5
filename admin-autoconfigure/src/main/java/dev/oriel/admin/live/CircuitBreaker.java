package dev.oriel.admin.live;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps those questions short that the database is asked about changes, because all other
 * changes wait meanwhile. One that takes longer, or fails, is not asked for a while,
 * which becomes longer each time, and whatever it would have told is taken for unknown.
 * Used by one thread.
 */
final class CircuitBreaker {

	private static final Log logger = LogFactory.getLog(CircuitBreaker.class);

	/** What any question may take. */
	private static final long SHORT = Duration.ofMillis(25).toNanos();

	/** To ask about a window is worth no more than to read it. */
	private static final long EACH = Duration.ofMillis(1).toNanos();

	/** What all questions together may take beyond that after a rest. */
	private static final long CREDIT = Duration.ofMillis(225).toNanos();

	/** How many times as long as it was used the credit takes to be there again. */
	private static final int REGAIN = 10;

	private static final long FIRST = Duration.ofSeconds(10).toNanos();

	private static final long LONGEST = Duration.ofMinutes(5).toNanos();

	private final LongSupplier clock;

	private final Map<Object, Rest> rests = new HashMap<>();

	private long credit = CREDIT;

	private long creditAt;

	/**
	 * @param clock tells the time in nanoseconds
	 */
	CircuitBreaker(LongSupplier clock) {
		this.clock = clock;
		this.creditAt = clock.getAsLong();
	}

	/**
	 * Ask a question, unless it rests, and return the answer, or {@code null} where that
	 * is not known.
	 * @param question what it is known by
	 * @param windows how many windows it is about
	 * @param asking asks it and is given how long that may take
	 */
	<T> @Nullable T ask(Object question, int windows, Function<Duration, T> asking) {
		long start = this.clock.getAsLong();
		Rest rest = this.rests.get(question);
		if (rest != null && rest.until() - start > 0) {
			return null;
		}
		this.credit = Math.min(CREDIT, this.credit + (start - this.creditAt) / REGAIN);
		this.creditAt = start;
		long free = SHORT + windows * EACH;
		try {
			T answer = asking.apply(Duration.ofNanos(free + this.credit));
			this.rests.remove(question);
			return answer;
		}
		catch (RuntimeException ex) {
			logger.debug("It cannot be found out in time which windows changed rows concern", ex);
			rest(question, rest);
			return null;
		}
		finally {
			long now = this.clock.getAsLong();
			this.credit = Math.max(0, this.credit - Math.max(0, now - start - free));
			this.creditAt = now;
		}
	}

	private void rest(Object question, @Nullable Rest before) {
		long now = this.clock.getAsLong();
		this.rests.values().removeIf((rest) -> now - rest.until() > rest.length());
		long length = (before != null) ? Math.min(LONGEST, 2 * before.length()) : FIRST;
		this.rests.put(question, new Rest(now + length, length));
	}

	/**
	 * That a question is not asked. Is remembered for as long again, so that one which
	 * fails once more is known.
	 */
	private record Rest(long until, long length) {
	}

}
