package dev.oriel.admin.benchmark;

import java.io.IOException;

import dev.oriel.admin.testing.PostgresDatabase;

/**
 * The program {@code psql}, which many would use if there were no Oriel.
 *
 * @param database where it connects to
 */
record Psql(PostgresDatabase database) {

	static boolean isInstalled() throws InterruptedException {
		try {
			return new ProcessBuilder("psql", "--version").redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Run a command, as {@code psql -c} takes it.
	 */
	void run(String command) throws IOException, InterruptedException {
		String url = this.database.jdbcUrl().substring("jdbc:".length());
		ProcessBuilder psql = new ProcessBuilder("psql", url.replaceFirst("\\?.*", ""), "-U", this.database.username(),
				"-q", "-c", command)
			.inheritIO();
		psql.environment().put("PGPASSWORD", this.database.password());
		if (psql.start().waitFor() != 0) {
			throw new IllegalStateException("psql failed");
		}
	}

}
