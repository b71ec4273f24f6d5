package dev.oriel.admin.data;

import java.util.Map;

/**
 * What holds for one transaction, or for a part of one that was joined.
 *
 * @param purpose what it is for
 * @param settings PostgreSQL's settings that the work runs with, by their names
 */
record TransactionTerms(Purpose purpose, Map<String, String> settings) {

	boolean readOnly() {
		return this.purpose == Purpose.READ || this.purpose == Purpose.PASS_ON;
	}

	boolean rollback() {
		return this.purpose == Purpose.TRY;
	}

	/**
	 * What a transaction is for.
	 */
	enum Purpose {

		/** To read; PostgreSQL refuses every change. */
		READ,
		/**
		 * To read, and to call code with the rows while they come, which may write if the
		 * transaction is its own.
		 */
		PASS_ON,
		/** To write. */
		WRITE,
		/** To write, and to undo it in the end. */
		TRY

	}

}
