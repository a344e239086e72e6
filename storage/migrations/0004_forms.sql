-- Forms that people have begun to fill in.

CREATE TABLE drafts (
    id INTEGER PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    form TEXT NOT NULL,
    subject TEXT NOT NULL,                -- what it is about, where there are several; else empty
    version INTEGER NOT NULL,             -- of the form, when it was last touched
    state TEXT NOT NULL CHECK (state IN ('active', 'paused')),
    mode TEXT NOT NULL CHECK (mode IN ('asking', 'changing', 'summary')),
    step TEXT NOT NULL,                   -- the field that is asked for; empty: none, in the summary
    answers TEXT NOT NULL,                -- JSON, as are the next five
    given TEXT NOT NULL,                  -- the answers that it began with
    context TEXT NOT NULL,
    only_fields TEXT NOT NULL,            -- the fields that are asked for; empty: all
    picked TEXT NOT NULL,                 -- what is ticked so far
    messages TEXT NOT NULL,               -- by field, in which message the answer was typed
    typed TEXT,                           -- what was written and not taken as an answer, and may still be
    prompt_id BIGINT,                     -- the message that asks
    revision INTEGER NOT NULL DEFAULT 0,  -- one more with each step
    touched_at BIGINT NOT NULL,
    UNIQUE (person_id, form, subject)
);
CREATE UNIQUE INDEX drafts_active ON drafts (person_id) WHERE state = 'active';
CREATE INDEX drafts_by_time ON drafts (touched_at);
