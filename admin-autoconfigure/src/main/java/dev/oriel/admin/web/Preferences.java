package dev.oriel.admin.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;

import org.jspecify.annotations.Nullable;

/**
 * What a request asks for in its {@code Prefer} headers. Of a preference that is given
 * twice, the first one holds.
 *
 * @see <a href="https://docs.postgrest.org/en/stable/references/api/preferences.html">
 * PostgREST: preferences</a>
 */
final class Preferences {

	private final Map<Preference, String> values = new LinkedHashMap<>();

	private Preferences() {
	}

	/**
	 * Read the headers.
	 * @param headers their values
	 * @param timeZones whether a name is that of a time zone
	 * @throws ProblemException when something is not understood and must not be ignored
	 */
	static Preferences parse(List<String> headers, Predicate<String> timeZones) {
		Preferences preferences = new Preferences();
		List<String> invalid = new ArrayList<>();
		for (String header : headers) {
			for (String preference : header.split(",")) {
				preferences.add(preference.strip(), timeZones, invalid);
			}
		}
		if (!invalid.isEmpty() && preferences.strict()) {
			throw new ProblemException(new Problem(400, "PGRST122", "Invalid preferences given with handling=strict",
					"Invalid preferences: " + String.join(", ", invalid), null));
		}
		return preferences;
	}

	private void add(String text, Predicate<String> timeZones, List<String> invalid) {
		if (text.isEmpty()) {
			return;
		}
		int equals = text.indexOf('=');
		String name = (equals < 0) ? text : text.substring(0, equals).strip();
		String value = (equals < 0) ? "" : text.substring(equals + 1).strip();
		Preference preference = Preference.of(name);
		boolean valid = preference != null
				&& ((preference == Preference.TIMEZONE) ? timeZones.test(value) : preference.accepts(value));
		if (valid) {
			this.values.putIfAbsent(preference, value);
		}
		else {
			invalid.add(text);
		}
	}

	/**
	 * Return the names of all that is understood.
	 */
	static Set<String> names() {
		return Arrays.stream(Preference.values()).map(Preference::label).collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * Return the names of those of the preferences that are understood, with the pattern
	 * that their values keep to.
	 */
	static SortedMap<String, String> understood(Set<Preference> preferences) {
		SortedMap<String, String> understood = new TreeMap<>();
		preferences.forEach((preference) -> understood.put(preference.label(), preference.pattern()));
		return understood;
	}

	boolean is(Preference preference, String value) {
		return value.equals(this.values.get(preference));
	}

	/**
	 * Whether what cannot be done has to be refused instead of ignored.
	 */
	boolean strict() {
		return is(Preference.HANDLING, "strict");
	}

	boolean rollback() {
		return is(Preference.TX, "rollback");
	}

	/**
	 * Whether it is wanted what a write would change, which is only told of one that is
	 * undone.
	 * @throws ProblemException when it is not
	 */
	boolean impact() {
		boolean impact = this.values.containsKey(Preference.IMPACT);
		if (impact && !rollback()) {
			throw new ProblemException(new Problem(400, "ORIEL400", "The impact is only told of a write that is undone",
					null, "Send 'Prefer: tx=rollback, impact' first, then the same request without it."));
		}
		return impact;
	}

	/**
	 * Whether the rows written are wanted back.
	 */
	boolean representation() {
		return is(Preference.RETURN, "representation");
	}

	CountMode count() {
		return switch (this.values.getOrDefault(Preference.COUNT, "")) {
			case "exact" -> CountMode.EXACT;
			case "planned" -> CountMode.PLANNED;
			case "estimated" -> CountMode.ESTIMATED;
			default -> CountMode.NONE;
		};
	}

	/**
	 * Whether the pages before and after are wanted as links with cursors.
	 */
	boolean cursors() {
		return this.values.containsKey(Preference.PAGE);
	}

	boolean rowVersion() {
		return this.values.containsKey(Preference.ROW_VERSION);
	}

	@Nullable Long maxAffected() {
		String value = this.values.get(Preference.MAX_AFFECTED);
		return (value != null) ? Long.valueOf(value) : null;
	}

	/**
	 * Return the name of the time zone to write points in time in, or {@code null}.
	 */
	@Nullable String timeZone() {
		return this.values.get(Preference.TIMEZONE);
	}

	/**
	 * Return the value of the header {@code Preference-Applied}; empty if there is
	 * nothing to tell.
	 * @param applicable the preferences that mean something to the request
	 */
	String applied(Set<Preference> applicable) {
		return String.join(", ",
				EnumSet.allOf(Preference.class)
					.stream()
					.filter((preference) -> applicable.contains(preference) && this.values.containsKey(preference))
					.map((preference) -> preference.write(this.values.getOrDefault(preference, "")))
					.toList());
	}

}
