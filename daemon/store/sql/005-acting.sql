-- Acting from a mail: the keys that sign links, and what was said through them.

-- Which keys there are; those that are retired still verify until their last link is too old.
CREATE TABLE web_keys (
  kid INTEGER PRIMARY KEY AUTOINCREMENT,
  made_at INTEGER NOT NULL,
  retired_at INTEGER
) STRICT;

-- The keys themselves, apart from what is digested.
CREATE TABLE web_secrets (
  kid INTEGER PRIMARY KEY REFERENCES web_keys (kid) ON DELETE CASCADE,
  secret BLOB NOT NULL
) STRICT;

-- Each word that was said on a page behind a mail's link, whether it counted or not.
CREATE TABLE acts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  -- the first notice of the mail with the link: that mail is the notice's
  notice INTEGER NOT NULL,
  fingerprint BLOB NOT NULL REFERENCES findings (fingerprint) ON DELETE CASCADE,
  person TEXT NOT NULL,
  verb TEXT NOT NULL,
  -- 'recorded', 'unconfirmed' or 'taken-back'
  standing TEXT NOT NULL,
  -- 1 when it was pressed once more, on the page that asks
  confirmed INTEGER NOT NULL,
  -- digest of the page's nonce: a page speaks once
  page BLOB NOT NULL UNIQUE,
  -- the mail that told the person what was recorded
  told_in INTEGER,
  -- the finding before and after it, where it counted
  body TEXT
) STRICT;
CREATE INDEX acts_of ON acts (fingerprint, id);
CREATE INDEX acts_from ON acts (notice, id);
CREATE INDEX acts_untold ON acts (person, id) WHERE told_in IS NULL;
CREATE INDEX acts_at ON acts (at);

-- What people chose for themselves; without a row everything is as configured.
CREATE TABLE person_settings (
  person TEXT PRIMARY KEY,
  -- 1: one letter a day at most, beside what is urgent
  one_a_day INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A word that was taken back is a verdict no more.
DROP INDEX history_verdicts;
CREATE INDEX history_verdicts ON history (at)
  WHERE event IN ('acknowledged', 'apologised', 'dismissed', 'done', 'explained', 'resolved', 'taken-back');
