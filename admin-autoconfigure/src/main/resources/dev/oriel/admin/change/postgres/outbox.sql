-- Where triggers write which rows changed. Every statement can be repeated.
--
-- The tables are unlogged: what they hold is of use only to programs that are running now, so it is not worth
-- any WAL. After a crash they are empty, which readers notice by the missing epoch.

CREATE SCHEMA IF NOT EXISTS oriel;

CREATE UNLOGGED TABLE IF NOT EXISTS oriel.outbox (
	xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
	relation oid NOT NULL,
	operation "char" NOT NULL,
	keys jsonb,
	bulk boolean NOT NULL
);

CREATE INDEX IF NOT EXISTS outbox_xid ON oriel.outbox (xid);

-- One row: the life of this outbox, and when a reader was last seen.
CREATE UNLOGGED TABLE IF NOT EXISTS oriel.outbox_state (
	only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
	epoch uuid NOT NULL DEFAULT gen_random_uuid(),
	seen timestamptz NOT NULL
);

COMMENT ON TABLE oriel.outbox IS 'Keys of rows that changed a few minutes ago; emptied by whoever reads it';
COMMENT ON TABLE oriel.outbox_state IS 'Triggers write to the outbox only while a reader was seen lately';

-- Whether an entry is of use to anybody. A transaction's own start is compared, so that one which runs for hours
-- on an old snapshot still sees a reader that was there when it began.
CREATE OR REPLACE FUNCTION oriel.outbox_is_read() RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS 'SELECT EXISTS (SELECT FROM oriel.outbox_state WHERE seen > now() - interval ''3 minutes'')';

-- Writes one entry and wakes the readers.
--
-- A notification makes its transaction take a lock at commit that is global to the server, which costs busy writers
-- two thirds of their throughput; so only one transaction at a time sends one, and the others rely on the
-- readers' poll. A transaction that notified cannot be prepared for a two-phase commit, so where that is possible
-- none is sent. Nor is one when the queue is half full, because a full one makes commits fail.
CREATE OR REPLACE FUNCTION oriel.outbox_write(relation oid, operation text, keys jsonb, bulk boolean) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	INSERT INTO oriel.outbox (relation, operation, keys, bulk)
	VALUES (outbox_write.relation, outbox_write.operation::"char", outbox_write.keys, outbox_write.bulk);
	IF current_setting('max_prepared_transactions') = '0' AND pg_notification_queue_usage() < 0.5
			AND pg_try_advisory_xact_lock(7309453131) THEN
		PERFORM pg_notify('oriel', '');
	END IF;
END
$$;

REVOKE ALL ON FUNCTION oriel.outbox_is_read(), oriel.outbox_write(oid, text, jsonb, boolean) FROM PUBLIC;
