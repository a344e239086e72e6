-- name: waiting
SELECT id, content, plain, album, is_question, written_at, settled_as, settled_at
FROM desk_letters
WHERE thread_id = :thread_id AND direction = 'to_staff' AND settled_at IS NULL
ORDER BY id;

-- name: recent
-- The last of a conversation, whatever became of them, latest first.
SELECT id, content, plain, album, is_question, written_at, settled_as, settled_at
FROM desk_letters
WHERE thread_id = :thread_id AND direction = 'to_staff'
ORDER BY id DESC
LIMIT :at_most;

-- name: around
-- What an answer is the answer to, and what waited when it was written and still does.
SELECT id, content, plain, album, is_question, written_at, settled_as, settled_at
FROM desk_letters
WHERE thread_id = :thread_id AND direction = 'to_staff' AND id < :answer
    AND (answer = :answer OR settled_at IS NULL)
ORDER BY id;

-- name: answer_one!
-- A letter, with the album that it is of. What was closed can still be answered.
UPDATE desk_letters
SET settled_as = 'answered', settled_at = :now, answer = :answer
WHERE thread_id = :thread_id AND direction = 'to_staff' AND id < :answer
    AND (settled_at IS NULL OR settled_as = 'closed')
    AND (id = :id OR album = (SELECT same.album FROM desk_letters AS same WHERE same.id = :id));

-- name: answer_all!
-- Whatever waits; and, where the conversation is closed, what was closed with it.
UPDATE desk_letters
SET settled_as = 'answered', settled_at = :now, answer = :answer
WHERE thread_id = :thread_id AND direction = 'to_staff' AND id < :answer
    AND (settled_at IS NULL OR (settled_as = 'closed' AND settled_at = :closed_at));

-- name: answered_otherwise!
-- By an answer for everyone.
UPDATE desk_letters
SET settled_as = 'answered', settled_at = :now
WHERE id = :id AND direction = 'to_staff' AND (settled_at IS NULL OR settled_as = 'closed');

-- name: not_answered!
-- An answer was not the answer to this letter.
UPDATE desk_letters
SET settled_as = NULL, settled_at = NULL, answer = NULL
WHERE answer = :answer
    AND (id = :id OR album = (SELECT same.album FROM desk_letters AS same WHERE same.id = :id));

-- name: close!
UPDATE desk_letters
SET settled_as = 'closed', settled_at = :now
WHERE thread_id = :thread_id AND direction = 'to_staff' AND settled_at IS NULL;

-- name: reopen!
UPDATE desk_letters
SET settled_as = NULL, settled_at = NULL
WHERE thread_id = :thread_id AND settled_as = 'closed' AND settled_at = :closed_at;

-- name: questions_answered!
-- The questions that these letters were follow them.
UPDATE open_questions
SET settled_as = 'answered', settled_at = :now, answer = :answer
WHERE letter IN (SELECT id FROM desk_letters WHERE desk_letters.answer = :answer)
    AND (settled_as IS NULL OR settled_as = 'closed');

-- name: questions_not_answered!
UPDATE open_questions
SET settled_as = NULL, settled_at = NULL, answer = NULL
WHERE answer = :answer AND EXISTS (
        SELECT 1 FROM desk_letters WHERE desk_letters.id = open_questions.letter AND desk_letters.settled_at IS NULL
    );

-- name: questions_reopened!
UPDATE open_questions
SET settled_as = NULL, settled_at = NULL
WHERE settled_as = 'closed'
    AND letter IN (SELECT id FROM desk_letters WHERE thread_id = :thread_id AND settled_at IS NULL);
