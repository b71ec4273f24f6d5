-- The tables that hold the rows of one table, as they are written in SQL, and which of our triggers each has, enabled
-- or not.
WITH RECURSIVE member (oid) AS (
	SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')
	UNION
	SELECT i.inhrelid FROM member m JOIN pg_inherits i ON i.inhparent = m.oid
	JOIN pg_class c ON c.oid = i.inhrelid AND c.relkind IN ('r', 'p')
)
SELECT format('%I.%I', n.nspname, c.relname), t.tgname, t.tgenabled IN ('O', 'A')
FROM member m JOIN pg_class c ON c.oid = m.oid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_trigger t ON t.tgrelid = m.oid AND NOT t.tgisinternal AND t.tgname LIKE 'oriel\_capture\_%'
ORDER BY m.oid, t.tgname
