package dev.oriel.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One PostgreSQL server for all tests of a run, and a database of its own for whoever
 * asks.
 */
public final class TestDatabase {

	private static final AtomicInteger count = new AtomicInteger();

	private TestDatabase() {
	}

	/**
	 * Creates an empty database.
	 * @return its JDBC URL, user included
	 */
	public static String create() {
		String name = "test_" + count.incrementAndGet();
		try (Connection connection = Server.INSTANCE.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("create database " + name);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return Server.INSTANCE.getJdbcUrl("postgres", name);
	}

	/**
	 * Opens a connection.
	 * @param url URL from {@link #create()}
	 * @return a connection outside any pool
	 */
	public static Connection connect(String url) throws SQLException {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(url);
		return dataSource.getConnection();
	}

	private static final class Server {

		static final EmbeddedPostgres INSTANCE = start();

		private static EmbeddedPostgres start() {
			try {
				return EmbeddedPostgres.builder()
					.setLocaleConfig("locale", "C")
					.setLocaleConfig("locale-provider", "builtin")
					.setLocaleConfig("builtin-locale", "C.UTF-8")
					.start();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
