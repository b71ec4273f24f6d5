package dev.oriel.admin.schema.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.Comment;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.schema.Privileges;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The columns of some relations.
 */
final class ColumnCatalog {

	/*
	 * A privilege on a relation holds for all its columns, so only columns with grants of
	 * their own are asked about. A column of a view can be written if its view hands the
	 * whole row to a trigger (64: INSTEAD OF, 4: INSERT, 16: UPDATE) or a rule, or if
	 * PostgreSQL can trace it to a column of a table. A NOT NULL that was never validated
	 * promises nothing about the rows that are there.
	 */
	private static final String SQL = """
			WITH relation AS MATERIALIZED (
			  SELECT c.oid, c.relkind,
			    has_table_privilege(c.oid, 'SELECT') AS may_select,
			    has_table_privilege(c.oid, 'INSERT') AS may_insert,
			    has_table_privilege(c.oid, 'UPDATE') AS may_update,
			    c.relkind = 'v' AND (
			      EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgtype & 68 = 68)
			      OR EXISTS (SELECT FROM pg_rewrite w WHERE w.ev_class = c.oid AND w.ev_type = '3' AND w.is_instead)
			    ) AS takes_insert,
			    c.relkind = 'v' AND (
			      EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgtype & 80 = 80)
			      OR EXISTS (SELECT FROM pg_rewrite w WHERE w.ev_class = c.oid AND w.ev_type = '2' AND w.is_instead)
			    ) AS takes_update
			  FROM unnest(CAST(? AS oid[])) r(oid) JOIN pg_class c ON c.oid = r.oid
			)
			SELECT a.attrelid, a.attnum, a.attname, a.atttypid, format_type(a.atttypid, a.atttypmod) AS declared_type,
			  a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid) AS default_expression, c.description,
			  a.attnotnull AND (a.attrelid, a.attnum) NOT IN (
			    SELECT k.conrelid, k.conkey[1] FROM pg_constraint k
			    WHERE k.contype = 'n' AND k.conrelid <> 0 AND NOT k.convalidated
			  ) AS not_null,
			  r.may_select OR a.attacl IS NOT NULL AND has_column_privilege(r.oid, a.attnum, 'SELECT') AS may_select,
			  (r.may_insert OR a.attacl IS NOT NULL AND has_column_privilege(r.oid, a.attnum, 'INSERT'))
			    AND (r.relkind <> 'v' OR r.takes_insert OR pg_column_is_updatable(r.oid, a.attnum, true)) AS may_insert,
			  (r.may_update OR a.attacl IS NOT NULL AND has_column_privilege(r.oid, a.attnum, 'UPDATE'))
			    AND (r.relkind <> 'v' OR r.takes_update OR pg_column_is_updatable(r.oid, a.attnum, true)) AS may_update
			FROM relation r
			JOIN pg_attribute a ON a.attrelid = r.oid
			LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
			LEFT JOIN pg_description c
			  ON c.objoid = a.attrelid AND c.classoid = 'pg_class'::regclass AND c.objsubid = a.attnum
			WHERE a.attnum > 0 AND NOT a.attisdropped
			ORDER BY a.attrelid, a.attnum
			""";

	/**
	 * Rows that are in memory at a time: there are many, and each is only looked at once.
	 */
	private static final int FETCH_SIZE = 2_000;

	private static final Privileges NONE = new Privileges(false, false, false, false);

	private final Map<Long, List<Column>> columns = new HashMap<>();

	private final TypeCatalog types;

	private final Map<Long, Privileges> limits = new HashMap<>();

	private final Shared shared = new Shared();

	private ColumnCatalog(TypeCatalog types, List<RelationRow> relations) {
		this.types = types;
		relations.forEach((relation) -> this.limits.put(relation.oid(), relation.privileges()));
	}

	static ColumnCatalog read(JdbcClient catalog, long[] oids, List<RelationRow> relations, TypeCatalog types) {
		ColumnCatalog columns = new ColumnCatalog(types, relations);
		RowCallbackHandler add = columns::add;
		catalog.sql(SQL).withFetchSize(FETCH_SIZE).param(oids).query(add);
		return columns;
	}

	/**
	 * Return the columns of a relation in their declared order.
	 */
	List<Column> of(long relation) {
		return this.columns.getOrDefault(relation, List.of());
	}

	private void add(ResultSet row) throws SQLException {
		long relation = row.getLong("attrelid");
		this.columns.computeIfAbsent(relation, (oid) -> new ArrayList<>()).add(column(row, relation));
	}

	private Column column(ResultSet row, long relation) throws SQLException {
		long typeOid = row.getLong("atttypid");
		DataType type = this.types.type(typeOid);
		boolean nullable = !row.getBoolean("not_null") && !forbidsNull(type);
		String defaultExpression = row.getString("default_expression");
		Comment comment = Comment.parse(row.getString("description"));
		return new Column(shared(row.getString("attname")), row.getInt("attnum"), type,
				shared(row.getString("declared_type")), nullable,
				(defaultExpression != null) ? shared(defaultExpression) : this.types.defaultExpression(typeOid),
				identity(row.getString("attidentity")), generation(row.getString("attgenerated")), comment.text(),
				shared(privileges(row, relation)), comment.tags());
	}

	private Privileges privileges(ResultSet row, long relation) throws SQLException {
		Privileges limit = this.limits.getOrDefault(relation, NONE);
		return new Privileges(row.getBoolean("may_select"), limit.insert() && row.getBoolean("may_insert"),
				limit.update() && row.getBoolean("may_update"), limit.delete());
	}

	private <T> T shared(T value) {
		return this.shared.one(value);
	}

	private static boolean forbidsNull(DataType type) {
		return type instanceof DataType.Domain domain && (domain.notNull() || forbidsNull(domain.base()));
	}

	private static Column.Identity identity(@Nullable String attidentity) {
		return switch ((attidentity != null) ? attidentity : "") {
			case "a" -> Column.Identity.ALWAYS;
			case "d" -> Column.Identity.BY_DEFAULT;
			default -> Column.Identity.NONE;
		};
	}

	private static Column.Generation generation(@Nullable String attgenerated) {
		return switch ((attgenerated != null) ? attgenerated : "") {
			case "" -> Column.Generation.NONE;
			case "v" -> Column.Generation.VIRTUAL;
			default -> Column.Generation.STORED;
		};
	}

}
