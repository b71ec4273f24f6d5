package dev.oriel.admin.transfer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.oriel.admin.data.BulkTarget;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.ValueKind;

import org.jspecify.annotations.Nullable;

/**
 * Tells which parameter of an import makes a text of the file a value of its column.
 */
final class Advice {

	private static final Pattern QUOTED = Pattern.compile("\"([^\"]{0,20})\"$");

	private static final int SHORT = 20;

	private Advice() {
	}

	/**
	 * Return a problem with what to do about it in an import, where that is more than
	 * what to do about a single value.
	 * @param problem what is wrong with a row
	 * @param target the relation that the row was for
	 */
	static Problem of(Problem problem, BulkTarget target) {
		Column column = (problem.column() != null) ? target.relation().column(problem.column()) : null;
		if (column == null || !problem.code().equals("22P02")) {
			return problem;
		}
		Matcher quoted = QUOTED.matcher(problem.message());
		String text = quoted.find() ? quoted.group(1) : null;
		String hint = (text != null) ? missing(column.name(), text) : null;
		if (column.kind() == ValueKind.BOOLEAN) {
			hint = "Write true or false, yes or no, on or off, 1 or 0; what stands for no value is said with null.%s=…"
				.formatted(column.name());
		}
		if (hint == null && text != null && (column.kind() == ValueKind.NUMBER || column.kind() == ValueKind.INTEGER)
				&& text.indexOf(',') >= 0) {
			hint = "Say how the file writes numbers, for example decimal.%s=,".formatted(column.name());
		}
		return (hint != null) ? new Problem(problem.status(), problem.code(), problem.message(), problem.details(),
				hint, problem.column()) : problem;
	}

	/**
	 * Return how to say that a text stands for no value, or {@code null} if it looks like
	 * one.
	 * @param column the column's name
	 * @param text the text, which is no value of the column
	 */
	static @Nullable String missing(String column, String text) {
		boolean counting = text.chars().anyMatch((character) -> character >= '1' && character <= '9');
		return (counting || text.length() > SHORT) ? null
				: "If '%s' stands for no value, say null.%s=%s; otherwise correct it".formatted(text, column, text);
	}

}
