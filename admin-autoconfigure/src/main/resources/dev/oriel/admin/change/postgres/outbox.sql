-- Where triggers write which rows changed. Every statement can be repeated, and brings what an earlier version made up
-- to date; triggers of earlier versions go on working until they are replaced.
--
-- The tables are unlogged: what they hold is of use only to programs that are running now, so it is not worth
-- any WAL. After a crash they are empty, which readers notice by the missing epoch.

CREATE SCHEMA IF NOT EXISTS oriel;

-- An entry without keys says that any row may have changed; "bulk" is what triggers of earlier versions wrote for it.
CREATE UNLOGGED TABLE IF NOT EXISTS oriel.outbox (
	xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
	relation oid NOT NULL,
	operation "char" NOT NULL,
	keys jsonb,
	bulk boolean NOT NULL DEFAULT false
);

ALTER TABLE oriel.outbox ALTER COLUMN bulk SET DEFAULT false;

-- Says which columns the keys are of. Readers that know the table by another key, or do not find it here because a
-- trigger of an earlier version wrote the entry, take it as one without keys.
ALTER TABLE oriel.outbox ADD COLUMN IF NOT EXISTS key_hash int;

CREATE INDEX IF NOT EXISTS outbox_xid ON oriel.outbox (xid);

-- One row: the life of this outbox, when a reader was last seen, and until when readers look so often that nobody
-- needs to notify them. The row is changed every few seconds and never deleted, and must stay on its page.
CREATE UNLOGGED TABLE IF NOT EXISTS oriel.outbox_state (
	only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
	epoch uuid NOT NULL DEFAULT gen_random_uuid(),
	seen timestamptz NOT NULL
);

ALTER TABLE oriel.outbox_state ADD COLUMN IF NOT EXISTS notify_from timestamptz;

COMMENT ON TABLE oriel.outbox IS 'Keys of rows that changed a few minutes ago; emptied by whoever reads it';
COMMENT ON TABLE oriel.outbox_state IS 'Triggers write to the outbox only while a reader was seen lately';
