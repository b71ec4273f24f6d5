package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets impacts be told one at a time. That takes a second connection, which must not be
 * waited for by all. A hook, or who is told, may ask for another impact meanwhile.
 */
final class ImpactTurns {

	/** Sees what others see, even inside of a transaction. */
	private final Database others;

	private final Duration patience;

	private final ReentrantLock lock = new ReentrantLock(true);

	ImpactTurns(Transactions transactions, DataSettings settings) {
		this.others = new Database(transactions.apart(), settings);
		this.patience = settings.statementTimeout();
	}

	/**
	 * Begin to watch a transaction.
	 * @param connection the connection of the transaction
	 */
	ImpactWatch watch(Connection connection) throws SQLException {
		return ImpactWatch.begin(connection, this.others);
	}

	/**
	 * Do work when nobody else does. Who waits does so no longer than a statement may
	 * take, to keep the server free for all else.
	 * @param work the work
	 * @throws ProblemException when it is not the caller's turn by then
	 */
	<T> T run(Database.Execution<T> work) throws SQLException {
		boolean acquired = false;
		try {
			acquired = this.lock.tryLock(this.patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (!acquired) {
			throw new ProblemException(new Problem(504, "PGRST003", "Timed out waiting for another impact to be told",
					"One is told at a time.", "Try again in a moment."));
		}
		try {
			return work.run();
		}
		finally {
			this.lock.unlock();
		}
	}

}
