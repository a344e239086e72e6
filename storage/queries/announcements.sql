-- name: add$
INSERT INTO announcements (made_by, made_at) VALUES (:made_by, :now)
RETURNING id;

-- name: announcement^
SELECT id, state, is_official, is_paid, audience, heading, made_by, confirmed_by, seconded_by, made_at, send_at, time_zone,
    joins_until, chases, chase_every_days, chase_at, started_at, ended_at, recalled_at, text_edition, edition, board_chat, board_message
FROM announcements
WHERE id = :id;

-- name: change!
UPDATE announcements
SET state = :state, is_official = :is_official, is_paid = :is_paid, audience = :audience, heading = :heading,
    confirmed_by = :confirmed_by, seconded_by = :seconded_by, send_at = :send_at, time_zone = :time_zone,
    joins_until = :joins_until, chases = :chases, edition = edition + 1,
    for_who = :for_who, for_focus = :for_focus, for_kind = :for_kind, for_country = :for_country,
    for_region = :for_region, for_language = :for_language, for_takes_part = :for_takes_part,
    for_conference = :for_conference, for_session = :for_session, for_unread = :for_unread
WHERE id = :id AND edition = :edition;

-- name: delete_draft!
DELETE FROM announcements WHERE id = :id AND state IN ('draft', 'template', 'waiting', 'scheduled');

-- name: forget_empty!
DELETE FROM announcements
WHERE id IN (
    SELECT id FROM announcements
    WHERE state = 'draft' AND made_at < :before
        AND NOT EXISTS (SELECT 1 FROM announcement_texts WHERE announcement = announcements.id)
    ORDER BY id LIMIT :at_most
);

-- name: set_sought!
UPDATE announcements SET sought = :sought WHERE id = :id;

-- name: texts
SELECT language, content, accepted_at FROM announcement_texts WHERE announcement = :id ORDER BY language;

-- name: set_text!
-- Telegram has to take it anew.
INSERT INTO announcement_texts (announcement, language, content)
VALUES (:id, :language, :content)
ON CONFLICT (announcement, language) DO UPDATE SET content = excluded.content, accepted_at = NULL;

-- name: remove_text!
DELETE FROM announcement_texts WHERE announcement = :id AND language = :language;

-- name: accept_text!
UPDATE announcement_texts SET accepted_at = :now WHERE announcement = :id AND language = :language;

-- name: buttons
SELECT action, label, url FROM announcement_buttons WHERE announcement = :id ORDER BY place;

-- name: remove_buttons!
DELETE FROM announcement_buttons WHERE announcement = :id;

-- name: add_button*!
INSERT INTO announcement_buttons (announcement, place, action, label, url)
VALUES (:id, :place, :action, :label, :url);

-- name: page
SELECT id, state, is_official, is_paid, audience, heading, made_by, confirmed_by, seconded_by, made_at, send_at, time_zone,
    joins_until, chases, chase_every_days, chase_at, started_at, ended_at, recalled_at, text_edition, edition, board_chat, board_message
FROM announcements
WHERE :states LIKE '% ' || state || ' %' AND id < :after AND sought LIKE :pattern ESCAPE '\'
ORDER BY id DESC
LIMIT :at_most;

-- name: count_planned$
SELECT count(*) FROM announcements WHERE :states LIKE '% ' || state || ' %';

-- name: tally
SELECT state, count(*) AS how_many, count(read_at) AS has_read
FROM announcement_recipients
WHERE announcement = :id
GROUP BY state;

-- name: left$
SELECT (
    SELECT count(*) FROM announcement_recipients WHERE announcement = :id AND todo IS NOT NULL AND batch IS NULL
) + (
    SELECT count(*) FROM announcement_recipients WHERE announcement = :id AND todo IS NOT NULL AND batch IS NOT NULL
);

