-- Which of a person's letters have been answered: of several that wait, one may be, while the others go on waiting.
ALTER TABLE desk_letters ADD COLUMN settled_as TEXT CHECK (settled_as IN ('answered', 'closed'));  -- a person's letters
ALTER TABLE desk_letters ADD COLUMN settled_at BIGINT;  -- empty: it waits
ALTER TABLE desk_letters ADD COLUMN answer INTEGER REFERENCES desk_letters (id) ON DELETE SET NULL;
CREATE INDEX desk_letters_waiting ON desk_letters (thread_id, id) WHERE direction = 'to_staff' AND settled_at IS NULL;
CREATE INDEX desk_letters_by_answer ON desk_letters (answer) WHERE answer IS NOT NULL;

-- So far, whatever a conversation became, all that had been written in it was.
UPDATE desk_letters
SET settled_as = (
        SELECT CASE
            WHEN desk_threads.state = 'closed' AND desk_letters.written_at >= desk_threads.waiting_since THEN 'closed'
            ELSE 'answered'
        END
        FROM desk_threads
        WHERE desk_threads.id = desk_letters.thread_id
    ),
    settled_at = (
        SELECT coalesce(desk_threads.settled_at, desk_letters.written_at)
        FROM desk_threads
        WHERE desk_threads.id = desk_letters.thread_id
    )
WHERE direction = 'to_staff' AND NOT EXISTS (
    SELECT 1
    FROM desk_threads
    WHERE desk_threads.id = desk_letters.thread_id AND desk_threads.state = 'waiting'
        AND desk_letters.written_at >= desk_threads.waiting_since
);
