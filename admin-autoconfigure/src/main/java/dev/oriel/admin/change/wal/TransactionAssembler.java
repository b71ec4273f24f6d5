package dev.oriel.admin.change.wal;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.oriel.admin.change.ChangeEvent.Operation;
import dev.oriel.admin.schema.RelationName;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what each transaction did, from the messages of {@code pgoutput} in
 * version 1 of its protocol, which come one transaction after the other.
 */
final class TransactionAssembler {

	private static final int LSN_AND_TIME = 16;

	private static final int FLAGS_AND_POSITIONS = 17;

	private final FollowedTables tables;

	private final Supplier<Set<RelationName>> watched;

	private Map<RelationName, TableChanges> changes = new LinkedHashMap<>();

	private Set<RelationName> wanted = Set.of();

	private int transaction;

	private boolean urgent;

	/**
	 * @param watched the tables that somebody looks at; of others, no keys are kept
	 */
	TransactionAssembler(FollowedTables tables, Supplier<Set<RelationName>> watched) {
		this.tables = tables;
		this.watched = watched;
	}

	/**
	 * Take one message, and return the transaction if it was its last and there is
	 * something to tell.
	 * @param sentAt when it was sent, in microseconds of the server's clock
	 */
	@Nullable CommittedTransaction accept(ByteBuffer bytes, long sentAt) throws SQLException {
		MessageReader message = new MessageReader(bytes);
		switch ((char) message.int8()) {
			case 'B' -> begin(message);
			case 'R' -> this.tables.describe(RelationMessage.read(message));
			case 'I' -> insert(message);
			case 'U' -> update(message);
			case 'D' -> delete(message);
			case 'T' -> truncate(message);
			case 'C' -> {
				return commit(message, sentAt);
			}
			default -> {
				// An origin, a type, or something that a later version of PostgreSQL has.
			}
		}
		return null;
	}

	private void begin(MessageReader message) {
		message.skip(LSN_AND_TIME);
		this.transaction = message.int32();
		this.changes = new LinkedHashMap<>();
		this.wanted = this.watched.get();
		this.urgent = false;
		this.tables.begin();
	}

	private @Nullable CommittedTransaction commit(MessageReader message, long sentAt) {
		Set<Integer> unknown = this.tables.unknown();
		boolean empty = this.changes.isEmpty() && unknown.isEmpty();
		if (empty) {
			return null;
		}
		message.skip(FLAGS_AND_POSITIONS);
		// Both times are the server's, so that clocks need not agree.
		long committed = System.nanoTime() - TimeUnit.MICROSECONDS.toNanos(Math.max(0, sentAt - message.int64()));
		return new CommittedTransaction(this.transaction, this.changes, unknown, this.urgent || !unknown.isEmpty(),
				committed);
	}

	private void insert(MessageReader message) throws SQLException {
		FollowedTable table = this.tables.get(message.int32());
		TableChanges changed = open(table);
		if (table != null && changed != null) {
			message.skip(1);
			changed.add(Operation.INSERT, table.key(message));
		}
	}

	private void update(MessageReader message) throws SQLException {
		FollowedTable table = this.tables.get(message.int32());
		TableChanges changed = open(table);
		if (table == null || changed == null) {
			return;
		}
		if (!table.identified()) {
			// The key may have been another one before.
			changed.mark(Operation.ANY);
			return;
		}
		char row = (char) message.int8();
		if (row != 'N') {
			changed.add(Operation.UPDATE, table.key(message));
			message.skip(1);
			if (changed.isMarked()) {
				return;
			}
		}
		changed.add(Operation.UPDATE, table.key(message));
	}

	private void delete(MessageReader message) throws SQLException {
		FollowedTable table = this.tables.get(message.int32());
		TableChanges changed = open(table);
		if (table != null && changed != null) {
			message.skip(1);
			changed.add(Operation.DELETE, table.identified() ? table.key(message) : null);
		}
	}

	private void truncate(MessageReader message) throws SQLException {
		int count = message.int32();
		message.skip(1);
		for (int i = 0; i < count; i++) {
			FollowedTable table = this.tables.get(message.int32());
			if (table != null) {
				changes(table).mark(Operation.TRUNCATE);
			}
		}
	}

	/**
	 * Return where to note a row, or {@code null} if there is nothing more to note.
	 */
	private @Nullable TableChanges open(@Nullable FollowedTable table) {
		if (table == null) {
			return null;
		}
		TableChanges changed = changes(table);
		if (!table.hasKey() || !this.wanted.contains(table.name())) {
			changed.mark(Operation.ANY);
		}
		return changed.isMarked() ? null : changed;
	}

	private TableChanges changes(FollowedTable table) {
		TableChanges changed = this.changes.get(table.name());
		if (changed == null) {
			changed = new TableChanges();
			this.changes.put(table.name(), changed);
			this.urgent |= this.wanted.contains(table.name());
		}
		return changed;
	}

}
