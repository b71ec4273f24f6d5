package dev.oriel.admin.change.wal;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyDual;

/**
 * The changes of a publication, as one replication connection gets them. They come from a
 * slot that ends with the connection, so that nothing is left behind, and the server
 * keeps no log for anybody who is gone.
 *
 * <p>
 * The driver has a stream of its own, which goes on waiting when a server is silent. Here
 * the server is told to be silent for a few seconds at most, and is lost if it is.
 */
final class ReplicationStream {

	private static final Executor DIRECT = Runnable::run;

	/** A server that has nothing to tell says so twice in this time. */
	private static final Duration SILENCE = Duration.ofSeconds(10);

	/** A slot begins when every transaction has ended that runs now. */
	private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

	private static final long CONFIRM = Duration.ofSeconds(1).toNanos();

	private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

	/** Values must come as the same texts as from a trigger. */
	private static final String SETTINGS = """
			SET wal_sender_timeout = '%dms'; SET lock_timeout = '%dms'; SET "TimeZone" = 'UTC';
			SET "DateStyle" = 'ISO, YMD'; SET "IntervalStyle" = 'postgres'; SET extra_float_digits = 1;
			SET bytea_output = 'hex'""".formatted(SILENCE.toMillis(), LONGEST_WAIT.toMillis());

	private final Connection connection;

	private final String slot = "oriel_" + UUID.randomUUID().toString().replace("-", "");

	private @Nullable CopyDual copy;

	private long received;

	private long sentAt;

	private long confirmed;

	private long confirmedAt = System.nanoTime();

	/**
	 * @param connection a replication connection to one database
	 */
	ReplicationStream(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Make the slot. Waits for transactions that are running.
	 */
	void create() throws SQLException {
		this.connection.setNetworkTimeout(DIRECT, 0);
		try (Statement statement = this.connection.createStatement()) {
			for (String setting : SETTINGS.split(";")) {
				statement.execute(setting.strip());
			}
			statement.execute("CREATE_REPLICATION_SLOT " + this.slot + " TEMPORARY LOGICAL pgoutput NOEXPORT_SNAPSHOT");
		}
	}

	/**
	 * Begin to get what is committed since the slot was made.
	 * @param publication the name of the publication as a quoted literal of a quoted
	 * identifier
	 */
	void start(String publication) throws SQLException {
		this.connection.setNetworkTimeout(DIRECT, (int) SILENCE.toMillis());
		this.copy = this.connection.unwrap(PGConnection.class)
			.getCopyAPI()
			.copyDual("START_REPLICATION SLOT " + this.slot + " LOGICAL 0/0 (proto_version '1', publication_names "
					+ publication + ")");
	}

	/**
	 * Wait for the next message and return it.
	 */
	ByteBuffer next() throws SQLException {
		CopyDual current = this.copy;
		if (current == null) {
			throw new IllegalStateException("Not started");
		}
		while (true) {
			byte[] bytes = current.readFromCopy(true);
			if (bytes == null) {
				throw new SQLException("The server has ended the stream of changes", "08006");
			}
			ByteBuffer frame = ByteBuffer.wrap(bytes);
			char kind = (char) frame.get();
			boolean asked = false;
			if (kind == 'w') {
				received(frame.getLong());
				frame.position(frame.position() + Long.BYTES);
				this.sentAt = frame.getLong();
			}
			else if (kind == 'k') {
				received(frame.getLong());
				frame.position(frame.position() + Long.BYTES);
				asked = frame.get() != 0;
			}
			if (asked || (this.received != this.confirmed && System.nanoTime() - this.confirmedAt > CONFIRM)) {
				confirm(current);
			}
			if (kind == 'w') {
				return frame;
			}
		}
	}

	/**
	 * Return when the last message was sent, in microseconds of the server's clock.
	 */
	long sentAt() {
		return this.sentAt;
	}

	/**
	 * Changes of a long transaction are older than what was told before them.
	 */
	private void received(long position) {
		if (Long.compareUnsigned(position, this.received) > 0) {
			this.received = position;
		}
	}

	/**
	 * Say that the log is not needed any more up to here. What was received but not told
	 * yet need not be sent again, because after a lost connection everything is read
	 * anew.
	 */
	private void confirm(CopyDual current) throws SQLException {
		ByteBuffer status = ByteBuffer.allocate(2 + 4 * Long.BYTES);
		status.put((byte) 'r').putLong(this.received).putLong(this.received).putLong(this.received);
		status.putLong(ChronoUnit.MICROS.between(EPOCH, Instant.now())).put((byte) 0);
		current.writeToCopy(status.array(), 0, status.capacity());
		current.flushCopy();
		this.confirmed = this.received;
		this.confirmedAt = System.nanoTime();
	}

}
