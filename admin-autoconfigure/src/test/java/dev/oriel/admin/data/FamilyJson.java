package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Families as JSON, with numbers of any length.
 */
final class FamilyJson {

	static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
		.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
		.enable(tools.jackson.core.StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
		.build();

	private FamilyJson() {
	}

	/**
	 * Return the only row of an answer.
	 */
	static ObjectNode only(String rows) {
		JsonNode array = MAPPER.readTree(rows);
		if (array.size() != 1) {
			throw new AssertionError("There are %d rows".formatted(array.size()));
		}
		return (ObjectNode) array.get(0);
	}

	/**
	 * Whether an answer has everything that was sent: each value, and in each list the
	 * rows that were listed and no others, in any order.
	 */
	static boolean isSame(JsonNode sent, JsonNode answered) {
		if (sent instanceof ObjectNode row) {
			return answered instanceof ObjectNode && row.propertyNames()
				.stream()
				.allMatch((name) -> answered.has(name) && isSame(row.get(name), answered.get(name)));
		}
		if (sent instanceof ArrayNode list) {
			List<JsonNode> left = new ArrayList<>();
			answered.forEach(left::add);
			for (JsonNode element : list) {
				JsonNode found = left.stream().filter((each) -> isSame(element, each)).findFirst().orElse(null);
				if (found == null) {
					return false;
				}
				left.remove(found);
			}
			return left.isEmpty();
		}
		if (sent.isNumber() && answered.isNumber()) {
			return sent.decimalValue().compareTo(answered.decimalValue()) == 0;
		}
		return sent.equals(answered);
	}

}
