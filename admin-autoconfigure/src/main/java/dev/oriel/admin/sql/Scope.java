package dev.oriel.admin.sql;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.Privileges;
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
	 * Return the functions over a row that may be called. They see the whole row, so
	 * there are none where a column is hidden.
	 */
	List<Function> computed() {
		boolean whole = this.relation.columns().stream().map(Column::name).allMatch(this.readable::contains);
		return whole ? this.related.computed().apply(this.relation) : List.of();
	}

	/**
	 * Return the function that computes a value by that name, or {@code null} where there
	 * is none or the name is a column's.
	 */
	@Nullable Function computed(String name) {
		if (this.relation.column(name) != null) {
			return null;
		}
		return computed().stream()
			.filter((function) -> function.name().equals(name) && isValue(function))
			.findFirst()
			.orElse(null);
	}

	private static boolean isValue(Function function) {
		return !function.result().set() && function.result().shape() == Function.Shape.VALUE;
	}

	/**
	 * Return the column of that name, or one that stands for a computed value.
	 * @param name the name
	 * @throws QueryException with SQLSTATE 42703 when there is none that may be read
	 */
	Column column(String name) {
		Column column = this.relation.column(name);
		if (column != null && this.readable.contains(name)) {
			return column;
		}
		Function function = computed(name);
		if (function == null) {
			throw UnknownColumn.of(this.relation, names(), name);
		}
		DataType type = function.result().type();
		return new Column(name, 0, type, type.sqlName(), true, null, Column.Identity.NONE, true, function.comment(),
				new Privileges(true, false, false, false));
	}

	private Set<String> names() {
		Set<String> names = new HashSet<>(this.readable);
		computed().stream().filter(Scope::isValue).map(Function::name).forEach(names::add);
		return names;
	}

}
