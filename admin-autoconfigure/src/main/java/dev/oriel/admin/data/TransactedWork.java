package dev.oriel.admin.data;

import java.sql.SQLException;

/**
 * What is done inside a transaction.
 *
 * @param <T> what comes of it
 */
@FunctionalInterface
interface TransactedWork<T> {

	T run(Transaction transaction) throws SQLException;

}
