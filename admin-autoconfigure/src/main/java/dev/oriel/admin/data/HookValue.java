package dev.oriel.admin.data;

import java.lang.reflect.Array;
import java.net.InetAddress;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import tools.jackson.databind.json.JsonMapper;

import org.jspecify.annotations.Nullable;

/**
 * Writes a value of Java as JSON that PostgreSQL reads as the type of a column.
 */
final class HookValue {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private HookValue() {
	}

	/**
	 * Return the JSON of a value.
	 * @throws IllegalArgumentException when it has no form that PostgreSQL reads
	 */
	static String json(@Nullable Object value) {
		if (value == null || value instanceof Boolean) {
			return String.valueOf(value);
		}
		if (value instanceof Number number) {
			return number(number);
		}
		if (value instanceof byte[] bytes) {
			return text("\\x" + HexFormat.of().formatHex(bytes));
		}
		if (value instanceof Map<?, ?> map) {
			return map.entrySet()
				.stream()
				.map((entry) -> text(String.valueOf(entry.getKey())) + ":" + json(entry.getValue()))
				.collect(Collectors.joining(",", "{", "}"));
		}
		if (value instanceof Iterable<?> elements) {
			List<String> texts = new ArrayList<>();
			elements.forEach((element) -> texts.add(json(element)));
			return "[" + String.join(",", texts) + "]";
		}
		if (value.getClass().isArray()) {
			List<@Nullable Object> elements = new ArrayList<>();
			for (int i = 0; i < Array.getLength(value); i++) {
				elements.add(Array.get(value, i));
			}
			return json(elements);
		}
		return text(plain(value));
	}

	private static String number(Number number) {
		String text = number.toString();
		boolean finite = !(number instanceof Double || number instanceof Float)
				|| Double.isFinite(number.doubleValue());
		return finite ? text : text(text);
	}

	private static String plain(Object value) {
		if (value instanceof Enum<?> constant) {
			return constant.name();
		}
		if (value instanceof InetAddress address) {
			return address.getHostAddress();
		}
		boolean known = value instanceof CharSequence || value instanceof Character || value instanceof UUID
				|| value instanceof TemporalAccessor || value instanceof TemporalAmount;
		if (!known) {
			throw new IllegalArgumentException(
					"A value of type %s cannot be written; write a text".formatted(value.getClass().getName()));
		}
		return value.toString();
	}

	private static String text(String text) {
		if (!WriteBody.isStorable(text)) {
			throw new IllegalArgumentException(
					"PostgreSQL stores no text with a NUL character or half of a surrogate pair");
		}
		return MAPPER.writeValueAsString(text);
	}

}
