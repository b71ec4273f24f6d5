package dev.oriel.admin.schema.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.schema.Index;
import dev.oriel.admin.schema.UniqueKey;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The indexes of some relations, and the keys among them: a key names rows, because its
 * columns are plain columns and never NULL, every row is in it, and it holds at any
 * moment.
 */
final class IndexCatalog {

	/*
	 * What an expression or a predicate mentions is known from what the index depends on;
	 * 0 stands for the whole row. The number of a part that is an expression is 0, too.
	 */
	private static final String SQL = """
			SELECT i.indrelid, c.relname, m.amname, i.indisprimary, i.indisunique, i.indimmediate, i.indisvalid,
			  i.indnkeyatts, CAST(i.indkey AS integer[]) AS columns,
			  CASE WHEN i.indexprs IS NOT NULL THEN ARRAY(
			    SELECT pg_get_indexdef(i.indexrelid, part, false) FROM generate_series(1, i.indnkeyatts) part
			    WHERE i.indkey[part - 1] = 0 ORDER BY part
			  ) END AS expressions,
			  pg_get_expr(i.indpred, i.indrelid) AS predicate,
			  CASE WHEN i.indexprs IS NOT NULL OR i.indpred IS NOT NULL THEN ARRAY(
			    SELECT d.refobjsubid FROM pg_depend d
			    WHERE d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
			      AND d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid
			  ) END AS mentioned
			FROM unnest(CAST(? AS oid[])) r(oid)
			JOIN pg_index i ON i.indrelid = r.oid
			JOIN pg_class c ON c.oid = i.indexrelid
			JOIN pg_am m ON m.oid = c.relam
			ORDER BY i.indrelid, c.relname
			""";

	private final Map<Long, List<IndexRow>> indexes = new HashMap<>();

	private IndexCatalog() {
	}

	static IndexCatalog read(JdbcClient catalog, long[] relations) {
		IndexCatalog indexes = new IndexCatalog();
		catalog.sql(SQL)
			.param(relations)
			.query((row, number) -> IndexRow.of(row))
			.list()
			.forEach((index) -> indexes.indexes.computeIfAbsent(index.relation(), (oid) -> new ArrayList<>())
				.add(index));
		return indexes;
	}

	/**
	 * Return the names of the primary key's columns, in the key's order.
	 */
	List<String> primaryKey(long relation, Attributes attributes) {
		return rows(relation).stream()
			.filter((index) -> index.primary() && index.isKey())
			.map((index) -> attributes.names(index.keyColumns()))
			.findFirst()
			.orElse(List.of());
	}

	/**
	 * Return the other keys, in the order of their names.
	 */
	List<UniqueKey> uniqueKeys(long relation, Attributes attributes) {
		return rows(relation).stream()
			.filter((index) -> !index.primary() && index.immediate() && index.isKey()
					&& attributes.neverNull(index.keyColumns()))
			.map((index) -> new UniqueKey(index.name(), attributes.names(index.keyColumns())))
			.toList();
	}

	/**
	 * Return the numbers of the primary key's columns, in the key's order.
	 */
	List<Integer> primaryPositions(long relation) {
		return rows(relation).stream()
			.filter((index) -> index.primary() && index.isKey())
			.map(IndexRow::keyColumns)
			.findFirst()
			.orElse(List.of());
	}

	/**
	 * Return the numbers of the columns of each key, those that may be NULL included.
	 */
	List<List<Integer>> positions(long relation) {
		return rows(relation).stream()
			.filter((index) -> index.immediate() && index.isKey())
			.map(IndexRow::keyColumns)
			.toList();
	}

	/**
	 * Return all indexes, in the order of their names.
	 */
	List<Index> of(long relation, Attributes attributes) {
		return rows(relation).stream().map((index) -> index.index(attributes)).toList();
	}

	private List<IndexRow> rows(long relation) {
		return this.indexes.getOrDefault(relation, List.of());
	}

	private record IndexRow(long relation, String name, String method, boolean primary, boolean unique,
			boolean immediate, boolean valid, int keys, List<Integer> columns, List<String> expressions,
			@Nullable String predicate, List<Integer> mentioned) {

		static IndexRow of(ResultSet row) throws SQLException {
			return new IndexRow(row.getLong("indrelid"), row.getString("relname"), row.getString("amname"),
					row.getBoolean("indisprimary"), row.getBoolean("indisunique"), row.getBoolean("indimmediate"),
					row.getBoolean("indisvalid"), row.getInt("indnkeyatts"), Rows.numbers(row, "columns"),
					Rows.texts(row, "expressions"), row.getString("predicate"), Rows.numbers(row, "mentioned"));
		}

		boolean isKey() {
			return this.unique && this.valid && this.predicate == null && this.expressions.isEmpty();
		}

		List<Integer> keyColumns() {
			return this.columns.subList(0, this.keys);
		}

		Index index(Attributes attributes) {
			List<Index.Part> parts = new ArrayList<>();
			int expression = 0;
			for (int column : keyColumns()) {
				parts.add((column != 0) ? new Index.Part(attributes.names(List.of(column)).get(0), false)
						: new Index.Part(this.expressions.get(expression++), true));
			}
			Set<Integer> all = new LinkedHashSet<>(this.mentioned);
			this.columns.stream().filter((column) -> column != 0).forEach(all::add);
			return new Index(this.name, this.method, this.primary, this.unique, this.valid, parts,
					attributes.names(this.columns.subList(this.keys, this.columns.size())), this.predicate,
					attributes.mentioned(all));
		}

	}

}
