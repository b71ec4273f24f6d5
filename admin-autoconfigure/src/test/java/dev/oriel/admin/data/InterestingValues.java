package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Values of any type, as PostgreSQL's own literals: those of base types come from a
 * table, and those of other types are made of them.
 */
final class InterestingValues {

	private static final int SOME = 4;

	private final JdbcClient jdbc;

	private final Map<Long, List<String>> known = new HashMap<>();

	InterestingValues(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Return the values; none if nobody has thought of any.
	 */
	List<String> of(StorableType type) {
		List<String> values = this.known.get(type.oid());
		if (values == null) {
			values = switch (type.kind()) {
				case "array" -> arrays(type);
				case "e" ->
					query("SELECT enumlabel FROM pg_enum WHERE enumtypid = ? ORDER BY enumsortorder", type.oid());
				case "d" -> domain(type);
				case "c" -> rows(type);
				case "r" -> ranges(type);
				case "m" -> multiranges(type);
				default -> query("SELECT value FROM interesting WHERE type = ?", type.name());
			};
			this.known.put(type.oid(), values);
		}
		return values;
	}

	private List<String> arrays(StorableType type) {
		List<String> elements = of(type.element());
		if (elements.isEmpty()) {
			return List.of();
		}
		List<String> quoted = elements.stream().map((value) -> literal(value, type.element())).toList();
		String first = quoted.get(0);
		String last = quoted.get(quoted.size() - 1);
		String all = text("ARRAY[" + String.join(", ", quoted) + ", NULL]", type);
		String two = text("ARRAY[" + first + ", NULL]", type);
		String square = text("ARRAY[ARRAY[" + first + ", NULL], ARRAY[" + last + ", " + first + "]]", type);
		return List.of("{}", text("ARRAY[NULL]", type), all, square, "[0:1]=" + two, "[-5:-4]=" + two,
				"[2:3][1:2]=" + square, "[1:2][0:1]=" + square);
	}

	private List<String> rows(StorableType type) {
		List<List<String>> fields = type.fields()
			.stream()
			// Inside of a row, an array that does not begin at 1 is lost.
			.map((field) -> of(field).stream()
				.filter((value) -> !value.startsWith("[") || !value.contains("]="))
				.map((value) -> literal(value, field))
				.toList())
			.toList();
		List<String> values = new ArrayList<>();
		values.add(text("ROW(" + fields.stream().map((field) -> "NULL").collect(Collectors.joining(", ")) + ")", type));
		int most = fields.stream().mapToInt(List::size).max().orElse(0);
		for (int i = 0; i < most; i++) {
			int index = i;
			values.add(text("ROW("
					+ fields.stream().map((field) -> field.get(index % field.size())).collect(Collectors.joining(", "))
					+ ")", type));
		}
		return values;
	}

	private List<String> ranges(StorableType type) {
		List<String> bounds = of(type.element()).stream()
			.limit(SOME)
			.map((value) -> literal(value, type.element()))
			.toList();
		List<String> values = new ArrayList<>(List.of("empty", "(,)"));
		for (String lower : bounds) {
			values.addAll(attempt(type.name() + "(" + lower + ", NULL, '(]')"));
			for (String upper : bounds) {
				values.addAll(attempt(type.name() + "(" + lower + ", " + upper + ", '[]')"));
			}
		}
		return values;
	}

	private List<String> multiranges(StorableType type) {
		List<String> ranges = of(type.element());
		return Stream
			.concat(Stream.of("{}"),
					ranges.stream()
						.flatMap((range) -> attempt(type.name() + "(" + literal(range, type.element()) + ")").stream()))
			.distinct()
			.toList();
	}

	private List<String> attempt(String expression) {
		try {
			return query("SELECT (" + expression + ")::text");
		}
		catch (DataAccessException ex) {
			// Its lower bound is above its upper one, or its end is beyond the last
			// value.
			return List.of();
		}
	}

	/**
	 * Return the values that a domain takes, as it keeps them: its base may be of a
	 * certain length or precision.
	 */
	private List<String> domain(StorableType type) {
		return of(type.element()).stream()
			.flatMap((value) -> attempt(literal(value, type)).stream())
			.flatMap((value) -> attempt(literal(value, type)).stream())
			.distinct()
			.toList();
	}

	private String text(String expression, StorableType type) {
		return query("SELECT CAST(" + expression + " AS " + type.name() + ")::text").get(0);
	}

	static String literal(String value, StorableType type) {
		return "CAST('" + value.replace("'", "''") + "' AS " + type.name() + ")";
	}

	private List<String> query(String sql, Object... parameters) {
		return this.jdbc.sql(sql).params(parameters).query(String.class).list();
	}

}
