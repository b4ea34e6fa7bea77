-- Where a mail shows what a notice is about, from 0: a reply speaks of "number 2". Not known of mails of earlier versions.
ALTER TABLE notices ADD COLUMN place INTEGER;
