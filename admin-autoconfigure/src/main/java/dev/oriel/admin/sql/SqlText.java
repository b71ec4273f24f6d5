package dev.oriel.admin.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dev.oriel.admin.query.QueryException;
import org.jspecify.annotations.Nullable;

/**
 * A statement being written, with the arguments it has gathered so far.
 */
final class SqlText {

	/** PostgreSQL itself takes no more than 65,535. */
	private static final int MAX_ARGS = 30_000;

	private static final int MAX_SUBQUERIES = 500;

	private final StringBuilder sql = new StringBuilder();

	private final List<@Nullable String> args = new ArrayList<>();

	private final boolean template;

	private int subqueries;

	SqlText() {
		this(false);
	}

	/**
	 * @param template whether PostgreSQL's function {@code format} shall put the values
	 * in, for statements that take no arguments
	 */
	SqlText(boolean template) {
		this.template = template;
	}

	SqlText add(String fragment) {
		this.sql.append(this.template ? fragment.replace("%", "%%") : fragment);
		return this;
	}

	/**
	 * Add a value that PostgreSQL reads as the given type.
	 * @param value the value as text
	 * @param type the type's name for casts
	 */
	SqlText value(@Nullable String value, String type) {
		this.sql.append(this.template ? "CAST(%L AS " : "CAST(? AS ");
		add(type).add(")");
		this.args.add(value);
		require(this.args.size() <= MAX_ARGS);
		return this;
	}

	/**
	 * Add the beginning of a subquery that looks for related rows. What is asked of an
	 * embedded relation is written once for each of them, so their number is limited.
	 */
	SqlText subquery(String fragment) {
		require(++this.subqueries <= MAX_SUBQUERIES);
		return add(fragment);
	}

	private static void require(boolean withinLimits) {
		if (!withinLimits) {
			throw new QueryException("PGRST100", "The query asks for too much at once",
					"Its conditions on embedded relations multiply.", "Use fewer conditions inside each other.");
		}
	}

	<T> SqlText join(String separator, Iterable<T> items, Consumer<T> writer) {
		boolean first = true;
		for (T item : items) {
			if (!first) {
				add(separator);
			}
			writer.accept(item);
			first = false;
		}
		return this;
	}

	SqlStatement toStatement() {
		return new SqlStatement(this.sql.toString(), this.args, Planning.EACH_TIME);
	}

}
