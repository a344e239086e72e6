-- name: answered*!
-- One more answer for somebody.
UPDATE people
SET answers_given = answers_given + 1
WHERE id = :person_id;

-- name: asked_now!
UPDATE people
SET answers_given = 0, asked_helpful_at = :now
WHERE id = :person_id;

-- name: ask!
INSERT INTO answer_marks (
    person_id, chat_id, message_id, language, question, topic, asked_at, gist_words, gist_vector, gist_engine
)
VALUES (
    :person_id, :chat_id, :message_id, :language, :question, :topic, :now, :gist_words, :gist_vector, :gist_engine
)
ON CONFLICT (chat_id, message_id) DO NOTHING;

-- name: mark!
UPDATE answer_marks
SET helpful = :helpful, marked_at = :now
WHERE chat_id = :chat_id AND message_id = :message_id AND person_id = :person_id;

-- name: at^
SELECT id, person_id, chat_id, message_id, language, question, topic, asked_at, helpful, marked_at, gist_words,
    gist_vector, gist_engine
FROM answer_marks
WHERE chat_id = :chat_id AND message_id = :message_id;

-- name: by_id^
SELECT id, person_id, chat_id, message_id, language, question, topic, asked_at, helpful, marked_at, gist_words,
    gist_vector, gist_engine
FROM answer_marks
WHERE id = :id;

-- name: unhelpful
-- Without those that were then sent to the Secretariat, or have an answer for everyone by now.
SELECT id, person_id, chat_id, message_id, language, question, topic, asked_at, helpful, marked_at, gist_words,
    gist_vector, gist_engine
FROM answer_marks
WHERE helpful = 0 AND marked_at > :after
    AND NOT EXISTS (
        SELECT 1
        FROM open_questions
        WHERE open_questions.chat_id = answer_marks.chat_id AND open_questions.message_id = answer_marks.message_id
    )
    AND NOT EXISTS (
        SELECT 1
        FROM learned_phrasings JOIN learned_answers ON learned_answers.id = learned_phrasings.answer
        WHERE learned_phrasings.mark = answer_marks.id AND learned_phrasings.is_same = 1
            AND learned_answers.state = 'published'
    )
ORDER BY id DESC
LIMIT :at_most;

-- name: forget_unsaid!
DELETE FROM answer_marks
WHERE id IN (
    SELECT id FROM answer_marks WHERE helpful IS NULL AND asked_at < :before ORDER BY asked_at LIMIT :at_most
);

-- name: forget_old!
DELETE FROM answer_marks
WHERE id IN (SELECT id FROM answer_marks WHERE asked_at < :before ORDER BY asked_at LIMIT :at_most);
