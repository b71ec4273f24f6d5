package dev.oriel.admin.transfer;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.query.FormParameters;
import dev.oriel.admin.query.QuotedText;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.transfer.ImportRequest.Keeping;
import dev.oriel.admin.transfer.ImportRequest.Mode;
import dev.oriel.admin.transfer.format.FileFormat;
import dev.oriel.admin.transfer.format.SourceOptions;

import org.jspecify.annotations.Nullable;

/**
 * Reads how to import from the parameters of a query string. A parameter that is not
 * understood is an error, because to ignore it would do something else than was meant.
 *
 * @since 0.1.0
 */
public final class ImportParameters {

	private static final Set<String> OF_COLUMNS = Set.of("dates", "decimal", "null", "trim");

	private static final List<String> NAMES = List.of("mode", "key", "map", "unknown", "duplicates", "dates", "decimal",
			"trim", "on-rejected", "batch", "dry-run", "job", "encoding", "separator", "quote", "null", "sheet",
			"formulas");

	private static final int MAX_BATCH = 1_000_000;

	private final Map<String, List<String>> values;

	private ImportParameters(Map<String, List<String>> values) {
		this.values = values;
	}

	/**
	 * Read a query string.
	 * @param queryString the query string
	 * @throws ProblemException when it holds a name that is not known
	 */
	public static ImportParameters parse(String queryString) {
		for (String part : queryString.split("&")) {
			if (!part.isEmpty() && part.indexOf('=') < 0) {
				throw invalid(part, "has no value", "Write %s=…".formatted(part));
			}
		}
		return of(FormParameters.parse(queryString));
	}

	/**
	 * Take parameters that are read already.
	 * @param values the values of each, in their order
	 * @throws ProblemException when there is a name that is not known
	 */
	public static ImportParameters of(Map<String, List<String>> values) {
		for (String name : values.keySet()) {
			int dot = name.indexOf('.');
			boolean known = (dot > 0) ? OF_COLUMNS.contains(name.substring(0, dot)) : NAMES.contains(name);
			if (!known) {
				throw invalid(name, "is not known",
						"There are: %s; and dates, decimal, null and trim for one column, as in dates.column=…"
							.formatted(String.join(", ", NAMES)));
			}
		}
		return new ImportParameters(values);
	}

	/**
	 * Return the id that the client has chosen for the job, or {@code null}.
	 */
	public @Nullable UUID job() {
		String id = single("job");
		if (id == null) {
			return null;
		}
		try {
			UUID uuid = UUID.fromString(id);
			if (uuid.toString().equals(id.toLowerCase(Locale.ROOT))) {
				return uuid;
			}
		}
		catch (IllegalArgumentException ex) {
			// Told below.
		}
		throw invalid("job", "must be a UUID, not '%s'".formatted(id), "Make one at random.");
	}

	/**
	 * Return what is asked for.
	 * @param relation the relation that the rows are for
	 * @param format what the file is
	 * @param size how many bytes it has, or -1 if that is not known
	 */
	public ImportRequest request(RelationName relation, FileFormat format, long size) {
		return new ImportRequest(relation, format, source(), columns(), one("mode", Mode.INSERT, Mode.class), key(),
				keeping(), size);
	}

	private List<String> key() {
		String key = single("key");
		return (key == null) ? List.of() : QuotedText.split(key, ',').stream().map(QuotedText::unquoted).toList();
	}

	private Keeping keeping() {
		String batch = single("batch");
		Integer size = null;
		if (batch != null && !batch.equals("all")) {
			if (!batch.matches("[1-9]\\d{0,6}") || Integer.parseInt(batch) > MAX_BATCH) {
				throw invalid("batch",
						"must be 'all' or a number of rows from 1 to %d, not '%s'".formatted(MAX_BATCH, batch), null);
			}
			size = Integer.valueOf(batch);
		}
		return new Keeping(size, choice("on-rejected", "stop", "skip"), choice("dry-run", "false", "true"));
	}

	private SourceOptions source() {
		String encoding = single("encoding");
		Charset charset = null;
		if (encoding != null) {
			try {
				charset = Charset.forName(encoding);
			}
			catch (IllegalArgumentException ex) {
				throw invalid("encoding", "is not known: '%s'".formatted(encoding),
						"Use a name such as UTF-8, windows-1252 or ISO-8859-15.");
			}
		}
		Character quote = character("quote");
		return new SourceOptions(charset, character("separator"), (quote != null) ? quote : '"', single("null"),
				single("sheet"), choice("formulas", "plain", "guarded"));
	}

	private @Nullable Character character(String name) {
		String value = single(name);
		if (value == null) {
			return null;
		}
		String named = switch (value) {
			case "tab" -> "\t";
			case "comma" -> ",";
			case "semicolon" -> ";";
			default -> value;
		};
		if (named.length() != 1 || named.charAt(0) == '\n' || named.charAt(0) == '\r' || named.charAt(0) == '\0') {
			throw invalid(name, "must be one character, not '%s'".formatted(value),
					"Besides, 'tab', 'comma' and 'semicolon' are understood.");
		}
		return named.charAt(0);
	}

