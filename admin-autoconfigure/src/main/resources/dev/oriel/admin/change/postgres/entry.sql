INSERT INTO oriel.outbox (relation, operation, key_hash, keys)
SELECT TG_RELID, '{operation}', {key_hash}, CASE
	WHEN strpos(set_config('oriel.noted', '.' || coalesce(current_setting('oriel.noted', true), ''), true) || ' ', ' ') > 41
			OR array_length(changed.keys, 1) > {many} THEN
		CASE WHEN set_config('oriel.noted', current_setting('oriel.noted') || ' ' || TG_RELID || ' ', true) IS NULL
			THEN '[]'::jsonb END
	ELSE to_jsonb(changed.keys) END
FROM oriel.outbox_state AS reader, (SELECT ARRAY({keys} LIMIT {many} + 1) AS keys OFFSET 0) AS changed
WHERE reader.seen > now() - interval '3 minutes' AND CASE
	WHEN array_length(changed.keys, 1) IS NULL THEN false
	WHEN reader.notify_from > now() OR current_setting('max_prepared_transactions') <> '0'
			OR pg_notification_queue_usage() >= 0.5 OR NOT pg_try_advisory_xact_lock(7309453131) THEN true
	ELSE pg_notify('oriel', '') IS NOT NULL END
