package dev.oriel.admin.schema.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import dev.oriel.admin.schema.Comment;
import dev.oriel.admin.schema.Partitioning;
import dev.oriel.admin.schema.Privileges;
import dev.oriel.admin.schema.RelationKind;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.RowSecurity;
import dev.oriel.admin.schema.Structure;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A relation without what hangs on it.
 */
record RelationRow(long oid, RelationName name, RelationKind kind, Comment comment, @Nullable RelationName partitionOf,
		@Nullable Long estimatedRows, Privileges privileges, boolean unlogged, List<Long> parents,
		Partitioning partitioning, RowSecurity rowSecurity, Structure.Content content, Privileges supported) {

	/*
	 * Up to version 13, PostgreSQL writes 0 for a table that was never counted, later -1.
	 * Of a table with partitions or heirs the rows of all of them count. The numbers 8, 4
	 * and 16 are the bits of INSERT, UPDATE and DELETE in pg_relation_is_updatable, which
	 * fails for a foreign table whose wrapper has no handler.
	 */
	private static final String SQL = """
			WITH RECURSIVE counted(oid, kind, tuples) AS MATERIALIZED (
			  SELECT c.oid, c.relkind, CASE
			      WHEN c.reltuples < 0 OR c.relkind IN ('v', 'p') THEN NULL
			      WHEN c.reltuples = 0 AND c.relpages = 0
			        AND current_setting('server_version_num')::integer < 140000 THEN NULL
			      ELSE c.reltuples::float8
			    END
			  FROM pg_class c
			  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
			), family(root, member) AS (
			  SELECT i.inhparent, i.inhrelid FROM pg_inherits i JOIN counted c ON c.oid = i.inhparent
			  UNION
			  SELECT f.root, i.inhrelid FROM family f JOIN pg_inherits i ON i.inhparent = f.member
			), inherited(root, tuples) AS (
			  SELECT f.root, sum(c.tuples) FROM family f JOIN counted c ON c.oid = f.member GROUP BY f.root
			)
			SELECT c.oid, n.nspname, c.relname, c.relkind, d.description,
			  pn.nspname AS parent_schema, p.relname AS parent_name, heir.parents,
			  c.relpersistence = 'u' AS unlogged, c.relrowsecurity, c.relforcerowsecurity,
			  CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS partition_key,
			  CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END AS partition_bound,
			  c.relispopulated, c.relkind = 'f' AND NOT reachable.yes AS unreachable, supported.events,
			  CASE WHEN i.tuples IS NULL THEN t.tuples ELSE i.tuples + coalesce(t.tuples, 0) END::bigint AS tuples,
			  has_any_column_privilege(c.oid, 'INSERT') AND supported.events & 8 <> 0 AS may_insert,
			  has_any_column_privilege(c.oid, 'UPDATE') AND supported.events & 4 <> 0 AS may_update,
			  has_table_privilege(c.oid, 'DELETE') AND supported.events & 16 <> 0 AS may_delete
			FROM pg_class c
			JOIN pg_namespace n ON n.oid = c.relnamespace
			JOIN counted t ON t.oid = c.oid
			LEFT JOIN inherited i ON i.root = c.oid
			LEFT JOIN pg_inherits h ON h.inhrelid = c.oid AND c.relispartition
			LEFT JOIN pg_class p ON p.oid = h.inhparent
			LEFT JOIN pg_namespace pn ON pn.oid = p.relnamespace
			LEFT JOIN pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0
			LEFT JOIN (
			  SELECT h.inhrelid, array_agg(CAST(h.inhparent AS bigint) ORDER BY h.inhseqno) AS parents
			  FROM pg_inherits h GROUP BY h.inhrelid
			) heir ON heir.inhrelid = c.oid AND NOT c.relispartition
			CROSS JOIN LATERAL (SELECT c.relkind = 'f' AND EXISTS (
			    SELECT FROM pg_foreign_table ft
			    JOIN pg_foreign_server fs ON fs.oid = ft.ftserver
			    JOIN pg_foreign_data_wrapper fw ON fw.oid = fs.srvfdw
			    WHERE ft.ftrelid = c.oid AND fw.fdwhandler <> 0) AS yes
			) reachable
			CROSS JOIN LATERAL (SELECT CASE
			    WHEN c.relkind IN ('r', 'p') THEN 28
			    WHEN c.relkind = 'v' THEN pg_relation_is_updatable(c.oid, true)
			    WHEN c.relkind = 'f' AND reachable.yes THEN pg_relation_is_updatable(c.oid, true)
			    ELSE 0
			  END AS events) supported
			WHERE n.nspname = ANY (CAST(? AS text[]))
			  AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
			  AND has_any_column_privilege(c.oid, 'SELECT')
			  AND NOT EXISTS (
			    SELECT FROM pg_depend e
			    WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.objsubid = 0 AND e.deptype = 'e')
			""";

	static List<RelationRow> read(JdbcClient catalog, List<String> schemas) {
		return catalog.sql(SQL)
			.param(schemas.toArray(String[]::new))
			.query((row, number) -> RelationRow.of(row))
			.list();
	}

	private static RelationRow of(ResultSet row) throws SQLException {
		RelationName name = new RelationName(row.getString("nspname"), row.getString("relname"));
		Privileges privileges = new Privileges(true, row.getBoolean("may_insert"), row.getBoolean("may_update"),
				row.getBoolean("may_delete"));
		return new RelationRow(row.getLong("oid"), name, kind(row.getString("relkind")),
				Comment.parse(row.getString("description")), parent(row), row.getObject("tuples", Long.class),
				privileges, row.getBoolean("unlogged"), Rows.longs(row, "parents"), partitioning(row),
				new RowSecurity(row.getBoolean("relrowsecurity"), row.getBoolean("relforcerowsecurity")), content(row),
				supported(row.getInt("events")));
	}

	private static Partitioning partitioning(ResultSet row) throws SQLException {
		String key = row.getString("partition_key");
		String bound = row.getString("partition_bound");
		return (key != null || bound != null) ? new Partitioning(key, bound) : Partitioning.NONE;
	}

	private static Structure.Content content(ResultSet row) throws SQLException {
		if (row.getBoolean("unreachable")) {
			return Structure.Content.UNREACHABLE;
		}
		return row.getBoolean("relispopulated") ? Structure.Content.PRESENT : Structure.Content.UNPOPULATED;
	}

	private static Privileges supported(int events) {
		return new Privileges(true, (events & 8) != 0, (events & 4) != 0, (events & 16) != 0);
	}

	private static @Nullable RelationName parent(ResultSet row) throws SQLException {
		String schema = row.getString("parent_schema");
		return (schema != null) ? new RelationName(schema, row.getString("parent_name")) : null;
	}

	private static RelationKind kind(String relkind) {
		return switch (relkind) {
			case "r" -> RelationKind.TABLE;
			case "p" -> RelationKind.PARTITIONED_TABLE;
			case "v" -> RelationKind.VIEW;
			case "m" -> RelationKind.MATERIALIZED_VIEW;
			case "f" -> RelationKind.FOREIGN_TABLE;
			default -> throw new IllegalArgumentException("Unknown kind of relation: " + relkind);
		};
	}

}
