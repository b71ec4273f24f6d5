package dev.oriel.admin.data;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.sql.CopyFormat;
import dev.oriel.admin.sql.CopyStatements;
import dev.oriel.admin.sql.SqlStatement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Sends rows as they leave the database, however many there are: none of them is kept. A
 * stream that does not join a transaction holds a connection of Oriel's for as long as
 * the slowest on its way needs, so there are only a few at a time.
 *
 * @since 0.1.0
 */
public final class RowStreams {

	private static final int BUFFER = 64 * 1024;

	/** How much may still be on its way from a statement that was cancelled. */
	private static final long MAX_LEFT = 64 * 1024 * 1024;

	private static final byte[] LINE_FEED = { '\n' };

	private final Transactions transactions;

	private final Database database;

	private final Targets targets;

	private final Duration timeout;

	private final StreamPermits permits;

	/**
	 * Create the streams.
	 * @param dataSource where connections come from
	 * @param source where the schema comes from
	 * @param policy who may read what
	 * @param settings the limits to keep; that on rows is not for streams
	 * @param timeout how long a stream may take
	 * @param atOnce how many there may be at the same time; one user has half of them at
	 * most
	 */
	public RowStreams(DataSource dataSource, SchemaSource source, AccessPolicy policy, DataSettings settings,
			Duration timeout, int atOnce) {
		this(Transactions.of(dataSource), source, policy, settings, timeout, atOnce);
	}

	/**
	 * Create the streams.
	 * @param transactions what they read in
	 * @param source where the schema comes from
	 * @param policy who may read what
	 * @param settings the limits to keep; that on rows is not for streams
	 * @param timeout how long a stream may take
	 * @param atOnce how many there may be at the same time in transactions of their own;
	 * one user has half of them at most
	 */
	public RowStreams(Transactions transactions, SchemaSource source, AccessPolicy policy, DataSettings settings,
			Duration timeout, int atOnce) {
		this.transactions = transactions;
		this.database = new Database(transactions, settings);
		this.targets = new Targets(source, policy);
		this.timeout = timeout;
		this.permits = new StreamPermits(atOnce);
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
		copy(caller, name, query, options, CopyFormat.CSV, new Lines(out));
	}

	/**
	 * Copy the rows of a query out.
	 * @param caller who asks
	 * @param name the relation
	 * @param query what is asked for
	 * @param options how to read; rows are not counted
	 * @param format what is made of the rows
	 * @param sink where to. If it fails, the statement is cancelled; in a transaction
	 * that was joined, it is let run to its end
	 * @throws ProblemException when the rows cannot be read; some may have been taken by
	 * then
	 * @throws UncheckedIOException when the sink fails
	 */
	public void copy(Caller caller, RelationName name, Query query, ReadOptions options, CopyFormat format,
			RowSink sink) {
		if (this.transactions.isSurrounded()) {
			copy(caller, name, query, options, format, sink, true);
			return;
		}
		this.permits.acquire(caller.name());
		try {
			copy(caller, name, query, options, format, sink, false);
		}
		finally {
			this.permits.release(caller.name());
		}
	}

	private void copy(Caller caller, RelationName name, Query query, ReadOptions options, CopyFormat format,
			RowSink sink, boolean joined) {
		Begun rows = new Begun(sink);
		this.targets.read(caller, name, (scope) -> {
			SqlStatement statement = CopyStatements.rows(scope, query, options.version(), format);
			return this.database.stream(this.timeout, options.timeZone(), (connection) -> {
				String select = Database.query(connection, statement, RowStreams::only);
				if (format != CopyFormat.CSV) {
					rows.fields = fields(connection, select, CopyStatements.columns(scope, query));
				}
				copy(connection, CopyStatements.copy(select, format), rows, joined);
				return rows;
			});
		});
	}

	/**
	 * Return a type's own name where the driver tells how the column is declared.
	 */
	private static String type(String name) {
		return switch (name) {
			case "smallserial" -> "int2";
			case "serial" -> "int4";
			case "bigserial" -> "int8";
			default -> name;
		};
	}

