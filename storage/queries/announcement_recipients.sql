-- name: taken_in$
SELECT taken_in FROM announcements WHERE id = :announcement;

-- name: piece^
-- The next people to look at.
SELECT max(piece.id) AS last, count(*) AS how_many
FROM (SELECT id FROM people WHERE id > :after ORDER BY id LIMIT :at_most) AS piece;

-- name: take_in!
-- Everybody of a piece whom it is meant for.
INSERT INTO announcement_recipients (announcement, person_id, todo)
SELECT announcement_readers.announcement, announcement_readers.person_id, 'send'
FROM announcement_readers
WHERE announcement_readers.announcement = :announcement
    AND announcement_readers.person_id > :after AND announcement_readers.person_id <= :last
ON CONFLICT (announcement, person_id) DO NOTHING;

-- name: set_taken_in!
UPDATE announcements SET taken_in = :taken_in WHERE id = :announcement;

-- name: newcomers
SELECT announcement_readers.person_id
FROM announcement_readers
WHERE announcement_readers.announcement = :announcement AND NOT EXISTS (
    SELECT 1 FROM announcement_recipients AS known
    WHERE known.announcement = :announcement AND known.person_id = announcement_readers.person_id
)
LIMIT :at_most;

-- name: add*!
INSERT INTO announcement_recipients (announcement, person_id, todo)
SELECT announcements.id, people.id, 'send'
FROM announcements CROSS JOIN people
WHERE announcements.id = :announcement AND announcements.state = 'running' AND people.id = :person_id
ON CONFLICT (announcement, person_id) DO NOTHING;

-- name: under_way$
SELECT count(*)
FROM announcement_recipients
WHERE announcement = :announcement AND todo IS NOT NULL AND batch IS NOT NULL;

-- name: next_batch^
UPDATE announcements SET batches = batches + 1 WHERE id = :announcement RETURNING batches, state, is_paid;

-- name: mark!
UPDATE announcement_recipients
SET batch = :batch
WHERE announcement = :announcement AND person_id IN (
    SELECT waiting.person_id
    FROM announcement_recipients AS waiting
    WHERE waiting.announcement = :announcement AND waiting.todo IS NOT NULL AND waiting.batch IS NULL
        AND (:is_running = 1 OR waiting.todo <> 'send')
    ORDER BY waiting.person_id
    LIMIT :at_most
);

-- name: post!
-- The sign is for SQLite: else it reads all recipients for each batch, to be spared the sorting of a hundred.
INSERT INTO outbox (
    chat_id, message_class, renderer, args, follow_up, follow_up_args, on_failure, on_failure_args, paid, queued_at
)
SELECT person_id, 2, :renderer, :args, :follow_up, :args, :on_failure, :args,
    CASE WHEN todo = 'send' THEN :paid ELSE 0 END, :now
FROM announcement_recipients
WHERE announcement = :announcement AND batch = :batch AND todo IS NOT NULL
ORDER BY +person_id;

-- name: recipient^
SELECT announcement, person_id, state, todo, batch, language, text_edition, messages, read_at, sent_at
FROM announcement_recipients
WHERE announcement = :announcement AND person_id = :person_id;

-- name: errands
SELECT announcement_recipients.announcement, announcement_recipients.person_id, announcement_recipients.state,
    announcement_recipients.todo, announcement_recipients.batch, announcement_recipients.language,
    announcement_recipients.text_edition, announcement_recipients.messages, announcement_recipients.read_at,
    announcement_recipients.sent_at, announcements.state AS announcement_state,
    announcements.text_edition AS text_edition_now, announcements.is_official, announcements.is_paid,
    people.language AS reads
FROM announcement_recipients
JOIN announcements ON announcements.id = announcement_recipients.announcement
JOIN people ON people.id = announcement_recipients.person_id
WHERE announcement_recipients.announcement = :announcement AND announcement_recipients.person_id IN (
    :p0, :p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8, :p9, :p10, :p11, :p12, :p13, :p14, :p15
);

-- name: put_back!
-- It was not sent: it is paused, and goes into the outbox anew; or it was stopped.
UPDATE announcement_recipients
SET batch = NULL, state = CASE WHEN :is_over = 1 THEN 'skipped' ELSE state END,
    todo = CASE WHEN :is_over = 1 THEN NULL ELSE todo END
WHERE announcement = :announcement AND person_id = :person_id AND batch = :batch AND todo = 'send';

-- name: skip!
-- Nothing of it is in the outbox.
UPDATE announcement_recipients
SET state = 'skipped', todo = NULL
WHERE announcement = :announcement AND todo = 'send' AND batch IS NULL;

-- name: part_sent*!
UPDATE announcement_recipients
SET messages = :messages, sent_at = :now
WHERE announcement = :announcement AND person_id = :person_id AND batch = :batch;

-- name: sent*!
-- What was decided while it was under way is still to be done.
UPDATE announcement_recipients
SET state = 'sent', batch = NULL, language = :language, text_edition = :text_edition, messages = :messages,
    sent_at = :now,
    todo = (
        SELECT CASE WHEN announcements.recalled_at IS NOT NULL THEN 'recall'
            WHEN announcements.text_edition > :text_edition THEN 'correct' END
        FROM announcements WHERE announcements.id = :announcement
    )
WHERE announcement = :announcement AND person_id = :person_id AND batch = :batch AND todo = 'send';

-- name: done*!
-- What was to be sent and failed behind its first messages, such as the words behind an album, can be recalled too.
UPDATE announcement_recipients
SET todo = (
        SELECT 'recall' FROM announcements
        WHERE announcements.id = :announcement AND announcements.recalled_at IS NOT NULL
            AND :todo = 'send' AND announcement_recipients.messages IS NOT NULL
    ),
    batch = NULL, state = :state, failure = :failure, text_edition = coalesce(:text_edition, text_edition)
WHERE announcement = :announcement AND person_id = :person_id AND batch = :batch AND todo = :todo;

-- name: correct!
UPDATE announcement_recipients
SET todo = 'correct', batch = NULL
WHERE announcement = :announcement AND state = 'sent' AND language = :language AND (todo IS NULL OR todo = 'correct');

-- name: recall!
-- Telegram lets a bot delete what is not older than two days.
UPDATE announcement_recipients
SET batch = NULL, todo = CASE WHEN sent_at > :sent_after THEN 'recall' END,
    state = CASE WHEN sent_at > :sent_after THEN state ELSE 'stays' END
WHERE announcement = :announcement
    AND (state = 'sent' OR (state IN ('failed', 'blocked') AND messages IS NOT NULL));
