-- name: keep!
INSERT INTO open_questions (
    person_id, chat_id, message_id, language, question, hint, asked_at, gist_words, gist_vector, gist_engine
)
VALUES (
    :person_id, :chat_id, :message_id, :language, :question, :hint, :asked_at, :gist_words, :gist_vector,
    :gist_engine
)
ON CONFLICT (chat_id, message_id) DO UPDATE
SET question = excluded.question, hint = excluded.hint, gist_words = excluded.gist_words,
    gist_vector = excluded.gist_vector, gist_engine = excluded.gist_engine;

-- name: waiting
SELECT id, person_id, chat_id, message_id, language, question, hint, asked_at, letter, settled_as,
    gist_words, gist_vector, gist_engine
FROM open_questions
WHERE settled_at IS NULL
ORDER BY id
LIMIT :at_most;

-- name: count$
SELECT count(*) FROM open_questions WHERE settled_at IS NULL;

-- name: at^
SELECT id, person_id, chat_id, message_id, language, question, hint, asked_at, letter, settled_as,
    gist_words, gist_vector, gist_engine
FROM open_questions
WHERE chat_id = :chat_id AND message_id = :message_id;

-- name: latest^
-- The last that a person asked in a chat and that has not gone to the desk.
SELECT id, person_id, chat_id, message_id, language, question, hint, asked_at, letter, settled_as,
    gist_words, gist_vector, gist_engine
FROM open_questions
WHERE person_id = :person_id AND chat_id = :chat_id AND letter IS NULL AND settled_at IS NULL AND asked_at > :after
ORDER BY id DESC
LIMIT 1;

-- name: went_to_desk!
UPDATE open_questions SET letter = :letter
WHERE chat_id = :chat_id AND message_id = :message_id AND letter IS NULL;

-- name: close!
UPDATE open_questions
SET settled_as = 'closed', settled_at = :now
WHERE person_id = :person_id AND letter IS NOT NULL AND settled_at IS NULL;

-- name: by_id^
SELECT id, person_id, chat_id, message_id, language, question, hint, asked_at, letter, settled_as,
    gist_words, gist_vector, gist_engine
FROM open_questions
WHERE id = :id;

-- name: answered_by
-- What a letter of the Secretariat's answered.
SELECT id, person_id, chat_id, message_id, language, question, hint, asked_at, letter, settled_as,
    gist_words, gist_vector, gist_engine
FROM open_questions
WHERE answer = :letter
ORDER BY id;

-- name: unanswered
-- What nobody has answered, newest first: what waits, what was not sent to the desk, and what was closed there.
SELECT id, person_id, chat_id, message_id, language, question, hint, asked_at, letter, settled_as,
    gist_words, gist_vector, gist_engine
FROM open_questions
WHERE (settled_as IS NULL OR settled_as = 'closed') AND asked_at > :after
ORDER BY id DESC
LIMIT :at_most;

-- name: settle_one!
UPDATE open_questions
SET settled_as = 'answered', settled_at = :now
WHERE id = :id AND (settled_as IS NULL OR settled_as = 'closed');

-- name: forget_old!
-- What was asked before a time, except where it still waits at the desk.
DELETE FROM open_questions
WHERE id IN (
    SELECT id
    FROM open_questions
    WHERE asked_at < :before AND (letter IS NULL OR settled_at IS NOT NULL)
    ORDER BY asked_at
    LIMIT :at_most
);
