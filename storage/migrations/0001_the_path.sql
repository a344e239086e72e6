-- The path of every message: inbox -> handler -> outbox, and whom it concerns.
-- Times are integers: microseconds since 1970-01-01 UTC. Identifiers of Telegram are BIGINT.

CREATE TABLE inbox (
    seq INTEGER PRIMARY KEY,              -- order of arrival
    update_id BIGINT NOT NULL UNIQUE,     -- a known update is ignored
    lane BIGINT NOT NULL,                 -- updates of one lane are handled in order
    payload TEXT NOT NULL,                -- the raw update; emptied once it is handled
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'set_aside')),
    tries INTEGER NOT NULL DEFAULT 0,
    failure TEXT,                         -- why the last try failed
    received_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX inbox_waiting ON inbox (seq) WHERE state = 'waiting';
CREATE INDEX inbox_set_aside ON inbox (seq) WHERE state = 'set_aside';
CREATE INDEX inbox_ended ON inbox (ended_at) WHERE state = 'done';

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    chat_id BIGINT NOT NULL,
    message_class INTEGER NOT NULL CHECK (message_class IN (0, 1, 2)),  -- reply, reminder, announcement
    method TEXT,                          -- of the Bot API, where the message is ready
    params TEXT,                          -- its parameters without chat_id, as JSON
    renderer TEXT,                        -- where it is rendered at delivery instead
    args TEXT,                            -- the renderer's arguments, as JSON
    follow_up TEXT,                       -- what runs in the transaction that records the result
    follow_up_args TEXT,
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'failed', 'aborted')),
    tries INTEGER NOT NULL DEFAULT 0,
    parts_sent INTEGER NOT NULL DEFAULT 0,
    not_before BIGINT NOT NULL DEFAULT 0, -- a retry waits until then
    queued_at BIGINT NOT NULL,
    ended_at BIGINT,
    message_id BIGINT,                    -- of the (last) message that it became
    failure TEXT,
    CHECK ((method IS NULL) <> (renderer IS NULL))
);
CREATE INDEX outbox_queued ON outbox (message_class, id) WHERE state = 'queued';
CREATE INDEX outbox_queued_by_chat ON outbox (chat_id) WHERE state = 'queued';
CREATE INDEX outbox_failed ON outbox (id) WHERE state = 'failed';
CREATE INDEX outbox_ended ON outbox (ended_at) WHERE state <> 'queued';

CREATE TABLE people (
    id BIGINT PRIMARY KEY,                -- Telegram's user id
    language TEXT NOT NULL,               -- what the bot speaks to this person
    language_chosen INTEGER NOT NULL DEFAULT 0,  -- 1: by the person; 0: guessed from the app
    last_album TEXT,                      -- of several pictures sent together, one is replied to
    unreachable_since BIGINT,             -- blocked the bot, or deleted the account
    first_seen_at BIGINT NOT NULL
);

CREATE TABLE groups (
    id BIGINT PRIMARY KEY,                -- Telegram's chat id, negative
    title TEXT NOT NULL,
    unreachable_since BIGINT,
    migrated_to BIGINT,                   -- the supergroup that it became
    first_seen_at BIGINT NOT NULL
);

-- What the bot could not answer, kept for the Secretariat.
CREATE TABLE open_questions (
    id INTEGER PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    chat_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,           -- a question is kept once
    language TEXT NOT NULL,
    question TEXT NOT NULL,
    hint TEXT,                            -- the known gap that it seems to fall into
    asked_at BIGINT NOT NULL,
    UNIQUE (chat_id, message_id)
);
CREATE INDEX open_questions_by_person ON open_questions (person_id);

-- Facts about this database itself.
CREATE TABLE about (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
