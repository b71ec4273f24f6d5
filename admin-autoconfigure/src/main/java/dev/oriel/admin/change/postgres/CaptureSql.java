package dev.oriel.admin.change.postgres;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.ValueKind;
import org.jspecify.annotations.Nullable;

import org.springframework.util.DigestUtils;

/**
 * The statements that capture the changes of one table. Names arrive here as PostgreSQL
 * itself has quoted them.
 */
final class CaptureSql {

	/** Each trigger by its name, in the order they are made. */
	static final Map<String, String> EVENTS = Map.of("oriel_capture_insert", "INSERT", "oriel_capture_update", "UPDATE",
			"oriel_capture_delete", "DELETE", "oriel_capture_truncate", "TRUNCATE");

	private static final String[] TEMPLATE = SqlFile.read("capture.sql").split("\\{quote}");

	private static final String HEAD = TEMPLATE[0];

	private static final String BODY = TEMPLATE[1];

	private static final String ENTRY = SqlFile.read("entry.sql").strip();

	/** More rows than this in one statement are not told one by one. */
	private static final int MOST = 1_000;

	/** Kinds of values whose text is the same under any settings of a session. */
	private static final Set<ValueKind> PLAIN = EnumSet.of(ValueKind.TEXT, ValueKind.INTEGER, ValueKind.UUID,
			ValueKind.BOOLEAN, ValueKind.ENUM, ValueKind.JSON, ValueKind.NETWORK, ValueKind.BITS);

	private static final String SETTINGS = """

			SET "TimeZone" = 'UTC' SET "DateStyle" = 'ISO, YMD' SET "IntervalStyle" = 'postgres'
			SET extra_float_digits = 1 SET bytea_output = 'hex'""";

	private CaptureSql() {
	}

	static String functionName(Relation relation) {
		return "capture_" + md5(relation.name().toString()).substring(0, 16);
	}

	static String function(Relation relation, List<String> quotedKey) {
		String body = body(relation, quotedKey);
		String quote = dollarQuote(body);
		return HEAD.replace("{function}", functionName(relation))
			.replace("{settings}", isPlain(relation) ? "" : SETTINGS) + quote + body + quote;
	}

	/**
	 * Return what {@code md5(prosrc)} is for the function.
	 */
	static String fingerprint(Relation relation, List<String> quotedKey) {
		return md5(body(relation, quotedKey));
	}

	/**
	 * Return what stands for the columns of the key, and for the way in which their texts
	 * are made, in what triggers write.
	 */
	static int keyHash(Relation relation) {
		String columns = relation.key()
			.stream()
			.map((name) -> name.length() + " " + name)
			.collect(Collectors.joining());
		// Without the sign, which would be an operator where it is written in SQL.
		return Integer.parseUnsignedInt(md5(isPlain(relation) + columns).substring(0, 8), 16) & Integer.MAX_VALUE;
	}

	static String trigger(String name, String quotedTable, String function) {
		String event = EVENTS.get(name);
		String transition = switch (name) {
			case "oriel_capture_insert" -> " REFERENCING NEW TABLE AS oriel_new";
			case "oriel_capture_update" -> " REFERENCING OLD TABLE AS oriel_old NEW TABLE AS oriel_new";
			case "oriel_capture_delete" -> " REFERENCING OLD TABLE AS oriel_old";
			default -> "";
		};
		return "CREATE TRIGGER %s AFTER %s ON %s%s\n\tFOR EACH STATEMENT EXECUTE FUNCTION oriel.%s()".formatted(name,
				event, quotedTable, transition, function);
	}

	private static String body(Relation relation, List<String> quotedKey) {
		String key = quotedKey.stream().map((column) -> column + "::text").collect(Collectors.joining(", "));
		// Without a key, as many rows as there may be are already too many.
		int most = quotedKey.isEmpty() ? 0 : MOST;
		String row = "SELECT ARRAY[" + (quotedKey.isEmpty() ? "''" : key) + "] FROM ";
		return BODY.replace("{key_hash}", Integer.toString(keyHash(relation)))
			.replace("{update}", entry(relation, "U", row + "oriel_old UNION ALL " + row + "oriel_new", 2 * most))
			.replace("{insert}", entry(relation, "I", row + "oriel_new", most))
			.replace("{delete}", entry(relation, "D", row + "oriel_old", most))
			.replace("{truncate}", entry(relation, "T", "SELECT ARRAY['']", 0));
	}

	private static String entry(Relation relation, String operation, String keys, int most) {
		return ENTRY.replace("{operation}", operation)
			.replace("{key_hash}", Integer.toString(keyHash(relation)))
			.replace("{many}", Integer.toString(most))
			.replace("\n", "\n\t\t\t")
			.replace("{keys}", keys);
	}

	private static String dollarQuote(String body) {
		String quote = "$oriel$";
		for (int i = 1; body.contains(quote); i++) {
			quote = "$oriel" + i + "$";
		}
		return quote;
	}

	private static boolean isPlain(Relation relation) {
		return relation.key().stream().map(relation::column).allMatch(CaptureSql::isPlain);
	}

	private static boolean isPlain(@Nullable Column column) {
		return column != null && PLAIN.contains(column.kind());
	}

	private static String md5(String text) {
		return DigestUtils.md5DigestAsHex(text.getBytes(StandardCharsets.UTF_8));
	}

}
