package dev.oriel.admin.change.postgres;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.change.ChangeListener;
import dev.oriel.admin.schema.RelationName;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Notices what triggers do not tell: they were disabled or dropped for a while, the
 * writer was a logical subscription or a session with
 * {@code session_replication_role = replica}, or somebody emptied the outbox. PostgreSQL
 * counts the rows that were written; where it counts more than the triggers told, the
 * table is told as changed. A transaction that was rolled back is counted as well, so
 * that now and then a table is told as changed in vain.
 */
final class DriftCheck implements ChangeListener {

	private static final Log logger = LogFactory.getLog(DriftCheck.class);

	private static final long INTERVAL = TimeUnit.SECONDS.toNanos(10);

	private final DataSource dataSource;

	private final ChangeListener listener;

	private final Map<RelationName, Account> accounts = new HashMap<>();

	private long lookedAt = System.nanoTime();

	/**
	 * @param dataSource where to get connections
	 * @param listener is told whatever this is told, and what was missing
	 */
	DriftCheck(DataSource dataSource, ChangeListener listener) {
		this.dataSource = dataSource;
		this.listener = listener;
	}

	@Override
	public void changed(ChangeEvent event) {
		synchronized (this) {
			Account account = this.accounts.get(event.relation());
			if (account != null) {
				account.tell(event);
			}
		}
		this.listener.changed(event);
	}

	@Override
	public void resync() {
		synchronized (this) {
			this.accounts.clear();
		}
		this.listener.resync();
	}

	/**
	 * Begin to count the rows of tables that somebody looks at since a moment ago, and
	 * now and then compare what was counted of all with what was told.
	 * @param tables those whose changes triggers are to tell
	 */
	void follow(Set<RelationName> tables) throws SQLException {
		Set<RelationName> looked = new HashSet<>(tables);
		boolean due = System.nanoTime() - this.lookedAt > INTERVAL;
		synchronized (this) {
			this.accounts.keySet().retainAll(tables);
			if (!due) {
				looked.removeAll(this.accounts.keySet());
			}
		}
		if (due) {
			this.lookedAt = System.nanoTime();
		}
		if (!looked.isEmpty()) {
			compare(Counters.read(this.dataSource, looked));
		}
	}

	private void compare(Map<RelationName, Counters> counted) {
		Set<RelationName> untold = new HashSet<>();
		synchronized (this) {
			counted.forEach((table, counters) -> {
				Account account = this.accounts.get(table);
				if (account == null) {
					this.accounts.put(table, new Account(counters));
				}
				else if (!account.settle(counters)) {
					untold.add(table);
				}
			});
		}
		for (RelationName table : untold) {
			logger.debug("More rows of " + table + " were written than its triggers told");
			this.listener.changed(ChangeEvent.anything(table));
		}
	}

	/**
	 * What was counted and told of a table since the last look.
	 */
	private static final class Account {

		private Counters counters;

		private long told;

		/** For how many looks any number of rows may be counted. */
		private int open;

		private boolean active;

		Account(Counters counters) {
			this.counters = counters;
		}

		void tell(ChangeEvent event) {
			this.told += event.keys().size();
			this.open = event.bulk() ? 2 : this.open;
			this.active = true;
		}

		/**
		 * Begin anew and return whether all that was counted was told. Counters come
		 * late, so what was told and not counted yet is kept until nothing happens.
		 */
		boolean settle(Counters now) {
			long written = now.written() - this.counters.written();
			boolean complete = this.open > 0
					|| (written >= 0 && written <= this.told && now.state().equals(this.counters.state()));
			boolean waits = complete && (this.active || written > 0);
			this.told = waits ? Math.max(0, this.told - written) : 0;
			this.counters = now;
			this.open = Math.max(0, this.open - 1);
			this.active = false;
			return complete;
		}

	}

}
