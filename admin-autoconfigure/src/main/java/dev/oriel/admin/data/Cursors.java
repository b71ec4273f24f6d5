package dev.oriel.admin.data;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import dev.oriel.admin.query.Anchor;
import dev.oriel.admin.sql.Bound;
import dev.oriel.admin.sql.Keyset;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import org.jspecify.annotations.Nullable;

/**
 * The cursors of one order. A cursor is a JSON array in base64url: the version of this
 * format, a fingerprint of the order, and the texts of what the row is ordered by. It
 * holds values instead of naming the row, so that it still works when the row is gone;
 * and they are of columns that whoever got the cursor could read. What comes back is
 * treated like the values of a filter: it may be forged.
 */
final class Cursors {

	private static final int VERSION = 1;

	/** Two of them have to fit into a header. */
	private static final int MAX_LENGTH = 2_000;

	/** What stands before the values. */
	private static final int HEAD = 2;

	private static final List<@Nullable String> NONE = List.of();

	private static final JsonFactory FACTORY = new JsonFactory();

	private final String fingerprint;

	private final int steps;

	Cursors(Keyset keyset) {
		this.fingerprint = fingerprint(keyset.order());
		this.steps = keyset.steps();
	}

	/**
	 * Return where a page begins or ends that lies on a side of a row.
	 * @param values the texts of what the row is ordered by; empty for the end of all
	 * rows
	 */
	Anchor encode(Anchor.Side side, List<@Nullable String> values) {
		StringWriter json = new StringWriter();
		try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), json)) {
			generator.writeStartArray();
			generator.writeNumber(VERSION);
			generator.writeString(this.fingerprint);
			for (String value : values) {
				if (value != null) {
					generator.writeString(value);
				}
				else {
					generator.writeNull();
				}
			}
			generator.writeEndArray();
		}
		String cursor = Anchor.MARK + Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
		if (cursor.length() > MAX_LENGTH) {
			throw new ProblemException(
					new Problem(400, "ORIEL416", "These rows cannot be read page by page with cursors",
							"A row next to another page is ordered by a value of more than a thousand characters.",
							"Order by shorter values, or use 'limit' and 'offset'."));
		}
		return new Anchor(side, cursor);
	}

	/**
	 * Return the place that a cursor means.
	 * @throws ProblemException when it is not one of this order
	 */
	Bound decode(Anchor anchor) {
		List<@Nullable String> texts = (anchor.cursor().length() > MAX_LENGTH) ? NONE : texts(anchor);
		if (texts.size() < HEAD) {
			throw refused(anchor, "It is cut short or was changed.");
		}
		if (!Integer.toString(VERSION).equals(texts.get(0))) {
			throw refused(anchor, "Cursors of its kind are not understood.");
		}
		List<@Nullable String> values = texts.subList(HEAD, texts.size());
		boolean fits = this.fingerprint.equals(texts.get(1)) && (values.isEmpty() || values.size() == this.steps);
		if (!fits) {
			throw refused(anchor, "It was given out for another relation or another 'order'.");
		}
		return new Bound(anchor.side(), values);
	}

	/**
	 * Return what a cursor holds, or nothing if it is none.
	 */
	private static List<@Nullable String> texts(Anchor anchor) {
		List<@Nullable String> texts = new ArrayList<>();
		try {
			byte[] json = Base64.getUrlDecoder().decode(anchor.cursor().substring(Anchor.MARK.length()));
			String text = new String(json, StandardCharsets.UTF_8);
			try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
				boolean wellFormed = parser.nextToken() == JsonToken.START_ARRAY;
				while (wellFormed && parser.nextToken() != JsonToken.END_ARRAY) {
					wellFormed = isText(parser.currentToken(), texts.isEmpty());
					texts.add((parser.currentToken() == JsonToken.VALUE_NULL) ? null : parser.getString());
				}
				return (wellFormed && parser.nextToken() == null) ? texts : NONE;
			}
		}
		catch (IllegalArgumentException | JacksonException ex) {
			return NONE;
		}
	}

	private static boolean isText(JsonToken token, boolean first) {
		return first ? token == JsonToken.VALUE_NUMBER_INT
				: (token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NULL);
	}

	private static ProblemException refused(Anchor anchor, String details) {
		String parameter = anchor.side().parameter();
		return new ProblemException(new Problem(400, "ORIEL410",
				"The cursor in '%s' does not belong here".formatted(parameter), details,
				"Take it from the header 'Link' of a page with the same relation and order, or leave out '%s' to start with the first page."
					.formatted(parameter)));
	}

	private static String fingerprint(String order) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(order.getBytes(StandardCharsets.UTF_8));
			return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, 9));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
