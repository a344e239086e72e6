-- name: add*!
INSERT INTO outbox (
    chat_id, message_class, method, params, renderer, args, follow_up, follow_up_args,
    on_failure, on_failure_args, upload_kind, upload_spooled, upload_filename, paid,
    not_before, queued_at
)
VALUES (
    :chat_id, :message_class, :method, :params, :renderer, :args, :follow_up, :follow_up_args,
    :on_failure, :on_failure_args, :upload_kind, :upload_spooled, :upload_filename, :paid,
    :not_before, :queued_at
);

-- name: queued
SELECT
    id, chat_id, message_class, method, params, renderer, args, follow_up, follow_up_args,
    on_failure, on_failure_args, upload_kind, upload_spooled, upload_filename, tries, parts_sent, not_before, queued_at,
    paid
FROM outbox
WHERE state = 'queued' AND message_class = :message_class AND id > :after
ORDER BY id
LIMIT :at_most;

-- name: queued_in_chat
SELECT
    id, chat_id, message_class, method, params, renderer, args, follow_up, follow_up_args,
    on_failure, on_failure_args, upload_kind, upload_spooled, upload_filename, tries, parts_sent, not_before, queued_at,
    paid
FROM outbox
WHERE state = 'queued' AND chat_id = :chat_id AND message_class = :message_class AND id > :after AND id <= :up_to
ORDER BY id
LIMIT :at_most;

-- name: part_sent*!
UPDATE outbox
SET parts_sent = :parts_sent, message_id = :message_id, tries = 0
WHERE id = :id;

-- name: ended*!
-- Of a message that is out, or given up, nothing is kept but when, where and as what: no person's data are left in it.
UPDATE outbox
SET state = :state, message_id = coalesce(:message_id, message_id), failure = :failure,
    tries = tries + 1, ended_at = :ended_at,
    params = NULL, args = NULL, follow_up_args = NULL, on_failure_args = NULL, upload_filename = NULL
WHERE id = :id;

-- name: retry_later*!
UPDATE outbox
SET tries = :tries, not_before = :not_before, failure = :failure
WHERE id = :id;

-- name: failures_of_chat
SELECT on_failure, on_failure_args
FROM outbox
WHERE chat_id = :chat_id AND state = 'queued' AND queued_at < :queued_before AND id <> :but AND on_failure IS NOT NULL
ORDER BY id;

-- name: abort_chat!
UPDATE outbox
SET state = 'aborted', failure = :failure, ended_at = :ended_at,
    params = NULL, args = NULL, follow_up_args = NULL, on_failure_args = NULL, upload_filename = NULL
WHERE chat_id = :chat_id AND state = 'queued' AND queued_at < :queued_before;

-- name: uploads_of_chat
SELECT upload_spooled
FROM outbox
WHERE chat_id = :chat_id AND state = 'queued' AND queued_at < :queued_before AND upload_spooled IS NOT NULL;

-- name: is_upload_queued$
SELECT id
FROM outbox
WHERE state = 'queued' AND upload_spooled = :upload_spooled
LIMIT 1;

-- name: queued_uploads
SELECT DISTINCT upload_spooled
FROM outbox
WHERE state = 'queued' AND upload_spooled IS NOT NULL;

-- name: move_chat!
UPDATE outbox
SET chat_id = :to_chat_id
WHERE chat_id = :from_chat_id AND state = 'queued';

-- name: counts^
SELECT
    (SELECT count(*) FROM outbox WHERE state = 'queued') AS queued,
    (SELECT count(*) FROM outbox WHERE state = 'failed') AS failed;

-- name: replies_to$
SELECT count(*) FROM outbox WHERE chat_id = :chat_id AND message_class = 0 AND state = 'queued';

-- name: oldest_reply$
SELECT queued_at
FROM outbox
WHERE state = 'queued' AND message_class = 0 AND (not_before <= :now OR tries > 0)
ORDER BY id
LIMIT 1;

-- name: list_failed
SELECT id, chat_id, method, renderer, failure, ended_at
FROM outbox
WHERE state = 'failed'
ORDER BY id DESC
LIMIT :at_most;

-- name: forget_ended!
-- The last place stays taken: the running bot looks for what is new behind the last that it has seen.
DELETE FROM outbox
WHERE id IN (
    SELECT id FROM outbox
    WHERE state <> 'queued' AND ended_at < :before AND id < (SELECT max(id) FROM outbox)
    ORDER BY ended_at
    LIMIT :at_most
);

-- name: queued_since^
SELECT count(*) AS messages, min(queued_at) AS since FROM outbox WHERE state = 'queued' AND message_class <> 2;

-- name: drop_queued!
-- Not announcements: each knows by itself whom it still has to reach.
UPDATE outbox
SET state = 'aborted', failure = :failure, ended_at = :ended_at,
    params = NULL, args = NULL, follow_up_args = NULL, on_failure_args = NULL, upload_filename = NULL
WHERE state = 'queued' AND message_class <> 2;
