package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A type of {@code pg_type} that a column can have.
 *
 * @param oid the OID
 * @param name the name for casts
 * @param kind the letter of {@code typtype}, or {@code array}
 * @param element what it is made of: of arrays, domains, ranges and multiranges
 * @param fields what it is made of: of row types
 */
record StorableType(long oid, String name, String kind, @Nullable StorableType element, List<StorableType> fields) {

	/*
	 * The row types of relations are composite types like any other; one of the fixture
	 * stands for all. Pseudo-types are for functions only.
	 */
	private static final String SQL = """
			SELECT t.oid, format_type(t.oid, -1) AS name, t.typrelid,
			  CASE WHEN e.typarray = t.oid THEN 'array' ELSE t.typtype::text END AS kind,
			  coalesce(CASE WHEN e.typarray = t.oid THEN e.oid END, nullif(t.typbasetype, 0), r.rngsubtype, m.rngtypid)
			    AS element
			FROM pg_type t
			LEFT JOIN pg_type e ON e.oid = t.typelem
			LEFT JOIN pg_range r ON r.rngtypid = t.oid
			LEFT JOIN pg_range m ON m.rngmultitypid = t.oid
			LEFT JOIN pg_class c ON c.oid = coalesce(nullif(t.typrelid, 0), e.typrelid)
			WHERE t.typtype <> 'p' AND t.typisdefined AND (e.oid IS NULL OR e.typtype <> 'p' OR e.typarray <> t.oid)
			  AND (c.oid IS NULL OR c.relkind = 'c' OR c.relname = 'crew')
			ORDER BY t.oid
			""";

	/**
	 * Return all types of a database.
	 */
	static List<StorableType> all(JdbcClient jdbc) {
		Map<Long, Map<String, Object>> rows = new LinkedHashMap<>();
		jdbc.sql(SQL).query().listOfRows().forEach((row) -> rows.put(number(row, "oid"), row));
		Map<Long, StorableType> types = new LinkedHashMap<>();
		List<StorableType> all = new ArrayList<>();
		rows.keySet().forEach((oid) -> all.add(type(oid, rows, types, jdbc)));
		return all;
	}

	private static StorableType type(long oid, Map<Long, Map<String, Object>> rows, Map<Long, StorableType> types,
			JdbcClient jdbc) {
		StorableType known = types.get(oid);
		if (known != null) {
			return known;
		}
		Map<String, Object> row = rows.get(oid);
		StorableType element = (row.get("element") != null) ? type(number(row, "element"), rows, types, jdbc) : null;
		List<StorableType> fields = jdbc
			.sql("SELECT atttypid::bigint FROM pg_attribute WHERE attrelid = ? AND attnum > 0 ORDER BY attnum")
			.param(number(row, "typrelid"))
			.query(Long.class)
			.list()
			.stream()
			.map((field) -> type(field, rows, types, jdbc))
			.toList();
		StorableType type = new StorableType(oid, (String) row.get("name"), (String) row.get("kind"), element, fields);
		types.put(oid, type);
		return type;
	}

	private static long number(Map<String, Object> row, String name) {
		return ((Number) row.get(name)).longValue();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
