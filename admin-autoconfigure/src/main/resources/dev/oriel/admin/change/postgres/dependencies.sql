-- Which stored relations each relation gets its rows from: a table from itself, a view from what it selects, a
-- partition from its root (where writes are noted), a parent from the tables that inherit from it, a table with row
-- security from what its policies look at. A function that is called is looked through where its body is parsed (BEGIN
-- ATOMIC); of one between quotes PostgreSQL does not know what it reads. A statement that names a parent is noted there, whichever rows it changes.
WITH RECURSIVE relation AS (
	SELECT c.oid, c.relkind, c.relispartition, c.relrowsecurity
	FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_'
		AND n.nspname NOT IN ('information_schema', 'oriel')
), needed (reader, classid, objid) AS (
	SELECT r.ev_class, 'pg_rewrite'::regclass::oid, r.oid
	FROM pg_rewrite r JOIN relation v ON v.oid = r.ev_class AND v.relkind = 'v'
	UNION
	SELECT p.polrelid, 'pg_policy'::regclass, p.oid
	FROM pg_policy p JOIN relation t ON t.oid = p.polrelid AND t.relrowsecurity
	UNION
	SELECT n.reader, d.refclassid, d.refobjid
	FROM needed n JOIN pg_depend d ON d.classid = n.classid AND d.objid = n.objid
	WHERE n.classid <> 'pg_class'::regclass AND d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass)
), edge (reader, source) AS (
	SELECT reader, objid FROM needed WHERE classid = 'pg_class'::regclass AND objid <> reader
	UNION
	SELECT oid, pg_partition_root(oid)::oid FROM relation WHERE relispartition
	UNION
	SELECT i.inhparent, i.inhrelid
	FROM pg_inherits i JOIN relation c ON c.oid = i.inhrelid AND NOT c.relispartition
), source (reader, oid) AS (
	SELECT oid, oid FROM relation
	UNION
	SELECT s.reader, e.source FROM source s JOIN edge e ON e.reader = s.oid
), noted (reader, oid) AS (
	SELECT reader, oid FROM source
	UNION
	SELECT n.reader, i.inhparent
	FROM noted n JOIN pg_inherits i ON i.inhrelid = n.oid JOIN relation c ON c.oid = n.oid AND NOT c.relispartition
)
SELECT rn.nspname, r.relname, sn.nspname, s.relname
FROM noted
JOIN relation stored ON stored.oid = noted.oid AND stored.relkind <> 'v' AND NOT stored.relispartition
JOIN pg_class r ON r.oid = noted.reader JOIN pg_namespace rn ON rn.oid = r.relnamespace
JOIN pg_class s ON s.oid = noted.oid JOIN pg_namespace sn ON sn.oid = s.relnamespace
