package dev.oriel.sample.database;

/**
 * A PostgreSQL server on this machine, on data of the sample application.
 */
interface LocalDatabase extends AutoCloseable {

	/**
	 * Returns the port that the server listens on.
	 */
	int port();

	default String jdbcUrl() {
		return "jdbc:postgresql://localhost:" + port() + "/postgres";
	}

	@Override
	void close();

}
