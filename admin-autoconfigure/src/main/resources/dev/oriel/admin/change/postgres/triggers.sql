-- For each table that is nobody's partition: how many tables hold its rows, how many of our triggers they have, how
-- many of those are enabled, what the capture function of itself and its partitions looks like and of which key it tells (neither where
-- there are several that differ), and whether triggers may be put on it. A table that inherits is told by itself.
WITH RECURSIVE root AS (
	SELECT c.oid, n.nspname, c.relname
	FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
		AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'oriel')
), member (root, oid, own) AS (
	SELECT oid, oid, true FROM root
	UNION
	SELECT m.root, i.inhrelid, m.own AND c.relispartition
	FROM member m JOIN pg_inherits i ON i.inhparent = m.oid
	JOIN pg_class c ON c.oid = i.inhrelid AND c.relkind IN ('r', 'p')
), capture AS (
	SELECT t.tgrelid, count(*) AS present, count(*) FILTER (WHERE t.tgenabled IN ('O', 'A')) AS enabled,
		CASE WHEN min(t.tgfoid) = max(t.tgfoid) THEN min(md5(p.prosrc)) ELSE '' END AS source,
		CASE WHEN min(t.tgfoid) = max(t.tgfoid) THEN min(substring(p.prosrc FROM 'TG_RELID, ''.'', ([0-9]+),')) END AS key_hash
	FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
	WHERE NOT t.tgisinternal AND t.tgname IN ('oriel_capture_insert', 'oriel_capture_update',
		'oriel_capture_delete', 'oriel_capture_truncate')
	GROUP BY t.tgrelid
)
SELECT root.nspname, root.relname, count(*) AS members, coalesce(sum(c.present), 0) AS present,
	coalesce(sum(c.enabled), 0) AS enabled,
	CASE WHEN min(c.source) FILTER (WHERE m.own) = max(c.source) FILTER (WHERE m.own)
		THEN min(c.source) FILTER (WHERE m.own) END AS source,
	CASE WHEN bool_and(c.key_hash IS NOT NULL) FILTER (WHERE m.own)
			AND min(c.key_hash) FILTER (WHERE m.own) = max(c.key_hash) FILTER (WHERE m.own)
		THEN min(c.key_hash) FILTER (WHERE m.own)::int END AS key_hash,
	bool_and(has_table_privilege(m.oid, 'TRIGGER')) AS installable
FROM root JOIN member m ON m.root = root.oid LEFT JOIN capture c ON c.tgrelid = m.oid
GROUP BY root.nspname, root.relname
