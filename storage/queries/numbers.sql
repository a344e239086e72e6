-- name: next$
UPDATE numbers
SET last = last + 1
WHERE what = :what
RETURNING last;

-- name: skip!
UPDATE numbers
SET last = last + :how_many;
