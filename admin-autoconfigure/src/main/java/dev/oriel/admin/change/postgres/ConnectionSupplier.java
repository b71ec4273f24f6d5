package dev.oriel.admin.change.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens a physical connection that belongs to no pool, because it is kept for as long as
 * the application runs.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ConnectionSupplier {

	/**
	 * Open a new connection.
	 * @throws SQLException when the database does not answer
	 */
	Connection open() throws SQLException;

}
