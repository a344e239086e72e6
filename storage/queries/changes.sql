-- name: note!
INSERT INTO conference_changes (conference, about, session, before, changed_at)
VALUES (:conference, :about, :session, :before, :now)
ON CONFLICT (conference, about, coalesce(session, 0)) WHERE told_at IS NULL
DO UPDATE SET changed_at = excluded.changed_at;

-- name: settled
SELECT conference
FROM conference_changes
WHERE told_at IS NULL
GROUP BY conference
HAVING max(changed_at) <= :until
ORDER BY conference;

-- name: untold
SELECT id, conference, about, session, before, changed_at
FROM conference_changes
WHERE told_at IS NULL AND conference = :conference
ORDER BY id;

-- name: told!
UPDATE conference_changes SET told_at = :now WHERE id = :id AND told_at IS NULL;
