package dev.oriel.admin.sql;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.SelectItem;

/**
 * What is asked of one relation of a statement, with the relations below that it embeds.
 * Each level has a number, which makes the aliases inside of the statement differ: the
 * relation is {@code t}, its page of rows {@code p}, the answer's row {@code o}, what is
 * joined for an embed {@code e} and a junction {@code m}.
 */
final class Level {

	private final Scope scope;

	private final Query query;

	private final String suffix;

	private final boolean spreadRow;

	private final Expressions expressions;

	private final Embeddings embeddings;

	private final List<Slot> slots;

	private Level(Scope scope, Query query, List<SelectItem> select, int number, boolean spreadRow,
			AtomicInteger numbers) {
		this.scope = scope;
		this.query = query;
		this.suffix = (number > 0) ? Integer.toString(number) : "";
		this.spreadRow = spreadRow;
		this.expressions = new Expressions(scope, row());
		this.embeddings = Embeddings.resolve(this, numbers);
		this.slots = Slots.of(scope, select, this.embeddings);
	}

	/**
	 * Return the level of a statement's own relation, where an empty select list means
	 * every column.
	 */
	static Level root(Scope scope, Query query) {
		List<SelectItem> select = query.select().isEmpty() ? List.of(new SelectItem.All()) : query.select();
		return new Level(scope, query, select, 0, false, new AtomicInteger());
	}

	/**
	 * Return the level of an embedded relation.
	 * @param spreadRow whether its fields become fields of the level above, so that
	 * aggregates are left to that
	 * @param numbers the numbers given so far
	 */
	static Level embedded(Scope scope, Query query, boolean spreadRow, AtomicInteger numbers) {
		return new Level(scope, query, query.select(), numbers.incrementAndGet(), spreadRow, numbers);
	}

	Scope scope() {
		return this.scope;
	}

	Query query() {
		return this.query;
	}

	Expressions expressions() {
		return this.expressions;
	}

	Embeddings embeddings() {
		return this.embeddings;
	}

	/**
	 * Return conditions that a client may write.
	 */
	Conditions conditions() {
		return new Conditions(this.expressions, this.embeddings);
	}

	List<Slot> slots() {
		return this.slots;
	}

	/**
	 * Whether rows are folded into groups.
	 */
	boolean isGrouped() {
		return !this.spreadRow && this.slots.stream().anyMatch((slot) -> slot.fold() != null);
	}

	/**
	 * Return the columns that name a row of the answer; none when rows are grouped.
	 */
	List<String> key() {
		return isGrouped() ? List.of() : this.scope.key();
	}

	String row() {
		return Expressions.ROW + this.suffix;
	}

	/**
	 * Return a column of the relation, or the {@link Embedding#WHOLE_ROW}, for a row that
	 * may not be shown to anybody.
	 */
	String rowColumn(String column) {
		if (column.equals(Embedding.WHOLE_ROW)) {
			return RowFunction.wholeRow(this.scope, row());
		}
		return row() + "." + Identifiers.quote(column);
	}

	String page() {
		return "p" + this.suffix;
	}

	String answer() {
		return "o" + this.suffix;
	}

	String joined() {
		return "e" + this.suffix;
	}

	String junction() {
		return "m" + this.suffix;
	}

}
