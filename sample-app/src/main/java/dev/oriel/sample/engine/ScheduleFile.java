package dev.oriel.sample.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.oriel.sample.StartFailure;

/**
 * Reads a file with entries of the queue: a JSON array of objects, or one object.
 */
final class ScheduleFile {

	private static final String ACTION = "Write a JSON array of objects, each with columns of engine.job, "
			+ "as schedule.json of the sample application shows";

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private ScheduleFile() {
	}

	static List<JsonNode> read(Path file) {
		JsonNode content = content(file);
		if (content.isObject()) {
			return List.of(content);
		}
		if (!content.isArray()) {
			throw new StartFailure(file + " holds neither an array nor an object.", ACTION, null);
		}
		List<JsonNode> entries = content.valueStream().toList();
		for (int i = 0; i < entries.size(); i++) {
			if (!entries.get(i).isObject()) {
				throw new StartFailure(file + ", entry " + (i + 1) + ": it is not an object.", ACTION, null);
			}
		}
		return entries;
	}

	private static JsonNode content(Path file) {
		try {
			return MAPPER.readTree(Files.readAllBytes(file));
		}
		catch (JacksonException ex) {
			TokenStreamLocation location = ex.getLocation();
			String place = (location != null && location.getLineNr() > 0)
					? ", line " + location.getLineNr() + ", column " + location.getColumnNr() : "";
			String reason = (ex instanceof UnexpectedEndOfInputException) ? "it ends before it is complete"
					: ex.getOriginalMessage();
			throw new StartFailure(file + place + " is not valid JSON: " + reason, ACTION, ex);
		}
		catch (IOException ex) {
			throw new StartFailure(file + " cannot be read: " + ex.getMessage(), "Make it readable and start again",
					ex);
		}
	}

}
