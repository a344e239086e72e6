-- name: place_board!
UPDATE announcements
SET board_chat = :chat_id, board_message = :message_id, board_quiet = 0
WHERE id = :id;

-- name: leave_board!
UPDATE announcements
SET board_message = NULL
WHERE id = :id AND board_chat = :chat_id AND board_message = :message_id;

-- name: wake_board!
UPDATE announcements SET board_quiet = 0 WHERE id = :id;

-- name: board^
SELECT id, board_chat, board_message, board_shown_at, board_done, board_quiet,
    CASE WHEN state = 'running' AND taken_in IS NOT NULL THEN 1 ELSE 0 END AS is_growing
FROM announcements
WHERE id = :id;

-- name: boards
-- Those that change: something is under way, or has been until a moment ago. What was sent as a pause began, or in the
-- end, is recorded a moment later, so they are written twice more.
WITH known AS (
    SELECT id, board_chat, board_message, board_shown_at, board_done, board_quiet,
        CASE WHEN state IN ('running', 'ended', 'stopped') AND (
            state = 'running' AND taken_in IS NOT NULL
            OR EXISTS (
                SELECT 1 FROM announcement_recipients
                WHERE announcement_recipients.announcement = announcements.id
                    AND announcement_recipients.todo IS NOT NULL AND announcement_recipients.batch IS NULL
            )
            OR EXISTS (
                SELECT 1 FROM announcement_recipients
                WHERE announcement_recipients.announcement = announcements.id
                    AND announcement_recipients.todo IS NOT NULL AND announcement_recipients.batch IS NOT NULL
            )
        ) THEN 1 ELSE 0 END AS is_under_way
    FROM announcements
    WHERE board_message IS NOT NULL
)
SELECT id, board_chat, board_message, board_shown_at, board_done, board_quiet, is_under_way
FROM known
WHERE board_quiet < 2 OR is_under_way = 1
ORDER BY id DESC
LIMIT :at_most;

-- name: unseen
-- What began while nobody had it before their eyes: at its time, or as a second member confirmed it.
SELECT id, confirmed_by
FROM announcements
WHERE state IN ('running', 'paused', 'ended', 'stopped') AND board_message IS NULL AND board_shown_at IS NULL
    AND started_at IS NOT NULL AND chases IS NULL AND confirmed_by IS NOT NULL
    AND (send_at IS NOT NULL OR seconded_by IS NOT NULL)
ORDER BY id;

-- name: seen!
UPDATE announcements SET board_shown_at = :now WHERE id = :id AND board_message IS NULL AND board_shown_at IS NULL;

-- name: board_shown!
UPDATE announcements
SET board_shown_at = :now, board_done = :done,
    board_quiet = CASE WHEN :is_under_way = 1 THEN 0 ELSE board_quiet + 1 END
WHERE id = :id AND board_message IS NOT NULL AND coalesce(board_shown_at, 0) = :was;

-- name: failures
-- Why it failed, most often first.
SELECT coalesce(failure, '') AS failure, count(*) AS how_many
FROM announcement_recipients
WHERE announcement = :announcement AND state = 'failed'
GROUP BY coalesce(failure, '')
ORDER BY count(*) DESC, coalesce(failure, '')
LIMIT :at_most;

-- name: by_center
-- Centers of which nobody has pressed "I have read it" first; whoever belongs to no Center last.
-- Whoever leads one and is no delegate belongs to that.
SELECT centers.name, count(*) AS reached, count(announcement_recipients.read_at) AS has_read
FROM announcement_recipients
LEFT JOIN delegates ON delegates.person_id = announcement_recipients.person_id
LEFT JOIN centers ON centers.id = coalesce(delegates.center, (
        SELECT min(CAST(roles.scope AS BIGINT)) FROM roles
        WHERE roles.person_id = announcement_recipients.person_id AND roles.role IN ('focal_point', 'deputy')
    ))
WHERE announcement_recipients.announcement = :announcement
    AND announcement_recipients.state IN ('sent', 'recalled', 'stays')
GROUP BY centers.id, centers.name, centers.sort_name
ORDER BY CASE WHEN centers.id IS NULL THEN 2 WHEN count(announcement_recipients.read_at) = 0 THEN 0 ELSE 1 END,
    centers.sort_name, centers.id
LIMIT :at_most OFFSET :skipped;

-- name: count_centers$
SELECT count(DISTINCT coalesce(coalesce(delegates.center, (
        SELECT min(CAST(roles.scope AS BIGINT)) FROM roles
        WHERE roles.person_id = announcement_recipients.person_id AND roles.role IN ('focal_point', 'deputy')
    )), 0))
FROM announcement_recipients
LEFT JOIN delegates ON delegates.person_id = announcement_recipients.person_id
WHERE announcement_recipients.announcement = :announcement
    AND announcement_recipients.state IN ('sent', 'recalled', 'stays');

-- name: recipients_after
SELECT announcement_recipients.person_id, people.first_name, people.last_name, people.username,
    delegates.given_name, delegates.family_name, centers.name AS center, centers.country,
    announcement_recipients.language, announcement_recipients.state, announcement_recipients.failure,
    announcement_recipients.sent_at, announcement_recipients.read_at
FROM announcement_recipients
JOIN people ON people.id = announcement_recipients.person_id
LEFT JOIN delegates ON delegates.person_id = announcement_recipients.person_id
LEFT JOIN centers ON centers.id = coalesce(delegates.center, (
        SELECT min(CAST(roles.scope AS BIGINT)) FROM roles
        WHERE roles.person_id = announcement_recipients.person_id AND roles.role IN ('focal_point', 'deputy')
    ))
WHERE announcement_recipients.announcement = :announcement AND announcement_recipients.person_id > :after
ORDER BY announcement_recipients.person_id
LIMIT :at_most;

-- name: count_sent$
-- In how many chats it is, or a part of it; whole in one language, or sent before a time, where that is given.
SELECT count(*)
FROM announcement_recipients
WHERE announcement = :announcement
    AND (state = 'sent' OR (:language = '' AND state IN ('failed', 'blocked') AND messages IS NOT NULL))
    AND (:language = '' OR language = :language) AND (:before = 0 OR sent_at < :before);
