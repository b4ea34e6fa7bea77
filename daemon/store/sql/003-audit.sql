-- The audit (see src/audit): what changed, as digests only, and one chained row for each transaction.

-- Each insert, update and delete of a row of an audited table, in the order in which they happened.
CREATE TABLE audit_changes (
  id INTEGER PRIMARY KEY,
  -- the table's name
  changed TEXT NOT NULL,
  -- 'inserted', 'updated', 'deleted'; 'expired' by retention, 'blanked' by forgetting, 'adopted' when the audit began
  operation TEXT NOT NULL,
  -- digests of the row's primary key, and of all that it holds from now on; null = the row is gone
  key BLOB NOT NULL,
  content BLOB
) STRICT;

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  -- how many changes the transaction made, and the last one's id
  changes INTEGER NOT NULL,
  last_change INTEGER NOT NULL,
  changes_digest BLOB NOT NULL,
  -- the digest of the row before; 32 zero bytes before the first
  previous BLOB NOT NULL,
  digest BLOB NOT NULL
) STRICT;

-- When a mail was forgotten: its text is gone, and it is never sent again.
ALTER TABLE outbox ADD COLUMN forgotten_at INTEGER;

-- How each way of the heartbeat goes: 'url' or 'mail'.
CREATE TABLE heartbeat (
  way TEXT PRIMARY KEY,
  tried_at INTEGER NOT NULL,
  succeeded_at INTEGER,
  -- the outage that goes on
  failing_since INTEGER,
  why TEXT
) STRICT, WITHOUT ROWID;
