package dev.oriel.admin.sql;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import dev.oriel.admin.query.ColumnPath;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.query.SelectItem;
import dev.oriel.admin.schema.Relationship;
import dev.oriel.admin.schema.Relationship.ByFunction;
import dev.oriel.admin.schema.Relationship.ThroughJunction;
import org.jspecify.annotations.Nullable;

/**
 * An embed and the relationship it stands for.
 *
 * @param parent the level that embeds
 * @param embed what is asked for
 * @param relationship the way to the related rows
 * @param level what is asked of the related rows
 * @param junction the relation in between, or {@code null}
 */
record Embedding(Level parent, SelectItem.Embed embed, Relationship relationship, Level level,
		@Nullable Scope junction) {

	/** What stands for the whole row among columns, because no column has this name. */
	static final String WHOLE_ROW = "";

	static Embedding of(Level parent, SelectItem.Embed embed, Relationship relationship, AtomicInteger numbers) {
		Related related = parent.scope().related();
		boolean spreadRow = embed.spread() && relationship.cardinality().toOne();
		Level level = Level.embedded(related.scope(relationship.target()), embed.query(), spreadRow, numbers);
		Scope junction = (relationship instanceof ThroughJunction through) ? related.scope(through.junction()) : null;
		return new Embedding(parent, embed, relationship, level, junction);
	}

	/**
	 * Return the columns of the parent that its related rows are found by.
	 */
	List<String> parentColumns() {
		return (this.relationship instanceof ByFunction) ? List.of(WHOLE_ROW) : this.relationship.sourceColumns();
	}

	boolean toOne() {
		return this.relationship.cardinality().toOne();
	}

	/**
	 * Write the condition that there are related rows.
	 */
	void writeExists(SqlText sql) {
		writeExists(this.parent::rowColumn, sql);
	}

	/**
	 * Write the condition that there are related rows.
	 * @param parentColumn makes the expression for a column of the row that they belong
	 * to
	 */
	void writeExists(UnaryOperator<String> parentColumn, SqlText sql) {
		sql.subquery("EXISTS (SELECT 1");
		writeFrom(parentColumn, sql, () -> {
		});
		Query query = this.level.query();
		boolean paged = (query.limit() != null && query.limit() == 0) || (query.offset() != null && query.offset() > 0);
		if (paged) {
			Paging.write(query, sql);
		}
		sql.add(")");
	}

	/**
	 * Write a value of the only related row, for the parent's order.
	 */
	void writeValue(ColumnPath column, SqlText sql) {
		if (!toOne()) {
			String name = this.parent.scope().relation().name().name();
			throw new QueryException("PGRST118", "A related order on '" + this.embed.label() + "' is not possible",
					"'%s' and '%s' do not form a many-to-one or one-to-one relationship".formatted(name,
							this.embed.label()),
					null);
		}
		sql.subquery("(SELECT ");
		this.level.expressions().write(column, sql);
		writeFrom(this.parent::rowColumn, sql, () -> {
		});
		writeFirst(sql);
		sql.add(")");
	}

	/**
	 * Write the join that adds the related rows to their parent. Its limit keeps
	 * PostgreSQL from turning it into a join of another kind, which would change the
	 * order of the parents.
	 */
	void writeJoin(UnaryOperator<String> parentColumn, SqlText sql) {
		Page page = new Page(this.level);
		sql.add(" LEFT JOIN LATERAL (SELECT ");
		writeResult(page, sql);
		sql.add(" FROM (SELECT ");
		page.writeColumns(sql);
		writeFrom(parentColumn, sql, () -> page.writeInnerJoins(sql));
		page.writeGroupBy(sql);
		// A function has an order of its own.
		if (!(this.relationship instanceof ByFunction) || !this.level.query().order().isEmpty()) {
			Ordering.write(this.level, sql);
		}
		if (toOne()) {
			writeFirst(sql);
		}
		else {
			Paging.write(this.level.query(), sql);
		}
		sql.add(") " + this.level.page());
		page.writeJoins(sql);
		if (!this.embed.spread()) {
			page.writeAnswer(page.fields(null), sql);
		}
		sql.add(") " + this.level.joined() + " ON TRUE");
	}

	private void writeResult(Page page, SqlText sql) {
		if (!this.embed.spread()) {
			String row = "row_to_json(" + this.level.answer() + ".*)";
			sql.add(toOne() ? row : list(row)).add(" AS " + Page.column(0));
			return;
		}
		for (int i = 0; i < this.level.slots().size(); i++) {
			String value = page.value(i);
			sql.add((i > 0) ? ", " : "").add(toOne() ? value : list(value)).add(" AS " + Page.column(i));
		}
	}

	private static String list(String value) {
		return "coalesce(json_agg(" + value + "), '[]')";
	}

	private void writeFirst(SqlText sql) {
		Query query = this.level.query();
		boolean none = query.limit() != null && query.limit() == 0;
		sql.add(none ? " LIMIT 0" : " LIMIT 1");
		Paging.writeOffset(query, sql);
	}

	/**
	 * Write the related rows' relation and the conditions that they meet.
	 */
	private void writeFrom(UnaryOperator<String> parentColumn, SqlText sql, Runnable joins) {
		String source = (this.relationship instanceof ByFunction by)
				? RowFunction.call(by.function(), parentColumn.apply(WHOLE_ROW))
				: Identifiers.quote(this.level.scope().relation().name());
		sql.add(" FROM " + source + " AS " + this.level.row());
		if (this.junction != null) {
			sql.add(" CROSS JOIN " + Identifiers.quote(this.junction.relation().name()) + " AS "
					+ this.level.junction());
		}
		joins.run();
		sql.add(" WHERE ");
		writeJoinCondition(parentColumn, sql);
		writeRules(new Expressions(this.level.scope(), this.level.row()), this.level.scope(), sql);
		if (this.junction != null) {
			writeRules(new Expressions(this.junction, this.level.junction()), this.junction, sql);
		}
		writeFilter(this.level.query().filter(), this.level.conditions(), sql);
		for (Embedding inner : this.level.embeddings().inner()) {
			sql.add(" AND ");
			inner.writeExists(sql);
		}
	}

	private void writeJoinCondition(UnaryOperator<String> parentColumn, SqlText sql) {
		if (this.relationship instanceof ByFunction by) {
			// Without SETOF, no row is a row of nothing but NULL.
			sql.add(by.function().result().set() ? "TRUE" : "NOT (" + this.level.row() + ".* IS NULL)");
			return;
		}
		List<String> source = this.relationship.sourceColumns();
		List<String> target = this.relationship.targetColumns();
		if (!(this.relationship instanceof ThroughJunction through)) {
			writePairs(target, this.level::rowColumn, source, parentColumn, sql);
			return;
		}
		UnaryOperator<String> between = (column) -> this.level.junction() + "." + Identifiers.quote(column);
		writePairs(through.toSource().columns(), between, source, parentColumn, sql);
		sql.add(" AND ");
		writePairs(through.toTarget().columns(), between, target, this.level::rowColumn, sql);
	}

	private static void writePairs(List<String> left, UnaryOperator<String> leftColumn, List<String> right,
			UnaryOperator<String> rightColumn, SqlText sql) {
		for (int i = 0; i < left.size(); i++) {
			sql.add((i > 0) ? " AND " : "");
			sql.add(leftColumn.apply(left.get(i)) + " = " + rightColumn.apply(right.get(i)));
		}
	}

	private static void writeRules(Expressions expressions, Scope scope, SqlText sql) {
		// The row rules may name columns that the caller may not.
		writeFilter(scope.rows(), new Conditions(expressions.unrestricted()), sql);
	}

	private static void writeFilter(Filter filter, Conditions conditions, SqlText sql) {
		if (!filter.equals(Filter.NONE)) {
			sql.add(" AND ");
			conditions.write(filter, sql);
		}
	}

}
