-- Wakes whoever listens when the schema changes. Can be repeated; needs a role that may create event triggers, and
-- does nothing for any other.
DO $install$
BEGIN
	IF (SELECT count(*) = 2 FROM pg_event_trigger WHERE evtname IN ('oriel_ddl', 'oriel_drop')) THEN
		RETURN;
	END IF;
	CREATE OR REPLACE FUNCTION oriel.note_ddl() RETURNS event_trigger
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
	AS $note$
	-- Whatever goes wrong in here must not fail the statement, hence the inner block with its handler. A missed wake-up
	-- costs nothing but time, because the catalogue is looked at without being called as well: so none is sent where a
	-- notification could do harm (see the function of the triggers on tables), for temporary objects, or while another
	-- transaction is about to send one.
	BEGIN
		BEGIN
			IF TG_TAG = 'REFRESH MATERIALIZED VIEW' THEN
				RETURN;
			END IF;
			IF TG_EVENT = 'sql_drop' THEN
				IF NOT EXISTS (SELECT FROM pg_event_trigger_dropped_objects() WHERE NOT is_temporary) THEN
					RETURN;
				END IF;
			ELSIF NOT EXISTS (
					SELECT FROM pg_event_trigger_ddl_commands() WHERE schema_name IS DISTINCT FROM 'pg_temp') THEN
				RETURN;
			END IF;
			IF current_setting('max_prepared_transactions') = '0' AND pg_notification_queue_usage() < 0.5
					AND pg_try_advisory_xact_lock(7309453133) THEN
				PERFORM pg_notify('oriel', 'schema');
			END IF;
		EXCEPTION WHEN OTHERS THEN
			NULL;
		END;
	END
	$note$;
	DROP EVENT TRIGGER IF EXISTS oriel_ddl;
	DROP EVENT TRIGGER IF EXISTS oriel_drop;
	CREATE EVENT TRIGGER oriel_ddl ON ddl_command_end EXECUTE FUNCTION oriel.note_ddl();
	CREATE EVENT TRIGGER oriel_drop ON sql_drop EXECUTE FUNCTION oriel.note_ddl();
EXCEPTION WHEN insufficient_privilege OR invalid_schema_name THEN
	-- An error that reached the server's log at each start would be no news to anybody.
	NULL;
END
$install$;
