package dev.oriel.admin.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A table, a view or anything else that holds rows.
 *
 * @param oid the OID in {@code pg_class}
 * @param name the name
 * @param kind the sort of relation
 * @param comment the comment without its tags, or {@code null}
 * @param columns the columns in their declared order
 * @param primaryKey the columns of the primary key in the key's order; empty where there
 * is none
 * @param uniqueKeys the other unique keys that can name a row
 * @param foreignKeys the foreign keys this relation holds
 * @param partitionOf the partitioned table this is a part of, or {@code null}
 * @param estimatedRows how many rows PostgreSQL thinks there are, or {@code null} when it
 * was never counted
 * @param privileges what the connected role may do, and what the relation supports: a
 * view that cannot be updated allows no update
 * @param structure what else there is to know of it
 * @since 0.1.0
 */
public record Relation(long oid, RelationName name, RelationKind kind, @Nullable String comment, List<Column> columns,
		List<String> primaryKey, List<UniqueKey> uniqueKeys, List<ForeignKey> foreignKeys,
		@Nullable RelationName partitionOf, @Nullable Long estimatedRows, Privileges privileges, Structure structure) {

	public Relation {
		columns = List.copyOf(columns);
		primaryKey = List.copyOf(primaryKey);
		uniqueKeys = List.copyOf(uniqueKeys);
		foreignKeys = List.copyOf(foreignKeys);
	}

	/**
	 * Create a relation of which there is nothing else to know.
	 */
	public Relation(long oid, RelationName name, RelationKind kind, @Nullable String comment, List<Column> columns,
			List<String> primaryKey, List<UniqueKey> uniqueKeys, List<ForeignKey> foreignKeys,
			@Nullable RelationName partitionOf, @Nullable Long estimatedRows, Privileges privileges) {
		this(oid, name, kind, comment, columns, primaryKey, uniqueKeys, foreignKeys, partitionOf, estimatedRows,
				privileges, Structure.PLAIN);
	}

	/**
	 * Return the columns that name a row: the primary key, or else the first unique key;
	 * empty where there is neither.
	 */
	public List<String> key() {
		if (!this.primaryKey.isEmpty() || this.uniqueKeys.isEmpty()) {
			return this.primaryKey;
		}
		return this.uniqueKeys.get(0).columns();
	}

	/**
	 * Return the column of that name, or {@code null}.
	 * @param column the name
	 */
	public @Nullable Column column(String column) {
		for (Column candidate : this.columns) {
			if (candidate.name().equals(column)) {
				return candidate;
			}
		}
		return null;
	}

	/**
	 * Return the columns by their names, in their declared order.
	 */
	public Map<String, Column> columnsByName() {
		Map<String, Column> columns = new LinkedHashMap<>();
		this.columns.forEach((column) -> columns.put(column.name(), column));
		return columns;
	}

}
