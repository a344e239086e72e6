-- name: meet!
INSERT INTO groups (id, title, first_seen_at)
VALUES (:id, :title, :now)
ON CONFLICT (id) DO UPDATE
SET title = excluded.title, unreachable_since = NULL;

-- name: unreachable!
UPDATE groups
SET unreachable_since = coalesce(unreachable_since, :since)
WHERE id = :id;

-- name: migrated!
UPDATE groups
SET migrated_to = :to_id
WHERE id = :from_id;

-- name: find^
SELECT id, title, unreachable_since, migrated_to
FROM groups
WHERE id = :id;
