package dev.oriel.admin.sql;

import java.util.List;

import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.query.Patterns;

/**
 * Writes a filter as a condition. Every operator is PostgreSQL's own, so collations, NULL
 * and precision behave as they do in any other statement.
 */
final class Conditions {

	private final Expressions expressions;

	private final Embeddings embeddings;

	/** Whether what is written stands below a {@code NOT}. */
	private boolean negated;

	Conditions(Expressions expressions) {
		this(expressions, Embeddings.NONE);
	}

	/**
	 * @param embeddings what can be tested for being there
	 */
	Conditions(Expressions expressions, Embeddings embeddings) {
		this.expressions = expressions;
		this.embeddings = embeddings;
	}

	void write(Filter filter, SqlText sql) {
		if (filter instanceof Filter.And and) {
			writeAll(and.filters(), " AND ", "TRUE", sql);
		}
		else if (filter instanceof Filter.Or or) {
			writeAll(or.filters(), " OR ", "FALSE", sql);
		}
		else if (filter instanceof Filter.Not not) {
			boolean outer = this.negated;
			this.negated = true;
			sql.add("NOT (");
			write(not.filter(), sql);
			sql.add(")");
			this.negated = outer;
		}
		else if (filter instanceof Filter.Within within) {
			new Periods(this.expressions).write(within, sql);
		}
		else if (filter instanceof Filter.Search search) {
			new WordSearch(this.expressions).write(search, this.negated, sql);
		}
		else if (filter instanceof Filter.Is is && is.test() == Filter.Test.EMPTY) {
			new Emptiness(this.expressions).write(is.column(), sql);
		}
		else if (filter instanceof Filter.Is is) {
			this.expressions.write(is.column(), sql);
			sql.add(" IS ").add(is.test().name().replace('_', ' '));
		}
		else if (filter instanceof Filter.Comparison comparison) {
			writeComparison(comparison, sql);
		}
		else if (filter instanceof Filter.Embedded embedded) {
			sql.add(embedded.missing() ? "NOT " : "");
			this.embeddings.labelled(embedded.embed()).writeExists(sql);
		}
	}

	private void writeAll(List<Filter> filters, String separator, String empty, SqlText sql) {
		if (filters.isEmpty()) {
			sql.add(empty);
			return;
		}
		sql.add("(").join(separator, filters, (filter) -> write(filter, sql)).add(")");
	}

	private void writeComparison(Filter.Comparison comparison, SqlText sql) {
		Operator operator = comparison.operator();
		if (operator.isFullText()) {
			writeTextSearch(comparison, sql);
		}
		else if (operator == Operator.IN) {
			writeIn(comparison, sql);
		}
		else if (comparison.quantifier() != null) {
			this.expressions.write(comparison.column(), sql);
			sql.add(" " + operator.sql() + " " + comparison.quantifier().name() + " (");
			List<String> values = comparison.values().stream().map((value) -> operand(operator, value)).toList();
			sql.value(ArrayLiteral.of(values), operandType(comparison) + "[]").add(")");
		}
		else {
			this.expressions.write(comparison.column(), sql);
			sql.add(" " + operator.sql() + " ");
			sql.value(operand(operator, comparison.values().get(0)), operandType(comparison));
		}
	}

	private void writeIn(Filter.Comparison comparison, SqlText sql) {
		if (!this.expressions.isArray(comparison.column())) {
			this.expressions.write(comparison.column(), sql);
			sql.add(" = ANY (");
			sql.value(ArrayLiteral.of(comparison.values()), operandType(comparison) + "[]").add(")");
			return;
		}
		// An array of arrays is one array with more dimensions, so ANY would take it
		// apart.
		List<Filter> alternatives = comparison.values()
			.stream()
			.map((value) -> (Filter) new Filter.Comparison(comparison.column(), Operator.EQ, null, List.of(value),
					null))
			.toList();
		write(new Filter.Or(alternatives), sql);
	}

	private void writeTextSearch(Filter.Comparison comparison, SqlText sql) {
		String language = comparison.language();
		if (this.expressions.isTextSearchVector(comparison.column())) {
			this.expressions.write(comparison.column(), sql);
		}
		else {
			sql.add("to_tsvector(");
			if (language != null) {
				sql.value(language, "regconfig").add(", ");
			}
			this.expressions.write(comparison.column(), sql);
			sql.add(")");
		}
		sql.add(" " + comparison.operator().sql() + "(");
		if (language != null) {
			sql.value(language, "regconfig").add(", ");
		}
		sql.value(comparison.values().get(0), "text").add(")");
	}

	private String operandType(Filter.Comparison comparison) {
		return isPattern(comparison.operator()) ? "text" : this.expressions.comparedType(comparison.column());
	}

	private static String operand(Operator operator, String value) {
		boolean like = operator == Operator.LIKE || operator == Operator.ILIKE;
		return like ? Patterns.toSql(value) : value;
	}

	private static boolean isPattern(Operator operator) {
		return switch (operator) {
			case LIKE, ILIKE, MATCH, IMATCH -> true;
			default -> false;
		};
	}

}
