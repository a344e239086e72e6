-- name: by_id^
SELECT id, conference, delegate, state, attendance, arrives_on, departs_on, diet, accessibility, visa_letter, segment,
    answered_at, queued_at, offer_ends_at, asked, asked_at, changed_at, edition,
    was_online
FROM participations
WHERE id = :id;

-- name: of_delegate^
SELECT id, conference, delegate, state, attendance, arrives_on, departs_on, diet, accessibility, visa_letter, segment,
    answered_at, queued_at, offer_ends_at, asked, asked_at, changed_at, edition,
    was_online
FROM participations
WHERE conference = :conference AND delegate = :delegate;

-- name: answer^
-- Whether there is a place, and whether it is kept, is decided here alone. Who comes now stands behind all who wait.
INSERT INTO participations (
    conference, delegate, state, attendance, arrives_on, departs_on, diet, accessibility, visa_letter, segment,
    answered_at, queued_at, changed_at
)
SELECT :conference, :delegate, decided.state, :attendance, :arrives_on, :departs_on, :diet, :accessibility,
    :visa_letter, :segment, :now, CASE WHEN decided.state = 'waiting' THEN :now END, :now
FROM (
    SELECT CASE
        WHEN :attendance IS NULL THEN 'declined'
        WHEN :attendance = 'online' OR conferences.capacity IS NULL THEN 'registered'
        WHEN EXISTS (
            SELECT 1 FROM participations AS others
            WHERE others.conference = conferences.id AND others.state = 'waiting' AND others.delegate <> :delegate
        ) THEN 'waiting'
        WHEN conferences.capacity > (
            SELECT count(*) FROM participations AS others
            WHERE others.conference = conferences.id AND others.state IN ('registered', 'offered')
                AND others.attendance = 'in_person' AND coalesce(others.delegate, 0) <> :delegate
        ) THEN 'registered'
        ELSE 'waiting'
    END AS state
    FROM conferences
    WHERE conferences.id = :conference AND conferences.state = 'open'
) AS decided
WHERE true
ON CONFLICT (conference, delegate) DO UPDATE SET
    state = CASE
        WHEN excluded.attendance IS NULL AND participations.state <> 'declined' THEN 'withdrawn'
        WHEN excluded.attendance = 'in_person' AND participations.attendance = 'in_person'
            AND participations.state IN ('registered', 'waiting', 'offered') THEN participations.state
        ELSE excluded.state
    END,
    queued_at = CASE
        WHEN excluded.attendance = 'in_person' AND participations.attendance = 'in_person'
            AND participations.state IN ('registered', 'waiting', 'offered') THEN participations.queued_at
        ELSE excluded.queued_at
    END,
    offer_ends_at = CASE
        WHEN excluded.attendance = 'in_person' AND participations.state = 'offered' THEN participations.offer_ends_at
    END,
    was_online = CASE
        WHEN excluded.attendance = 'in_person' AND participations.state IN ('waiting', 'offered')
            THEN participations.was_online
        WHEN excluded.state = 'waiting' AND (
            participations.state = 'registered' AND participations.attendance = 'online'
        ) THEN 1 ELSE 0
    END,
    attendance = excluded.attendance, arrives_on = excluded.arrives_on, departs_on = excluded.departs_on,
    diet = excluded.diet, accessibility = excluded.accessibility, visa_letter = excluded.visa_letter,
    segment = excluded.segment, asked = NULL, asked_at = NULL, changed_at = excluded.changed_at, edition = participations.edition + 1
WHERE participations.edition = :edition
RETURNING id, conference, delegate, state, attendance, arrives_on, departs_on, diet, accessibility, visa_letter,
    segment, answered_at, queued_at, offer_ends_at, asked, asked_at, changed_at, edition,
    was_online;

-- name: ask!
UPDATE participations
SET asked = :asked, asked_at = :now, changed_at = :now, edition = edition + 1
WHERE id = :id AND edition = :edition AND state IN ('registered', 'waiting', 'offered');

-- name: refuse!
UPDATE participations
SET asked = NULL, asked_at = NULL, changed_at = :now, edition = edition + 1
WHERE id = :id AND edition = :edition AND asked IS NOT NULL;