-- name: start!
-- Once, whoever confirms at the same time. What is to be sent at a set time starts then.
UPDATE announcements
SET state = 'running', started_at = :now, joins_looked_at = :now, taken_in = 0, edition = edition + 1
WHERE id = :id AND state IN ('draft', 'waiting', 'scheduled');

-- name: turn!
UPDATE announcements
SET state = :state, edition = edition + 1,
    ended_at = CASE WHEN :state IN ('ended', 'stopped') THEN :now ELSE ended_at END
WHERE id = :id AND :before LIKE '% ' || state || ' %';

-- name: due
SELECT id FROM announcements WHERE state = 'scheduled' AND send_at <= :now ORDER BY send_at, id;

-- name: correct$
UPDATE announcements SET text_edition = text_edition + 1, edition = edition + 1
WHERE id = :id AND recalled_at IS NULL AND state IN ('running', 'paused', 'ended', 'stopped')
RETURNING text_edition;

-- name: recall!
UPDATE announcements
SET state = CASE WHEN state = 'ended' THEN 'ended' ELSE 'stopped' END, recalled_at = :now, edition = edition + 1,
    ended_at = coalesce(ended_at, :now), chase_at = NULL
WHERE id = :id AND recalled_at IS NULL AND state IN ('running', 'paused', 'ended', 'stopped');

-- name: with_something_to_do
-- What can go into the outbox: sends of what runs; corrections and recalls whether it runs or not.
SELECT id
FROM announcements
WHERE (
    state = 'running' AND EXISTS (
        SELECT 1 FROM announcement_recipients
        WHERE announcement_recipients.announcement = announcements.id
            AND announcement_recipients.todo IS NOT NULL AND announcement_recipients.batch IS NULL
    )
) OR (
    state IN ('paused', 'ended', 'stopped') AND EXISTS (
        SELECT 1 FROM announcement_recipients
        WHERE announcement_recipients.announcement = announcements.id
            AND announcement_recipients.todo <> 'send' AND announcement_recipients.batch IS NULL
    )
)
ORDER BY id;

-- name: half_taken_in
-- Those of which not everybody was looked at yet whom they may be meant for.
SELECT id FROM announcements WHERE state IN ('running', 'paused') AND taken_in IS NOT NULL ORDER BY id;

-- name: joinable
-- What those who join later get too, and for whom nobody has looked for a while, or a clock says so that was ahead.
SELECT id
FROM announcements
WHERE state = 'running' AND taken_in IS NULL AND joins_until >= :now
    AND (coalesce(joins_looked_at, 0) <= :looked_before OR joins_looked_at > :now)
ORDER BY id;

-- name: looked_for_joins!
UPDATE announcements SET joins_looked_at = :now WHERE id = :id;

-- name: finished
-- What runs, with nothing left to do, and nobody may join any more.
SELECT id
FROM announcements
WHERE state = 'running' AND taken_in IS NULL AND coalesce(joins_until, 0) <= :now
    AND NOT EXISTS (
        SELECT 1 FROM announcement_recipients
        WHERE announcement_recipients.announcement = announcements.id
            AND announcement_recipients.todo IS NOT NULL AND announcement_recipients.batch IS NULL
    )
    AND NOT EXISTS (
        SELECT 1 FROM announcement_recipients
        WHERE announcement_recipients.announcement = announcements.id
            AND announcement_recipients.todo IS NOT NULL AND announcement_recipients.batch IS NOT NULL
    )
ORDER BY id;

-- name: pause_running
UPDATE announcements SET state = 'paused', edition = edition + 1 WHERE state = 'running' RETURNING id;

-- name: unschedule_due
UPDATE announcements SET state = 'draft', edition = edition + 1
WHERE state = 'scheduled' AND send_at <= :now
RETURNING id;

-- name: put_off_chases!
-- Those whom it was time to ask again are asked the next time that it is.
UPDATE announcements
SET chase_at = chase_at + ((:now - chase_at) / (chase_every_days * :day) + 1) * chase_every_days * :day
WHERE chase_at <= :now;
