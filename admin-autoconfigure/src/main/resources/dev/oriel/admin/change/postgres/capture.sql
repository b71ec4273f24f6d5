CREATE OR REPLACE FUNCTION oriel.{function}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp{settings}
AS {quote}
-- Notes which rows a statement changed. Made by Oriel, and made anew when the key changes.
--
-- Whatever goes wrong in here must not fail the statement, hence the inner block with its handler. Such a block is a
-- subtransaction, and a transaction with more than 64 of them slows every other session down, so after 40 entries, or
-- a statement with more than 1,000 rows, one mark says "any row" and the rest of the transaction is silent. A body
-- without a handler would be cheaper, but a dropped outbox, a renamed column or a full disk would then break the
-- application's own writes.
DECLARE
	marked text := coalesce(current_setting('oriel.marked', true), '');
	entries integer;
	many boolean;
	keys jsonb;
BEGIN
	IF strpos(marked, ' ' || TG_RELID || ' ') > 0 THEN
		RETURN NULL;
	END IF;
	IF TG_OP = 'INSERT' OR TG_OP = 'UPDATE' THEN
		IF NOT EXISTS (SELECT FROM oriel_new) THEN
			RETURN NULL;
		END IF;
	ELSIF TG_OP = 'DELETE' THEN
		IF NOT EXISTS (SELECT FROM oriel_old) THEN
			RETURN NULL;
		END IF;
	END IF;
	BEGIN
		IF NOT oriel.outbox_is_read() THEN
			RETURN NULL;
		END IF;
		entries := coalesce(nullif(current_setting('oriel.entries', true), ''), '0')::integer + 1;
		PERFORM set_config('oriel.entries', entries::text, true);
		IF entries > 40 OR TG_OP = 'TRUNCATE' THEN
			many := true;
		ELSIF TG_OP = 'DELETE' THEN
			many := (SELECT count(*) > 1000 FROM (SELECT FROM oriel_old LIMIT 1001) AS counted);
		ELSE
			many := (SELECT count(*) > 1000 FROM (SELECT FROM oriel_new LIMIT 1001) AS counted);
		END IF;
		IF many OR NOT {keyed} THEN
			PERFORM set_config('oriel.marked', marked || ' ' || TG_RELID || ' ', true);
			PERFORM oriel.outbox_write(TG_RELID, CASE TG_OP WHEN 'TRUNCATE' THEN 'T' ELSE 'A' END, NULL, true);
			RETURN NULL;
		END IF;
		IF TG_OP = 'INSERT' THEN
			keys := (SELECT jsonb_agg(jsonb_build_array({key})) FROM oriel_new);
		ELSIF TG_OP = 'DELETE' THEN
			keys := (SELECT jsonb_agg(jsonb_build_array({key})) FROM oriel_old);
		ELSE
			keys := (SELECT jsonb_agg(changed.key) FROM (
				SELECT jsonb_build_array({key}) AS key FROM oriel_old
				UNION
				SELECT jsonb_build_array({key}) FROM oriel_new) AS changed);
		END IF;
		PERFORM oriel.outbox_write(TG_RELID, left(TG_OP, 1), keys, false);
	EXCEPTION WHEN OTHERS THEN
		-- Readers miss an event; the writer must not notice.
		NULL;
	END;
	RETURN NULL;
END
{quote}
