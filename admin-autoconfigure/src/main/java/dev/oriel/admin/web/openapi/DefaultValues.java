package dev.oriel.admin.web.openapi;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.oriel.admin.schema.Column;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

/**
 * Reads the defaults of columns as values. Only a constant has one: anything else is
 * known when a row is written, and its expression may name what a caller must not know.
 */
final class DefaultValues {

	private static final Pattern NUMBER = Pattern.compile("\\(?('?)(-?\\d+(?:\\.\\d+)?)\\1\\)?(?:::[a-z ]+)?");

	private static final Pattern TEXT = Pattern
		.compile("'((?:[^']++|'')*+)'(?:::[\\w .\"]+(?:\\(\\d+(?:,\\d+)?\\))?)?");

	private DefaultValues() {
	}

	/**
	 * Return the value, or {@code null} if there is none that is known.
	 * @param column the column
	 * @param schema what its values look like
	 */
	static @Nullable JsonNode of(Column column, ObjectNode schema) {
		String expression = column.defaultExpression();
		if (expression == null || column.generated()) {
			return null;
		}
		JsonNode type = schema.path("type");
		return switch (type.isArray() ? type.get(0).asString() : type.asString("")) {
			case "integer", "number" -> number(expression);
			case "boolean" -> bool(expression);
			case "string" -> text(expression);
			default -> null;
		};
	}

	private static @Nullable JsonNode number(String expression) {
		Matcher constant = NUMBER.matcher(expression);
		return constant.matches() ? JsonNodeFactory.instance.numberNode(new BigDecimal(constant.group(2))) : null;
	}

	private static @Nullable JsonNode bool(String expression) {
		boolean constant = expression.equals("true") || expression.equals("false");
		return constant ? JsonNodeFactory.instance.booleanNode(expression.equals("true")) : null;
	}

	private static @Nullable JsonNode text(String expression) {
		Matcher constant = TEXT.matcher(expression);
		return constant.matches() ? JsonNodeFactory.instance.stringNode(constant.group(1).replace("''", "'")) : null;
	}

}
