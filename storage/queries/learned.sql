-- name: make$
-- A reply makes one answer: pressed again, it is the same.
INSERT INTO learned_answers (letter, language, made_by, made_at)
VALUES (:letter, :language, :made_by, :now)
ON CONFLICT (letter) DO NOTHING
RETURNING id;

-- name: made_from$
SELECT id FROM learned_answers WHERE letter = :letter;

-- name: draft_for$
-- The answer that was begun for a question.
SELECT learned_answers.id
FROM learned_answers JOIN learned_phrasings ON learned_phrasings.answer = learned_answers.id
WHERE learned_phrasings.asked = :asked AND learned_phrasings.is_same = 1 AND learned_answers.state = 'draft'
ORDER BY learned_answers.id DESC
LIMIT 1;

-- name: draft_for_mark$
-- The answer that was begun for a question whose answer did not help.
SELECT learned_answers.id
FROM learned_answers JOIN learned_phrasings ON learned_phrasings.answer = learned_answers.id
WHERE learned_phrasings.mark = :mark AND learned_phrasings.is_same = 1 AND learned_answers.state = 'draft'
ORDER BY learned_answers.id DESC
LIMIT 1;

-- name: answer^
SELECT id, letter, language, state, edition, made_by, made_at, published_by, published_at, changed_by, changed_at,
    withdrawn_by, withdrawn_at
FROM learned_answers
WHERE id = :id;

-- name: answers
SELECT id, letter, language, state, edition, made_by, made_at, published_by, published_at, changed_by, changed_at,
    withdrawn_by, withdrawn_at
FROM learned_answers
WHERE state = :state
ORDER BY coalesce(published_at, made_at) DESC, id DESC
LIMIT :at_most OFFSET :skipped;

-- name: count$
SELECT count(*) FROM learned_answers WHERE state = :state;

-- name: edition_of_all$
-- Another number as soon as anything is published, changed or withdrawn.
SELECT coalesce(sum(edition), 0) FROM learned_answers WHERE state <> 'draft';

-- name: texts
SELECT answer, language, question, plain, html
FROM learned_texts
WHERE answer = :answer
ORDER BY language;

-- name: put_text!
INSERT INTO learned_texts (answer, language, question, plain, html)
VALUES (:answer, :language, :question, :plain, :html)
ON CONFLICT (answer, language) DO UPDATE
SET question = excluded.question, plain = excluded.plain, html = excluded.html;

-- name: remove_text!
DELETE FROM learned_texts WHERE answer = :answer AND language = :language;

-- name: remove_text_phrasing!
DELETE FROM learned_phrasings WHERE answer = :answer AND language = :language AND person_id IS NULL AND asked IS NULL;

-- name: add_text_phrasing!
INSERT INTO learned_phrasings (answer, language, question)
VALUES (:answer, :language, :question);

-- name: add_asked!
INSERT INTO learned_phrasings (
    answer, language, question, person_id, asked, is_same, told_at, gist_words, gist_vector, gist_engine
)
SELECT :answer, language, question, person_id, id, :is_same, :told_at, gist_words, gist_vector, gist_engine
FROM open_questions
WHERE id = :asked
ON CONFLICT (answer, asked) DO NOTHING;

-- name: add_marked!
INSERT INTO learned_phrasings (answer, language, question, person_id, mark, gist_words, gist_vector, gist_engine)
SELECT :answer, language, question, person_id, id, gist_words, gist_vector, gist_engine
FROM answer_marks
WHERE id = :mark
ON CONFLICT (answer, mark) DO NOTHING;

-- name: phrasing^
SELECT id, answer, language, question, person_id, asked, is_same, told_at, gist_words, gist_vector, gist_engine
FROM learned_phrasings
WHERE id = :id;

-- name: phrasings
SELECT id, answer, language, question, person_id, asked, is_same, told_at, gist_words, gist_vector, gist_engine
FROM learned_phrasings
WHERE answer = :answer
ORDER BY id;

-- name: phrasings_published
SELECT learned_phrasings.id, learned_phrasings.answer, learned_phrasings.language, learned_phrasings.question,
    learned_phrasings.person_id, learned_phrasings.asked, learned_phrasings.is_same, learned_phrasings.told_at,
    learned_phrasings.gist_words, learned_phrasings.gist_vector, learned_phrasings.gist_engine
FROM learned_phrasings JOIN learned_answers ON learned_answers.id = learned_phrasings.answer
WHERE learned_answers.state = 'published' AND learned_phrasings.is_same = 1
ORDER BY learned_phrasings.id;

-- name: set_gist!
UPDATE learned_phrasings
SET gist_words = :gist_words, gist_vector = :gist_vector, gist_engine = :gist_engine
WHERE id = :id AND question = :question;

-- name: set_same!
UPDATE learned_phrasings SET is_same = :is_same WHERE id = :id AND answer = :answer AND is_same <> :is_same;

-- name: told!
UPDATE learned_phrasings SET told_at = :now WHERE id = :id AND told_at IS NULL;

-- name: not_told!
UPDATE learned_phrasings SET told_at = NULL WHERE id = :id;

-- name: publish!
UPDATE learned_answers
SET state = 'published', edition = edition + 1, published_by = :person_id, published_at = :now,
    withdrawn_by = NULL, withdrawn_at = NULL
WHERE id = :id AND edition = :edition AND state <> 'published';

-- name: withdraw!
UPDATE learned_answers
SET state = 'withdrawn', edition = edition + 1, withdrawn_by = :person_id, withdrawn_at = :now
WHERE id = :id AND state = 'published';

-- name: changed!
UPDATE learned_answers
SET edition = edition + 1, changed_by = :person_id, changed_at = :now, language = :language
WHERE id = :id;

-- name: discard!
DELETE FROM learned_answers WHERE id = :id AND state = 'draft';

-- name: begin_edit!
INSERT INTO learned_edits (person_id, answer, part, language, since)
VALUES (:person_id, :answer, :part, :language, :now)
ON CONFLICT (person_id) DO UPDATE
SET answer = excluded.answer, part = excluded.part, language = excluded.language, since = excluded.since,
    message_id = NULL;

-- name: edit^
SELECT person_id, answer, part, language, since, message_id FROM learned_edits WHERE person_id = :person_id;

-- name: written!
UPDATE learned_edits SET message_id = :message_id WHERE person_id = :person_id;

-- name: end_edit!
DELETE FROM learned_edits WHERE person_id = :person_id;
