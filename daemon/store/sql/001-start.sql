-- The first schema. Instants are microseconds since 1970-01-01T00:00:00Z; `body` columns hold a value of
-- kaizend-core as JSON, and the columns beside it repeat only what is searched or sorted by.

-- Each due moment of a schedule, once: it ran, or why it did not.
CREATE TABLE occurrences (
  check_id TEXT NOT NULL,
  due INTEGER NOT NULL,
  -- 'run', or the reason for skipping
  fate TEXT NOT NULL,
  -- set when this row stands for all occurrences after that instant as well
  unlisted_since INTEGER,
  run INTEGER REFERENCES runs (id) ON DELETE SET NULL,
  PRIMARY KEY (check_id, due)
) STRICT, WITHOUT ROWID;
CREATE INDEX occurrences_of_run ON occurrences (run) WHERE run IS NOT NULL;

-- When each check was first planned: its schedule begins there, never in its history.
CREATE TABLE planned (
  check_id TEXT PRIMARY KEY,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  check_id TEXT NOT NULL,
  trigger TEXT NOT NULL,
  due INTEGER,
  state TEXT NOT NULL,
  outcome TEXT,
  started_at INTEGER,
  ended_at INTEGER,
  holder TEXT,
  lease_until INTEGER,
  -- rows read by slot, and what was decided, as JSON
  looked_at TEXT,
  decided TEXT
) STRICT;
CREATE INDEX runs_of_check ON runs (check_id, id);
CREATE INDEX runs_going ON runs (state, check_id) WHERE state IN ('requested', 'running');
CREATE INDEX runs_ended ON runs (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE check_memory (
  check_id TEXT PRIMARY KEY,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE plugin_state (
  check_id TEXT NOT NULL,
  key TEXT NOT NULL,
  state_version INTEGER NOT NULL,
  value BLOB NOT NULL,
  PRIMARY KEY (check_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE findings (
  fingerprint BLOB PRIMARY KEY,
  check_id TEXT NOT NULL,
  -- 1 until it is resolved
  open INTEGER NOT NULL,
  state TEXT NOT NULL,
  stage TEXT NOT NULL,
  owner TEXT,
  -- 1 urgent … 4 note: lists begin with the worst
  urgency INTEGER NOT NULL,
  opened_at INTEGER NOT NULL,
  resolved_at INTEGER,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX findings_of_check ON findings (check_id, fingerprint, open);
CREATE INDEX findings_in_order ON findings (open, urgency, opened_at, fingerprint);
CREATE INDEX findings_resolved ON findings (resolved_at) WHERE resolved_at IS NOT NULL;

-- What happened to a finding, why, and whether anybody heard of it.
CREATE TABLE history (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  fingerprint BLOB NOT NULL REFERENCES findings (fingerprint) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  run INTEGER NOT NULL,
  episode INTEGER NOT NULL,
  event TEXT NOT NULL,
  why TEXT NOT NULL,
  stage TEXT NOT NULL,
  severity TEXT NOT NULL,
  state TEXT NOT NULL,
  -- notices written with it, or the reason for not telling
  notices INTEGER NOT NULL,
  withheld TEXT
) STRICT;
CREATE INDEX history_of ON history (fingerprint, id);

CREATE TABLE notices (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  fingerprint BLOB REFERENCES findings (fingerprint) ON DELETE CASCADE,
  addressee TEXT NOT NULL,
  due INTEGER NOT NULL,
  decided_at INTEGER NOT NULL,
  -- 'due', 'composed' or 'withheld'
  state TEXT NOT NULL,
  -- why it waits, or why it was withheld for good
  withheld TEXT,
  settled_at INTEGER,
  mail INTEGER REFERENCES outbox (id) ON DELETE SET NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX notices_due ON notices (addressee, due, id) WHERE state = 'due';
CREATE INDEX notices_of ON notices (fingerprint, id);
CREATE INDEX notices_in ON notices (mail) WHERE mail IS NOT NULL;
CREATE INDEX notices_settled ON notices (settled_at) WHERE fingerprint IS NULL;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  message_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  addressee TEXT NOT NULL,
  audience TEXT NOT NULL,
  envelope_from TEXT NOT NULL,
  envelope_to TEXT NOT NULL,
  subject TEXT NOT NULL,
  bytes BLOB NOT NULL,
  state TEXT NOT NULL,
  delivery TEXT NOT NULL,
  -- from when it may be claimed; null = not without a person, or not before it is finished
  ready_at INTEGER,
  -- who sends it, until when, and the number of the claim, by which late answers are refused
  holder TEXT,
  lease_until INTEGER,
  claim INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  times_uncertain INTEGER NOT NULL DEFAULT 0,
  composed_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX outbox_ready ON outbox (ready_at, id) WHERE ready_at IS NOT NULL;
CREATE INDEX outbox_by_state ON outbox (state, id);
CREATE INDEX outbox_ended ON outbox (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE attempts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  mail INTEGER NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  delivery TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX attempts_of ON attempts (mail, id);

-- At most one row: who stopped all sending, and why.
CREATE TABLE outbox_pause (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  by TEXT NOT NULL,
  reason TEXT NOT NULL,
  since INTEGER NOT NULL
) STRICT;

CREATE TABLE promises (
  id INTEGER PRIMARY KEY,
  dataset TEXT NOT NULL,
  -- the key's parts as a JSON array
  key TEXT NOT NULL,
  -- 1 while neither kept nor vanished
  open INTEGER NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (dataset, key)
) STRICT;
CREATE INDEX promises_open ON promises (dataset, id) WHERE open = 1;

CREATE TABLE promise_versions (
  promise INTEGER NOT NULL REFERENCES promises (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (promise, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE measures (
  check_id TEXT NOT NULL,
  measure TEXT NOT NULL,
  day INTEGER NOT NULL,
  group_name TEXT NOT NULL,
  good INTEGER NOT NULL,
  total INTEGER NOT NULL,
  run INTEGER NOT NULL,
  PRIMARY KEY (check_id, measure, day, group_name)
) STRICT, WITHOUT ROWID;

CREATE TABLE attributes (
  role TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  check_id TEXT NOT NULL,
  value TEXT NOT NULL,
  run INTEGER NOT NULL,
  PRIMARY KEY (role, id, name, check_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX attributes_of_check ON attributes (check_id);
