package dev.oriel.admin.extension;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import dev.oriel.admin.json.UnlimitedJson;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.function.SingletonSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Values of a row by the names of their columns, each as the JSON that PostgreSQL makes
 * of it or takes for it: numbers with all their digits, points in time and most other
 * types as texts, arrays as arrays. Never changes.
 *
 * @since 0.1.0
 */
public final class RowImage {

	/** What PostgreSQL has read or written already is not too deep. */
	private static final JsonMapper MAPPER = JsonMapper.builder(UnlimitedJson.factory(Integer.MAX_VALUE))
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
		.build();

	private final Supplier<String> json;

	private final Supplier<Map<String, String>> members;

	private RowImage(Supplier<String> json, Supplier<Map<String, String>> members) {
		this.json = json;
		this.members = members;
	}

	/**
	 * Return the values of a JSON object.
	 * @param json the object; read when it is first looked into
	 */
	public static RowImage of(String json) {
		return new RowImage(() -> json, SingletonSupplier.of(() -> members(json)));
	}

	/**
	 * Return values.
	 * @param members the JSON of each value, by the name of its column
	 */
	public static RowImage of(Map<String, String> members) {
		Map<String, String> copy = Collections.unmodifiableMap(new LinkedHashMap<>(members));
		return new RowImage(SingletonSupplier.of(() -> write(copy)), () -> copy);
	}

	/**
	 * Return the values as one JSON object.
	 */
	public String json() {
		return this.json.get();
	}

	/**
	 * Return the columns that have a value here, NULL included, in their order.
	 */
	public Set<String> columns() {
		return this.members.get().keySet();
	}

	/**
	 * Whether a column has a value here, NULL included.
	 * @param column the column's name
	 */
	public boolean has(String column) {
		return this.members.get().containsKey(column);
	}

	/**
	 * Return the JSON of a value, {@code null} if there is none; NULL is the text
	 * {@code null}.
	 * @param column the column's name
	 */
	public @Nullable String json(String column) {
		return this.members.get().get(column);
	}

	/**
	 * Return a value: a {@code String}, {@code Boolean}, {@code BigDecimal} for a number
	 * with a fraction or exponent and {@code BigInteger} for one without, {@code List},
	 * {@code Map}; {@code null} for NULL, or if there is no value.
	 * @param column the column's name
	 */
	public @Nullable Object value(String column) {
		String json = json(column);
		return (json != null) ? MAPPER.readValue(json, Object.class) : null;
	}

	/**
	 * Return a value as a text: what the text says, or the JSON of anything else;
	 * {@code null} for NULL, or if there is no value.
	 * @param column the column's name
	 */
	public @Nullable String text(String column) {
		String json = json(column);
		if (json == null || json.equals("null")) {
			return null;
		}
		return json.startsWith("\"") ? MAPPER.readValue(json, String.class) : json;
	}

	/**
	 * Return a value as a number, whether it is sent as a number or as its text;
	 * {@code null} for NULL, or if there is no value.
	 * @param column the column's name
	 * @throws NumberFormatException when it is none, such as {@code NaN}
	 */
	public @Nullable BigDecimal number(String column) {
		String text = text(column);
		return (text != null) ? new BigDecimal(text.strip()) : null;
	}

	/**
	 * Return the JSON, for messages.
	 */
	@Override
	public String toString() {
		return json();
	}

	private static String write(Map<String, String> members) {
		StringBuilder json = new StringBuilder("{");
		members.forEach((name, value) -> json.append((json.length() > 1) ? "," : "")
			.append(MAPPER.writeValueAsString(name))
			.append(':')
			.append(value));
		return json.append('}').toString();
	}

	private static Map<String, String> members(String json) {
		Map<String, String> members = new LinkedHashMap<>();
		try (JsonParser parser = MAPPER.createParser(json)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				throw new IllegalArgumentException("A row is a JSON object");
			}
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String name = parser.currentName();
				parser.nextToken();
				int start = (int) parser.currentTokenLocation().getCharOffset();
				parser.skipChildren();
				// A text is read no further than its beginning until somebody asks.
				parser.finishToken();
				members.put(name, json.substring(start, (int) parser.currentLocation().getCharOffset()));
			}
		}
		return Collections.unmodifiableMap(members);
	}

}
