-- SQLite's own table of the last number that it gave in each; PostgreSQL's sequences are asked otherwise (setval).

-- name: begin!
-- One into which nothing was ever put has no row there.
INSERT INTO sqlite_sequence (name, seq)
SELECT name, 0
FROM sqlite_master
WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%' AND name NOT IN (SELECT name FROM sqlite_sequence);

-- name: skip!
UPDATE sqlite_sequence
SET seq = seq + :how_many;
