-- What can be seen from outside of the writes to some relations, their partitions and heirs included: how many rows
-- were inserted, updated and deleted so far, and which files the rows are in (a TRUNCATE, a REFRESH or a rewrite makes
-- new ones), and since when is counted (a crash makes PostgreSQL begin anew).
WITH RECURSIVE watched AS (
	SELECT c.oid, w.ordinality
	FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS w (schema, name, ordinality)
	JOIN pg_namespace n ON n.nspname = w.schema
	JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.name
), member (ordinality, oid) AS (
	SELECT ordinality, oid FROM watched
	UNION
	SELECT m.ordinality, i.inhrelid FROM member m JOIN pg_inherits i ON i.inhparent = m.oid
)
SELECT m.ordinality,
	coalesce(sum(pg_stat_get_tuples_inserted(m.oid) + pg_stat_get_tuples_updated(m.oid)
		+ pg_stat_get_tuples_deleted(m.oid)), 0) AS written,
	concat_ws(' ', pg_stat_get_bgwriter_stat_reset_time(), string_agg(pg_relation_filenode(m.oid)::text, ' ' ORDER BY m.oid))
		AS state
FROM member m
GROUP BY m.ordinality
