package dev.oriel.admin.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A statement being written, with the arguments it has gathered so far.
 */
final class SqlText {

	private final StringBuilder sql = new StringBuilder();

	private final List<@Nullable String> args = new ArrayList<>();

	SqlText add(String fragment) {
		this.sql.append(fragment);
		return this;
	}

	/**
	 * Add a value that PostgreSQL reads as the given type.
	 * @param value the value as text
	 * @param type the type's name for casts
	 */
	SqlText value(@Nullable String value, String type) {
		this.sql.append("CAST(? AS ").append(type).append(')');
		this.args.add(value);
		return this;
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
		return new SqlStatement(this.sql.toString(), this.args);
	}

}
