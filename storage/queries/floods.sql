-- name: kept
SELECT chat_id, person_id, kind, free_at, arrivals_free_at, read_count, paused_from, paused_until, unread_count
FROM floods
ORDER BY free_at DESC
LIMIT :at_most;

-- name: put*!
INSERT INTO floods (
    chat_id, person_id, kind, free_at, arrivals_free_at, read_count, paused_from, paused_until, unread_count
)
VALUES (
    :chat_id, :person_id, :kind, :free_at, :arrivals_free_at, :read_count, :paused_from, :paused_until, :unread_count
)
ON CONFLICT (chat_id, person_id, kind) DO UPDATE
SET free_at = excluded.free_at, arrivals_free_at = excluded.arrivals_free_at, read_count = excluded.read_count,
    paused_from = excluded.paused_from, paused_until = excluded.paused_until, unread_count = excluded.unread_count;

-- name: forget_old!
DELETE FROM floods
WHERE free_at < :before AND arrivals_free_at < :before AND paused_until < :before;
