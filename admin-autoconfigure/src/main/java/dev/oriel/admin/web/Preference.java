package dev.oriel.admin.web;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The preferences there are, in the order in which PostgREST names those that it has
 * applied, with ours behind them.
 */
enum Preference {

	RESOLUTION("merge-duplicates|ignore-duplicates"),

	MISSING("default|null"),

	RETURN("minimal|headers-only|representation"),

	COUNT("exact|planned|estimated"),

	TX("commit|rollback"),

	HANDLING("strict|lenient"),

	/** Which values there are, only the database knows. */
	TIMEZONE(".+"),

	MAX_AFFECTED("\\d{1,17}"),

	ROW_VERSION(""),

	PAGE("keyset"),

	IMPACT(""),

	/** What becomes of related rows that a list in a body does not have. */
	CHILDREN("keep|replace");

	/** Those that mean something to a request for rows. */
	static final Set<Preference> OF_READS = EnumSet.of(COUNT, TX, HANDLING, TIMEZONE, ROW_VERSION, PAGE);

	static final Set<Preference> OF_INSERTS = EnumSet.of(RESOLUTION, MISSING, RETURN, COUNT, TX, HANDLING, TIMEZONE,
			ROW_VERSION, IMPACT, CHILDREN);

	static final Set<Preference> OF_UPDATES = EnumSet.of(MISSING, RETURN, COUNT, TX, HANDLING, TIMEZONE, MAX_AFFECTED,
			ROW_VERSION, IMPACT, CHILDREN);

	/** Those of {@code PUT}, which always merges. */
	static final Set<Preference> OF_REPLACEMENTS = EnumSet.of(RETURN, COUNT, TX, HANDLING, TIMEZONE, ROW_VERSION,
			IMPACT, CHILDREN);

	static final Set<Preference> OF_DELETES = EnumSet.of(RETURN, COUNT, TX, HANDLING, TIMEZONE, MAX_AFFECTED,
			ROW_VERSION, IMPACT);

	static final Set<Preference> OF_CALLS = EnumSet.of(COUNT, TX, HANDLING, TIMEZONE, MAX_AFFECTED, IMPACT);

	private final Pattern values;

	Preference(String values) {
		this.values = Pattern.compile(values);
	}

	/**
	 * Return the preference of that name, or {@code null}.
	 */
	static @Nullable Preference of(String name) {
		for (Preference preference : values()) {
			if (preference.label().equals(name)) {
				return preference;
			}
		}
		return null;
	}

	String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Return the regular expression that values keep to; empty where there are none.
	 */
	String pattern() {
		return this.values.pattern();
	}

	/**
	 * Whether the preference can have that value.
	 */
	boolean accepts(String value) {
		return this.values.matcher(value).matches();
	}

	String write(String value) {
		return value.isEmpty() ? label() : label() + "=" + value;
	}

}
