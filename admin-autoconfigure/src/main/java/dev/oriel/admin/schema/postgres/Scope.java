package dev.oriel.admin.schema.postgres;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a reading starts from.
 *
 * @param database the name of the database
 * @param schemas the schemas that may be used, in no order
 * @param fingerprint a text that differs when the catalogue was changed
 */
record Scope(String database, List<String> schemas, String fingerprint) {

	/*
	 * What was written by which transaction tells whether anything was written since, and
	 * costs less than the content. The exceptions are pg_class, whose rows are also
	 * written by TRUNCATE and REFRESH MATERIALIZED VIEW and so are compared by content,
	 * and everything temporary, which is left out. Views get keys from relations that are
	 * not shown, so definitions and indexes count everywhere. 16384 is the first OID that
	 * is given to anything people create.
	 */
	private static final String SQL = """
			WITH wanted(schemas) AS (
			  SELECT CAST(? AS text[])
			), usable AS MATERIALIZED (
			  SELECT n.oid, n.nspname, n.xmin AS written
			  FROM pg_namespace n
			  WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'oriel')
			), shown AS MATERIALIZED (
			  SELECT u.oid, u.nspname
			  FROM usable u, wanted w
			  WHERE w.schemas = '{}' OR u.nspname = ANY (w.schemas)
			), relation AS MATERIALIZED (
			  SELECT c.oid, c.relname, c.relkind, c.relowner, c.relnamespace, c.relispartition, c.relacl,
			    c.relpersistence, c.relrowsecurity, c.relforcerowsecurity, c.relispopulated
			  FROM pg_class c JOIN shown s ON s.oid = c.relnamespace
			  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
			), written(source, transaction, rows) AS (
			  SELECT 'namespace', u.written, count(*) FROM usable u GROUP BY u.written
			  UNION ALL
			  SELECT 'attribute', a.xmin, count(*)
			  FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid
			  WHERE a.attrelid >= 16384 AND a.attnum > 0 GROUP BY a.xmin
			  UNION ALL
			  SELECT 'attrdef', d.xmin, count(*)
			  FROM relation r JOIN pg_attrdef d ON d.adrelid = r.oid GROUP BY d.xmin
			  UNION ALL
			  SELECT 'type', t.xmin, count(*)
			  FROM usable u JOIN pg_type t ON t.typnamespace = u.oid GROUP BY t.xmin
			  UNION ALL
			  SELECT 'enum', e.xmin, count(*) FROM pg_enum e GROUP BY e.xmin
			  UNION ALL
			  SELECT 'constraint', k.xmin, count(*)
			  FROM usable u JOIN pg_constraint k ON k.connamespace = u.oid GROUP BY k.xmin
			  UNION ALL
			  SELECT 'index', i.xmin, count(*)
			  FROM usable u JOIN pg_class c ON c.relnamespace = u.oid JOIN pg_index i ON i.indrelid = c.oid GROUP BY i.xmin
			  UNION ALL
			  SELECT 'inherits', i.xmin, count(*)
			  FROM relation r JOIN pg_inherits i ON i.inhrelid = r.oid GROUP BY i.xmin
			  UNION ALL
			  SELECT 'description', d.xmin, count(*)
			  FROM relation r JOIN pg_description d ON d.objoid = r.oid AND d.classoid = 'pg_class'::regclass
			  WHERE d.objoid >= 16384 GROUP BY d.xmin
			  UNION ALL
			  SELECT 'rewrite', w.xmin, count(*)
			  FROM usable u JOIN pg_class c ON c.relnamespace = u.oid JOIN pg_rewrite w ON w.ev_class = c.oid GROUP BY w.xmin
			  UNION ALL
			  SELECT 'trigger', t.xmin, count(*)
			  FROM relation r JOIN pg_trigger t ON t.tgrelid = r.oid WHERE r.relkind = 'v' GROUP BY t.xmin
			  UNION ALL
			  SELECT 'proc', p.xmin, count(*)
			  FROM shown s JOIN pg_proc p ON p.pronamespace = s.oid GROUP BY p.xmin
			  UNION ALL
			  SELECT 'proc_description', d.xmin, count(*)
			  FROM shown s JOIN pg_proc p ON p.pronamespace = s.oid
			  JOIN pg_description d ON d.objoid = p.oid AND d.classoid = 'pg_proc'::regclass
			  WHERE d.objoid >= 16384 GROUP BY d.xmin
			  UNION ALL
			  SELECT 'auth_members', m.xmin, count(*) FROM pg_auth_members m GROUP BY m.xmin
			)
			SELECT current_database() AS database,
			  ARRAY(SELECT s.nspname::text FROM shown s WHERE has_schema_privilege(s.oid, 'USAGE')) AS schemas,
			  concat_ws(' ', current_setting('is_superuser'), current_user,
			    (SELECT sum(hashtextextended(concat_ws(' ', r.oid, r.relnamespace, r.relowner, r.relkind,
			          r.relispartition, r.relpersistence, r.relrowsecurity, r.relforcerowsecurity, r.relispopulated,
			          r.relacl, r.relname), 0)) FROM relation r),
			    (SELECT sum(hashtextextended(concat_ws(' ', c.oid, c.relname), 0))
			      FROM relation r JOIN pg_index i ON i.indrelid = r.oid JOIN pg_class c ON c.oid = i.indexrelid),
			    (SELECT sum(hashtextextended(concat_ws(' ', w.source, w.transaction, w.rows), 0)) FROM written w)
			  ) AS fingerprint
			""";

	Scope {
		schemas = List.copyOf(schemas);
	}

	static Scope read(JdbcClient catalog, ReflectionSettings settings) {
		return catalog.sql(SQL)
			.param(settings.schemas().toArray(String[]::new))
			.query((row, number) -> new Scope(row.getString("database"), Rows.texts(row, "schemas"),
					row.getString("fingerprint")))
			.single();
	}

}
