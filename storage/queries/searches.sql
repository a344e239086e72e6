-- name: add$
INSERT INTO searches (person_id, words, searched_at)
VALUES (:person_id, :words, :now)
RETURNING id;

-- name: words$
SELECT words FROM searches WHERE id = :id;

-- name: forget_old!
DELETE FROM searches
WHERE id IN (SELECT id FROM searches WHERE searched_at < :before ORDER BY searched_at LIMIT :at_most);
