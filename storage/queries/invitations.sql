-- name: add$
INSERT INTO invitations (token_hash, center, kind, label, delegate, replaces, made_by, made_at, expires_at)
VALUES (:token_hash, :center, :kind, :label, :delegate, :replaces, :made_by, :now, :expires_at)
RETURNING id;

-- name: by_id^
SELECT id, center, kind, label, delegate, replaces, made_by, made_at, expires_at, uses, used_by, used_at, revoked_by,
    revoked_at
FROM invitations
WHERE id = :id;

-- name: by_hash^
SELECT id, center, kind, label, delegate, replaces, made_by, made_at, expires_at, uses, used_by, used_at, revoked_by,
    revoked_at
FROM invitations
WHERE token_hash = :token_hash;

-- name: of_center
-- Those that can still be used.
SELECT id, center, kind, label, delegate, replaces, made_by, made_at, expires_at, uses, used_by, used_at, revoked_by,
    revoked_at
FROM invitations
WHERE center = :center AND revoked_at IS NULL AND expires_at > :now AND (kind = 'shared' OR uses = 0)
ORDER BY id;

-- name: use^
-- The one step that decides who has a personal link, whoever else opens it at the same time.
UPDATE invitations
SET uses = uses + 1, used_by = :person_id, used_at = :now
WHERE id = :id AND revoked_at IS NULL AND expires_at > :now AND (kind = 'shared' OR uses = 0)
RETURNING id, center, kind, label, delegate, replaces, made_by, made_at, expires_at, uses, used_by, used_at,
    revoked_by, revoked_at;

-- name: revoke!
UPDATE invitations
SET revoked_by = :person_id, revoked_at = :now
WHERE id = :id AND revoked_at IS NULL AND (kind = 'shared' OR uses = 0);

-- name: of_delegate^
-- The link for a record, or for its place, as long as nobody has used it; its time may be over.
SELECT id, center, kind, label, delegate, replaces, made_by, made_at, expires_at, uses, used_by, used_at, revoked_by,
    revoked_at
FROM invitations
WHERE delegate = :delegate AND kind = 'personal' AND revoked_at IS NULL AND uses = 0;

-- name: shared_of^
-- The link to share; its time may be over.
SELECT id, center, kind, label, delegate, replaces, made_by, made_at, expires_at, uses, used_by, used_at, revoked_by,
    revoked_at
FROM invitations
WHERE center = :center AND kind = 'shared' AND revoked_at IS NULL;

-- name: move_center!
UPDATE invitations SET center = :into WHERE center = :center;

-- name: move_delegate!
UPDATE invitations SET delegate = :into WHERE delegate = :delegate;
