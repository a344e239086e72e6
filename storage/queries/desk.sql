-- name: begin_wait$
-- The conversation with a person waits (again); what waited before goes on with its own time.
INSERT INTO desk_threads (person_id, waiting_since, alarm_at)
VALUES (:person_id, :now, :alarm_at)
ON CONFLICT (person_id) DO UPDATE
SET waiting_since = CASE WHEN desk_threads.state = 'waiting'
        THEN desk_threads.waiting_since ELSE excluded.waiting_since END,
    alarm_at = CASE WHEN desk_threads.state = 'waiting' THEN desk_threads.alarm_at ELSE excluded.alarm_at END,
    assignee_id = CASE WHEN desk_threads.state = 'closed' THEN NULL ELSE desk_threads.assignee_id END,
    assigned_at = CASE WHEN desk_threads.state = 'closed' THEN NULL ELSE desk_threads.assigned_at END,
    state = 'waiting'
RETURNING id;

-- name: thread^
SELECT desk_threads.id, desk_threads.person_id, desk_threads.state, desk_threads.waiting_since,
    desk_threads.assignee_id, desk_threads.assigned_at, desk_threads.settled_by, desk_threads.settled_at,
    desk_threads.group_id, desk_threads.topic_asked_at, desk_threads.topic_id, desk_threads.card_id,
    people.language, people.first_name, people.last_name, people.username
FROM desk_threads JOIN people ON people.id = desk_threads.person_id
WHERE desk_threads.id = :id;

-- name: of_person$
SELECT id FROM desk_threads WHERE person_id = :person_id;

-- name: by_topic$
SELECT id FROM desk_threads WHERE group_id = :group_id AND topic_id = :topic_id;

-- name: waiting
SELECT desk_threads.id, desk_threads.person_id, desk_threads.state, desk_threads.waiting_since,
    desk_threads.assignee_id, desk_threads.assigned_at, desk_threads.settled_by, desk_threads.settled_at,
    desk_threads.group_id, desk_threads.topic_asked_at, desk_threads.topic_id, desk_threads.card_id,
    people.language, people.first_name, people.last_name, people.username
FROM desk_threads JOIN people ON people.id = desk_threads.person_id
WHERE desk_threads.state = 'waiting'
ORDER BY desk_threads.waiting_since, desk_threads.id
LIMIT :at_most;

-- name: count_waiting$
SELECT count(*) FROM desk_threads WHERE state = 'waiting';

-- name: count_waiting_since$
SELECT count(*) FROM desk_threads WHERE state = 'waiting' AND waiting_since <= :since;

-- name: settle!
UPDATE desk_threads
SET state = :state, settled_by = :person_id, settled_at = :now, alarm_at = NULL
WHERE id = :id AND state = :was;

-- name: reopen!
UPDATE desk_threads
SET state = 'waiting', waiting_since = :now, alarm_at = :alarm_at
WHERE id = :id AND state <> 'waiting';

-- name: wait_since!
UPDATE desk_threads
SET state = 'waiting', waiting_since = :since, alarm_at = :alarm_at
WHERE id = :id;

-- name: assign!
-- Of two who take at the same time, one does: `expected` is whom the button showed, 0 is nobody.
UPDATE desk_threads
SET assignee_id = :person_id, assigned_at = :now
WHERE id = :id AND state <> 'closed' AND coalesce(assignee_id, 0) = :expected;

-- name: ring
UPDATE desk_threads
SET alarm_at = NULL
WHERE state = 'waiting' AND alarm_at <= :now
RETURNING id;

-- name: move_to_group!
-- What the thread had in another group is of no use in this one.
UPDATE desk_threads
SET group_id = :group_id, topic_asked_at = NULL, topic_id = NULL, card_id = NULL
WHERE id = :id AND coalesce(group_id, 0) <> :group_id;

-- name: ask_topic!
UPDATE desk_threads
SET topic_asked_at = :now
WHERE id = :id AND group_id = :group_id AND topic_asked_at IS NULL;

-- name: topic_made!
UPDATE desk_threads
SET topic_id = :topic_id
WHERE id = :id AND group_id = :group_id;

-- name: topic_gone!
UPDATE desk_threads
SET topic_asked_at = NULL, topic_id = NULL, card_id = NULL
WHERE id = :id AND group_id = :group_id AND coalesce(topic_id, 0) = :topic_id;

-- name: card_made!
UPDATE desk_threads
SET card_id = :card_id
WHERE id = :id AND group_id = :group_id;

-- name: add_letter$
INSERT INTO desk_letters (
    thread_id, direction, author_id, chat_id, message_id, content, plain, html, album, is_question, reply_to_id,
    written_at, announcement
)
VALUES (
    :thread_id, :direction, :author_id, :chat_id, :message_id, :content, :plain, :html, :album, :is_question,
    :reply_to_id, :written_at, :announcement
)
ON CONFLICT (chat_id, message_id) DO NOTHING
RETURNING id;

-- name: change_letter!
UPDATE desk_letters
SET plain = :plain, html = :html
WHERE id = :id;

-- name: letter^
SELECT id, thread_id, direction, author_id, chat_id, message_id, content, plain, html, album, is_question,
    reply_to_id, written_at, failed_at, announcement
FROM desk_letters
WHERE id = :id;

-- name: letter_at^
SELECT id, thread_id, direction, author_id, chat_id, message_id, content, plain, html, album, is_question,
    reply_to_id, written_at, failed_at, announcement
FROM desk_letters
WHERE chat_id = :chat_id AND message_id = :message_id;

-- name: last_letter^
SELECT id, thread_id, direction, author_id, chat_id, message_id, content, plain, html, album, is_question,
    reply_to_id, written_at, failed_at, announcement