-- name: asked
SELECT id, conference, delegate, state, attendance, arrives_on, departs_on, diet, accessibility, visa_letter, segment,
    answered_at, queued_at, offer_ends_at, asked, asked_at, changed_at, edition,
    was_online
FROM participations
WHERE conference = :conference AND asked IS NOT NULL
ORDER BY asked_at, id
LIMIT :at_most;

-- name: count_asked$
SELECT count(*) FROM participations WHERE conference = :conference AND asked IS NOT NULL;

-- name: count_places_taken$
SELECT count(*) FROM participations
WHERE conference = :conference AND state IN ('registered', 'offered') AND attendance = 'in_person';

-- name: count_erased$
SELECT count(*) FROM participations WHERE conference = :conference AND delegate IS NULL;

-- name: count_misfits$
-- Who comes, or wants to, and would arrive or leave on days that do not go with the conference's.
SELECT count(*) FROM participations
WHERE conference = :conference AND state IN ('registered', 'waiting', 'offered')
    AND (arrives_on < :earliest OR arrives_on > :last OR departs_on < :first OR departs_on > :latest);

-- name: place_in_queue$
SELECT count(*)
FROM participations AS mine JOIN participations AS before ON before.conference = mine.conference
WHERE mine.id = :id AND mine.state = 'waiting' AND before.state = 'waiting'
    AND (before.queued_at < mine.queued_at OR before.queued_at = mine.queued_at AND before.id <= mine.id);

-- name: is_full$
-- Whether whoever registers in person now waits for a place.
SELECT CASE WHEN EXISTS (
    SELECT 1 FROM conferences
    WHERE conferences.id = :conference AND conferences.capacity IS NOT NULL AND (
        EXISTS (
            SELECT 1 FROM participations AS others
            WHERE others.conference = conferences.id AND others.state = 'waiting'
        )
        OR conferences.capacity <= (
            SELECT count(*) FROM participations AS others
            WHERE others.conference = conferences.id AND others.state IN ('registered', 'offered')
                AND others.attendance = 'in_person'
        )
    )
) THEN 1 ELSE 0 END;

-- name: offer^
-- A place that is free goes to whoever has waited for the longest and may take it: not to those of a Center that is
-- suspended.
UPDATE participations
SET state = 'offered', offer_ends_at = :ends_at, changed_at = :now, edition = edition + 1
WHERE state = 'waiting' AND id = (
        SELECT participations.id
        FROM participations JOIN delegates ON delegates.id = participations.delegate
        LEFT JOIN centers ON centers.id = delegates.center
        WHERE participations.conference = :conference AND participations.state = 'waiting'
            AND delegates.state = 'active' AND (delegates.is_guest = 1 OR centers.state = 'approved')
        ORDER BY participations.queued_at, participations.id
        LIMIT 1
    )
    AND EXISTS (
        SELECT 1 FROM conferences
        WHERE conferences.id = :conference AND conferences.state = 'open' AND (
            conferences.capacity IS NULL OR conferences.capacity > (
                SELECT count(*) FROM participations AS taken
                WHERE taken.conference = :conference AND taken.state IN ('registered', 'offered')
                    AND taken.attendance = 'in_person'
            )
        )
    )
RETURNING id, conference, delegate, state, attendance, arrives_on, departs_on, diet, accessibility, visa_letter,
    segment, answered_at, queued_at, offer_ends_at, asked, asked_at, changed_at, edition,
    was_online;

-- name: take_offer!
-- Who does without it, and took part online before, does so again. What they had asked the Secretariat for stays asked
-- for only if it is something about their place.
UPDATE participations
SET state = CASE WHEN :accepts = 1 OR was_online = 1 THEN 'registered' ELSE 'declined' END,
    attendance = CASE WHEN :accepts = 0 AND was_online = 1 THEN 'online' ELSE attendance END, was_online = 0,
    asked = CASE WHEN :keeps_asked = 1 THEN asked END, asked_at = CASE WHEN :keeps_asked = 1 THEN asked_at END,
    queued_at = NULL, offer_ends_at = NULL, changed_at = :now, edition = edition + 1
WHERE id = :id AND edition = :edition AND state = 'offered' AND offer_ends_at > :now;

