package dev.oriel.admin.benchmark;

import java.io.OutputStream;
import java.sql.Connection;

import dev.oriel.admin.testing.PostgresDatabase;
import org.postgresql.PGConnection;

/**
 * The first orders as CSV, copied to nowhere by those who have the least to do for it.
 *
 * @param database where the orders are
 */
record OrdersCopy(PostgresDatabase database) {

	/** How many orders are copied. */
	static final long ROWS = Math.min(1_000_000, Orders.COUNT);

	private static final String COPY = "(SELECT * FROM public.orders WHERE id <= %d) TO %s (FORMAT csv, HEADER)";

	/**
	 * Copy with {@code \copy} of {@code psql}.
	 */
	void byPsql() throws Exception {
		new Psql(this.database).run("\\copy " + COPY.formatted(ROWS, "'/dev/null'"));
	}

	/**
	 * Copy with the driver, which is a little quicker.
	 */
	void byDriver() throws Exception {
		try (Connection connection = this.database.dataSource().getConnection()) {
			connection.unwrap(PGConnection.class)
				.getCopyAPI()
				.copyOut("COPY " + COPY.formatted(ROWS, "STDOUT"), OutputStream.nullOutputStream());
		}
	}

}
