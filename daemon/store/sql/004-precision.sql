-- What people and the data said of findings, to count how often a check is right (see src/precision.rs).
CREATE INDEX history_verdicts ON history (at)
  WHERE event IN ('acknowledged', 'apologised', 'dismissed', 'done', 'explained', 'resolved');
