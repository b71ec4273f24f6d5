package dev.oriel.admin.schema.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Reads the catalogue in one transaction that sees one moment, changes nothing, ends in
 * bounded time and leaves nothing behind in the session. It never joins a transaction of
 * the calling thread.
 */
final class CatalogTransaction {

	/*
	 * Naming pg_temp last keeps temporary objects from standing in for those of the
	 * catalogue. Compiling these statements costs more than running them, hence no JIT.
	 */
	private static final String SETTINGS = """
			SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
			SET LOCAL search_path = pg_catalog, pg_temp;
			SET LOCAL statement_timeout = '30s';
			SET LOCAL lock_timeout = '2s';
			SET LOCAL jit = off
			""";

	private static final Log logger = LogFactory.getLog(CatalogTransaction.class);

	private final DataSource dataSource;

	CatalogTransaction(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	<T> T read(Function<JdbcClient, T> work) throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			boolean autoCommit = connection.getAutoCommit();
			connection.setAutoCommit(false);
			try {
				JdbcTemplate template = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
				template.execute(SETTINGS);
				return work.apply(JdbcClient.create(template));
			}
			finally {
				end(connection, autoCommit);
			}
		}
	}

	private static void end(Connection connection, boolean autoCommit) {
		try {
			connection.rollback();
			connection.setAutoCommit(autoCommit);
		}
		catch (SQLException ex) {
			// The connection is broken: its pool will see that too, and an exception here
			// would hide the one that tells why.
			logger.debug("The transaction could not be ended", ex);
		}
	}

}
