package dev.oriel.admin.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.transfer.ExportFormat;

import org.jspecify.annotations.Nullable;

/**
 * What a query string says about the file that is wanted, beside which rows it holds.
 * Filters of the same names can still be told from it, because they hold an operator and
 * a point.
 *
 * @param format how the rows leave
 * @param formatted whether values are written as the page shows them
 * @param guarded whether texts of CSV that begin like a formula get an apostrophe
 * @param job what the job is called that this is, or {@code null}
 * @param locale the language in which values are formatted, or {@code null} for the
 * client's
 * @param timeZone the time zone of points in time, or {@code null} for the preferred one
 * @param query the rest of the query string
 */
record ExportOptions(ExportFormat format, boolean formatted, boolean guarded, @Nullable UUID job,
		@Nullable String locale, @Nullable String timeZone, String query) {

	private static final Set<String> NAMES = Set.of("format", "values", "formulas", "job", "locale", "timezone");

	private static final String LABELS = Arrays.stream(ExportFormat.values())
		.map(ExportFormat::label)
		.collect(Collectors.joining(", "));

	static ExportOptions parse(String queryString) {
		Map<String, String> given = new LinkedHashMap<>();
		List<String> rest = new ArrayList<>();
		for (String part : queryString.split("&")) {
			int equals = part.indexOf('=');
			String name = (equals > 0) ? part.substring(0, equals) : "";
			String value = NAMES.contains(name) ? decoded(part.substring(equals + 1)) : ".";
			if (value.indexOf('.') >= 0) {
				rest.add(part);
			}
			else if (given.put(name, value) != null) {
				throw refused("'%s' is there twice".formatted(name), "Say it once.");
			}
		}
		ExportFormat format = format(given.get("format"));
		boolean formatted = choice(given, "values", "raw", "formatted");
		if (formatted && format.isRaw()) {
			throw refused("Values are always raw in " + format.name(), "Leave 'values' out, or ask for csv or xlsx.");
		}
		boolean plain = choice(given, "formulas", "guarded", "plain");
		return new ExportOptions(format, formatted, !plain, job(given.get("job")), given.get("locale"),
				given.get("timezone"), String.join("&", rest));
	}

	private static String decoded(String value) {
		try {
			return URLDecoder.decode(value, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			// It is not encoded, which is told where it is no good as it is.
			return value;
		}
	}

	private static ExportFormat format(@Nullable String label) {
		if (label == null) {
			return ExportFormat.CSV;
		}
		for (ExportFormat format : ExportFormat.values()) {
			if (format.label().equalsIgnoreCase(label)) {
				return format;
			}
		}
		throw refused("There is no format '%s'".formatted(label), "One of " + LABELS + ".");
	}

	/**
	 * Whether the other of two words is chosen.
	 */
	private static boolean choice(Map<String, String> given, String name, String usual, String other) {
		String value = given.getOrDefault(name, usual);
		if (!value.equalsIgnoreCase(usual) && !value.equalsIgnoreCase(other)) {
			throw refused("'%s' cannot be '%s'".formatted(name, value), "One of %s, %s.".formatted(usual, other));
		}
		return value.equalsIgnoreCase(other);
	}

	private static @Nullable UUID job(@Nullable String text) {
		try {
			return (text != null) ? UUID.fromString(text) : null;
		}
		catch (IllegalArgumentException ex) {
			throw refused("'job' is no UUID: '%s'".formatted(text), "Make one up, as crypto.randomUUID() does.");
		}
	}

	private static ProblemException refused(String message, String hint) {
		return new ProblemException(new Problem(400, "ORIEL400", message, null, hint));
	}

}
