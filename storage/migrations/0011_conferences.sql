-- The Annual Conferences, their agenda and AGM, who takes part, and the reminders before them.

-- Days and times of day of a conference are those of its time zone: days as in 2027-03-12, moments in microseconds UTC.
CREATE TABLE conferences (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'cancelled')),
    edition_number INTEGER,               -- the how manieth it is
    theme TEXT,
    host_country TEXT NOT NULL,           -- ISO 3166-1, two letters
    host_organization TEXT,
    city TEXT,
    venue TEXT,
    starts_on TEXT NOT NULL,              -- a day, as are the next six
    ends_on TEXT NOT NULL,
    register_by TEXT,                     -- the last day, as are the next three
    papers_by TEXT,
    visa_by TEXT,
    hotel_by TEXT,
    time_zone TEXT NOT NULL,              -- an IANA key
    languages TEXT,                       -- ISO 639-1, a space apart
    capacity INTEGER,                     -- how many can be there in person; empty: as many as come
    online_link TEXT,
    contact TEXT,
    opened_by BIGINT,                     -- a person; empty: erased since
    opened_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    edition INTEGER NOT NULL DEFAULT 0,   -- one more with each change
    CHECK (starts_on <= ends_on)
);
CREATE INDEX conferences_by_end ON conferences (ends_on);

-- What is good to know for those who come; part of what the bot answers until the conference is over.
CREATE TABLE conference_notes (
    conference INTEGER NOT NULL REFERENCES conferences (id) ON DELETE CASCADE,
    topic TEXT NOT NULL CHECK (topic IN ('travel', 'visa', 'hotel', 'dress', 'security')),
    content TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (conference, topic)
);

-- The Annual General Meeting of a conference.
CREATE TABLE agms (
    conference INTEGER PRIMARY KEY REFERENCES conferences (id) ON DELETE CASCADE,
    state TEXT NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'cancelled')),
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    place TEXT,
    online_link TEXT,
    notice_days INTEGER NOT NULL,         -- so many days before it, its formal notice goes out
    entitled TEXT NOT NULL CHECK (entitled IN ('delegates', 'focal_points', 'everyone')),
    changed_at BIGINT NOT NULL,
    edition INTEGER NOT NULL DEFAULT 0,
    CHECK (starts_at < ends_at)
);

CREATE TABLE agm_items (
    id INTEGER PRIMARY KEY,
    conference INTEGER NOT NULL REFERENCES agms (conference) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    title TEXT NOT NULL
);
CREATE INDEX agm_items_in_order ON agm_items (conference, position);

CREATE TABLE agenda_sessions (
    id INTEGER PRIMARY KEY,
    conference INTEGER NOT NULL REFERENCES conferences (id) ON DELETE CASCADE,
    uid TEXT NOT NULL,                    -- in calendars; that of the file that it was read in from
    state TEXT NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'cancelled')),
    segment TEXT NOT NULL CHECK (segment IN ('plenary', 'military', 'civilian', 'police')),
    title TEXT NOT NULL,
    description TEXT,
    speakers TEXT,                        -- a line each
    chair TEXT,
    room TEXT,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    language TEXT,                        -- ISO 639-1
    changed_at BIGINT NOT NULL,
    edition INTEGER NOT NULL DEFAULT 0,   -- one more with each change; the SEQUENCE of calendars
    UNIQUE (conference, uid),
    CHECK (starts_at < ends_at)
);
CREATE INDEX agenda_sessions_by_time ON agenda_sessions (conference, starts_at);

-- Files for the AGM or for a session.
CREATE TABLE conference_documents (
    id INTEGER PRIMARY KEY,
    conference INTEGER NOT NULL REFERENCES conferences (id) ON DELETE CASCADE,
    session INTEGER REFERENCES agenda_sessions (id) ON DELETE CASCADE,  -- empty: of the AGM
    title TEXT NOT NULL,
    file_id TEXT NOT NULL,                -- Telegram's
    added_at BIGINT NOT NULL
);
CREATE INDEX conference_documents_by_place ON conference_documents (conference, session);

