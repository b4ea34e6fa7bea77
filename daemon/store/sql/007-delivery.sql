-- Addresses that refuse mail, and a mail server that refuses us.

CREATE TABLE bounced (
  -- in lower case
  address TEXT PRIMARY KEY,
  -- since when nothing is sent to it
  given_up INTEGER,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- At most one row: until when nothing is sent, after the server refused us.
CREATE TABLE standstill (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  until INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
