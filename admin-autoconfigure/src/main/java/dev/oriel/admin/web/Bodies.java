package dev.oriel.admin.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.query.FormParameters;

import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * Reads the bodies of requests.
 */
final class Bodies {

	/** How many bytes a body of JSON may have. */
	static final int MAX_SIZE = 16 * 1024 * 1024;

	/** The media types that rows can be sent in, the usual first. */
	static final List<String> OF_ROWS = List.of(MediaType.APPLICATION_JSON_VALUE,
			MediaType.APPLICATION_FORM_URLENCODED_VALUE, "text/csv");

	private static final MediaType OBJECT = MediaType.parseMediaType("application/vnd.pgrst.object+json");

	private static final MediaType CSV = MediaType.parseMediaType("text/csv");

	private Bodies() {
	}

	/**
	 * Return the body as text.
	 */
	static String read(ServerRequest request) throws IOException {
		return read(request, MAX_SIZE);
	}

	static String read(ServerRequest request, int maxSize) throws IOException {
		MediaType type = request.headers().contentType().orElse(MediaType.APPLICATION_JSON);
		if (!type.isCompatibleWith(MediaType.APPLICATION_JSON) && !type.isCompatibleWith(OBJECT)) {
			throw new ProblemException(new Problem(415, "PGRST102", "Content-Type not acceptable: " + type, null,
					"Send application/json."));
		}
		String text = text(request, maxSize);
		// Some programs begin every file with a mark of its encoding.
		return text.startsWith("\uFEFF") ? text.substring(1) : text;
	}

	/**
	 * Return the rows of a body as JSON. Forms and comma-separated values hold texts,
	 * which PostgreSQL reads as the types of their columns.
	 */
	static String rows(ServerRequest request) throws IOException {
		MediaType type = request.headers().contentType().orElse(MediaType.APPLICATION_JSON);
		if (type.equalsTypeAndSubtype(MediaType.APPLICATION_FORM_URLENCODED)) {
			Map<String, String> fields = new LinkedHashMap<>();
			String text = text(request, MAX_SIZE);
			// Forms write these signs as %7B and %5B.
			if (text.startsWith("{") || text.startsWith("[")) {
				throw new ProblemException(new Problem(400, "PGRST102", "The body is JSON, but is said to be a form",
						"Content-Type: " + type.getType() + "/" + type.getSubtype(),
						"Send it with the header 'Content-Type: application/json'."));
			}
			FormParameters.parse(text).forEach((name, values) -> fields.put(name, values.get(values.size() - 1)));
			return Json.MAPPER.writeValueAsString(fields);
		}
		if (type.equalsTypeAndSubtype(CSV)) {
			return Json.MAPPER.writeValueAsString(CsvBody.parse(text(request, MAX_SIZE)));
		}
		return read(request);
	}

	/**
	 * Return the values of a form by the names of its fields.
	 */
	static Map<String, List<String>> form(ServerRequest request) throws IOException {
		return FormParameters.parse(text(request, MAX_SIZE));
	}

	/**
	 * Return the body as text, whatever its type.
	 */
	static String text(ServerRequest request, int maxSize) throws IOException {
		byte[] bytes = bytes(request, maxSize);
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new ProblemException(
					new Problem(400, "PGRST102", "The body is not valid UTF-8", null, "Send text in UTF-8."), ex);
		}
	}

	static byte[] bytes(ServerRequest request, int maxSize) throws IOException {
		byte[] bytes = request.servletRequest().getInputStream().readNBytes(maxSize + 1);
		if (bytes.length > maxSize) {
			throw new ProblemException(new Problem(413, "ORIEL413", "The body is too large",
					"It may have %d bytes.".formatted(maxSize), "Send fewer rows at a time."));
		}
		return bytes;
	}

}
