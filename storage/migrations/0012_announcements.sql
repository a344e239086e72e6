-- Announcements: what the Secretariat tells many people, whom it reached, and who has read it.

ALTER TABLE outbox ADD COLUMN paid INTEGER NOT NULL DEFAULT 0;  -- 1: Telegram is paid for a higher pace

-- Times are microseconds UTC.
CREATE TABLE announcements (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL DEFAULT 'draft' CHECK (
        state IN ('draft', 'template', 'waiting', 'scheduled', 'running', 'paused', 'ended', 'stopped')
    ),                                    -- waiting: for a second member of the Secretariat
    is_official INTEGER NOT NULL DEFAULT 0,  -- 1: also to those who want no announcements
    is_paid INTEGER NOT NULL DEFAULT 0,
    audience TEXT NOT NULL DEFAULT '{}',  -- its building blocks, as JSON
    for_who TEXT NOT NULL DEFAULT '',     -- the same, as the view below reads it, as are the next nine: ' one two '
    for_focus TEXT NOT NULL DEFAULT '',
    for_kind TEXT NOT NULL DEFAULT '',
    for_country TEXT NOT NULL DEFAULT '',
    for_region TEXT NOT NULL DEFAULT '',
    for_language TEXT NOT NULL DEFAULT '',
    for_takes_part TEXT NOT NULL DEFAULT '',
    for_conference INTEGER NOT NULL DEFAULT 0,  -- 0: no matter which, as are the next two
    for_session INTEGER NOT NULL DEFAULT 0,
    for_unread INTEGER NOT NULL DEFAULT 0,
    for_silent INTEGER NOT NULL DEFAULT 0,  -- 1: only people of Centers of which nobody has read `for_unread`
    batches INTEGER NOT NULL DEFAULT 0,   -- how often some of its recipients were put into the outbox
    joins_looked_at BIGINT,               -- when those who joined later were looked for last
    recalled_at BIGINT,
    taken_in BIGINT,                      -- people up to this id were looked at; empty: all, or none yet
    heading TEXT NOT NULL DEFAULT '',     -- its first words, for lists
    sought TEXT NOT NULL DEFAULT '',      -- all its words without accents and capitals, to search in
    made_by BIGINT,                       -- a person, as are the next two; empty: nobody yet, or erased since
    confirmed_by BIGINT,
    seconded_by BIGINT,
    made_at BIGINT NOT NULL,
    send_at BIGINT,                       -- when it is to begin; empty: as soon as it is confirmed
    time_zone TEXT,                       -- in which that was said, an IANA key
    joins_until BIGINT,                   -- until when those who come to belong to the audience get it too
    chases INTEGER REFERENCES announcements (id),  -- goes to those who have not read that one
    chase_every_days INTEGER,             -- those who have not pressed "I have read it" are asked again so often
    chase_at BIGINT,                      -- when next
    chased INTEGER NOT NULL DEFAULT 0,    -- how often they were asked
    chase_centers INTEGER NOT NULL DEFAULT 0,  -- 1: only those of Centers of which nobody has
    chase_by BIGINT,                      -- the person who wanted that
    started_at BIGINT,
    ended_at BIGINT,
    text_edition INTEGER NOT NULL DEFAULT 0,  -- one more with each correction
    edition INTEGER NOT NULL DEFAULT 0,   -- one more with each change of what is here
    board_chat BIGINT,                    -- where its progress is shown
    board_message BIGINT,
    board_shown_at BIGINT,                -- when that was written last
    board_done INTEGER NOT NULL DEFAULT 0,  -- how many it counted then as done
    board_quiet INTEGER NOT NULL DEFAULT 0  -- how often it was written since nothing has been under way
);
CREATE INDEX announcements_by_state ON announcements (state, id);
CREATE INDEX announcements_to_begin ON announcements (send_at) WHERE state = 'scheduled';

