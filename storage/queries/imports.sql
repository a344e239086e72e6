-- name: add$
INSERT INTO imports (person_id, state, file_id, filename, sheets, begun_at, touched_at)
VALUES (:person_id, 'mapping', :file_id, :filename, :sheets, :now, :now)
RETURNING id;

-- name: by_id^
SELECT id, person_id, state, file_id, filename, sheets, outcome, message_id, edition, begun_at, touched_at
FROM imports
WHERE id = :id;

-- name: open_of^
SELECT id, person_id, state, file_id, filename, sheets, outcome, message_id, edition, begun_at, touched_at
FROM imports
WHERE person_id = :person_id AND state IN ('mapping', 'checking', 'checked', 'applying');

-- name: at_work
SELECT id, person_id, state, file_id, filename, sheets, outcome, message_id, edition, begun_at, touched_at
FROM imports
WHERE state IN ('checking', 'applying')
ORDER BY touched_at, id;

-- name: step!
-- The one way from state to state: whoever comes too late changes nothing.
UPDATE imports
SET state = :state, outcome = :outcome, message_id = coalesce(:message_id, message_id), touched_at = :now,
    edition = edition + 1
WHERE id = :id AND state = :before AND edition = :edition;

-- name: set_sheets!
UPDATE imports
SET sheets = :sheets, touched_at = :now, edition = edition + 1
WHERE id = :id AND state = 'mapping' AND edition = :edition;

-- name: forget_old!
DELETE FROM imports
WHERE id IN (
    SELECT id FROM imports WHERE touched_at < :before AND state NOT IN ('checking', 'applying') LIMIT :at_most
);
