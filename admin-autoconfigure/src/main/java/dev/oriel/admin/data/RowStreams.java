package dev.oriel.admin.data;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.sql.CopyStatements;
import dev.oriel.admin.sql.SqlStatement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Sends rows as they leave the database, however many there are: none of them is kept. A
 * stream holds a connection for as long as the slowest on its way needs, so there are
 * only a few at a time.
 *
 * @since 0.1.0
 */
public final class RowStreams {

	private static final int BUFFER = 64 * 1024;

	private static final byte[] LINE_FEED = { '\n' };

	private static final Duration WAIT = Duration.ofSeconds(2);

	private final Database database;

	private final Targets targets;

	private final Duration timeout;

	private final Semaphore permits;

	/**
	 * Create the streams.
	 * @param dataSource where connections come from
	 * @param source where the schema comes from
	 * @param policy who may read what
	 * @param settings the limits to keep; that on rows is not for streams
	 * @param timeout how long a stream may take
	 * @param atOnce how many there may be at the same time
	 */
	public RowStreams(DataSource dataSource, SchemaSource source, AccessPolicy policy, DataSettings settings,
			Duration timeout, int atOnce) {
		this.database = new Database(dataSource, settings);
		this.targets = new Targets(source, policy);
		this.timeout = timeout;
		this.permits = new Semaphore(atOnce, true);
	}

	/**
	 * Write the rows of a query as CSV in UTF-8: a header, then a line for each row, with
	 * PostgreSQL's texts as values. NULL is nothing, an empty text {@code ""}. No line
	 * feed ends the last line.
	 * @param caller who asks
	 * @param name the relation
	 * @param query what is asked for
	 * @param options how to read; rows are not counted
	 * @param out where to; closed by nobody here. If it fails, the statement is cancelled
	 * @throws ProblemException when the rows cannot be read; something may have been
	 * written by then
	 * @throws UncheckedIOException when {@code out} fails
	 */
	public void csv(Caller caller, RelationName name, Query query, ReadOptions options, OutputStream out) {
		acquire();
		try {
			Started started = new Started(out);
			this.targets.read(caller, name, (scope) -> {
				SqlStatement statement = CopyStatements.csv(scope, query, options.version());
				return this.database.stream(this.timeout, options.timeZone(), (connection) -> {
					copy(connection, Database.query(connection, statement, RowStreams::only), started);
					return started;
				});
			});
		}
		finally {
			this.permits.release();
		}
	}

	private void acquire() {
		try {
			if (this.permits.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		throw new ProblemException(new Problem(504, "PGRST003", "Too many streams at the same time", null,
				"Try again when others have ended, or ask for fewer rows as JSON."));
	}

	private static String only(ResultSet row) throws SQLException {
		row.next();
		return row.getString(1);
	}

	private static void copy(Connection connection, String sql, Started out) throws SQLException {
		PGConnection session = connection.unwrap(PGConnection.class);
		boolean ended = false;
		try {
			Lines lines = new Lines(out);
			// A statement that sends nothing does not notice that its connection is gone,
			// so others can cancel it.
			Cancellation.running(session::cancelQuery, () -> {
				CopyOut copy = session.getCopyAPI().copyOut(sql);
				for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
					lines.add(line);
				}
				return lines;
			});
			ended = true;
			lines.flush();
		}
		catch (SQLException ex) {
			if (out.written) {
				throw new ProblemException(SqlProblems.of(ex, null), ex);
			}
			throw ex;
		}
		finally {
			if (!ended) {
				// Which ends the statement too. The driver can cancel a copy, but loses
				// track of what the server answers then.
				connection.abort(Runnable::run);
			}
		}
	}

	/**
	 * Lines that are written many at a time. PostgreSQL ends each with a line feed; the
	 * last goes without, as in other answers.
	 */
	private static final class Lines {

		private final Started out;

		private final byte[] buffer = new byte[BUFFER];

		private int size;

		private boolean any;

		private Lines(Started out) {
			this.out = out;
		}

		private void add(byte[] line) {
			if (this.any) {
				append(LINE_FEED, 1);
			}
			this.any = true;
			append(line, line.length - 1);
		}

		private void append(byte[] bytes, int length) {
			if (length > this.buffer.length - this.size) {
				flush();
			}
			if (length > this.buffer.length) {
				this.out.write(bytes, length);
				return;
			}
			System.arraycopy(bytes, 0, this.buffer, this.size, length);
			this.size += length;
		}

		private void flush() {
			this.out.write(this.buffer, this.size);
			this.size = 0;
		}

	}

	/**
	 * An output that knows whether anything was written to it: from then on nothing can
	 * be tried again.
	 */
	private static final class Started {

		private final OutputStream out;

		private boolean written;

		private Started(OutputStream out) {
			this.out = out;
		}

		private void write(byte[] bytes, int length) {
			try {
				this.written = true;
				this.out.write(bytes, 0, length);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
