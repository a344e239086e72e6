-- name: get$
SELECT value FROM about WHERE name = :name;

-- name: put!
INSERT INTO about (name, value)
VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- name: remove!
DELETE FROM about WHERE name = :name;
