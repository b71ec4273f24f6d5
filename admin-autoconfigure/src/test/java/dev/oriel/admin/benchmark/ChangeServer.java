package dev.oriel.admin.benchmark;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A PostgreSQL whose changes are told, with a table for each way to learn of them. It
 * waits for the disk, as it does in earnest.
 */
final class ChangeServer implements AutoCloseable {

	/** How many rows each table has. */
	static final int ROWS = 100_000;

	private final EmbeddedPostgres server;

	private final String url;

	private final HikariDataSource pool = new HikariDataSource();

	private final PostgresSchemaSource schema;

	ChangeServer() throws IOException, SQLException {
		this.server = EmbeddedPostgres.builder()
			.setServerConfig("fsync", "on")
			.setServerConfig("synchronous_commit", "on")
			.setServerConfig("wal_level", "logical")
			.start();
		this.url = this.server.getJdbcUrl("postgres", "postgres");
		this.pool.setJdbcUrl(this.url);
		for (ChangeSide side : ChangeSide.values()) {
			execute("CREATE TABLE " + side.table() + " (id int PRIMARY KEY, value int)");
			execute("INSERT INTO " + side.table() + " SELECT n, 0 FROM generate_series(1, " + ROWS + ") AS n");
		}
		execute("VACUUM ANALYZE");
		this.schema = new PostgresSchemaSource(this.pool, ReflectionSettings.ALL);
	}

	HikariDataSource pool() {
		return this.pool;
	}

	PostgresSchemaSource schema() {
		return this.schema;
	}

	void execute(String sql) throws SQLException {
		try (Connection connection = open(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	/**
	 * Return a connection of its own.
	 */
	Connection open() throws SQLException {
		return DriverManager.getConnection(this.url);
	}

	/**
	 * Return a connection that can read the log.
	 */
	Connection openReplication() throws SQLException {
		Properties properties = new Properties();
		properties.put("replication", "database");
		properties.put("preferQueryMode", "simple");
		properties.put("assumeMinServerVersion", "10");
		return DriverManager.getConnection(this.url, properties);
	}

	/**
	 * Return how long the processes of the server used a processor so far, where the
	 * system tells. Those that are gone do not count.
	 */
	double cpuMillis() throws SQLException {
		try (Connection connection = open();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
			row.next();
			long own = row.getLong(1);
			return ProcessHandle.of(own)
				.flatMap(ProcessHandle::parent)
				.stream()
				.flatMap((postmaster) -> Stream.concat(Stream.of(postmaster), postmaster.children()))
				.filter((process) -> process.pid() != own)
				.mapToLong((process) -> process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L))
				.sum();
		}
	}

	@Override
	public void close() throws IOException {
		this.pool.close();
		this.server.close();
	}

}
