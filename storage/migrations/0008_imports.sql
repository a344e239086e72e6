-- Lists that members of the Secretariat read in. The list itself stays with Telegram, and is fetched when it is needed.

CREATE TABLE imports (
    id INTEGER PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (
        state IN ('mapping', 'checking', 'checked', 'applying', 'done', 'failed', 'cancelled')
    ),
    file_id TEXT NOT NULL,                -- by which Telegram gives the list again
    filename TEXT NOT NULL,
    sheets TEXT NOT NULL,                 -- JSON: the headings of each sheet, and what each column is read into
    outcome TEXT,                         -- of the dry run that was shown: another text, another outcome
    message_id BIGINT,                    -- the message that tells how far it is
    edition INTEGER NOT NULL DEFAULT 0,   -- one more with each step; an outdated button shows another
    begun_at BIGINT NOT NULL,
    touched_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX imports_one_open ON imports (person_id)
WHERE state IN ('mapping', 'checking', 'checked', 'applying');
CREATE INDEX imports_at_work ON imports (id) WHERE state IN ('checking', 'applying');
CREATE INDEX imports_by_time ON imports (touched_at);
