package dev.oriel.admin.change.wal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.function.Supplier;

import dev.oriel.admin.change.ChangeListener;
import dev.oriel.admin.change.postgres.ConnectionSupplier;
import dev.oriel.admin.change.postgres.KeptConnection;
import dev.oriel.admin.change.postgres.TransactionSnapshot;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * One life of a slot: from its creation until the connection is lost or nobody looks any
 * more. One thread reads the log, another one tells what is visible; each has a
 * connection.
 */
final class ReplicationSession {

	private static final Log logger = LogFactory.getLog(ReplicationSession.class);

	private static final String FITNESS = """
			SELECT pg_is_in_recovery(), current_setting('synchronous_standby_names') LIKE '%*%'""";

	private final SchemaSource schema;

	private final Publication publication;

	private final Supplier<Set<RelationName>> watched;

	private volatile @Nullable Connection replication;

	private volatile @Nullable Connection plain;

	private volatile boolean creating;

	private volatile boolean ended;

	private volatile @Nullable Exception failure;

	private volatile boolean reading;

	private volatile Set<RelationName> covered = Set.of();

	/**
	 * @param publication where the changes are taken from
	 * @param watched the tables that somebody looks at
	 */
	ReplicationSession(SchemaSource schema, Publication publication, Supplier<Set<RelationName>> watched) {
		this.schema = schema;
		this.publication = publication;
		this.watched = watched;
	}

	/**
	 * Read the log and tell of it until the session is ended.
	 * @param plain opens a connection to ask what is visible
	 * @param replication opens a connection to read the log
	 * @param listener who is told
	 * @param quiet called every few seconds while it works
	 * @throws SQLException when a connection is lost, or cannot be made
	 * @throws WalException when the log cannot be read
	 */
	void run(ConnectionSupplier plain, ConnectionSupplier replication, ChangeListener listener, Runnable quiet)
			throws SQLException {
		try (Connection asking = plain.open()) {
			this.plain = asking;
			KeptConnection.prepare(asking);
			checkServer(asking);
			String name = checkPublication();
			this.replication = replication.open();
			read(asking, this.replication, name, listener, quiet);
		}
		catch (SQLException | RuntimeException ex) {
			if (!this.ended) {
				throw preferred(ex);
			}
		}
		finally {
			this.reading = false;
			KeptConnection.abort(this.replication);
		}
	}

	private static void checkServer(Connection asking) throws SQLException {
		try (Statement statement = asking.createStatement()) {
			statement.execute("SET application_name = 'oriel-wal'");
			try (ResultSet row = statement.executeQuery(FITNESS)) {
				row.next();
				if (row.getBoolean(1)) {
					throw new WalException("the server is a standby");
				}
				if (row.getBoolean(2)) {
					throw new WalException("'synchronous_standby_names' contains '*', so that commits could take "
							+ "this application for a standby");
				}
			}
		}
	}

	private String checkPublication() throws SQLException {
		Coverage coverage = this.publication.prepare();
		if (coverage.literal() == null) {
			throw new WalException("there is no publication '" + this.publication.name()
					+ "', and the role may not create it (it needs CREATE on the database)");
		}
		if (!coverage.complete()) {
			throw new WalException("publication '" + this.publication.name()
					+ "' does not publish insert, update, delete and truncate");
		}
		this.covered = coverage.tables();
		return coverage.literal();
	}

	private void read(Connection asking, Connection reading, String name, ChangeListener listener, Runnable quiet)
			throws SQLException {
		ReplicationStream stream = new ReplicationStream(reading);
		this.creating = true;
		if (this.ended) {
			return;
		}
		stream.create();
		this.creating = false;
		stream.start(name);
		this.reading = true;
		Announcer announcer = new Announcer(listener, this.watched);
		announcer.begin(TransactionSnapshot.current(asking));
		TransactionAssembler assembler = new TransactionAssembler(new FollowedTables(this.schema, asking),
				this.watched);
		Thread teller = new Thread(() -> tell(announcer, asking, quiet), "oriel-wal-teller");
		teller.setDaemon(true);
		teller.start();
		try {
			while (!this.ended) {
				CommittedTransaction transaction = assembler.accept(stream.next(), stream.sentAt());
				if (transaction != null) {
					announcer.add(transaction);
				}
			}
		}
		finally {
			KeptConnection.abort(asking);
			teller.interrupt();
			join(teller);
		}
	}

	private void tell(Announcer announcer, Connection asking, Runnable quiet) {
		try {
			while (!this.ended) {
				quiet.run();
				announcer.step(asking);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (SQLException | RuntimeException ex) {
			this.failure = ex;
			KeptConnection.abort(this.replication);
		}
	}

	/**
	 * The reading thread sees no more than that its connection was aborted, if the other
	 * one failed.
	 */
	private SQLException preferred(Exception ex) {
		Exception cause = (this.failure != null) ? this.failure : ex;
		if (cause instanceof RuntimeException problem) {
			throw problem;
		}
		return (SQLException) cause;
	}

	/**
	 * Whether the slot is there.
	 */
	boolean isReading() {
		return this.reading;
	}

	/**
	 * Whether every change of some tables has been told since the slot was made.
	 */
	boolean covers(Set<RelationName> tables) {
		return this.covered.containsAll(tables);
	}

	/**
	 * End the session. Does not wait until it is.
	 */
	void end() {
		this.ended = true;
		if (this.creating) {
			cancel(this.replication);
		}
		KeptConnection.abort(this.replication);
		KeptConnection.abort(this.plain);
	}

	/**
	 * While it waits for a transaction to end, the server does not notice that a
	 * connection is gone.
	 */
	private static void cancel(@Nullable Connection connection) {
		try {
			if (connection != null) {
				connection.unwrap(PGConnection.class).cancelQuery();
			}
		}
		catch (SQLException ex) {
			logger.debug("The creation of a slot could not be cancelled", ex);
		}
	}

	private static void join(Thread thread) {
		try {
			thread.join(1_000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
