-- name: read!
-- Whoever has read a chase has read what it chases, and the other way round.
UPDATE announcement_recipients
SET read_at = :now
WHERE person_id = :person_id AND read_at IS NULL AND announcement IN (
    SELECT kin.id
    FROM announcements AS pressed
    JOIN announcements AS kin
        ON kin.id = pressed.id OR kin.id = pressed.chases OR kin.chases = pressed.id OR kin.chases = pressed.chases
    WHERE pressed.id = :announcement
);

-- name: is_recipient$
SELECT 1 FROM announcement_recipients WHERE announcement = :announcement AND person_id = :person_id;

-- name: at_message$
-- Which announcement a message in somebody's private chat is (a part of).
SELECT announcement
FROM announcement_recipients
WHERE person_id = :person_id AND ' ' || coalesce(messages, '') || ' ' LIKE :pattern
ORDER BY announcement DESC
LIMIT 1;

-- name: count_unread$
-- Those to whom a chase would go: the same are left out as by announcement_readers. The Centers that have read it are
-- looked for once, and not for each of those who have not.
SELECT count(*)
FROM announcement_recipients
JOIN announcements ON announcements.id = announcement_recipients.announcement
JOIN people ON people.id = announcement_recipients.person_id AND people.unreachable_since IS NULL
LEFT JOIN delegates ON delegates.person_id = people.id
WHERE announcement_recipients.announcement = :announcement
    AND announcement_recipients.state = 'sent' AND announcement_recipients.read_at IS NULL
    AND coalesce(delegates.state, '') <> 'suspended'
    AND (
        announcements.is_official = 1
        OR NOT EXISTS (SELECT 1 FROM announcement_wishes WHERE announcement_wishes.person_id = people.id)
    )
    AND (
        (delegates.center IS NULL OR delegates.state <> 'active') AND NOT EXISTS (
            SELECT 1 FROM roles WHERE roles.person_id = people.id AND roles.role IN ('focal_point', 'deputy')
        )
        OR delegates.state = 'active' AND EXISTS (
            SELECT 1 FROM centers WHERE centers.id = delegates.center AND centers.state <> 'suspended'
        )
        OR EXISTS (
            SELECT 1
            FROM roles
            JOIN centers
                ON centers.id = CASE WHEN roles.role IN ('focal_point', 'deputy') THEN CAST(roles.scope AS BIGINT) END
            WHERE roles.person_id = people.id AND centers.state <> 'suspended'
        )
        OR EXISTS (SELECT 1 FROM roles WHERE roles.person_id = people.id AND roles.role IN ('secretariat', 'host'))
    )
    AND (
        :only_centers = 0
        OR delegates.center IS NOT NULL AND delegates.center NOT IN (
            SELECT members.center
            FROM announcement_recipients AS others
            JOIN delegates AS members ON members.person_id = others.person_id
            WHERE others.announcement = :announcement AND others.read_at IS NOT NULL AND members.center IS NOT NULL
        )
    );

-- name: only_silent!
UPDATE announcements SET for_silent = 1 WHERE id = :id;

-- name: set_chase!
UPDATE announcements
SET chase_every_days = :every_days, chase_at = :chase_at, chase_by = :chase_by, chase_centers = :only_centers
WHERE id = :id AND chases IS NULL AND coalesce(chase_at, 0) = :was;

-- name: chased$
SELECT chased FROM announcements WHERE id = :id;

-- name: count_chase!
-- Of two who ask at the same time, one does.
UPDATE announcements SET chased = chased + 1 WHERE id = :id AND chased = :was AND chases IS NULL;

-- name: due_chases
SELECT id, chase_at, chase_every_days, chase_by, chase_centers
FROM announcements
WHERE chase_at <= :now
ORDER BY chase_at, id
LIMIT :at_most;

-- name: chase_next!
UPDATE announcements SET chase_at = :chase_at WHERE id = :id AND chase_at = :was;

-- name: chase_wanted^
SELECT chase_wanted, chase_wanted_by FROM announcements WHERE id = :id AND chase_wanted_by IS NOT NULL;

-- name: want_chase!
UPDATE announcements SET chase_wanted = :wanted, chase_wanted_by = :by WHERE id = :id;

-- name: chases
SELECT id FROM announcements WHERE chases = :id ORDER BY id;

-- name: correct_chase!
-- A chase says what it chases says.
UPDATE announcement_texts
SET content = theirs.content, accepted_at = theirs.accepted_at
FROM announcement_texts AS theirs
WHERE announcement_texts.announcement = :chase AND announcement_texts.language = :language
    AND theirs.announcement = :announcement AND theirs.language = :language;

-- name: propose!
UPDATE announcement_texts
SET correction = :correction, correction_accepted_at = NULL, correction_confirmed_by = NULL
WHERE announcement = :announcement AND language = :language;

-- name: correction^
SELECT correction, correction_accepted_at, correction_confirmed_by
FROM announcement_texts
WHERE announcement = :announcement AND language = :language;

-- name: accept_correction!
UPDATE announcement_texts
SET correction_accepted_at = :now
WHERE announcement = :announcement AND language = :language AND correction = :correction;

-- name: confirm_correction!
-- The first of two.
UPDATE announcement_texts
SET correction_confirmed_by = :by
WHERE announcement = :announcement AND language = :language AND correction_confirmed_by IS NULL
    AND correction IS NOT NULL AND correction_accepted_at IS NOT NULL;

-- name: take_correction!
UPDATE announcement_texts
SET content = correction, accepted_at = correction_accepted_at, correction = NULL, correction_accepted_at = NULL,
    correction_confirmed_by = NULL
WHERE announcement = :announcement AND language = :language
    AND correction IS NOT NULL AND correction_accepted_at IS NOT NULL;
