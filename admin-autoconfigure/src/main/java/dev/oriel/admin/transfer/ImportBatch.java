package dev.oriel.admin.transfer;

import dev.oriel.admin.data.BulkTarget;
import dev.oriel.admin.data.BulkTransaction;
import dev.oriel.admin.data.BulkTransactions;
import dev.oriel.admin.transfer.format.InputRecord;

/**
 * Rows of a file that are kept together: the transaction that they are staged in, from
 * the first of them on.
 */
final class ImportBatch implements AutoCloseable {

	private final Stager stager;

	private final BulkTransaction transaction;

	private final BulkTransaction.Lines lines;

	private final CopyBuffer buffer;

	private int rows;

	private boolean staged;

	ImportBatch(BulkTransactions transactions, BulkTarget target, Stager stager) {
		this.stager = stager;
		this.transaction = transactions.begin(target);
		try {
			this.lines = stager.begin(this.transaction);
			this.buffer = new CopyBuffer(this.lines::write);
		}
		catch (RuntimeException ex) {
			this.transaction.close();
			throw ex;
		}
	}

	Stager stager() {
		return this.stager;
	}

	BulkTransaction transaction() {
		return this.transaction;
	}

	/**
	 * Return how many rows there are.
	 */
	int rows() {
		return this.rows;
	}

	void add(InputRecord row) {
		this.stager.stage(row, this.buffer);
		this.rows++;
	}

	/**
	 * Say that there are no more rows. After that the transaction can be used for
	 * statements.
	 */
	void endCopy() {
		if (!this.staged) {
			this.buffer.flush();
			this.lines.end();
			this.staged = true;
		}
	}

	/**
	 * Undo what was not committed.
	 */
	@Override
	public void close() {
		this.lines.close();
		this.transaction.close();
	}

}
