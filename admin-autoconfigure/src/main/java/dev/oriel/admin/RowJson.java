package dev.oriel.admin;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.oriel.admin.json.UnlimitedJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

import org.jspecify.annotations.Nullable;

/**
 * Makes Java values of PostgreSQL's JSON, and JSON and texts for PostgreSQL of Java
 * values, without losing anything on the way.
 */
final class RowJson {

	/** Deeper values can only be had as JSON. */
	private static final int MAX_DEPTH = 1_000;

	private static final String BYTEA = "\\x";

	private static final TypeReference<Map<String, @Nullable Object>> MAP = new TypeReference<>() {
	};

	private static final JsonMapper MAPPER = JsonMapper.builder(UnlimitedJson.factory(MAX_DEPTH))
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
				DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
		.disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE, DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS,
				DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
		.addModule(new SimpleModule("rows").addDeserializer(Object.class, new ExactDeserializer())
			.addDeserializer(byte[].class, new BytesDeserializer())
			.addSerializer(byte[].class, new BytesSerializer()))
		.build();

	private RowJson() {
	}

	static Map<String, @Nullable Object> map(String row) {
		try {
			return MAPPER.readValue(row, MAP);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("The row cannot be a map: " + ex.getOriginalMessage(), ex);
		}
	}

	static <T> T read(String row, Class<T> type) {
		try {
			return MAPPER.readValue(row, type);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(
					"The row does not fit %s: %s, at '%s'".formatted(type.getName(), ex.getOriginalMessage(), path(ex)),
					ex);
		}
	}

	private static String path(JacksonException ex) {
		return ex.getPath()
			.stream()
			.map((reference) -> (reference.getPropertyName() != null) ? reference.getPropertyName()
					: Integer.toString(reference.getIndex()))
			.collect(Collectors.joining("."));
	}

	/**
	 * Return an object, or a collection of them, as JSON; a text is taken for JSON.
	 */
	static String write(Object value) {
		if (value instanceof CharSequence text) {
			return text.toString();
		}
		return json(value);
	}

	private static String json(Object value) {
		try {
			return MAPPER.writeValueAsString(value);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("A %s cannot be written as JSON: %s, at '%s'"
				.formatted(value.getClass().getName(), ex.getOriginalMessage(), path(ex)), ex);
		}
	}

	/**
	 * Return a value as PostgreSQL reads it: a scalar as its text, a collection as an
	 * array, any other object as JSON.
	 */
	static String text(Object value) {
		if (value instanceof CharSequence text) {
			return text.toString();
		}
		String json = json(value);
		JsonNode node = MAPPER.readTree(json);
		if (node.isString()) {
			return node.stringValue();
		}
		return node.isArray() ? array(node) : json;
	}

	private static String array(JsonNode array) {
		return array.valueStream().map(RowJson::element).collect(Collectors.joining(",", "{", "}"));
	}

	private static String element(JsonNode element) {
		if (element.isArray()) {
			return array(element);
		}
		if (element.isNull()) {
			return "NULL";
		}
		String text = element.isString() ? element.stringValue() : element.toString();
		return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

	/**
	 * Reads values of no particular type, as {@link OrielRows} describes them.
	 */
	private static final class ExactDeserializer extends ValueDeserializer<Object> {

		@Override
		public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
			return switch (parser.currentToken()) {
				case START_OBJECT -> members(parser, context);
				case START_ARRAY -> elements(parser, context);
				case VALUE_STRING -> parser.getString();
				case VALUE_NUMBER_INT -> (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER)
						? parser.getBigIntegerValue() : (Object) parser.getLongValue();
				case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
				case VALUE_TRUE -> true;
				case VALUE_FALSE -> false;
				default -> null;
			};
		}

		private Map<String, @Nullable Object> members(JsonParser parser, DeserializationContext context) {
			Map<String, @Nullable Object> members = new LinkedHashMap<>();
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String name = parser.currentName();
				parser.nextToken();
				members.put(name, deserialize(parser, context));
			}
			return members;
		}

		private List<@Nullable Object> elements(JsonParser parser, DeserializationContext context) {
			List<@Nullable Object> elements = new ArrayList<>();
			while (parser.nextToken() != JsonToken.END_ARRAY) {
				elements.add(deserialize(parser, context));
			}
			return elements;
		}

	}

	/**
	 * Reads what PostgreSQL writes of a {@code bytea}.
	 */
	private static final class BytesDeserializer extends ValueDeserializer<byte[]> {

		@Override
		public byte[] deserialize(JsonParser parser, DeserializationContext context) {
			String text = parser.getValueAsString();
			if (text == null || !text.startsWith(BYTEA)) {
				throw context.weirdStringException(String.valueOf(text), byte[].class, "it is no bytea");
			}
			return HexFormat.of().parseHex(text, BYTEA.length(), text.length());
		}

	}

	/**
	 * Writes what PostgreSQL reads as a {@code bytea}.
	 */
	private static final class BytesSerializer extends ValueSerializer<byte[]> {

		@Override
		public void serialize(byte[] value, JsonGenerator generator, SerializationContext context) {
			generator.writeString(BYTEA + HexFormat.of().formatHex(value));
		}

	}

}
