-- The tables that hold the rows of one table, as they are written in SQL: which table each is a partition of (itself, if
-- of none), and which of our triggers each has, enabled or not, and what they call.
WITH RECURSIVE member (oid, root) AS (
	SELECT c.oid, c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')
	UNION
	SELECT i.inhrelid, CASE WHEN c.relispartition THEN m.root ELSE i.inhrelid END
	FROM member m JOIN pg_inherits i ON i.inhparent = m.oid
	JOIN pg_class c ON c.oid = i.inhrelid AND c.relkind IN ('r', 'p')
)
SELECT format('%I.%I', n.nspname, c.relname), rn.nspname, r.relname, t.tgname, t.tgenabled IN ('O', 'A'), p.proname
FROM member m
JOIN pg_class c ON c.oid = m.oid JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_class r ON r.oid = m.root JOIN pg_namespace rn ON rn.oid = r.relnamespace
LEFT JOIN (pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid)
	ON t.tgrelid = m.oid AND NOT t.tgisinternal AND t.tgname LIKE 'oriel\_capture\_%'
ORDER BY m.oid, t.tgname
