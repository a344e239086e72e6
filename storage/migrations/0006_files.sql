-- A file that goes out with a message waits in the spool, a folder beside the database.

ALTER TABLE outbox ADD COLUMN upload_kind TEXT;      -- document or photo
ALTER TABLE outbox ADD COLUMN upload_spooled TEXT;   -- its name in the spool
ALTER TABLE outbox ADD COLUMN upload_filename TEXT;  -- the name that people see
CREATE INDEX outbox_uploads ON outbox (upload_spooled) WHERE state = 'queued' AND upload_spooled IS NOT NULL;