FROM desk_letters
WHERE thread_id = :thread_id AND direction = :direction
ORDER BY id DESC
LIMIT 1;

-- name: letter_back$
-- When the last letter but :passed was written, if that was after a time; an album counts once.
SELECT written_at
FROM desk_letters
WHERE thread_id = :thread_id AND direction = 'to_staff' AND written_at > :after
    AND NOT EXISTS (
        SELECT 1 FROM desk_letters AS first
        WHERE first.thread_id = desk_letters.thread_id AND first.album = desk_letters.album
            AND first.id < desk_letters.id
    )
ORDER BY id DESC
LIMIT 1 OFFSET :passed;

-- name: unsent
-- What waits, and what is not in this chat yet.
SELECT desk_letters.id, desk_letters.thread_id, desk_letters.direction, desk_letters.author_id,
    desk_letters.chat_id, desk_letters.message_id, desk_letters.content, desk_letters.plain, desk_letters.html,
    desk_letters.album, desk_letters.is_question, desk_letters.reply_to_id, desk_letters.written_at,
    desk_letters.failed_at, desk_letters.announcement
FROM desk_threads CROSS JOIN desk_letters
WHERE desk_letters.thread_id = desk_threads.id AND desk_threads.state = 'waiting' AND desk_letters.direction = 'to_staff'
    AND desk_letters.settled_at IS NULL
    AND NOT EXISTS (
        SELECT 1 FROM desk_copies
        WHERE desk_copies.letter = desk_letters.id AND desk_copies.part IN ('body', 'both')
            AND desk_copies.chat_id = :chat_id
    )
ORDER BY desk_letters.id;

-- name: sent_to
-- What waits, as far as it has arrived in this chat.
SELECT desk_letters.id, desk_letters.thread_id, desk_letters.direction, desk_letters.author_id,
    desk_letters.chat_id, desk_letters.message_id, desk_letters.content, desk_letters.plain, desk_letters.html,
    desk_letters.album, desk_letters.is_question, desk_letters.reply_to_id, desk_letters.written_at,
    desk_letters.failed_at, desk_letters.announcement
FROM desk_threads CROSS JOIN desk_letters
WHERE desk_letters.thread_id = desk_threads.id AND desk_threads.state = 'waiting' AND desk_letters.direction = 'to_staff'
    AND desk_letters.settled_at IS NULL
    AND EXISTS (
        SELECT 1 FROM desk_copies
        WHERE desk_copies.letter = desk_letters.id AND desk_copies.part IN ('body', 'both')
            AND desk_copies.chat_id = :chat_id
    )
ORDER BY desk_letters.id;

-- name: undelivered
SELECT id, thread_id, direction, author_id, chat_id, message_id, content, plain, html, album, is_question,
    reply_to_id, written_at, failed_at, announcement
FROM desk_letters
WHERE thread_id = :thread_id AND direction = 'to_person' AND failed_at IS NOT NULL
ORDER BY id;

-- name: letter_failed!
UPDATE desk_letters
SET failed_at = :now
WHERE id = :id AND failed_at IS NULL;

-- name: letter_goes_again!
UPDATE desk_letters
SET failed_at = NULL
WHERE id = :id AND failed_at IS NOT NULL;

-- name: add_copy!
INSERT INTO desk_copies (chat_id, message_id, thread_id, letter, part)
VALUES (:chat_id, :message_id, :thread_id, :letter, :part)
ON CONFLICT (chat_id, message_id) DO NOTHING;

-- name: copy_at^
SELECT chat_id, message_id, thread_id, letter, part
FROM desk_copies
WHERE chat_id = :chat_id AND message_id = :message_id;

-- name: copy_of^
SELECT chat_id, message_id, thread_id, letter, part
FROM desk_copies
WHERE letter = :letter AND chat_id = :chat_id AND part IN ('body', 'both')
ORDER BY message_id DESC
LIMIT 1;

-- name: letter_before^
-- What a person wrote last before a letter of the Secretariat's.
SELECT earlier.id, earlier.thread_id, earlier.direction, earlier.author_id, earlier.chat_id, earlier.message_id,
    earlier.content, earlier.plain, earlier.html, earlier.album, earlier.is_question, earlier.reply_to_id,
    earlier.written_at, earlier.failed_at, earlier.announcement
FROM desk_letters JOIN desk_letters AS earlier ON earlier.thread_id = desk_letters.thread_id
WHERE desk_letters.id = :id AND earlier.direction = 'to_staff' AND earlier.plain <> '' AND earlier.id < desk_letters.id
ORDER BY earlier.id DESC
LIMIT 1;

-- name: forget_old!
-- What was written before a time, except where the person still waits.
DELETE FROM desk_letters
WHERE id IN (
    SELECT desk_letters.id
    FROM desk_letters JOIN desk_threads ON desk_threads.id = desk_letters.thread_id
    WHERE desk_letters.written_at < :before AND desk_threads.state <> 'waiting'
    ORDER BY desk_letters.written_at
    LIMIT :at_most
);

-- name: begin_thread!
-- The Secretariat writes first: nobody waits.
INSERT INTO desk_threads (person_id, state, waiting_since)
VALUES (:person_id, 'answered', :now)
ON CONFLICT (person_id) DO NOTHING;

-- name: add_same$
-- The same letter to somebody else. Its place is this person's own chat, and a number that no message has.
INSERT INTO desk_letters (
    thread_id, direction, author_id, chat_id, message_id, content, plain, html, is_question, written_at, same_as
)
SELECT :thread_id, direction, author_id, :person_id, -id, content, plain, html, is_question, written_at, id
FROM desk_letters
WHERE id = :same_as
RETURNING id;

-- name: same_as
SELECT id FROM desk_letters WHERE same_as = :same_as ORDER BY id;
