-- Which stored relations each relation gets its rows from: a table from itself, a view from what it selects, a
-- partition from its root (where writes are noted), a parent from the tables that inherit from it.
WITH RECURSIVE relation AS (
	SELECT c.oid, c.relkind, c.relispartition
	FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_'
		AND n.nspname NOT IN ('information_schema', 'oriel')
), edge (reader, source) AS (
	SELECT r.ev_class, d.refobjid
	FROM pg_rewrite r
	JOIN relation v ON v.oid = r.ev_class AND v.relkind = 'v'
	JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
		AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class
	UNION
	SELECT oid, pg_partition_root(oid)::oid FROM relation WHERE relispartition
	UNION
	SELECT i.inhparent, i.inhrelid
	FROM pg_inherits i JOIN relation c ON c.oid = i.inhrelid AND NOT c.relispartition
), source (reader, oid) AS (
	SELECT oid, oid FROM relation
	UNION
	SELECT s.reader, e.source FROM source s JOIN edge e ON e.reader = s.oid
)
SELECT rn.nspname, r.relname, sn.nspname, s.relname
FROM source
JOIN relation stored ON stored.oid = source.oid AND stored.relkind <> 'v' AND NOT stored.relispartition
JOIN pg_class r ON r.oid = source.reader JOIN pg_namespace rn ON rn.oid = r.relnamespace
JOIN pg_class s ON s.oid = source.oid JOIN pg_namespace sn ON sn.oid = s.relnamespace
