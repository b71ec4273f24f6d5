package dev.oriel.admin.query;

import java.util.List;

import dev.oriel.admin.query.Filter.Comparison;
import dev.oriel.admin.query.Filter.Quantifier;
import dev.oriel.admin.query.SelectItem.Embed;
import dev.oriel.admin.query.SelectItem.Field;
import dev.oriel.admin.query.SelectItem.Join;

/**
 * Short names for parts of trees that tests expect.
 */
final class Trees {

	static final SelectItem ALL = new SelectItem.All();

	private Trees() {
	}

	static Query parse(String query) {
		return new QueryParser().parse(query);
	}

	static Query parse(String name, String value) {
		return new QueryParser().parse(List.of(new Parameter(name, value)));
	}

	static List<SelectItem> select(String select) {
		return parse("select", select).select();
	}

	static Filter filter(String name, String value) {
		return parse(name, value).filter();
	}

	static Field field(String column) {
		return new Field(ColumnPath.of(column), null, null, null, null);
	}

	static Field field(ColumnPath column) {
		return new Field(column, null, null, null, null);
	}

	static Embed embed(String target, SelectItem... select) {
		return new Embed(target, null, null, Join.LEFT, false, Query.ALL.withSelect(List.of(select)));
	}

	static ColumnPath path(String column, ColumnPath.Step... steps) {
		return new ColumnPath(column, List.of(steps));
	}

	static ColumnPath.Step json(String key) {
		return new ColumnPath.Step(key, false, false);
	}

	static ColumnPath.Step text(String key) {
		return new ColumnPath.Step(key, false, true);
	}

	static ColumnPath.Step index(int index) {
		return new ColumnPath.Step(Integer.toString(index), true, false);
	}

	static Filter eq(String column, String value) {
		return Comparison.of(column, Operator.EQ, value);
	}

	static Filter in(String column, String... values) {
		return new Comparison(ColumnPath.of(column), Operator.IN, null, List.of(values), null);
	}

	static Filter any(String column, Operator operator, String... values) {
		return new Comparison(ColumnPath.of(column), operator, Quantifier.ANY, List.of(values), null);
	}

	static Filter is(String column, Filter.Test test) {
		return new Filter.Is(ColumnPath.of(column), test);
	}

	static Filter not(Filter filter) {
		return new Filter.Not(filter);
	}

	static Filter and(Filter... filters) {
		return new Filter.And(List.of(filters));
	}

	static Filter or(Filter... filters) {
		return new Filter.Or(List.of(filters));
	}

}
