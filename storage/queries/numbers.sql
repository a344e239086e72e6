-- name: next$
UPDATE numbers
SET last = last + 1
WHERE what = :what
RETURNING last;
