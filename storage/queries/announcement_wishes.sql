-- name: find$
SELECT only_official_since FROM announcement_wishes WHERE person_id = :person_id;

-- name: want_official!
INSERT INTO announcement_wishes (person_id, only_official_since)
VALUES (:person_id, :now)
ON CONFLICT (person_id) DO NOTHING;

-- name: want_all!
DELETE FROM announcement_wishes WHERE person_id = :person_id;