-- name: expire
-- Whoever has not taken a place in time is out like those who withdrew; until when it was kept for them stays known.
UPDATE participations
SET state = CASE WHEN was_online = 1 THEN 'registered' ELSE 'withdrawn' END,
    attendance = CASE WHEN was_online = 1 THEN 'online' ELSE attendance END, was_online = 0,
    queued_at = NULL, offer_ends_at = CASE WHEN was_online = 0 THEN offer_ends_at END, asked = NULL, asked_at = NULL,
    changed_at = :now, edition = edition + 1
WHERE id IN (
        SELECT over.id FROM participations AS over
        WHERE over.conference = :conference AND over.state = 'offered' AND over.offer_ends_at <= :now
        UNION ALL
        SELECT waiting.id FROM participations AS waiting
        WHERE waiting.conference = :conference AND waiting.state = 'waiting' AND waiting.was_online = 1
            AND :has_begun = 1
    )
RETURNING id, conference, delegate, state, attendance, arrives_on, departs_on, diet, accessibility, visa_letter,
    segment, answered_at, queued_at, offer_ends_at, asked, asked_at, changed_at, edition,
    was_online;

-- name: renew_offers
UPDATE participations
SET offer_ends_at = :ends_at, changed_at = :now, edition = edition + 1
WHERE conference = :conference AND state = 'offered' AND offer_ends_at <= :soon AND offer_ends_at < :ends_at
RETURNING id, conference, delegate, state, attendance, arrives_on, departs_on, diet, accessibility, visa_letter,
    segment, answered_at, queued_at, offer_ends_at, asked, asked_at, changed_at, edition,
    was_online;

-- name: withdraw_gone
-- Of those who are no delegates or guests any more: they have left, were suspended, replaced, merged or erased.
UPDATE participations
SET state = 'withdrawn', queued_at = NULL, offer_ends_at = NULL, asked = NULL, asked_at = NULL, was_online = 0,
    changed_at = :now, edition = edition + 1
WHERE state IN ('registered', 'waiting', 'offered') AND id IN (
        SELECT theirs.id
        FROM delegates CROSS JOIN participations AS theirs
        WHERE delegates.state <> 'active' AND theirs.conference = :conference AND theirs.delegate = delegates.id
        UNION ALL
        SELECT erased.id FROM participations AS erased
        WHERE erased.conference = :conference AND erased.delegate IS NULL
    )
RETURNING id, conference, delegate, state, attendance, arrives_on, departs_on, diet, accessibility, visa_letter,
    segment, answered_at, queued_at, offer_ends_at, asked, asked_at, changed_at, edition,
    was_online;

-- name: withdraw_center
UPDATE participations
SET state = 'withdrawn', queued_at = NULL, offer_ends_at = NULL, asked = NULL, asked_at = NULL, was_online = 0,
    changed_at = :now, edition = edition + 1
WHERE conference = :conference AND state IN ('registered', 'waiting', 'offered')
    AND delegate IN (SELECT delegates.id FROM delegates WHERE delegates.center = :center)
RETURNING id, conference, delegate, state, attendance, arrives_on, departs_on, diet, accessibility, visa_letter,
    segment, answered_at, queued_at, offer_ends_at, asked, asked_at, changed_at, edition,
    was_online;

-- name: move_delegate!
-- Where the one that stays has answered, its answer counts.
UPDATE participations
SET delegate = :into, edition = edition + 1
WHERE delegate = :delegate AND NOT EXISTS (
    SELECT 1 FROM participations AS other
    WHERE other.conference = participations.conference AND other.delegate = :into
);

-- name: of_center
-- Its delegates, and what each has answered; those who have not, first.
SELECT delegates.id, delegates.person_id, delegates.given_name, delegates.family_name,
    CASE WHEN participations.state = 'withdrawn' AND participations.offer_ends_at IS NOT NULL THEN 'lapsed'
        ELSE participations.state END AS state,
    participations.attendance
FROM delegates LEFT JOIN participations
    ON participations.delegate = delegates.id AND participations.conference = :conference
WHERE delegates.center = :center AND delegates.state = 'active'
ORDER BY CASE WHEN participations.state IS NULL THEN 0 ELSE 1 END, delegates.sort_name, delegates.id
LIMIT :at_most OFFSET :skipped;

-- name: counts_of_center
SELECT CASE WHEN participations.state = 'withdrawn' AND participations.offer_ends_at IS NOT NULL THEN 'lapsed'
        ELSE participations.state END AS state,
    count(*) AS number
