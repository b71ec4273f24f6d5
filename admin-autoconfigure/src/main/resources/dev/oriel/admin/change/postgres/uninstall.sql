-- Takes change capture out of the database: all triggers, functions and tables of it.

DO $$
DECLARE
	capture record;
BEGIN
	FOR capture IN
		SELECT t.tgname, t.tgrelid::regclass AS relation
		FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace n ON n.oid = p.pronamespace
		WHERE n.nspname = 'oriel' AND p.proname LIKE 'capture\_%' AND NOT t.tgisinternal
	LOOP
		EXECUTE format('DROP TRIGGER %I ON %s', capture.tgname, capture.relation);
	END LOOP;
	FOR capture IN
		SELECT p.oid::regprocedure AS function
		FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
		WHERE n.nspname = 'oriel' AND p.proname LIKE 'capture\_%'
	LOOP
		EXECUTE format('DROP FUNCTION %s', capture.function);
	END LOOP;
END
$$;

DROP TABLE IF EXISTS oriel.outbox_state, oriel.outbox;
