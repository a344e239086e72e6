-- name: add$
INSERT INTO agenda_sessions (
    conference, uid, segment, title, description, speakers, chair, room, starts_at, ends_at, language, changed_at
)
VALUES (
    :conference, :uid, :segment, :title, :description, :speakers, :chair, :room, :starts_at, :ends_at, :language, :now
)
RETURNING id;

-- name: add_many*!
INSERT INTO agenda_sessions (
    conference, uid, segment, title, description, speakers, chair, room, starts_at, ends_at, language, changed_at
)
VALUES (
    :conference, :uid, :segment, :title, :description, :speakers, :chair, :room, :starts_at, :ends_at, :language, :now
)
ON CONFLICT (conference, uid) DO NOTHING;

-- name: by_id^
SELECT id, conference, uid, state, segment, title, description, speakers, chair, room, starts_at, ends_at, language,
    changed_at, edition
FROM agenda_sessions
WHERE id = :id;

-- name: of_conference
SELECT id, conference, uid, state, segment, title, description, speakers, chair, room, starts_at, ends_at, language,
    changed_at, edition
FROM agenda_sessions
WHERE conference = :conference
ORDER BY starts_at, ends_at, id;

-- name: starred_by
SELECT s.id, s.conference, s.uid, s.state, s.segment, s.title, s.description, s.speakers, s.chair, s.room, s.starts_at,
    s.ends_at, s.language, s.changed_at, s.edition
FROM agenda_sessions AS s
JOIN session_stars AS t ON t.session = s.id
WHERE s.conference = :conference AND t.person_id = :person
ORDER BY s.starts_at, s.ends_at, s.id;

-- name: change!
UPDATE agenda_sessions
SET segment = :segment, title = :title, description = :description, speakers = :speakers, chair = :chair, room = :room,
    starts_at = :starts_at, ends_at = :ends_at, language = :language, state = :state,
    changed_at = :now, edition = edition + 1
WHERE id = :id AND edition = :edition;

-- name: change_many*!
UPDATE agenda_sessions
SET segment = :segment, title = :title, description = :description, speakers = :speakers, chair = :chair, room = :room,
    starts_at = :starts_at, ends_at = :ends_at, language = :language, state = :state,
    changed_at = :now, edition = edition + 1
WHERE id = :id AND edition = :edition;

-- name: star!
INSERT INTO session_stars (session, person_id, starred_at)
VALUES (:session, :person, :now)
ON CONFLICT (session, person_id) DO NOTHING;

-- name: unstar!
DELETE FROM session_stars WHERE session = :session AND person_id = :person;

-- name: count_starred$
SELECT count(*)
FROM session_stars JOIN people ON people.id = session_stars.person_id
WHERE session_stars.session = :session AND people.unreachable_since IS NULL;

-- name: is_starred$
SELECT count(*) FROM session_stars WHERE session = :session AND person_id = :person;

-- name: add_document$
INSERT INTO conference_documents (conference, session, title, file_id, added_at)
VALUES (:conference, :session, :title, :file_id, :now)
RETURNING id;

-- name: remove_document!
DELETE FROM conference_documents WHERE id = :id;

-- name: document^
SELECT id, conference, session, title, file_id, added_at FROM conference_documents WHERE id = :id;

-- name: documents_of_session
SELECT id, conference, session, title, file_id, added_at
FROM conference_documents
WHERE session = :session
ORDER BY id;

-- name: documents_of_agm
SELECT id, conference, session, title, file_id, added_at
FROM conference_documents
WHERE conference = :conference AND session IS NULL
ORDER BY id;
