-- What was sent, or given up, is not kept any more: of every message, and not only of those that were marked.
UPDATE outbox
SET params = NULL, args = NULL, follow_up_args = NULL, on_failure_args = NULL, upload_filename = NULL
WHERE state <> 'queued';
ALTER TABLE outbox DROP COLUMN confidential;

-- Which messages have shown whose record: when that person is erased, they are replaced.
CREATE TABLE shown_records (
    chat_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    delegate INTEGER NOT NULL REFERENCES delegates (id) ON DELETE CASCADE,
    PRIMARY KEY (chat_id, message_id, delegate)
);
CREATE INDEX shown_records_by_delegate ON shown_records (delegate);

-- The question of a draft is somebody's own until it is published. Of drafts it is noted that there was one, not what
-- it said: when the person is erased, it is nowhere any more.
UPDATE audit SET after = NULL WHERE act = 'answer.draft';
UPDATE audit SET before = NULL WHERE act = 'answer.discard';
UPDATE audit
SET before = NULL, after = NULL
WHERE act = 'answer.change' AND NOT EXISTS (
    SELECT 1
    FROM learned_answers
    WHERE learned_answers.state <> 'draft' AND audit.object = 'answer:' || CAST(learned_answers.id AS TEXT)
);
