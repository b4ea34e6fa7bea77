-- Ladders, people's words and silences.

-- When time alone may change something about a finding; null = nothing comes by itself. Every open finding is
-- looked at once under the new rules.
ALTER TABLE findings ADD COLUMN next_at INTEGER;
UPDATE findings SET next_at = 0 WHERE open = 1;
CREATE INDEX findings_next ON findings (next_at, fingerprint) WHERE next_at IS NOT NULL;

-- Who said it, where a person did, and in which words.
ALTER TABLE history ADD COLUMN said_by TEXT;
ALTER TABLE history ADD COLUMN note TEXT;

-- Who may not be told of what, until when. Ended ones stay, because what they withheld must stay explainable.
CREATE TABLE silences (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- an instant earlier than the one in `body` when somebody ended it before its time
  until INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
