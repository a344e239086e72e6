-- Who may do what, what was done, and the Secretariat's desk.

ALTER TABLE people ADD COLUMN first_name TEXT NOT NULL DEFAULT '';  -- as Telegram shows it
ALTER TABLE people ADD COLUMN last_name TEXT;
ALTER TABLE people ADD COLUMN username TEXT;
ALTER TABLE people ADD COLUMN writing_since BIGINT;  -- pressed "Ask the Secretariat"; the next message goes there

ALTER TABLE outbox ADD COLUMN on_failure TEXT;       -- what runs in the transaction that gives the message up
ALTER TABLE outbox ADD COLUMN on_failure_args TEXT;
ALTER TABLE outbox ADD COLUMN confidential INTEGER NOT NULL DEFAULT 0;  -- 1: emptied as soon as it is delivered

-- Owners are in the settings, not here.
CREATE TABLE roles (
    id INTEGER PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('secretariat', 'host', 'focal_point')),
    scope TEXT NOT NULL DEFAULT '',       -- the conference of a host, the Center of a focal point; '': everything
    given_by BIGINT NOT NULL,
    given_at BIGINT NOT NULL,
    UNIQUE (person_id, role, scope)
);
CREATE INDEX roles_by_role ON roles (role, scope);

CREATE TABLE role_links (
    id INTEGER PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,      -- the link itself is kept nowhere
    role TEXT NOT NULL CHECK (role IN ('secretariat', 'host', 'focal_point')),
    scope TEXT NOT NULL DEFAULT '',
    made_by BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_by BIGINT,
    used_at BIGINT,
    revoked_by BIGINT,
    revoked_at BIGINT,
    CHECK (used_at IS NULL OR revoked_at IS NULL)
);
CREATE INDEX role_links_open ON role_links (expires_at) WHERE used_at IS NULL AND revoked_at IS NULL;

CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at BIGINT NOT NULL,
    actor_id BIGINT NOT NULL,             -- a person; 0 is the bot itself
    act TEXT NOT NULL,                    -- such as 'role.give'; 'refused' where the right was missing
    object TEXT NOT NULL,                 -- such as 'person:7'
    before TEXT,                          -- as JSON
    after TEXT
);
CREATE INDEX audit_by_object ON audit (object);

-- The one group in which the Secretariat works; no row: none is bound.
CREATE TABLE secretariat_group (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    chat_id BIGINT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    is_forum INTEGER NOT NULL,
    uses_topics INTEGER NOT NULL,         -- 0 in a forum where the bot may not make topics
    bound_by BIGINT NOT NULL,
    bound_at BIGINT NOT NULL
);

-- What goes on between one person and the Secretariat.
CREATE TABLE desk_threads (
    id INTEGER PRIMARY KEY,
    person_id BIGINT NOT NULL UNIQUE REFERENCES people (id) ON DELETE CASCADE,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'answered', 'closed')),
    waiting_since BIGINT NOT NULL,        -- when the present wait began, or the last one
    alarm_at BIGINT,                      -- when the group is to be told that this waits; empty once it was told
    assignee_id BIGINT,
    assigned_at BIGINT,
    settled_by BIGINT,                    -- who answered or closed it
    settled_at BIGINT,
    group_id BIGINT,                      -- the group that the topic and the card are in
    topic_asked_at BIGINT,
    topic_id BIGINT,
    card_id BIGINT
);
CREATE INDEX desk_threads_waiting ON desk_threads (waiting_since) WHERE state = 'waiting';
CREATE INDEX desk_threads_alarm ON desk_threads (alarm_at) WHERE alarm_at IS NOT NULL;
CREATE INDEX desk_threads_by_topic ON desk_threads (group_id, topic_id);

-- Each message that the desk carries from one side to the other.
CREATE TABLE desk_letters (
    id INTEGER PRIMARY KEY,
    thread_id INTEGER NOT NULL REFERENCES desk_threads (id) ON DELETE CASCADE,
    direction TEXT NOT NULL CHECK (direction IN ('to_staff', 'to_person')),
    author_id BIGINT NOT NULL,
    chat_id BIGINT NOT NULL,              -- where it was written
    message_id BIGINT NOT NULL,
    content TEXT NOT NULL CHECK (content IN ('text', 'media', 'bare')),  -- bare: media that has no caption
    plain TEXT NOT NULL,
    html TEXT,                            -- with its formatting; empty: there is none
    album TEXT,
    is_question INTEGER NOT NULL,         -- 1: the bot was asked first
    reply_to_id BIGINT,                   -- the message that it answers, where it goes
    written_at BIGINT NOT NULL,
    failed_at BIGINT,                     -- it did not arrive
    UNIQUE (chat_id, message_id)
);
CREATE INDEX desk_letters_by_thread ON desk_letters (thread_id, id);

-- What became of it there; cards and notes too, so that whatever is replied to leads to its thread.
CREATE TABLE desk_copies (
    chat_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    thread_id INTEGER NOT NULL REFERENCES desk_threads (id) ON DELETE CASCADE,
    letter INTEGER REFERENCES desk_letters (id) ON DELETE CASCADE,
    part TEXT NOT NULL CHECK (part IN ('card', 'note', 'heading', 'body', 'both')),
    PRIMARY KEY (chat_id, message_id)
);
CREATE INDEX desk_copies_by_letter ON desk_copies (letter);

ALTER TABLE open_questions ADD COLUMN letter INTEGER REFERENCES desk_letters (id) ON DELETE SET NULL;
ALTER TABLE open_questions ADD COLUMN settled_as TEXT CHECK (settled_as IN ('answered', 'closed'));
ALTER TABLE open_questions ADD COLUMN settled_at BIGINT;
ALTER TABLE open_questions ADD COLUMN answer INTEGER REFERENCES desk_letters (id) ON DELETE SET NULL;

-- What was kept for the Secretariat before it had a desk goes there now, but for what is not about the association.
INSERT INTO desk_threads (person_id, waiting_since)
SELECT person_id, min(asked_at)
FROM open_questions
WHERE hint IS NULL
    OR hint NOT IN ('abuse', 'general-knowledge', 'instructions', 'other-organizations', 'peacekeeping-at-large')
GROUP BY person_id;

INSERT INTO desk_letters (
    thread_id, direction, author_id, chat_id, message_id, content, plain, is_question, written_at
)
SELECT desk_threads.id, 'to_staff', open_questions.person_id, open_questions.chat_id, open_questions.message_id,
    'text', open_questions.question, 1, open_questions.asked_at
FROM open_questions JOIN desk_threads ON desk_threads.person_id = open_questions.person_id
WHERE open_questions.hint IS NULL
    OR open_questions.hint
        NOT IN ('abuse', 'general-knowledge', 'instructions', 'other-organizations', 'peacekeeping-at-large')
ORDER BY open_questions.id;

UPDATE open_questions
SET letter = (
    SELECT desk_letters.id
    FROM desk_letters
    WHERE desk_letters.chat_id = open_questions.chat_id AND desk_letters.message_id = open_questions.message_id
);
