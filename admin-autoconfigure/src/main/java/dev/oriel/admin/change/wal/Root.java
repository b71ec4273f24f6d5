package dev.oriel.admin.change.wal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import dev.oriel.admin.schema.RelationName;
import org.jspecify.annotations.Nullable;

/**
 * The table that a table in the log is, or is a partition of.
 *
 * @param oid its OID
 * @param name its name
 */
record Root(long oid, RelationName name) {

	private static final String FIND = """
			SELECT c.oid, n.nspname, c.relname
			FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE c.oid = coalesce(pg_partition_root(?::oid)::oid, ?::oid)""";

	/**
	 * Return the root of a table, or {@code null} if the table was dropped, or made by a
	 * transaction that is not visible yet.
	 */
	static @Nullable Root find(Connection connection, int oid) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(FIND)) {
			statement.setLong(1, Integer.toUnsignedLong(oid));
			statement.setLong(2, Integer.toUnsignedLong(oid));
			try (ResultSet row = statement.executeQuery()) {
				return row.next() ? new Root(row.getLong(1), new RelationName(row.getString(2), row.getString(3)))
						: null;
			}
		}
	}

}
