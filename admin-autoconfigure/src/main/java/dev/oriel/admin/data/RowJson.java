package dev.oriel.admin.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.sql.KeyedStatements;
import tools.jackson.core.io.JsonStringEncoder;

import org.jspecify.annotations.Nullable;

/**
 * Writes the values of a row of a family as JSON, which is how statements are given many
 * rows at once. A column has the first value that there is of these: the one that a hook
 * has set, the one that comes from another row, the one that was drawn before the insert,
 * the one of the body, and the one that the row has in the database.
 */
final class RowJson {

	private RowJson() {
	}

	/**
	 * Return some values of a row as a JSON object.
	 */
	static String of(RowTask task, List<String> columns) {
		return object(columns.stream().map((column) -> member(column, value(task, column))));
	}

	/**
	 * Return the values of a row that are written, each as JSON.
	 */
	static Map<String, String> written(RowTask task) {
		Map<String, String> values = new LinkedHashMap<>();
		task.written().forEach((column) -> values.put(column, value(task, column)));
		return values;
	}

	/**
	 * Return the values that name a row once it is there as a JSON object.
	 */
	static String identity(RowTask task) {
		return object(task.identity().stream().map((column) -> member(column, present(task, column))));
	}

	/**
	 * Return the values that name a row once it is there as a JSON object, together with
	 * others.
	 * @param columns the columns to be written
	 * @param version the name of a member for the version, or {@code null} for none
	 */
	static String identified(RowTask task, List<String> columns, @Nullable String version) {
		Stream.Builder<String> members = Stream.builder();
		List<String> identity = task.identity();
		for (int i = 0; i < identity.size(); i++) {
			members.add(member(KeyedStatements.keyMember(task.target().scope(), i), present(task, identity.get(i))));
		}
		columns.forEach((column) -> members.add(member(column, value(task, column))));
		if (version != null && task.version() != null) {
			members.add(member(version, quote(task.version())));
		}
		return object(members.build());
	}

	/**
	 * Return a text as a JSON string.
	 */
	static String quote(String text) {
		return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
	}

	private static String value(RowTask task, String column) {
		String overwritten = task.overwritten(column);
		if (overwritten != null) {
			return overwritten;
		}
		String text = task.propagated().getOrDefault(column, task.reserved().get(column));
		if (text != null) {
			return json(task, column, text);
		}
		String given = task.given(column);
		return (given != null) ? given : present(task, column);
	}

	private static String present(RowTask task, String column) {
		return json(task, column, task.texts().get(column));
	}

	/**
	 * Return the text of a value as JSON.
	 */
	private static String json(RowTask task, String name, @Nullable String text) {
		if (text == null) {
			return "null";
		}
		Column column = task.target().relation().column(name);
		boolean json = column != null && column.type().unwrapped() instanceof DataType.Base base
				&& (base.name().equals("json") || base.name().equals("jsonb"));
		return json ? text : quote(text);
	}

	private static String member(String name, String json) {
		return quote(name) + ":" + json;
	}

	private static String object(Stream<String> members) {
		return members.collect(Collectors.joining(",", "{", "}"));
	}

}
