package dev.oriel.admin.change.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;

import dev.oriel.admin.change.ChangeListener;
import dev.oriel.admin.change.ChangeSource;
import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.change.SourceStatus;
import dev.oriel.admin.change.SourceThread;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tells of changes that triggers write to the outbox. One thread with one connection
 * waits for notifications and looks into the outbox after each; since not every
 * transaction notifies, it also looks without being called, often while somebody watches.
 *
 * @since 0.1.0
 */
public final class OutboxChangeSource implements ChangeSource {

	private static final Log logger = LogFactory.getLog(OutboxChangeSource.class);

	private final ConnectionSupplier connections;

	private final boolean initializeSchema;

	private final SchemaSource schema;

	private final SourceThread thread = new SourceThread("oriel-listener");

	private volatile Set<RelationName> watched = Set.of();

	private volatile boolean available;

	private volatile @Nullable Connection connection;

	private volatile boolean connected;

	private volatile @Nullable Instant lookedAt;

	/**
	 * Create a source.
	 * @param connections opens the connection that listens
	 * @param initializeSchema whether to create the outbox where it is missing
	 * @param schema knows the keys of tables; is told that it probably changed, where
	 * there are event triggers
	 */
	public OutboxChangeSource(ConnectionSupplier connections, boolean initializeSchema, SchemaSource schema) {
		this.connections = connections;
		this.initializeSchema = initializeSchema;
		this.schema = schema;
	}

	@Override
	public void start(ChangeListener listener) {
		this.thread.start(() -> run(listener));
	}

	@Override
	public void stop() {
		this.thread.stop(() -> KeptConnection.abort(this.connection));
	}

	@Override
	public void watch(Set<RelationName> relations) {
		this.watched = Set.copyOf(relations);
	}

	@Override
	public LiveMode mode(RelationName relation) {
		return this.available ? LiveMode.TRIGGERS : LiveMode.OFF;
	}

	@Override
	public SourceStatus status() {
		SourceStatus.Connection state = SourceStatus.Connection.UNUSED;
		if (this.thread.isRunning()) {
			state = this.connected ? SourceStatus.Connection.OPEN : SourceStatus.Connection.LOST;
		}
		return new SourceStatus(state, this.lookedAt);
	}

	/**
	 * Whether the outbox was there when last looked at.
	 */
	boolean isAvailable() {
		return this.available;
	}

	private void run(ChangeListener listener) {
		OutboxReader reader = new OutboxReader(listener, () -> this.watched, this.schema);
		boolean told = false;
		while (this.thread.isRunning()) {
			try (Connection opened = this.connections.open()) {
				this.connection = opened;
				prepare(opened);
				reader.connect(opened);
				this.available = true;
				this.connected = true;
				this.lookedAt = reader.lookedAt();
				if (told) {
					logger.info("The live connection to the database is back");
				}
				told = false;
				this.thread.works();
				while (this.thread.isRunning()) {
					reader.step();
					this.lookedAt = reader.lookedAt();
				}
			}
			catch (SQLException | RuntimeException ex) {
				if (this.thread.isRunning()) {
					this.available &= isAway(ex);
					if (!told) {
						logger.warn(problem(ex));
					}
					logger.debug("Cause of the lost live connection", ex);
					told = true;
					this.thread.pause();
				}
			}
			finally {
				this.connection = null;
				this.connected = false;
			}
		}
	}

	private void prepare(Connection opened) throws SQLException {
		KeptConnection.prepare(opened);
		if (this.initializeSchema && !this.available) {
			OutboxSchema.create(opened);
		}
	}

	/**
	 * Whether the connection is what failed (class 08, or 57P01 to 57P03), rather than
	 * the outbox.
	 */
	private static boolean isAway(Exception ex) {
		String state = (ex instanceof SQLException cause) ? cause.getSQLState() : null;
		return state != null && (state.startsWith("08") || state.startsWith("57P"));
	}

	private static String problem(Exception ex) {
		String state = (ex instanceof SQLException cause) ? cause.getSQLState() : null;
		if ("42P01".equals(state) || "3F000".equals(state)) {
			return "Triggers are not listened to, because there is no table oriel.outbox; counters are polled instead";
		}
		if ("42703".equals(state)) {
			return "Triggers are not listened to, because the tables in schema oriel are those of an earlier version; "
					+ "counters are polled instead until outbox.sql was run again";
		}
		return "The live connection to the database is lost or cannot be made; trying again until it is there: "
				+ String.valueOf(ex.getMessage()).lines().findFirst().orElse("");
	}

}
