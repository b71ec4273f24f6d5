package dev.oriel.admin.schema.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.schema.Enforcement;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.RelationName;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The foreign keys between some relations. Keys that point outside of them are left out.
 */
final class ForeignKeyCatalog {

	/*
	 * A key that points at a partitioned table has further constraints, one for each of
	 * its partitions, which are no keys in their own right. They are the ones that point
	 * at another table than the constraint at the root of their family. Whether a key is
	 * enforced, and whether it is one over a period, is known since version 18; before,
	 * those names stand for the constants further out. A key over a period points at
	 * several rows, so it is left to the constraints.
	 */
	private static final String SQL = """
			WITH RECURSIVE relation(oid) AS MATERIALIZED (
			  SELECT unnest(CAST(? AS oid[]))
			), key(oid, target) AS (
			  SELECT k.oid, k.confrelid FROM pg_constraint k WHERE k.contype = 'f' AND k.conparentid = 0
			  UNION ALL
			  SELECT k.oid, parent.target
			  FROM key parent JOIN pg_constraint k ON k.conparentid = parent.oid AND k.contype = 'f'
			)
			SELECT k.conname, k.conrelid, k.confrelid, k.confdeltype, k.confupdtype, k.convalidated,
			  k.condeferrable, k.condeferred, k.enforced,
			  CAST(k.conkey AS integer[]) AS columns, CAST(k.confkey AS integer[]) AS target_columns,
			  EXISTS (SELECT FROM pg_constraint u WHERE u.conrelid = k.conrelid AND u.contype IN ('p', 'u')
			    AND u.conkey @> k.conkey AND u.conkey <@ k.conkey) AS is_unique
			FROM key
			CROSS JOIN (SELECT true AS conenforced, false AS conperiod) absent
			JOIN LATERAL (
			  SELECT f.*, conenforced AS enforced, conperiod AS period FROM pg_constraint f WHERE f.contype = 'f'
			) k ON k.oid = key.oid AND k.confrelid = key.target
			JOIN relation source ON source.oid = k.conrelid
			JOIN relation target ON target.oid = k.confrelid
			WHERE NOT k.period
			ORDER BY k.conrelid, k.conname
			""";

	private final Map<Long, List<KeyRow>> keys = new HashMap<>();

	private ForeignKeyCatalog() {
	}

	static ForeignKeyCatalog read(JdbcClient catalog, long[] relations) {
		ForeignKeyCatalog keys = new ForeignKeyCatalog();
		catalog.sql(SQL)
			.param(relations)
			.query((row, number) -> KeyRow.of(row))
			.list()
			.forEach((key) -> keys.keys.computeIfAbsent(key.source(), (oid) -> new ArrayList<>()).add(key));
		return keys;
	}

	/**
	 * Return the foreign keys a relation holds, in the order of their names.
	 */
	List<ForeignKey> of(long relation, Map<Long, RelationName> names, Map<Long, Attributes> attributes) {
		return this.keys.getOrDefault(relation, List.of())
			.stream()
			.filter((key) -> names.containsKey(key.target()))
			.map((key) -> new ForeignKey(key.name(), names.get(key.source()),
					attributes.get(key.source()).names(key.columns()), names.get(key.target()),
					attributes.get(key.target()).names(key.targetColumns()), key.onDelete(), key.unique(),
					key.onUpdate(), key.enforcement()))
			.toList();
	}

	/**
	 * Return all keys.
	 */
	List<KeyRow> all() {
		return this.keys.values().stream().flatMap(List::stream).toList();
	}

	/**
	 * A key, with relations and columns by their numbers.
	 */
	record KeyRow(String name, long source, long target, ForeignKey.Action onDelete, List<Integer> columns,
			List<Integer> targetColumns, boolean unique, ForeignKey.Action onUpdate, Enforcement enforcement) {

		static KeyRow of(ResultSet row) throws SQLException {
			return new KeyRow(row.getString("conname"), row.getLong("conrelid"), row.getLong("confrelid"),
					action(row.getString("confdeltype")), Rows.numbers(row, "columns"),
					Rows.numbers(row, "target_columns"), row.getBoolean("is_unique"),
					action(row.getString("confupdtype")), Rows.enforcement(row));
		}

		private static ForeignKey.Action action(String letter) {
			return switch (letter) {
				case "a" -> ForeignKey.Action.NO_ACTION;
				case "r" -> ForeignKey.Action.RESTRICT;
				case "c" -> ForeignKey.Action.CASCADE;
				case "n" -> ForeignKey.Action.SET_NULL;
				case "d" -> ForeignKey.Action.SET_DEFAULT;
				default -> throw new IllegalArgumentException("Unknown action of a foreign key: " + letter);
			};
		}

	}

}
