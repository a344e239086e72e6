-- A conference that is cancelled, or has other days, is told to those as well who lead Centers or host it: not all of
-- them are delegates.

DROP VIEW change_readers;

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
