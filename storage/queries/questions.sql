-- name: keep!
INSERT INTO open_questions (person_id, chat_id, message_id, language, question, hint, asked_at)
VALUES (:person_id, :chat_id, :message_id, :language, :question, :hint, :asked_at)
ON CONFLICT (chat_id, message_id) DO UPDATE
SET question = excluded.question, hint = excluded.hint;

-- name: waiting
SELECT id, person_id, chat_id, message_id, language, question, hint, asked_at
FROM open_questions
ORDER BY id
LIMIT :at_most;

-- name: count$
SELECT count(*) FROM open_questions;

-- name: forget_person!
DELETE FROM open_questions WHERE person_id = :person_id;
