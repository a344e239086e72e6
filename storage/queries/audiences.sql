-- name: languages
SELECT language, count(*) AS how_many FROM announcement_readers WHERE announcement = :id GROUP BY language;

-- name: sample
SELECT first_name, last_name, username FROM announcement_readers WHERE announcement = :id LIMIT :at_most;

-- name: unreachable_centers
-- Centers that are meant, and of which nobody who leads them or belongs to them can be reached.
SELECT centers.name
FROM announcements CROSS JOIN centers
WHERE announcements.id = :id AND centers.state = 'approved'
    AND (announcements.for_focus = '' OR announcements.for_focus LIKE '% ' || centers.focus || ' %')
    AND (announcements.for_kind = '' OR announcements.for_kind LIKE '% ' || centers.kind || ' %')
    AND (announcements.for_country = '' OR announcements.for_country LIKE '% ' || centers.country || ' %')
    AND (announcements.for_region = '' OR announcements.for_region LIKE '% ' || centers.region || ' %')
    AND NOT EXISTS (
        SELECT 1 FROM delegates JOIN people ON people.id = delegates.person_id
        WHERE delegates.center = centers.id AND delegates.state = 'active' AND people.unreachable_since IS NULL
    )
    AND NOT EXISTS (
        SELECT 1 FROM roles JOIN people ON people.id = roles.person_id
        WHERE roles.scope = CAST(centers.id AS TEXT) AND roles.role IN ('focal_point', 'deputy')
            AND people.unreachable_since IS NULL
    )
ORDER BY centers.sort_name, centers.id
LIMIT :at_most;
