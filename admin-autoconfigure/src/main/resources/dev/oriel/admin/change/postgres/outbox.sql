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
