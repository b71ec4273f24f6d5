package dev.oriel.admin.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;

import org.jspecify.annotations.Nullable;

/**
 * What a request asks for in its {@code Prefer} headers.
 *
 * @see <a href="https://docs.postgrest.org/en/stable/references/api/preferences.html">
 * PostgREST: preferences</a>
 */
final class Preferences {

	private static final String MAX_AFFECTED = "max-affected";

	private static final Map<String, Set<String>> KNOWN = Map.of("return",
			Set.of("minimal", "headers-only", "representation"), "count", Set.of("exact", "planned", "estimated"),
			"handling", Set.of("strict", "lenient"), "tx", Set.of("commit", "rollback"), "row-version", Set.of(""));

	/**
	 * Understood by PostgREST; to ignore them would write something else than was meant.
	 */
	private static final Set<String> NOT_YET = Set.of("resolution", "missing", "timezone", "page", "impact");

	private final Map<String, String> values = new LinkedHashMap<>();

	private Preferences() {
	}

	static Preferences parse(List<String> headers) {
		Preferences preferences = new Preferences();
		List<String> invalid = new ArrayList<>();
		for (String header : headers) {
			for (String preference : header.split(",")) {
				preferences.add(preference.strip(), invalid);
			}
		}
		if (!invalid.isEmpty() && preferences.is("handling", "strict")) {
			throw new ProblemException(new Problem(400, "PGRST122", "Invalid preferences given with handling=strict",
					"Invalid preferences: " + String.join(", ", invalid), null));
		}
		return preferences;
	}

	private void add(String preference, List<String> invalid) {
		if (preference.isEmpty()) {
			return;
		}
		int equals = preference.indexOf('=');
		String name = (equals < 0) ? preference : preference.substring(0, equals).strip();
		String value = (equals < 0) ? "" : preference.substring(equals + 1).strip();
		if (NOT_YET.contains(name)) {
			throw new ProblemException(new Problem(501, "ORIEL501", "This preference is not supported by this version",
					preference, "Leave it out."));
		}
		boolean known = name.equals(MAX_AFFECTED) ? isNumber(value)
				: KNOWN.getOrDefault(name, Set.of()).contains(value);
		if (known) {
			this.values.putIfAbsent(name, value);
		}
		else {
			invalid.add(preference);
		}
	}

	/**
	 * Return the names of all that is understood.
	 */
	static Set<String> names() {
		Set<String> names = new TreeSet<>(KNOWN.keySet());
		names.add(MAX_AFFECTED);
		return names;
	}

	boolean is(String name, String value) {
		return value.equals(this.values.get(name));
	}

	CountMode count() {
		return switch (this.values.getOrDefault("count", "")) {
			case "exact" -> CountMode.EXACT;
			case "planned" -> CountMode.PLANNED;
			case "estimated" -> CountMode.ESTIMATED;
			default -> CountMode.NONE;
		};
	}

	boolean rowVersion() {
		return this.values.containsKey("row-version");
	}

	@Nullable Long maxAffected() {
		String value = this.values.get(MAX_AFFECTED);
		return (value != null) ? Long.valueOf(value) : null;
	}

	/**
	 * Return what was understood, for the header {@code Preference-Applied}.
	 */
	List<String> applied() {
		return this.values.entrySet()
			.stream()
			.map((entry) -> entry.getValue().isEmpty() ? entry.getKey() : entry.getKey() + "=" + entry.getValue())
			.toList();
	}

	private static boolean isNumber(String value) {
		return !value.isEmpty() && value.length() < 18 && value.chars().allMatch((c) -> c >= '0' && c <= '9');
	}

}