FROM delegates LEFT JOIN participations
    ON participations.delegate = delegates.id AND participations.conference = :conference
WHERE delegates.center = :center AND delegates.state = 'active'
GROUP BY 1;

-- name: unanswered_of_center
-- Delegates of a Center who have not answered, and can be reached.
SELECT delegates.id, delegates.person_id
FROM delegates JOIN people ON people.id = delegates.person_id
WHERE delegates.center = :center AND delegates.state = 'active' AND people.unreachable_since IS NULL
    AND delegates.person_id <> :but AND NOT EXISTS (
        SELECT 1 FROM participations
        WHERE participations.delegate = delegates.id AND participations.conference = :conference
    )
ORDER BY delegates.id;

-- name: chase!
INSERT INTO center_chases (conference, center, chased_at)
VALUES (:conference, :center, :now)
ON CONFLICT (conference, center) DO UPDATE SET chased_at = excluded.chased_at
WHERE center_chases.chased_at <= :not_since;

-- name: absence^
SELECT said_by, said_at FROM center_absences WHERE conference = :conference AND center = :center;

-- name: say_absent!
INSERT INTO center_absences (conference, center, said_by, said_at)
VALUES (:conference, :center, :by, :now)
ON CONFLICT (conference, center) DO NOTHING;

-- name: take_back_absence!
DELETE FROM center_absences WHERE conference = :conference AND center = :center;

-- name: numbers
SELECT CASE WHEN participations.state = 'withdrawn' AND participations.offer_ends_at IS NOT NULL THEN 'lapsed'
        ELSE participations.state END AS state,
    attendance, segment, visa_letter, count(*) AS number
FROM participations
WHERE conference = :conference
GROUP BY 1, attendance, segment, visa_letter;

-- name: silent_centers
-- Centers of which nobody has answered, and who have not said that they do not come.
SELECT centers.id
FROM centers
WHERE centers.state = 'approved'
    AND NOT EXISTS (
        SELECT 1 FROM center_absences
        WHERE center_absences.conference = :conference AND center_absences.center = centers.id
    )
    AND NOT EXISTS (
        SELECT 1 FROM participations JOIN delegates ON delegates.id = participations.delegate
        WHERE participations.conference = :conference AND delegates.center = centers.id
    )
ORDER BY centers.sort_name, centers.id
LIMIT :at_most OFFSET :skipped;

-- name: count_silent_centers$
SELECT count(*)
FROM centers
WHERE centers.state = 'approved'
    AND NOT EXISTS (
        SELECT 1 FROM center_absences
        WHERE center_absences.conference = :conference AND center_absences.center = centers.id
    )
    AND NOT EXISTS (
        SELECT 1 FROM participations JOIN delegates ON delegates.id = participations.delegate
        WHERE participations.conference = :conference AND delegates.center = centers.id
    );

-- name: absent_centers
SELECT centers.id
FROM center_absences JOIN centers ON centers.id = center_absences.center
WHERE center_absences.conference = :conference AND centers.state <> 'merged'
ORDER BY centers.sort_name, centers.id
LIMIT :at_most OFFSET :skipped;

-- name: count_absent_centers$
SELECT count(*)
FROM center_absences JOIN centers ON centers.id = center_absences.center
WHERE center_absences.conference = :conference AND centers.state <> 'merged';

-- name: after
-- Who has answered, a piece at a time; without those who had their data erased.
SELECT participations.id, participations.conference, participations.delegate, participations.state,
    participations.attendance, participations.arrives_on, participations.departs_on, participations.diet,
    participations.accessibility, participations.visa_letter, participations.segment, participations.answered_at,
    participations.queued_at, participations.offer_ends_at, participations.asked, participations.asked_at,
    participations.changed_at, participations.edition, participations.was_online, delegates.given_name, delegates.family_name, delegates.organization, centers.name,
    centers.country, delegates.title, delegates.function, delegates.nationality, delegates.email
FROM participations JOIN delegates ON delegates.id = participations.delegate
    LEFT JOIN centers ON centers.id = delegates.center
WHERE participations.conference = :conference AND participations.id > :after
ORDER BY participations.id
LIMIT :at_most;
