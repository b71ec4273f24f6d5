package dev.oriel.admin.data;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many streams there may be at the same time. Nobody gets more than half of them, so
 * that whoever downloads everything does not keep the others from downloading anything.
 */
final class StreamPermits {

	private static final Duration WAIT = Duration.ofSeconds(2);

	private final int atOnce;

	private final int share;

	private final Map<String, Integer> users = new HashMap<>();

	private final ReentrantLock lock = new ReentrantLock(true);

	private final Condition freed = this.lock.newCondition();

	private int taken;

	StreamPermits(int atOnce) {
		this.atOnce = atOnce;
		this.share = Math.max(1, atOnce / 2);
	}

	/**
	 * Take a permit, for which may be waited a little.
	 * @throws ProblemException when there is none
	 */
	void acquire(String user) {
		this.lock.lock();
		try {
			long left = WAIT.toNanos();
			while (this.taken >= this.atOnce || taken(user) >= this.share) {
				if (left <= 0) {
					throw refused(user);
				}
				left = this.freed.awaitNanos(left);
			}
			this.taken++;
			this.users.merge(user, 1, Integer::sum);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw refused(user);
		}
		finally {
			this.lock.unlock();
		}
	}

	void release(String user) {
		this.lock.lock();
		try {
			this.taken--;
			this.users.computeIfPresent(user, (name, count) -> (count > 1) ? count - 1 : null);
			this.freed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private int taken(String user) {
		return this.users.getOrDefault(user, 0);
	}

	private ProblemException refused(String user) {
		boolean own = taken(user) >= this.share;
		String details = own ? "You have %d of the %d that one user may have, and waited for %d seconds"
			.formatted(taken(user), this.share, TimeUnit.NANOSECONDS.toSeconds(WAIT.toNanos())) : null;
		String hint = "Try again when %s have ended, or ask for fewer rows as JSON."
			.formatted(own ? "yours" : "others");
		return new ProblemException(new Problem(504, "PGRST003", "Too many streams at the same time", details, hint));
	}

}
