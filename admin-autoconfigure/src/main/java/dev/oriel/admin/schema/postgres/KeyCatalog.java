package dev.oriel.admin.schema.postgres;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.schema.UniqueKey;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The primary and unique keys of some relations, as far as they name rows: all columns
 * are plain columns and never NULL, and every row is covered.
 */
final class KeyCatalog {

	private static final String SQL = """
			SELECT i.indrelid, c.relname, i.indisprimary,
			  (CAST(i.indkey AS integer[]))[0 : i.indnkeyatts - 1] AS columns
			FROM unnest(CAST(? AS oid[])) r(oid)
			JOIN pg_index i ON i.indrelid = r.oid
			JOIN pg_class c ON c.oid = i.indexrelid
			WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
			ORDER BY i.indrelid, c.relname
			""";

	private final Map<Long, List<KeyRow>> keys = new HashMap<>();

	private KeyCatalog() {
	}

	static KeyCatalog read(JdbcClient catalog, long[] relations) {
		KeyCatalog keys = new KeyCatalog();
		catalog.sql(SQL)
			.param(relations)
			.query((row, number) -> new KeyRow(row.getLong("indrelid"), row.getString("relname"),
					row.getBoolean("indisprimary"), Rows.numbers(row, "columns")))
			.list()
			.forEach((key) -> keys.keys.computeIfAbsent(key.relation(), (oid) -> new ArrayList<>()).add(key));
		return keys;
	}

	/**
	 * Return the names of the primary key's columns, in the key's order.
	 */
	List<String> primaryKey(long relation, Attributes attributes) {
		return of(relation).stream()
			.filter(KeyRow::primary)
			.map((key) -> attributes.names(key.columns()))
			.findFirst()
			.orElse(List.of());
	}

	/**
	 * Return the other keys, in the order of their names.
	 */
	List<UniqueKey> uniqueKeys(long relation, Attributes attributes) {
		return of(relation).stream()
			.filter((key) -> !key.primary() && attributes.neverNull(key.columns()))
			.map((key) -> new UniqueKey(key.name(), attributes.names(key.columns())))
			.toList();
	}

	private List<KeyRow> of(long relation) {
		return this.keys.getOrDefault(relation, List.of());
	}

	private record KeyRow(long relation, String name, boolean primary, List<Integer> columns) {
	}

}
