package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.SQLException;

import dev.oriel.admin.sql.Planning;

import org.jspecify.annotations.Nullable;

/**
 * Connections whose sessions were begun for reading: with the settings of
 * {@link SessionSettings}, and read only. One statement on such a connection needs no
 * transaction around it and no settings before it, which would cost as much as the
 * statement itself.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ReadSessions {

	/** There are none; every read makes its settings in a transaction of its own. */
	ReadSessions NONE = (planning) -> null;

	/**
	 * Return a connection that commits by itself, to be closed after one statement, or
	 * {@code null} if sessions cannot keep settings here, for example because a pooler
	 * shares them.
	 * @param planning when the statement is to be planned
	 * @throws SQLException when no connection can be had
	 */
	@Nullable Connection open(Planning planning) throws SQLException;

}
