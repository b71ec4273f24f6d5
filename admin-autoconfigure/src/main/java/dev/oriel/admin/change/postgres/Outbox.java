package dev.oriel.admin.change.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.change.ChangeEvent.Operation;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The outbox as one connection sees it.
 */
final class Outbox {

	/** More entries than this at once are not worth telling one by one. */
	private static final int LIMIT = 5_000;

	/**
	 * An entry is new exactly if its transaction had not ended at the previous look. The
	 * sequence in which transactions began says nothing about it: a long one ends after
	 * many that began later.
	 */
	private static final String READ = """
			SELECT s.snapshot::text, o.xid::text, o.operation::text, o.keys::text, o.bulk, n.nspname, c.relname,
				o.key_hash
			FROM (SELECT pg_current_snapshot() AS snapshot) AS s
			LEFT JOIN (SELECT * FROM oriel.outbox WHERE xid >= ?::xid8 OR xid = ANY (?::xid8[])
				LIMIT %d) AS o ON true
			LEFT JOIN pg_class c ON c.oid = coalesce(pg_partition_root(o.relation)::oid, o.relation)
			LEFT JOIN pg_namespace n ON n.oid = c.relnamespace""".formatted(LIMIT + 1);

	private static final String SIGN_IN = """
			WITH previous AS (SELECT seen, notify_from FROM oriel.outbox_state), signed AS (
				INSERT INTO oriel.outbox_state (seen) VALUES (clock_timestamp())
				ON CONFLICT (only_row) DO UPDATE SET seen = excluded.seen RETURNING epoch)
			SELECT epoch || ' ' || pg_postmaster_start_time(),
				coalesce((SELECT seen > clock_timestamp() - interval '2 minutes' FROM previous), false)
			FROM signed""";

	/** So many at once that readers do not wait for it. */
	static final int SLICE = 10_000;

	private static final String CLEAN = """
			WITH turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(7309453133) AS ours)
			DELETE FROM oriel.outbox USING turn WHERE turn.ours AND ctid = ANY (ARRAY(
				SELECT ctid FROM oriel.outbox WHERE xid < ?::xid8 ORDER BY xid LIMIT %d))""".formatted(SLICE);

	/**
	 * What is new is a small part of the outbox, at its end. PostgreSQL does not know and
	 * would read all of it, because the first few thousand rows should be found soon; and
	 * to find the best plan takes longer than the look.
	 */
	private static final String PLANS = """
			SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off;
			SET plan_cache_mode = force_generic_plan""";

	/**
	 * Each change leaves an old version of the row to all who read it until no old
	 * snapshot is left, so there is one in eight seconds at most, however many nodes ask.
	 */
	private static final String QUIET = """
			UPDATE oriel.outbox_state SET notify_from = clock_timestamp() + interval '10 seconds'
			WHERE coalesce(notify_from, '-infinity') < clock_timestamp() + interval '2 seconds'""";

	private static final JsonMapper JSON = new JsonMapper();

	private static final TypeReference<List<List<String>>> KEYS = new TypeReference<>() {
	};

	private final Connection connection;

	Outbox(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Make the connection fit for nothing else than this.
	 */
	void prepare() throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(PLANS);
		}
	}

	/**
	 * Say that a reader is here, so that triggers go on writing.
	 */
	Life signIn() throws SQLException {
		try (Statement statement = this.connection.createStatement(); ResultSet row = statement.executeQuery(SIGN_IN)) {
			row.next();
			return new Life(row.getString(1), row.getBoolean(2));
		}
	}

	TransactionSnapshot snapshot() throws SQLException {
		return TransactionSnapshot.current(this.connection);
	}

	/**
	 * Read what became visible since an earlier look.
	 */
	Entries read(TransactionSnapshot previous) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(READ)) {
			statement.setString(1, Long.toUnsignedString(previous.xmax()));
			statement.setArray(2, this.connection.createArrayOf("text",
					previous.running().stream().map(Long::toUnsignedString).toArray()));
			try (ResultSet rows = statement.executeQuery()) {
				List<Entry> found = new ArrayList<>();
				TransactionSnapshot snapshot = previous;
				Set<String> transactions = new HashSet<>();
				int count = 0;
				while (rows.next()) {
					snapshot = (count++ == 0) ? TransactionSnapshot.parse(rows.getString(1)) : snapshot;
					transactions.add(rows.getString(2));
					ChangeEvent event = event(rows);
					if (event != null) {
						found.add(new Entry(event, rows.getObject(8, Integer.class)));
					}
				}
				transactions.remove(null);
				return new Entries(snapshot, found, transactions.size(), count > LIMIT);
			}
		}
	}

	private static @Nullable ChangeEvent event(ResultSet row) throws SQLException {
		String relation = row.getString(7);
		if (relation == null) {
			return null;
		}
		String keys = row.getString(4);
		boolean bulk = keys == null || row.getBoolean(5);
		Operation operation = operation(row.getString(3));
		return new ChangeEvent(new RelationName(row.getString(6), relation),
				(bulk && operation != Operation.TRUNCATE) ? Operation.ANY : operation, bulk ? List.of() : keys(keys),
				bulk, row.getString(2));
	}

	private static List<List<String>> keys(String json) {
		// An update tells each key as it was and as it is.
		return List.copyOf(new LinkedHashSet<>(JSON.readValue(json, KEYS)));
	}

	private static Operation operation(String letter) {
		return switch (letter) {
			case "I" -> Operation.INSERT;
			case "U" -> Operation.UPDATE;
			case "D" -> Operation.DELETE;
			case "T" -> Operation.TRUNCATE;
			default -> Operation.ANY;
		};
	}

	/**
	 * Say that readers will look all the time for the next seconds, so that nobody needs
	 * to notify them.
	 */
	void quieten() throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.executeUpdate(QUIET);
		}
	}

	/**
	 * Delete some of what transactions before the given one wrote, unless another node is
	 * about it.
	 * @return whether there may be more
	 */
	boolean clean(long before) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(CLEAN)) {
			statement.setString(1, Long.toUnsignedString(before));
			return statement.executeUpdate() == SLICE;
		}
	}

	/**
	 * Which outbox this is.
	 *
	 * @param epoch differs when entries may have been lost by a crash or a failover
	 * @param awake whether triggers were writing before
	 */
	record Life(String epoch, boolean awake) {
	}

	/**
	 * What one statement changed.
	 *
	 * @param event the change as it was written
	 * @param keyHash tells of which key the trigger wrote, or {@code null} if it did not
	 * say
	 */
	record Entry(ChangeEvent event, @Nullable Integer keyHash) {

		/**
		 * Return what the change means to who knows the table by its present key.
		 * @param relation the table, or {@code null} if nothing is known of it
		 */
		ChangeEvent seenAs(@Nullable Relation relation) {
			boolean known = relation != null && Integer.valueOf(CaptureSql.keyHash(relation)).equals(this.keyHash);
			if (known || this.event.bulk()) {
				return this.event;
			}
			return new ChangeEvent(this.event.relation(), Operation.ANY, List.of(), true, this.event.transaction());
		}

	}

	/**
	 * What became visible.
	 *
	 * @param snapshot the moment of this look
	 * @param found the entries
	 * @param transactions how many transactions wrote them
	 * @param incomplete whether there were too many to tell
	 */
	record Entries(TransactionSnapshot snapshot, List<Entry> found, int transactions, boolean incomplete) {
	}

}
