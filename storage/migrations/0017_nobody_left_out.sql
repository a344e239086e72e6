-- Whoever is asked to correct something is reminded of it once, and those who decide find it.

ALTER TABLE requests ADD COLUMN reminded INTEGER NOT NULL DEFAULT 0;  -- 1: of the correction that is awaited
CREATE INDEX requests_to_correct ON requests (decided_at) WHERE state = 'correction';

-- Whoever has withdrawn, or said that they do not come, and begins to register after that is reminded as others are.
DROP VIEW reminder_audiences;

-- Whom a rung means, as things stand, each person once. Who is out gets formal notices only.
CREATE VIEW reminder_audiences AS
SELECT 'unanswered_centers' AS audience, conferences.id AS conference, leaders.person_id, 0 AS session,
    0 AS is_out
FROM (SELECT DISTINCT person_id FROM present_leaders) AS leaders
CROSS JOIN conferences
WHERE EXISTS (
    SELECT 1
    FROM present_leaders LEFT JOIN center_absences
        ON center_absences.center = present_leaders.center AND center_absences.conference = conferences.id
    WHERE present_leaders.person_id = leaders.person_id AND center_absences.center IS NULL
        AND NOT EXISTS (
            SELECT 1
            FROM delegates JOIN participations
                ON participations.delegate = delegates.id AND participations.conference = conferences.id
            WHERE delegates.center = present_leaders.center
        )
)
UNION ALL
SELECT 'unfinished', conferences.id, drafts.person_id, 0, 0
FROM conferences
JOIN drafts ON drafts.form = 'participation' AND drafts.subject = CAST(conferences.id AS TEXT)
JOIN present_delegates ON present_delegates.person_id = drafts.person_id
LEFT JOIN participations
    ON participations.delegate = present_delegates.id AND participations.conference = conferences.id
LEFT JOIN center_absences
    ON center_absences.center = present_delegates.center AND center_absences.conference = conferences.id
WHERE center_absences.center IS NULL AND (
    participations.id IS NULL
    OR participations.state IN ('declined', 'withdrawn') AND drafts.touched_at > participations.changed_at
)
UNION ALL
SELECT audiences.audience, participations.conference, present_delegates.person_id, 0, 0
FROM participations
JOIN present_delegates ON present_delegates.id = participations.delegate
JOIN (
    SELECT 'registered' AS audience UNION ALL SELECT 'came' UNION ALL SELECT 'in_person' UNION ALL SELECT 'visa'
) AS audiences
    ON audiences.audience IN ('registered', 'came') OR participations.attendance = 'in_person'
    AND (audiences.audience = 'in_person' OR participations.visa_letter = 1)
WHERE participations.state = 'registered'
UNION ALL
SELECT 'entitled', conference, person_id, 0, is_out
FROM agm_entitled
UNION ALL
SELECT 'starred', agenda_sessions.conference, session_stars.person_id, agenda_sessions.id, 0
FROM session_stars JOIN agenda_sessions ON agenda_sessions.id = session_stars.session
WHERE agenda_sessions.state = 'planned';

-- Whoever was sent the formal notice of an AGM is told what becomes of it, also if they do not come to the conference.
DROP VIEW change_readers;

-- Whom a change concerns. Those whom only a wide one concerns have not said that they come: it is wide when a
-- conference is cancelled, takes place after all, or has other days.
CREATE VIEW change_readers AS
SELECT conference_changes.id AS change, session_stars.person_id, 0 AS is_wide
FROM conference_changes JOIN session_stars ON session_stars.session = conference_changes.session
UNION ALL
SELECT conference_changes.id, agm_entitled.person_id, 0
FROM conference_changes JOIN agm_entitled ON agm_entitled.conference = conference_changes.conference
WHERE conference_changes.about = 'agm' AND (
    agm_entitled.is_out = 0
    OR EXISTS (
        SELECT 1
        FROM reminders JOIN reminder_rungs ON reminder_rungs.id = reminders.rung
        WHERE reminders.person_id = agm_entitled.person_id AND reminders.state = 'sent'
            AND reminder_rungs.conference = conference_changes.conference AND reminder_rungs.anchor = 'agm'
            AND reminder_rungs.is_formal = 1
    )
)
UNION ALL
SELECT conference_changes.id, delegates.person_id, 0
FROM conference_changes
JOIN participations ON participations.conference = conference_changes.conference
JOIN delegates ON delegates.id = participations.delegate
WHERE conference_changes.about = 'conference' AND participations.state IN ('registered', 'waiting', 'offered')
    AND delegates.state = 'active' AND delegates.person_id IS NOT NULL
UNION ALL
SELECT conference_changes.id, present_delegates.person_id, 1
FROM conference_changes CROSS JOIN present_delegates
WHERE conference_changes.about = 'conference' AND present_delegates.is_guest = 0
UNION ALL
SELECT conference_changes.id, present_leaders.person_id, 1
FROM conference_changes CROSS JOIN present_leaders
WHERE conference_changes.about = 'conference'
UNION ALL
SELECT conference_changes.id, roles.person_id, 1
FROM conference_changes
JOIN roles ON roles.role = 'host' AND roles.scope = CAST(conference_changes.conference AS TEXT)
WHERE conference_changes.about = 'conference';