	private ColumnOptions columns() {
		List<ColumnOptions.Mapped> map = new ArrayList<>();
		for (String value : this.values.getOrDefault("map", List.of())) {
			for (String pair : QuotedText.split(value, ',')) {
				map.add(mapped(pair));
			}
		}
		Map<String, List<String>> dates = new LinkedHashMap<>();
		ofColumns("dates").forEach((column, value) -> dates.put(column, patterns(column, value)));
		Map<String, Character> decimals = new HashMap<>();
		ofColumns("decimal").forEach((column, value) -> decimals.put(column, decimal(column, value)));
		Map<String, Set<String>> nulls = new HashMap<>();
		this.values.forEach((name, texts) -> {
			if (name.startsWith("null.")) {
				nulls.put(name.substring("null.".length()), Set.copyOf(texts));
			}
		});
		Set<String> trimmed = new HashSet<>();
		ofColumns("trim").forEach((column, value) -> {
			if (oneOf("trim", value, "false", "true")) {
				trimmed.add(column);
			}
		});
		return new ColumnOptions(map, choice("unknown", "error", "skip"),
				one("duplicates", ColumnOptions.Repeated.ERROR, ColumnOptions.Repeated.class), dates, decimals, nulls,
				trimmed);
	}

	private static ColumnOptions.Mapped mapped(String pair) {
		List<String> parts = QuotedText.split(pair, ':');
		int colon = pair.length() - parts.get(parts.size() - 1).length() - 1;
		if (parts.size() < 2 || colon <= 0 || colon == pair.length() - 1) {
			throw invalid("map", "must be 'column of the file:column', not '%s'".formatted(pair),
					"Put a name that holds commas or colons into quotes; a '-' leaves a column out.");
		}
		String column = pair.substring(colon + 1);
		return new ColumnOptions.Mapped(QuotedText.unquoted(pair.substring(0, colon)),
				column.equals("-") ? null : QuotedText.unquoted(column));
	}

	private static List<String> patterns(String column, String value) {
		List<String> patterns = Arrays.asList(value.split("\\|", -1));
		for (String pattern : patterns) {
			if (DatePattern.parse(pattern) == null) {
				throw invalid(column.isEmpty() ? "dates" : "dates." + column,
						"holds '%s', which is no way to write a date".formatted(pattern),
						"Write it as in DD.MM.YYYY, MM/DD/YYYY HH24:MI or DDMONYY:HH24:MI:SS; several are separated by |");
			}
		}
		return patterns;
	}

	private static char decimal(String column, String value) {
		if (!value.equals(",") && !value.equals(".")) {
			throw invalid(column.isEmpty() ? "decimal" : "decimal." + column,
					"must be a comma or a point, not '%s'".formatted(value), null);
		}
		return value.charAt(0);
	}

	/**
	 * Return the values of a parameter by the column it is for, or below the empty name.
	 */
	private Map<String, String> ofColumns(String name) {
		Map<String, String> found = new LinkedHashMap<>();
		this.values.keySet()
			.stream()
			.filter((key) -> key.equals(name) || key.startsWith(name + "."))
			.forEach((key) -> found.put(key.equals(name) ? "" : key.substring(name.length() + 1),
					String.valueOf(single(key))));
		return found;
	}

	private boolean choice(String name, String usual, String other) {
		String value = single(name);
		return value != null && oneOf(name, value, usual, other);
	}

	private static boolean oneOf(String name, String value, String usual, String other) {
		if (!value.equals(usual) && !value.equals(other)) {
			throw invalid(name, "must be '%s' or '%s', not '%s'".formatted(usual, other, value), null);
		}
		return value.equals(other);
	}

	private <E extends Enum<E>> E one(String name, E usual, Class<E> type) {
		String value = single(name);
		if (value == null) {
			return usual;
		}
		for (E constant : type.getEnumConstants()) {
			if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
				return constant;
			}
		}
		throw invalid(name,
				"must be %s, not '%s'".formatted(String.join(", ",
						Arrays.stream(type.getEnumConstants())
							.map((constant) -> constant.name().toLowerCase(Locale.ROOT))
							.toList()),
						value),
				null);
	}

	private @Nullable String single(String name) {
		List<String> found = this.values.getOrDefault(name, List.of());
		if (found.size() > 1) {
			throw invalid(name, "is there %d times".formatted(found.size()), "Give it once.");
		}
		return found.isEmpty() ? null : found.get(0);
	}

	private static ProblemException invalid(String name, String what, @Nullable String hint) {
		return new ProblemException(
				new Problem(400, "ORIEL400", "The parameter '%s' %s".formatted(name, what), null, hint));
	}

}
