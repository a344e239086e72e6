-- name: meet^
-- A person who writes is reachable, whatever was known before.
INSERT INTO people (id, language, first_name, last_name, username, first_seen_at)
VALUES (:id, :language, :first_name, :last_name, :username, :now)
ON CONFLICT (id) DO UPDATE
SET first_name = excluded.first_name, last_name = excluded.last_name, username = excluded.username,
    unreachable_since = CASE WHEN :reachable = 1 THEN NULL ELSE people.unreachable_since END,
    language = CASE WHEN people.language_chosen = 1 OR :guessed = 0 THEN people.language
        ELSE excluded.language END
RETURNING id, language, language_chosen, unreachable_since, first_name, last_name, username, writing_since,
    answers_given, asked_helpful_at,
    EXISTS (SELECT 1 FROM answers_awaited WHERE person_id = people.id) AS is_awaited,
    EXISTS (SELECT 1 FROM learned_edits WHERE person_id = people.id) AS is_editing,
    (SELECT id || '.' || revision || '.' || coalesce(prompt_id, 0) FROM drafts
        WHERE person_id = people.id AND state = 'active') AS filling_in;

-- name: find^
-- What may be open with them is looked for with it: it decides what their message is, and most have nothing open.
SELECT id, language, language_chosen, unreachable_since, first_name, last_name, username, writing_since,
    answers_given, asked_helpful_at,
    EXISTS (SELECT 1 FROM answers_awaited WHERE person_id = people.id) AS is_awaited,
    EXISTS (SELECT 1 FROM learned_edits WHERE person_id = people.id) AS is_editing,
    (SELECT id || '.' || revision || '.' || coalesce(prompt_id, 0) FROM drafts
        WHERE person_id = people.id AND state = 'active') AS filling_in
FROM people
WHERE id = :id;

-- name: choose_language!
UPDATE people
SET language = :language, language_chosen = 1
WHERE id = :id;

-- name: begin_album!
UPDATE people
SET last_album = :album
WHERE id = :id AND coalesce(last_album, '') <> :album;

-- name: unreachable!
UPDATE people
SET unreachable_since = coalesce(unreachable_since, :since)
WHERE id = :id;

-- name: reachable!
UPDATE people
SET unreachable_since = NULL
WHERE id = :id;

-- name: writing!
UPDATE people
SET writing_since = :since
WHERE id = :id;

-- name: stop_writing!
UPDATE people
SET writing_since = NULL
WHERE id = :id AND writing_since IS NOT NULL;

-- name: counts^
SELECT (SELECT count(*) FROM people) AS known,
    (SELECT count(*) FROM people WHERE unreachable_since IS NOT NULL) AS unreachable;
