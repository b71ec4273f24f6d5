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
	 * Rows of the catalogue are told apart by the transaction that wrote them, which is
	 * cheap. The exceptions are pg_class, whose rows are also rewritten by TRUNCATE and
	 * REFRESH MATERIALIZED VIEW and so are compared by content, and everything temporary,
	 * which is left out.
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
			  SELECT c.oid, c.relname, c.relkind, c.relowner, c.relnamespace, c.relispartition, c.relacl
			  FROM pg_class c JOIN shown s ON s.oid = c.relnamespace
			  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
			)
			SELECT current_database() AS database,
			  ARRAY(SELECT s.nspname::text FROM shown s WHERE has_schema_privilege(s.oid, 'USAGE')) AS schemas,
			  concat_ws(' ', current_setting('is_superuser'), current_user::text,
			    (SELECT sum(hashint8extended(u.oid::bigint, u.written::text::bigint)) FROM usable u),
			    (SELECT sum(hashtextextended(concat_ws(' ', r.oid, r.relnamespace, r.relowner, r.relkind,
			          r.relispartition, r.relacl, r.relname), 0)) FROM relation r),
			    (SELECT sum(hashint8extended(a.attrelid::bigint << 16 | a.attnum, a.xmin::text::bigint))
			      FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid WHERE a.attnum > 0),
			    (SELECT sum(hashint8extended(d.oid::bigint, d.xmin::text::bigint))
			      FROM relation r JOIN pg_attrdef d ON d.adrelid = r.oid),
			    (SELECT sum(hashint8extended(t.oid::bigint, t.xmin::text::bigint))
			      FROM usable u JOIN pg_type t ON t.typnamespace = u.oid),
			    (SELECT sum(hashint8extended(e.oid::bigint, e.xmin::text::bigint)) FROM pg_enum e),
			    (SELECT sum(hashint8extended(c.oid::bigint, c.xmin::text::bigint))
			      FROM usable u JOIN pg_constraint c ON c.connamespace = u.oid),
			    (SELECT sum(hashint8extended(i.indexrelid::bigint, i.xmin::text::bigint))
			      FROM relation r JOIN pg_index i ON i.indrelid = r.oid),
			    (SELECT sum(hashint8extended(i.inhrelid::bigint, i.inhparent::bigint))
			      FROM relation r JOIN pg_inherits i ON i.inhrelid = r.oid),
			    (SELECT sum(hashint8extended(d.objoid::bigint << 16 | d.objsubid, d.xmin::text::bigint))
			      FROM relation r JOIN pg_description d ON d.objoid = r.oid AND d.classoid = 'pg_class'::regclass),
			    (SELECT sum(hashint8extended(w.oid::bigint, w.xmin::text::bigint))
			      FROM relation r JOIN pg_rewrite w ON w.ev_class = r.oid),
			    (SELECT sum(hashint8extended(t.oid::bigint, t.xmin::text::bigint))
			      FROM relation r JOIN pg_trigger t ON t.tgrelid = r.oid WHERE r.relkind = 'v'),
			    (SELECT sum(hashint8extended(m.roleid::bigint << 32 | m.member::bigint, m.xmin::text::bigint))
			      FROM pg_auth_members m)
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
