-- name: note!
INSERT INTO conference_changes (conference, about, session, before, changed_at)
VALUES (:conference, :about, :session, :before, :now)
ON CONFLICT (conference, about, coalesce(session, 0)) WHERE told_at IS NULL
DO UPDATE SET changed_at = excluded.changed_at;

-- name: note_many*!
INSERT INTO conference_changes (conference, about, session, before, changed_at)
VALUES (:conference, :about, :session, :before, :now)
ON CONFLICT (conference, about, coalesce(session, 0)) WHERE told_at IS NULL
DO UPDATE SET changed_at = excluded.changed_at;

-- name: settled
-- What would have been changed in the time to come was noted by a clock that was ahead: it waits for nothing.
SELECT conference
FROM conference_changes
WHERE told_at IS NULL
GROUP BY conference
HAVING max(CASE WHEN changed_at > :ahead THEN 0 ELSE changed_at END) <= :until
ORDER BY conference;

-- name: untold
SELECT id, conference, about, session, before, after, changed_at
FROM conference_changes
WHERE told_at IS NULL AND conference = :conference
ORDER BY id;

-- name: told!
UPDATE conference_changes SET told_at = :now, after = :after WHERE id = :id AND told_at IS NULL;

-- name: forget!
DELETE FROM conference_changes WHERE id = :id AND told_at IS NULL;

-- name: forget_told!
DELETE FROM conference_changes
WHERE id IN (SELECT id FROM conference_changes WHERE told_at < :before ORDER BY told_at LIMIT :at_most);

-- name: queue!
-- One message for everybody whom anything concerns that is told now.
INSERT INTO outbox (chat_id, message_class, renderer, args, queued_at)
SELECT DISTINCT people.id, 1, :renderer, :args, :told_at
FROM conference_changes AS changed
JOIN change_readers ON change_readers.change = changed.id
JOIN people ON people.id = change_readers.person_id AND people.unreachable_since IS NULL
WHERE changed.conference = :conference AND changed.told_at = :told_at
    AND (change_readers.is_wide = 0 OR :is_wide = 1);

-- name: told_to
SELECT DISTINCT changed.id, changed.conference, changed.about, changed.session, changed.before, changed.after,
    changed.changed_at
FROM conference_changes AS changed
JOIN change_readers ON change_readers.change = changed.id
WHERE changed.conference = :conference AND changed.told_at = :told_at AND change_readers.person_id = :person
    AND (change_readers.is_wide = 0 OR :is_wide = 1)
ORDER BY changed.id;
