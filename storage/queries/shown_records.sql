-- name: add*!
-- Nothing is noted of a record that is gone.
INSERT INTO shown_records (chat_id, message_id, delegate)
SELECT CAST(:chat_id AS BIGINT), CAST(:message_id AS BIGINT), id FROM delegates WHERE id = :delegate
ON CONFLICT (chat_id, message_id, delegate) DO UPDATE SET delegate = excluded.delegate;

-- name: forget_chat!
DELETE FROM shown_records WHERE chat_id = :chat_id;
