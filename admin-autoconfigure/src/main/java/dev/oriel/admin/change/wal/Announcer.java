package dev.oriel.admin.change.wal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.change.ChangeEvent.Operation;
import dev.oriel.admin.change.ChangeListener;
import dev.oriel.admin.change.postgres.TransactionSnapshot;
import dev.oriel.admin.schema.RelationName;
import org.jspecify.annotations.Nullable;

/**
 * Tells of transactions as soon as everybody can see what they did. The log is written
 * first: a transaction that waits for a synchronous standby is in the log long before it
 * is visible, and rows that were read in between would be the old ones.
 */
final class Announcer {

	/** Busy writers commit all the time; one look serves many of them. */
	private static final Duration PAUSE = Duration.ofMillis(5);

	private static final Duration IDLE = Duration.ofSeconds(5);

	private static final long FIRST_RETRY = Duration.ofNanos(200_000).toNanos();

	private static final long LAST_RETRY = Duration.ofMillis(50).toNanos();

	/** So many transactions that nobody looks at can wait for one that somebody does. */
	private static final int LAZY = 500;

	/** More than this at once is not worth telling one by one. */
	private static final int LIMIT = 50_000;

	private final ChangeListener listener;

	private final Supplier<Set<RelationName>> watched;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition arrived = this.lock.newCondition();

	private final Deque<CommittedTransaction> queue = new ArrayDeque<>();

	/** Transactions that were not visible at the last look. */
	private final List<CommittedTransaction> invisible = new ArrayList<>();

	/** What was running when something was missed, and may have done it. */
	private @Nullable TransactionSnapshot missed;

	private int weight;

	private boolean urgent;

	private boolean overflown;

	private long lookedAt;

	private long retry = FIRST_RETRY;

	Announcer(ChangeListener listener, Supplier<Set<RelationName>> watched) {
		this.listener = listener;
		this.watched = watched;
	}

	/**
	 * Say that anything may have been missed until now.
	 * @param now a moment after the log was begun to be read
	 */
	void begin(TransactionSnapshot now) {
		this.missed = now.isQuiet() ? null : now;
		this.lookedAt = System.nanoTime() - PAUSE.toNanos();
		this.listener.resync();
	}

	/**
	 * Take a transaction from the log. Never blocks for long.
	 */
	void add(CommittedTransaction transaction) {
		this.lock.lock();
		try {
			this.weight += transaction.weight();
			if (this.weight > LIMIT) {
				this.overflown = true;
				this.queue.clear();
				this.weight = 0;
			}
			else {
				this.queue.add(transaction);
			}
			if (transaction.urgent() || this.overflown || this.queue.size() == LAZY) {
				this.urgent = true;
				this.arrived.signal();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait for transactions, or for a while, and tell of those that are visible.
	 * @param connection where to ask what is visible
	 */
	void step(Connection connection) throws SQLException, InterruptedException {
		List<CommittedTransaction> committed = new ArrayList<>(this.invisible);
		this.invisible.clear();
		boolean lost = await(committed);
		TransactionSnapshot now = TransactionSnapshot.current(connection);
		this.lookedAt = System.nanoTime();
		if (lost) {
			this.missed = now;
		}
		if (lost || (this.missed != null && now.outlives(this.missed))) {
			this.missed = (lost && !now.isQuiet()) ? now : null;
			this.listener.resync();
		}
		Iterator<CommittedTransaction> each = committed.iterator();
		while (each.hasNext()) {
			CommittedTransaction transaction = each.next();
			long number = now.widen(transaction.number());
			if (now.sees(number)) {
				tell(transaction, Long.toUnsignedString(number), connection);
				each.remove();
			}
		}
		this.retry = committed.isEmpty() ? FIRST_RETRY : Math.min(LAST_RETRY, this.retry * 2);
		this.invisible.addAll(committed);
	}

	/**
	 * Move what arrived to a list, and return whether there was too much of it.
	 */
	private boolean await(List<CommittedTransaction> committed) throws InterruptedException {
		this.lock.lock();
		try {
			long left = committed.isEmpty() ? IDLE.toNanos() : this.retry;
			while (!this.urgent && left > 0) {
				left = this.arrived.awaitNanos(left);
			}
		}
		finally {
			this.lock.unlock();
		}
		LockSupport.parkNanos(this.lookedAt + pause(committed) - System.nanoTime());
		this.lock.lock();
		try {
			boolean lost = this.overflown;
			committed.addAll(this.queue);
			this.queue.clear();
			this.weight = 0;
			this.urgent = false;
			this.overflown = false;
			return lost;
		}
		finally {
			this.lock.unlock();
		}
	}

	private static long pause(List<CommittedTransaction> invisible) {
		return invisible.isEmpty() ? PAUSE.toNanos() : FIRST_RETRY;
	}

	private void tell(CommittedTransaction transaction, String number, Connection connection) throws SQLException {
		// Looked up now, not when it was read: who looks since then may have read before
		// it
		// was visible.
		Set<RelationName> tables = this.watched.get();
		transaction.changes().forEach((table, changes) -> {
			if (tables.contains(table)) {
				changes.events(table, number)
					.forEach((event) -> this.listener.changed(event.committedAt(transaction.committed())));
			}
		});
		for (int oid : transaction.unknown()) {
			// Made by the transaction itself, so it was there for nobody else until now.
			Root root = Root.find(connection, oid);
			if (root != null && tables.contains(root.name())) {
				this.listener.changed(
						new ChangeEvent(root.name(), Operation.ANY, List.of(), true, number, transaction.committed()));
			}
		}
	}

}
