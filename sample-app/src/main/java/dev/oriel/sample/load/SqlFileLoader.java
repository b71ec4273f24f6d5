package dev.oriel.sample.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.InitializingBean;

import dev.oriel.sample.StartFailure;

/**
 * Loads the file of {@code sample.load} once the tables of the application are there, and
 * before anything reads the database.
 */
class SqlFileLoader implements InitializingBean {

	private static final Logger logger = LoggerFactory.getLogger(SqlFileLoader.class);

	private final Path file;

	private final ConnectionSource connections;

	SqlFileLoader(Path file, ConnectionSource connections) {
		this.file = file;
		this.connections = connections;
	}

	@Override
	public void afterPropertiesSet() {
		logger.info("Loading {}", this.file);
		try (Connection connection = this.connections.open();
				BufferedReader source = Files.newBufferedReader(this.file)) {
			int count = new SqlScriptRunner(connection).run(source);
			logger.info("Loaded {}: {} statements", this.file, count);
		}
		catch (SqlScriptException ex) {
			throw new StartFailure(this.file + ", line " + ex.line() + ": " + ex.getMessage(),
					"Nothing of the file was kept, unless it commits by itself. Correct it and start again. "
							+ "A dump loads anywhere if made with pg_dump --no-owner --no-privileges; "
							+ "a file with more commands of psql can be run by psql itself",
					ex);
		}
		catch (MalformedInputException ex) {
			throw new StartFailure(this.file + " is not a text in UTF-8.",
					"A dump in a binary format can be turned into SQL with pg_restore --file=FILE", ex);
		}
		catch (IOException | SQLException ex) {
			throw new StartFailure(this.file + " cannot be loaded: " + ex.getMessage(), "Correct this and start again",
					ex);
		}
	}

	/**
	 * Opens connections of the file's own, outside any pool.
	 */
	@FunctionalInterface
	interface ConnectionSource {

		Connection open() throws SQLException;

	}

}
