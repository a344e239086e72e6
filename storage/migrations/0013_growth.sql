-- What is looked for at each press or every minute is found without reading a table that grows with the members.

CREATE INDEX open_questions_by_letter ON open_questions (letter);  -- also read for each letter that is deleted
CREATE INDEX desk_copies_by_thread ON desk_copies (thread_id);  -- read for each conversation that is deleted
CREATE INDEX requests_by_delegate ON requests (delegate);
CREATE INDEX delegates_merged ON delegates (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX delegates_gone ON delegates (state) WHERE state <> 'active';
CREATE INDEX people_unreachable ON people (unreachable_since) WHERE unreachable_since IS NOT NULL;
CREATE INDEX answer_marks_unsaid ON answer_marks (asked_at) WHERE helpful IS NULL;
CREATE INDEX participations_in_place ON participations (conference, state, attendance);
CREATE INDEX reminders_added ON reminders (queued_at, person_id) WHERE state = 'waiting';

-- For one person, neither view reads all who lead Centers any more: it is asked anew for each message delivered.
DROP VIEW change_readers;
DROP VIEW reminder_audiences;
DROP VIEW agm_entitled;

-- Who is entitled to attend an AGM. Who is out has said that they do not come, or their Center has.
CREATE VIEW agm_entitled AS
SELECT agms.conference, present_delegates.person_id,
    CASE WHEN participations.state IN ('declined', 'withdrawn') OR center_absences.center IS NOT NULL THEN 1 ELSE 0 END
    AS is_out
FROM agms
CROSS JOIN present_delegates
LEFT JOIN participations
    ON participations.delegate = present_delegates.id AND participations.conference = agms.conference
LEFT JOIN center_absences
    ON center_absences.center = present_delegates.center AND center_absences.conference = agms.conference
WHERE agms.entitled = 'everyone' OR agms.entitled = 'delegates' AND present_delegates.is_guest = 0
UNION ALL
SELECT agms.conference, leaders.person_id,
    CASE WHEN NOT EXISTS (
        SELECT 1
        FROM present_leaders LEFT JOIN center_absences
            ON center_absences.center = present_leaders.center AND center_absences.conference = agms.conference
        WHERE present_leaders.person_id = leaders.person_id AND center_absences.center IS NULL
    ) OR EXISTS (
        SELECT 1
        FROM delegates JOIN participations ON participations.delegate = delegates.id
        WHERE delegates.person_id = leaders.person_id AND participations.conference = agms.conference
            AND participations.state IN ('declined', 'withdrawn')
    ) THEN 1 ELSE 0 END
FROM agms
CROSS JOIN (SELECT DISTINCT person_id FROM present_leaders) AS leaders
WHERE agms.entitled = 'focal_points';

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
WHERE participations.id IS NULL AND center_absences.center IS NULL
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

-- Whom a change concerns. Those whom only a wide one concerns have not said that they come: it is wide when a
-- conference is cancelled, takes place after all, or has other days.
CREATE VIEW change_readers AS
SELECT conference_changes.id AS change, session_stars.person_id, 0 AS is_wide
FROM conference_changes JOIN session_stars ON session_stars.session = conference_changes.session
UNION ALL
SELECT conference_changes.id, agm_entitled.person_id, 0
FROM conference_changes JOIN agm_entitled ON agm_entitled.conference = conference_changes.conference
WHERE conference_changes.about = 'agm' AND agm_entitled.is_out = 0
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
WHERE conference_changes.about = 'conference' AND present_delegates.is_guest = 0;