-- Sessions that somebody has starred.
CREATE TABLE session_stars (
    session INTEGER NOT NULL REFERENCES agenda_sessions (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    starred_at BIGINT NOT NULL,
    PRIMARY KEY (session, person_id)
);
CREATE INDEX session_stars_by_person ON session_stars (person_id);

-- What was changed and is yet to be told to those whom it concerns: of the conference, its AGM, or a session.
CREATE TABLE conference_changes (
    id INTEGER PRIMARY KEY,
    conference INTEGER NOT NULL REFERENCES conferences (id) ON DELETE CASCADE,
    about TEXT NOT NULL CHECK (about IN ('conference', 'agm', 'session')),
    session INTEGER REFERENCES agenda_sessions (id) ON DELETE CASCADE,
    before TEXT NOT NULL,                 -- as JSON, what it was when it was told last
    after TEXT,                           -- what it was when it was told
    changed_at BIGINT NOT NULL,           -- the last time
    told_at BIGINT
);
CREATE UNIQUE INDEX conference_changes_untold ON conference_changes (conference, about, coalesce(session, 0))
WHERE told_at IS NULL;
CREATE INDEX conference_changes_told ON conference_changes (told_at);

CREATE TABLE participations (
    id INTEGER PRIMARY KEY,
    conference INTEGER NOT NULL REFERENCES conferences (id) ON DELETE CASCADE,
    delegate INTEGER REFERENCES delegates (id) ON DELETE SET NULL,  -- empty: erased since
    state TEXT NOT NULL CHECK (state IN ('registered', 'waiting', 'offered', 'withdrawn', 'declined')),
    attendance TEXT CHECK (attendance IN ('in_person', 'online')),
    arrives_on TEXT,
    departs_on TEXT,
    diet TEXT,
    accessibility TEXT,
    visa_letter INTEGER NOT NULL DEFAULT 0,
    segment TEXT CHECK (segment IN ('plenary', 'military', 'civilian', 'police')),
    answered_at BIGINT NOT NULL,          -- the first time
    queued_at BIGINT,                     -- since when they wait for a place
    offer_ends_at BIGINT,                 -- until when a place is kept for them
    asked TEXT,                           -- as JSON, what they ask the Secretariat to change it to; after the deadline
    asked_at BIGINT,
    was_online INTEGER NOT NULL DEFAULT 0,  -- 1: who waits in vain takes part online, as before
    changed_at BIGINT NOT NULL,
    edition INTEGER NOT NULL DEFAULT 0,
    UNIQUE (conference, delegate)
);
CREATE INDEX participations_by_delegate ON participations (delegate);
CREATE INDEX participations_by_state ON participations (conference, state, queued_at);

-- "Our Center will not come this year": nobody of it is asked any more.
CREATE TABLE center_absences (
    conference INTEGER NOT NULL REFERENCES conferences (id) ON DELETE CASCADE,
    center INTEGER NOT NULL REFERENCES centers (id) ON DELETE CASCADE,
    said_by BIGINT,                       -- a person; empty: erased since
    said_at BIGINT NOT NULL,
    PRIMARY KEY (conference, center)
);

-- When those of a Center who have not answered were last reminded by who leads it: once a day at most.
CREATE TABLE center_chases (
    conference INTEGER NOT NULL REFERENCES conferences (id) ON DELETE CASCADE,
    center INTEGER NOT NULL REFERENCES centers (id) ON DELETE CASCADE,
    chased_at BIGINT NOT NULL,
    PRIMARY KEY (conference, center)
);

-- The ladder of reminders of a conference, a row a rung.
CREATE TABLE reminder_rungs (
    id INTEGER PRIMARY KEY,
    conference INTEGER NOT NULL REFERENCES conferences (id) ON DELETE CASCADE,
    anchor TEXT NOT NULL CHECK (
        anchor IN ('conference', 'agm', 'registration', 'papers', 'visa', 'hotel', 'session', 'feedback')
    ),                                    -- before what it is; feedback: after the conference
    days INTEGER NOT NULL,                -- before, as the calendar of the conference's time zone counts; feedback: after
    minutes INTEGER NOT NULL,             -- with days: the time of day; without: how long before
    audience TEXT NOT NULL CHECK (
        audience IN ('unanswered_centers', 'unfinished', 'registered', 'in_person', 'entitled', 'visa', 'starred', 'came')
    ),
    is_formal INTEGER NOT NULL DEFAULT 0, -- 1: nobody can do without it, such as the notice of the AGM
    state TEXT NOT NULL DEFAULT 'on' CHECK (state IN ('on', 'held', 'removed')),  -- removed: what it sent is known
    edition INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX reminder_rungs_by_conference ON reminder_rungs (conference);

-- The words of a rung where the Secretariat has written its own.
CREATE TABLE reminder_words (
    rung INTEGER NOT NULL REFERENCES reminder_rungs (id) ON DELETE CASCADE,
    language TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (rung, language)
);

-- What somebody was reminded of: each rung once, for a session once for each.
CREATE TABLE reminders (
    id INTEGER PRIMARY KEY,
    rung INTEGER NOT NULL REFERENCES reminder_rungs (id) ON DELETE CASCADE,
    event TEXT NOT NULL,                  -- what it is about, and where that can move and be announced anew, which time
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    state TEXT NOT NULL DEFAULT 'queued'
        CHECK (state IN ('waiting', 'queued', 'sent', 'failed', 'dropped', 'missed')),  -- waiting: for a morning
    due_at BIGINT NOT NULL,
    queued_at BIGINT NOT NULL,
    ended_at BIGINT,
    UNIQUE (event, rung, person_id)
);
CREATE INDEX reminders_by_rung ON reminders (rung, state);
CREATE INDEX reminders_by_person ON reminders (person_id);
CREATE INDEX reminders_waiting ON reminders (due_at) WHERE state = 'waiting';

-- What somebody wants of reminders, where it is not as for everybody.
CREATE TABLE reminder_wishes (
    person_id BIGINT PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    muted TEXT NOT NULL DEFAULT '',       -- anchors, a space apart
    earlier_days INTEGER NOT NULL DEFAULT 0,
    night_from INTEGER NOT NULL DEFAULT 1320,  -- minutes of the day, in their time zone
    night_to INTEGER NOT NULL DEFAULT 420
);

-- When which rung is due for those of one time zone and night; there only while what is due is queued.
CREATE TABLE reminder_moments (
    rung INTEGER NOT NULL,
    event TEXT NOT NULL,
    session INTEGER NOT NULL DEFAULT 0,   -- 0: it is not before a session
    time_zone TEXT NOT NULL,              -- empty: theirs is not known
    night_from INTEGER NOT NULL,
    night_to INTEGER NOT NULL,
    earlier_days INTEGER NOT NULL,
    due_at BIGINT NOT NULL,
    send_at BIGINT NOT NULL,              -- later than it was due where that was missed and is night now
    outcome TEXT NOT NULL CHECK (outcome IN ('waiting', 'missed'))
);

-- Guests, and delegates of Centers that are members now: those who can take part.
CREATE VIEW present_delegates AS
SELECT id, person_id, center, is_guest
FROM delegates
WHERE state = 'active' AND person_id IS NOT NULL
    AND (
        is_guest = 1
        OR EXISTS (SELECT 1 FROM centers WHERE centers.id = delegates.center AND centers.state = 'approved')
    );

-- Scopes of roles are texts.
CREATE INDEX centers_by_scope ON centers ((CAST(id AS TEXT)));

-- Who leads a Center that is a member now; not who is suspended, as in `led` and `leaders` of the roles.
CREATE VIEW present_leaders AS
SELECT centers.id AS center, roles.person_id
FROM centers
JOIN roles ON roles.scope = CAST(centers.id AS TEXT) AND roles.role IN ('focal_point', 'deputy')
WHERE centers.state = 'approved'
    AND NOT EXISTS (
        SELECT 1 FROM delegates WHERE delegates.person_id = roles.person_id AND delegates.state = 'suspended'
    );

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
SELECT agms.conference, people.id,
    CASE WHEN NOT EXISTS (
        SELECT 1
        FROM present_leaders LEFT JOIN center_absences
            ON center_absences.center = present_leaders.center AND center_absences.conference = agms.conference
        WHERE present_leaders.person_id = people.id AND center_absences.center IS NULL
    ) OR EXISTS (
        SELECT 1
        FROM delegates JOIN participations ON participations.delegate = delegates.id
        WHERE delegates.person_id = people.id AND participations.conference = agms.conference
            AND participations.state IN ('declined', 'withdrawn')
    ) THEN 1 ELSE 0 END
FROM agms
CROSS JOIN people
WHERE agms.entitled = 'focal_points' AND people.id IN (SELECT person_id FROM present_leaders);

-- Whom a rung means, as things stand, each person once. Who is out gets formal notices only.
CREATE VIEW reminder_audiences AS
SELECT 'unanswered_centers' AS audience, conferences.id AS conference, people.id AS person_id, 0 AS session,
    0 AS is_out
FROM people
CROSS JOIN conferences
WHERE people.id IN (SELECT person_id FROM present_leaders) AND EXISTS (
    SELECT 1
    FROM present_leaders LEFT JOIN center_absences
        ON center_absences.center = present_leaders.center AND center_absences.conference = conferences.id
    WHERE present_leaders.person_id = people.id AND center_absences.center IS NULL
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
