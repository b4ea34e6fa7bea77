-- What runs say before anything of it counts. The tables live in the writer's own temporary database: they
-- need no fsync, do not fill the WAL, and are gone with the process that dies.
-- The runs that began since these tables were made. One that is not here may have said something that is lost.
CREATE TEMP TABLE staged_runs (
  run INTEGER PRIMARY KEY
) STRICT;

CREATE TEMP TABLE staged_findings (
  run INTEGER NOT NULL,
  fingerprint BLOB NOT NULL,
  -- null = looked at, and fine
  sighting TEXT,
  PRIMARY KEY (run, fingerprint)
) STRICT, WITHOUT ROWID;

CREATE TEMP TABLE staged_duplicates (
  run INTEGER PRIMARY KEY,
  count INTEGER NOT NULL,
  examples TEXT NOT NULL
) STRICT;

CREATE TEMP TABLE staged_measures (
  run INTEGER NOT NULL,
  measure TEXT NOT NULL,
  day INTEGER NOT NULL,
  group_name TEXT NOT NULL,
  good INTEGER NOT NULL,
  total INTEGER NOT NULL,
  PRIMARY KEY (run, measure, day, group_name)
) STRICT, WITHOUT ROWID;

CREATE TEMP TABLE staged_attributes (
  run INTEGER NOT NULL,
  role TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (run, role, id, name)
) STRICT, WITHOUT ROWID;

CREATE TEMP TABLE staged_state (
  run INTEGER NOT NULL,
  key TEXT NOT NULL,
  -- null = remove
  value BLOB,
  PRIMARY KEY (run, key)
) STRICT, WITHOUT ROWID;

CREATE TEMP TABLE staged_promises (
  run INTEGER NOT NULL,
  dataset TEXT NOT NULL,
  key TEXT NOT NULL,
  promised TEXT,
  kept TEXT,
  moved_by TEXT,
  PRIMARY KEY (run, dataset, key)
) STRICT, WITHOUT ROWID;
