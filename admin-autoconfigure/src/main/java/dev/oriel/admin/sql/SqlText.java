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

	private final Values values;

	/** The types that the values so far are read as. */
	private final List<String> types = new ArrayList<>();

	private int subqueries;

	SqlText() {
		this(Values.BOUND);
	}

	/**
	 * @param values how values are written
	 */
	SqlText(Values values) {
		this.values = values;
	}

	SqlText add(String fragment) {
		this.sql.append((this.values == Values.FORMATTED) ? fragment.replace("%", "%%") : fragment);
		return this;
	}

	/**
	 * Add a value that PostgreSQL reads as the given type.
	 * @param value the value as text
	 * @param type the type's name for casts
	 */
	SqlText value(@Nullable String value, String type) {
		this.args.add(value);
		this.types.add(type);
		this.sql.append(switch (this.values) {
			case BOUND -> "CAST(? AS ";
			case FORMATTED -> "CAST(%L AS ";
			case COLUMNS -> "CAST(q.v" + this.args.size() + " AS ";
		});
		add(type).add(")");
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

	/**
	 * Add an argument for a question mark that was written already.
	 */
	void arg(@Nullable String value) {
		this.args.add(value);
	}

	/**
	 * Return an empty text whose values are counted on from those of this one.
	 */
	SqlText fork() {
		SqlText fork = new SqlText(this.values);
		fork.args.addAll(this.args);
		fork.types.addAll(this.types);
		return fork;
	}

	/**
	 * Return what was written, without its values.
	 */
	String text() {
		return this.sql.toString();
	}

	/**
	 * Return the types that the values are read as, in the order of the arguments.
	 */
	List<String> types() {
		return List.copyOf(this.types);
	}

	/**
	 * How values become part of a statement.
	 */
	enum Values {

		/** As arguments. */
		BOUND,
		/**
		 * By PostgreSQL's function {@code format}, for statements that take no arguments.
		 */
		FORMATTED,
		/**
		 * As columns {@code v1}, {@code v2} and so on of a relation {@code q}, each row
		 * of which holds the values of another statement of the same form.
		 */
		COLUMNS

	}

}
