-- What was sent, or given up, is not kept any more: of every message, and not only of those that were marked.
UPDATE outbox
SET params = NULL, args = NULL, follow_up_args = NULL, on_failure_args = NULL, upload_filename = NULL
WHERE state <> 'queued';
ALTER TABLE outbox DROP COLUMN confidential;
