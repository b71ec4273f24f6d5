package dev.oriel.admin.sql;

import java.util.List;
import java.util.Set;

import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.Relation;

import org.jspecify.annotations.Nullable;

/**
 * The part of a relation that a statement may touch. A column outside of it does not
 * exist, as far as any statement is concerned.
 *
 * @param relation the relation
 * @param readable the columns that may be returned, filtered and sorted by
 * @param rows the condition that every row must meet
 * @param related what can be embedded
 * @param call the call that gives the rows, or {@code null} where the relation itself
 * holds them
 * @since 0.1.0
 */
public record Scope(Relation relation, Set<String> readable, Filter rows, Related related,
		@Nullable FunctionCall call) {

	public Scope {
		readable = Set.copyOf(readable);
	}

	/**
	 * Write where the rows come from, after {@code FROM}.
	 */
	void writeSource(SqlText sql) {
		if (this.call != null) {
			this.call.writeSource(sql);
		}
		else {
			sql.add(Identifiers.quote(this.relation.name()));
		}
	}

	/**
	 * Create a scope from which no other relation is reached.
	 * @param relation the relation
	 * @param readable the columns that may be returned, filtered and sorted by
	 * @param rows the condition that every row must meet
	 */
	public Scope(Relation relation, Set<String> readable, Filter rows) {
		this(relation, readable, rows, Related.NONE, null);
	}

	/**
	 * Return the columns that name a row, or none if one of them may not be read.
	 */
	public List<String> key() {
		List<String> key = this.relation.key();
		return this.readable.containsAll(key) ? key : List.of();
	}

	/**
	 * Return the column of that name.
	 * @param name the name
	 * @throws QueryException with SQLSTATE 42703 when there is none that may be read
	 */
	Column column(String name) {
		Column column = this.relation.column(name);
		if (column == null || !this.readable.contains(name)) {
			throw UnknownColumn.of(this.relation, this.readable, name);
		}
		return column;
	}

}
