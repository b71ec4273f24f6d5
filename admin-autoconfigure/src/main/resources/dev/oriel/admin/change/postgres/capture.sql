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
		-- The transaction's own start is compared, so that one which runs for hours on an old snapshot still sees a
		-- reader that was there when it began. A reader that comes later makes up for this transaction by itself.
		IF NOT EXISTS (SELECT FROM oriel.outbox_state WHERE seen > now() - interval '3 minutes') THEN
			PERFORM set_config('oriel.marked', marked || ' ' || TG_RELID || ' ', true);
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
			many := true;
			PERFORM set_config('oriel.marked', marked || ' ' || TG_RELID || ' ', true);
		ELSIF TG_OP = 'INSERT' THEN
			keys := (SELECT jsonb_agg(jsonb_build_array({key})) FROM oriel_new);
		ELSIF TG_OP = 'DELETE' THEN
			keys := (SELECT jsonb_agg(jsonb_build_array({key})) FROM oriel_old);
		ELSE
			keys := (SELECT jsonb_agg(changed.key) FROM (
				SELECT jsonb_build_array({key}) AS key FROM oriel_old
				UNION
				SELECT jsonb_build_array({key}) FROM oriel_new) AS changed);
		END IF;
		INSERT INTO oriel.outbox (relation, operation, keys, bulk) VALUES (TG_RELID,
			(CASE WHEN many AND TG_OP <> 'TRUNCATE' THEN 'A' ELSE left(TG_OP, 1) END)::"char", keys, many);
		-- A notification makes its transaction take a lock at commit that is global to the server, which costs busy
		-- writers two thirds of their throughput; so one transaction at a time sends one, and the others rely on the
		-- readers' poll. A transaction that notified cannot be prepared for a two-phase commit, so where that is
		-- possible none is sent. Nor is one when the queue is half full, because a full one makes commits fail.
		IF current_setting('max_prepared_transactions') = '0' AND pg_notification_queue_usage() < 0.5
				AND pg_try_advisory_xact_lock(7309453131) THEN
			PERFORM pg_notify('oriel', '');
		END IF;
	EXCEPTION WHEN OTHERS THEN
		-- Readers miss an event; the writer must not notice.
		NULL;
	END;
	RETURN NULL;
END
{quote}
