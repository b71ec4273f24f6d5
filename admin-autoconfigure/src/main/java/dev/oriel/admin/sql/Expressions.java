package dev.oriel.admin.sql;

import java.util.List;

import dev.oriel.admin.query.ColumnPath;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.schema.Function;

/**
 * Writes what a column path stands for.
 */
final class Expressions {

	/** The alias of the relation that a statement is about. */
	static final String ROW = "t";

	private final Scope scope;

	private final String row;

	Expressions(Scope scope) {
		this(scope, ROW);
	}

	/**
	 * @param row the alias of the relation in the statement
	 */
	Expressions(Scope scope, String row) {
		this.scope = scope;
		this.row = row;
	}

	/**
	 * Return expressions over every column, for conditions that no client has written.
	 */
	Expressions unrestricted() {
		return new Expressions(
				new Scope(this.scope.relation(), this.scope.relation().columnsByName().keySet(), this.scope.rows()),
				this.row);
	}

	void write(ColumnPath path, SqlText sql) {
		Column column = this.scope.column(path.column());
		Function computed = this.scope.computed(column.name());
		String name = (computed != null) ? RowFunction.call(computed, RowFunction.wholeRow(this.scope, this.row))
				: this.row + "." + Identifiers.quote(column.name());
		if (path.path().isEmpty()) {
			sql.add(name);
			return;
		}
		sql.add("(").add(isJson(column) ? name : "to_jsonb(" + name + ")");
		for (ColumnPath.Step step : path.path()) {
			sql.add(step.asText() ? " ->> " : " -> ");
			sql.value(step.key(), step.index() ? "int4" : "text");
		}
		sql.add(")");
	}

	/**
	 * Return the type that a value compared with the path has.
	 * @param path the path
	 */
	String comparedType(ColumnPath path) {
		Column column = this.scope.column(path.column());
		if (path.path().isEmpty()) {
			return column.type().unwrapped().sqlName();
		}
		boolean text = path.path().get(path.path().size() - 1).asText();
		return text ? "text" : (isJson(column) ? column.type().unwrapped().sqlName() : "jsonb");
	}

	/**
	 * Return the type of the path's column, without its domains.
	 */
	DataType type(ColumnPath path) {
		return this.scope.column(path.column()).type().unwrapped();
	}

	/**
	 * Return the columns that may be read.
	 */
	List<Column> columns() {
		return this.scope.relation()
			.columns()
			.stream()
			.filter((column) -> this.scope.readable().contains(column.name()))
			.toList();
	}

	boolean isArray(ColumnPath path) {
		return path.path().isEmpty() && this.scope.column(path.column()).type().unwrapped() instanceof DataType.Array;
	}

	boolean isTextSearchVector(ColumnPath path) {
		return path.path().isEmpty()
				&& this.scope.column(path.column()).type().unwrapped() instanceof DataType.Base base
				&& base.name().equals("tsvector");
	}

	private static boolean isJson(Column column) {
		return column.type().unwrapped() instanceof DataType.Base base
				&& (base.name().equals("json") || base.name().equals("jsonb"));
	}

}
