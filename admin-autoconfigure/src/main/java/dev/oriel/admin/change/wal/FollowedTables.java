package dev.oriel.admin.change.wal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.schema.SchemaSource;
import org.jspecify.annotations.Nullable;

/**
 * The tables that messages speak of. Where the log speaks of a partition, its root is
 * meant.
 */
final class FollowedTables {

	private final SchemaSource schema;

	private final Connection connection;

	private final Map<Integer, RelationMessage> messages = new HashMap<>();

	private final Map<Integer, Root> roots = new HashMap<>();

	/** Those whose root was not found in this transaction. */
	private final Set<Integer> unknown = new HashSet<>();

	private final Map<Integer, FollowedTable> tables = new HashMap<>();

	private final Map<Long, Relation> relations = new HashMap<>();

	private @Nullable SchemaSnapshot snapshot;

	/**
	 * @param connection where to ask what a partition belongs to
	 */
	FollowedTables(SchemaSource schema, Connection connection) {
		this.schema = schema;
		this.connection = connection;
	}

	/**
	 * Note what a table looks like from now on.
	 */
	void describe(RelationMessage message) {
		this.tables.remove(message.oid());
		this.roots.remove(message.oid());
		if (this.messages.put(message.oid(), message) != null) {
			this.schema.expectChange();
		}
	}

	/**
	 * Another transaction begins.
	 */
	void begin() {
		this.unknown.clear();
		SchemaSnapshot current = this.schema.snapshot();
		if (current != this.snapshot) {
			this.snapshot = current;
			this.tables.clear();
			// One may have become a partition in a transaction that was not visible then.
			this.roots.clear();
			this.relations.clear();
			current.relations().forEach((relation) -> this.relations.put(relation.oid(), relation));
		}
	}

	/**
	 * Return the table with an OID, or {@code null} if it was dropped, or made by a
	 * transaction that is not visible yet.
	 */
	@Nullable FollowedTable get(int oid) throws SQLException {
		FollowedTable known = this.tables.get(oid);
		RelationMessage message = this.messages.get(oid);
		if (known != null || message == null || this.unknown.contains(oid)) {
			return known;
		}
		Root root = this.roots.get(oid);
		if (root == null) {
			root = Root.find(this.connection, oid);
		}
		if (root == null) {
			this.unknown.add(oid);
			return null;
		}
		this.roots.put(oid, root);
		Relation relation = this.relations.get(root.oid());
		known = FollowedTable.of((relation != null) ? relation.name() : root.name(), message,
				(relation != null) ? relation.key() : List.of());
		this.tables.put(oid, known);
		return known;
	}

	/**
	 * Return the OIDs of tables that were not found in this transaction.
	 */
	Set<Integer> unknown() {
		return Set.copyOf(this.unknown);
	}

}
