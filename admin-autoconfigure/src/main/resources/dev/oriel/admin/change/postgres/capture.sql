CREATE OR REPLACE FUNCTION oriel.{function}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp{settings}
AS {quote}
-- Notes which rows a statement changed. Made by Oriel, and made anew when the key changes.
--
-- Whatever goes wrong in here must not fail the statement, hence the inner block with its handler. Such a block is a
-- subtransaction, and a transaction with more than 64 of them slows every other session down, so after 40 entries, or
-- a statement with more than 1,000 rows, one mark (an entry without keys) says "any row" and the rest of the
-- transaction is silent. A body without a handler would be cheaper, but a dropped outbox, a renamed column or a full
-- disk would then break the application's own writes.
--
-- To start a statement costs more than all that it does here, so there is one that decides everything:
--
-- Nothing is written unless a reader was there when the transaction began, so that one which runs for hours on an old
-- snapshot still sees it. A reader that comes later makes up for this transaction by itself.
--
-- The setting oriel.noted is the transaction's memory: a dot for each entry, and then each table that has a mark.
--
-- The number {key_hash} stands for the columns of the key. A transaction may have begun to write with an earlier version
-- of this function, and triggers that nobody replaced may outlive a key, so readers see by it which keys they know.
--
-- The keys of an UPDATE are there before and after, so most are there twice, which readers know.
--
-- A notification makes its transaction take a lock at commit that is global to the server, and costs the reader a look;
-- so one transaction at a time sends one, and none does while readers look all the time anyway, which they say in
-- notify_from. A transaction that notified cannot be prepared for a two-phase commit, so where that is possible none is
-- sent. Nor is one when the queue is half full, because a full one makes commits fail.
BEGIN
	IF strpos(current_setting('oriel.noted', true), ' ' || TG_RELID || ' ') > 0 THEN
		RETURN NULL;
	END IF;
	BEGIN
		IF TG_OP = 'UPDATE' THEN
			{update};
		ELSIF TG_OP = 'INSERT' THEN
			{insert};
		ELSIF TG_OP = 'DELETE' THEN
			{delete};
		ELSE
			{truncate};
		END IF;
	EXCEPTION WHEN OTHERS THEN
		-- Readers miss an event; the writer must not notice.
		NULL;
	END;
	RETURN NULL;
END
{quote}
