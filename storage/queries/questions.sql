-- name: keep!
INSERT INTO open_questions (person_id, chat_id, message_id, language, question, hint, asked_at)
VALUES (:person_id, :chat_id, :message_id, :language, :question, :hint, :asked_at)
ON CONFLICT (chat_id, message_id) DO UPDATE
SET question = excluded.question, hint = excluded.hint;

-- name: waiting
SELECT id, person_id, chat_id, message_id, language, question, hint, asked_at
FROM open_questions
WHERE settled_at IS NULL
ORDER BY id
LIMIT :at_most;

-- name: count$
SELECT count(*) FROM open_questions WHERE settled_at IS NULL;

-- name: at^
SELECT id, person_id, chat_id, message_id, language, question, hint, asked_at
FROM open_questions
WHERE chat_id = :chat_id AND message_id = :message_id;

-- name: latest^
-- The last that a person asked in a chat and that has not gone to the desk.
SELECT id, person_id, chat_id, message_id, language, question, hint, asked_at
FROM open_questions
WHERE person_id = :person_id AND chat_id = :chat_id AND letter IS NULL AND settled_at IS NULL AND asked_at > :after
ORDER BY id DESC
LIMIT 1;

-- name: went_to_desk!
UPDATE open_questions SET letter = :letter
WHERE chat_id = :chat_id AND message_id = :message_id AND letter IS NULL;

-- name: settle!
UPDATE open_questions
SET settled_as = :settled_as, settled_at = :now, answer = :answer
WHERE person_id = :person_id AND letter IS NOT NULL AND settled_at IS NULL;

-- name: forget_person!
DELETE FROM open_questions WHERE person_id = :person_id;