	/**
	 * Let PostgreSQL describe what a statement selects, without running it.
	 */
	private static List<RowField> fields(Connection connection, String select, List<Optional<Column>> columns)
			throws SQLException {
		try (PreparedStatement prepared = connection.prepareStatement(select)) {
			ResultSetMetaData description = prepared.getMetaData();
			List<RowField> fields = new ArrayList<>();
			for (int i = 0; i < description.getColumnCount(); i++) {
				fields.add(new RowField(description.getColumnLabel(i + 1), type(description.getColumnTypeName(i + 1)),
						(i < columns.size()) ? columns.get(i).orElse(null) : null));
			}
			return fields;
		}
	}

	private static String only(ResultSet row) throws SQLException {
		row.next();
		return row.getString(1);
	}

	private static void copy(Connection connection, String sql, Begun rows, boolean joined) throws SQLException {
		PGConnection session = connection.unwrap(PGConnection.class);
		boolean ended = false;
		try {
			// A statement that sends nothing does not notice that its connection is gone,
			// so others can cancel it.
			Cancellation.running(session::cancelQuery, () -> {
				CopyOut copy = session.getCopyAPI().copyOut(sql);
				try {
					for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
						rows.row(line);
					}
				}
				catch (RuntimeException | Error ex) {
					if (joined) {
						leave(copy, Long.MAX_VALUE, ex);
					}
					else {
						stop(session, copy, ex);
					}
					throw ex;
				}
				finally {
					rows.copying = copy.isActive();
				}
				return rows;
			});
			ended = true;
			rows.end();
		}
		catch (SQLException ex) {
			if (rows.begun) {
				throw new ProblemException(SqlProblems.of(ex, null), ex);
			}
			throw ex;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			if (!ended && !joined && rows.copying) {
				// Which ends the statement too.
				connection.abort(Runnable::run);
			}
		}
	}

	/**
	 * End a copy. The driver can cancel one by itself, but loses track of what the server
	 * answers then.
	 */
	private static void stop(PGConnection session, CopyOut copy, Throwable cause) {
		try {
			session.cancelQuery();
			leave(copy, MAX_LEFT, cause);
		}
		catch (SQLException ex) {
			cause.addSuppressed(ex);
		}
	}

	/**
	 * Read what is left of a copy that nobody wants any more, so that its connection can
	 * go on.
	 * @param most after how many bytes to give up
	 */
	private static void leave(CopyOut copy, long most, Throwable cause) {
		try {
			long left = most;
			byte[] line = copy.readFromCopy();
			while (line != null && left > 0) {
				left -= line.length;
				line = copy.readFromCopy();
			}
		}
		catch (SQLException ex) {
			// Among others, that it was cancelled.
			cause.addSuppressed(ex);
		}
	}

	/**
	 * A sink that knows whether it has begun: from then on nothing can be tried again.
	 */
	private static final class Begun {

		private final RowSink sink;

		private List<RowField> fields = List.of();

		private boolean begun;

		private boolean copying;

		private Begun(RowSink sink) {
			this.sink = sink;
		}

		private void row(byte[] line) {
			try {
				begin();
				this.sink.row(line);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private void end() throws IOException {
			begin();
			this.sink.end();
		}

		private void begin() throws IOException {
			if (!this.begun) {
				this.begun = true;
				this.sink.begin(this.fields);
			}
		}

	}

	/**
	 * Lines that are written many at a time. PostgreSQL ends each with a line feed; the
	 * last goes without, as in other answers.
	 */
	private static final class Lines implements RowSink {

		private final OutputStream out;

		private final byte[] buffer = new byte[BUFFER];

		private int size;

		private boolean any;

		private Lines(OutputStream out) {
			this.out = out;
		}

		@Override
		public void begin(List<RowField> fields) {
		}

		@Override
		public void row(byte[] line) throws IOException {
			if (this.any) {
				append(LINE_FEED, 1);
			}
			this.any = true;
			append(line, line.length - 1);
		}

		@Override
		public void end() throws IOException {
			flush();
		}

		private void append(byte[] bytes, int length) throws IOException {
			if (length > this.buffer.length - this.size) {
				flush();
			}
			if (length > this.buffer.length) {
				this.out.write(bytes, 0, length);
				return;
			}
			System.arraycopy(bytes, 0, this.buffer, this.size, length);
			this.size += length;
		}

		private void flush() throws IOException {
			this.out.write(this.buffer, 0, this.size);
			this.size = 0;
		}

	}

}