-- What it says, in each language that it was written in.
CREATE TABLE announcement_texts (
    announcement INTEGER NOT NULL REFERENCES announcements (id) ON DELETE CASCADE,
    language TEXT NOT NULL,
    content TEXT NOT NULL,                -- as JSON, see bot/announcements/content.py
    accepted_at BIGINT,                   -- Telegram took its preview; empty: not yet
    correction TEXT,                      -- what is to replace it where it was sent, as JSON; not confirmed yet
    correction_accepted_at BIGINT,        -- Telegram took that one's preview
    PRIMARY KEY (announcement, language)
);

CREATE TABLE announcement_buttons (
    announcement INTEGER NOT NULL REFERENCES announcements (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,               -- from 0
    action TEXT NOT NULL CHECK (action IN ('link', 'read', 'registration', 'agenda')),
    label TEXT,                           -- of a link
    url TEXT,
    PRIMARY KEY (announcement, place)
);

-- Whom it is for, and what became of it there.
CREATE TABLE announcement_recipients (
    announcement INTEGER NOT NULL REFERENCES announcements (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (
        state IN ('pending', 'sent', 'blocked', 'failed', 'skipped', 'recalled', 'stays')
    ),                                    -- stays: was to be recalled, and Telegram did not let it
    todo TEXT CHECK (todo IN ('send', 'correct', 'recall')),
    batch INTEGER,                        -- under which the outbox has it; empty: it is to be put there
    language TEXT,                        -- of the text that it got
    text_edition INTEGER,
    messages TEXT,                        -- their ids, a space apart
    failure TEXT,
    sent_at BIGINT,
    read_at BIGINT,
    PRIMARY KEY (announcement, person_id)
);
CREATE INDEX announcement_recipients_todo ON announcement_recipients (announcement, person_id)
    WHERE todo IS NOT NULL AND batch IS NULL;
CREATE INDEX announcement_recipients_under_way ON announcement_recipients (announcement, batch)
    WHERE todo IS NOT NULL AND batch IS NOT NULL;
CREATE INDEX announcement_recipients_of_person ON announcement_recipients (person_id, sent_at);
CREATE INDEX announcement_recipients_unread ON announcement_recipients (announcement, state, read_at);

-- Who wants official announcements only.
CREATE TABLE announcement_wishes (
    person_id BIGINT PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    only_official_since BIGINT NOT NULL
);

-- Whom an announcement is meant for, as things stand. Focus, kind, country and region are those of the Center to which
-- somebody belongs, or that they lead. Nobody who cannot be reached, is suspended, or leads a suspended Center only.
CREATE VIEW announcement_readers AS
SELECT announcements.id AS announcement, people.id AS person_id, people.language, people.first_name, people.last_name,
    people.username
FROM announcements
CROSS JOIN people
LEFT JOIN delegates ON delegates.person_id = people.id
LEFT JOIN participations
    ON participations.delegate = delegates.id AND participations.conference = announcements.for_conference
LEFT JOIN center_absences
    ON center_absences.center = delegates.center AND center_absences.conference = announcements.for_conference
WHERE people.unreachable_since IS NULL AND coalesce(delegates.state, '') <> 'suspended'
    AND (
        announcements.is_official = 1
        OR NOT EXISTS (SELECT 1 FROM announcement_wishes WHERE announcement_wishes.person_id = people.id)
    )
    AND (announcements.for_language = '' OR announcements.for_language LIKE '% ' || people.language || ' %')
    AND (
        announcements.for_session = 0
        OR EXISTS (
            SELECT 1 FROM session_stars
            WHERE session_stars.session = announcements.for_session AND session_stars.person_id = people.id
        )
    )
    AND (
        announcements.for_unread = 0
        OR EXISTS (
            SELECT 1 FROM announcement_recipients
            WHERE announcement_recipients.announcement = announcements.for_unread
                AND announcement_recipients.person_id = people.id
                AND announcement_recipients.state = 'sent' AND announcement_recipients.read_at IS NULL
        )
    )
    AND (
        announcements.for_silent = 0
        OR delegates.center IS NOT NULL AND NOT EXISTS (
            SELECT 1
            FROM announcement_recipients AS others
            JOIN delegates AS members ON members.person_id = others.person_id
            WHERE others.announcement = announcements.for_unread AND others.read_at IS NOT NULL
                AND members.center = delegates.center
        )
    )
    AND (
        announcements.for_who = ''
        OR announcements.for_who LIKE '% delegates %' AND delegates.state = 'active' AND delegates.is_guest = 0
        OR announcements.for_who LIKE '% guests %' AND delegates.state = 'active' AND delegates.is_guest = 1
        OR EXISTS (
            SELECT 1 FROM roles
            WHERE roles.person_id = people.id AND (
                roles.role = 'secretariat' AND announcements.for_who LIKE '% secretariat %'
                OR roles.role IN ('focal_point', 'deputy') AND announcements.for_who LIKE '% leads %'
                OR roles.role = 'host' AND announcements.for_who LIKE '% hosts %'
                    AND (
                        announcements.for_conference = 0
                        OR roles.scope = CAST(announcements.for_conference AS TEXT)
                    )
            )
        )
    )
    AND (
        announcements.for_takes_part = ''
        OR announcements.for_takes_part LIKE '% registered %' AND participations.state = 'registered'
        OR announcements.for_takes_part LIKE '% in_person %' AND participations.state = 'registered'
            AND participations.attendance = 'in_person'
        OR announcements.for_takes_part LIKE '% online %' AND participations.state = 'registered'
            AND participations.attendance = 'online'
        OR announcements.for_takes_part LIKE '% wait_listed %' AND participations.state IN ('waiting', 'offered')
        OR announcements.for_takes_part LIKE '% declined %' AND (
            participations.state IN ('declined', 'withdrawn')
            OR participations.id IS NULL AND center_absences.center IS NOT NULL
        )
        OR announcements.for_takes_part LIKE '% not_yet %' AND delegates.state = 'active'
            AND participations.id IS NULL AND center_absences.center IS NULL
    )
    AND (
        announcements.for_focus = '' AND announcements.for_kind = '' AND announcements.for_country = ''
            AND announcements.for_region = ''
        OR EXISTS (
            SELECT 1 FROM centers
            WHERE centers.state = 'approved'
                AND centers.id IN (
                    SELECT CASE WHEN delegates.state = 'active' THEN delegates.center END
                    UNION ALL
                    SELECT CASE WHEN roles.role IN ('focal_point', 'deputy') THEN CAST(roles.scope AS BIGINT) END
                    FROM roles WHERE roles.person_id = people.id
                )
                AND (announcements.for_focus = '' OR announcements.for_focus LIKE '% ' || centers.focus || ' %')
                AND (announcements.for_kind = '' OR announcements.for_kind LIKE '% ' || centers.kind || ' %')
                AND (announcements.for_country = '' OR announcements.for_country LIKE '% ' || centers.country || ' %')
                AND (announcements.for_region = '' OR announcements.for_region LIKE '% ' || centers.region || ' %')
        )
    )
    AND (
        NOT EXISTS (
            SELECT 1 FROM roles WHERE roles.person_id = people.id AND roles.role IN ('focal_point', 'deputy')
        )
        OR EXISTS (
            SELECT 1 FROM centers
            WHERE centers.state <> 'suspended' AND centers.id IN (
                SELECT CASE WHEN roles.role IN ('focal_point', 'deputy') THEN CAST(roles.scope AS BIGINT) END
                FROM roles WHERE roles.person_id = people.id
            )
        )
    );

-- What somebody writes in reply to an announcement goes to the Secretariat, which sees to which.
ALTER TABLE desk_letters ADD COLUMN announcement INTEGER REFERENCES announcements (id) ON DELETE SET NULL;
