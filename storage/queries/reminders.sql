-- name: looked_until$
SELECT value FROM about WHERE name = 'reminders_looked_until';

-- name: look_until!
-- Never back, as what was due before is settled; but where a clock was wrong (:again).
INSERT INTO about (name, value)
VALUES ('reminders_looked_until', :until)
ON CONFLICT (name) DO UPDATE SET value = excluded.value
WHERE CAST(about.value AS BIGINT) < CAST(excluded.value AS BIGINT) OR :again = 1;

-- name: rungs
SELECT id, conference, anchor, days, minutes, audience, is_formal, state, edition
FROM reminder_rungs
WHERE conference = :conference AND state <> 'removed'
ORDER BY id;

-- name: rungs_ever$
SELECT count(*) FROM reminder_rungs WHERE conference = :conference;

-- name: rung^
SELECT id, conference, anchor, days, minutes, audience, is_formal, state, edition
FROM reminder_rungs
WHERE id = :id AND state <> 'removed';

-- name: add_rung$
INSERT INTO reminder_rungs (conference, anchor, days, minutes, audience, is_formal, state)
VALUES (:conference, :anchor, :days, :minutes, :audience, :is_formal, :state)
RETURNING id;

-- name: change_rung!
UPDATE reminder_rungs
SET days = :days, minutes = :minutes, state = :state, edition = edition + 1
WHERE id = :id AND edition = :edition AND state <> 'removed';

-- name: remove_rung!
UPDATE reminder_rungs
SET state = 'removed', edition = edition + 1
WHERE id = :id AND edition = :edition AND state <> 'removed' AND is_formal = 0;

-- name: words
SELECT language, words FROM reminder_words WHERE rung = :rung ORDER BY language;

-- name: set_words!
INSERT INTO reminder_words (rung, language, words)
VALUES (:rung, :language, :words)
ON CONFLICT (rung, language) DO UPDATE SET words = excluded.words;

-- name: remove_words!
DELETE FROM reminder_words WHERE rung = :rung AND language = :language;

-- name: sessions
SELECT id, conference, uid, state, segment, title, description, speakers, chair, room, starts_at, ends_at, language,
    changed_at, edition
FROM agenda_sessions
WHERE conference = :conference AND state = 'planned' AND starts_at >= :starting_from AND starts_at <= :starting_until
ORDER BY starts_at, id;

-- name: session^
SELECT id, conference, uid, state, segment, title, description, speakers, chair, room, starts_at, ends_at, language,
    changed_at, edition
FROM agenda_sessions
WHERE id = :id;

-- name: groups
-- Which time zones, nights and wishes there are; whoever is at a conference has its zone, that is, none of their own.
SELECT DISTINCT coalesce(delegates.time_zone, '') AS time_zone, coalesce(reminder_wishes.night_from, 1320) AS night_from,
    coalesce(reminder_wishes.night_to, 420) AS night_to, coalesce(reminder_wishes.earlier_days, 0) AS earlier_days
FROM people
LEFT JOIN delegates ON delegates.person_id = people.id
LEFT JOIN reminder_wishes ON reminder_wishes.person_id = people.id
UNION
SELECT '', 1320, 420, 0
UNION
SELECT '', night_from, night_to, earlier_days FROM reminder_wishes;

-- name: group_of^
SELECT coalesce(delegates.time_zone, '') AS time_zone, coalesce(reminder_wishes.night_from, 1320) AS night_from,
    coalesce(reminder_wishes.night_to, 420) AS night_to, coalesce(reminder_wishes.earlier_days, 0) AS earlier_days
FROM people
LEFT JOIN delegates ON delegates.person_id = people.id
LEFT JOIN reminder_wishes ON reminder_wishes.person_id = people.id
WHERE people.id = :person_id;

-- name: add_moment*!
INSERT INTO reminder_moments (
    rung, event, session, time_zone, night_from, night_to, earlier_days, due_at, send_at, outcome
)
VALUES (:rung, :event, :session, :time_zone, :night_from, :night_to, :earlier_days, :due_at, :send_at, :outcome);

-- name: forget_moments!
DELETE FROM reminder_moments;

-- name: queue!
-- The unique key (event, rung, person) keeps what was sent, or is under way, from coming again; what never reached
-- somebody can: when an AGM takes place after all, or the Secretariat sends it now. What is formal is queued later
-- too, for whoever is entitled by then, but not to whom it went before the event was moved; and again, where it failed
-- a while ago, for whoever can be written to by now. Whoever is there in person on the day of the moments, from their
-- arrival to the last day, is reminded by the conference's clock.
INSERT INTO reminders (rung, event, person_id, state, due_at, queued_at, ended_at)
SELECT reminder_moments.rung, reminder_moments.event, people.id, reminder_moments.outcome,
    reminder_moments.send_at, :now, CASE WHEN reminder_moments.outcome = 'missed' THEN :now END
FROM reminder_audiences AS meant
JOIN people ON people.id = meant.person_id AND people.unreachable_since IS NULL
LEFT JOIN delegates ON delegates.person_id = people.id
LEFT JOIN reminder_wishes ON reminder_wishes.person_id = people.id
LEFT JOIN (
    SELECT participations.delegate, coalesce(participations.arrives_on, conferences.starts_on) AS from_day,
        conferences.ends_on AS until_day
    FROM participations JOIN conferences ON conferences.id = participations.conference
    WHERE participations.conference = :conference AND participations.state = 'registered'
        AND participations.attendance = 'in_person'
) AS stays ON stays.delegate = delegates.id AND stays.from_day <= :day AND stays.until_day >= :day
JOIN reminder_moments ON reminder_moments.time_zone
        = CASE WHEN stays.delegate IS NULL THEN coalesce(delegates.time_zone, '') ELSE '' END
    AND reminder_moments.night_from = coalesce(reminder_wishes.night_from, 1320)
    AND reminder_moments.night_to = coalesce(reminder_wishes.night_to, 420)
    AND reminder_moments.earlier_days = coalesce(reminder_wishes.earlier_days, 0)
    AND reminder_moments.session = meant.session
JOIN reminder_rungs ON reminder_rungs.id = reminder_moments.rung
WHERE meant.audience = :audience AND meant.conference = :conference AND (:person_id = 0 OR people.id = :person_id)
    AND reminder_rungs.audience = :audience AND reminder_rungs.conference = :conference
    AND (
        reminder_rungs.is_formal = 0 AND meant.is_out = 0
        AND ' ' || coalesce(reminder_wishes.muted, '') || ' ' NOT LIKE '% ' || reminder_rungs.anchor || ' %'
        OR reminder_rungs.is_formal = 1 AND (
            reminder_moments.due_at > :looked_until
            OR NOT EXISTS (
                SELECT 1 FROM reminders AS earlier
                WHERE earlier.person_id = people.id AND earlier.rung = reminder_moments.rung
                    AND earlier.state IN ('waiting', 'queued', 'sent')
            )
        )
    )
ON CONFLICT (event, rung, person_id) DO UPDATE
SET state = excluded.state, due_at = excluded.due_at, queued_at = excluded.queued_at, ended_at = excluded.ended_at
WHERE excluded.state = 'waiting'
    AND (
        reminders.state IN ('dropped', 'missed')
        OR reminders.state = 'failed' AND (
            :looked_until = 0
            OR reminders.ended_at <= :failed_before
                AND EXISTS (SELECT 1 FROM reminder_rungs WHERE id = reminders.rung AND is_formal = 1)
        )
    );

-- name: added$
-- What was queued by this.
SELECT count(*) FROM reminders WHERE state = 'waiting' AND queued_at = :now AND (:person_id = 0 OR person_id = :person_id);

-- name: post!
-- A message for each reminder that has waited for long enough. Before that it is not in the outbox: what waits there
-- holds up what comes after it.
INSERT INTO outbox (
    chat_id, message_class, renderer, args, follow_up, follow_up_args, on_failure, on_failure_args, queued_at
)
SELECT reminders.person_id, 1, :renderer, '{"reminder":' || reminders.id || '}', :follow_up,
    '{"reminder":' || reminders.id || '}', :on_failure, '{"reminder":' || reminders.id || '}', :now
FROM reminders
WHERE reminders.state = 'waiting' AND reminders.due_at <= :now
ORDER BY reminders.due_at, reminders.id;

-- name: posted!
UPDATE reminders SET state = 'queued' WHERE state = 'waiting' AND due_at <= :now;

-- name: drop_waiting!
UPDATE reminders SET state = 'dropped', ended_at = :now WHERE rung = :rung AND state = 'waiting';

-- name: reminder^
SELECT id, rung, event, person_id, state, due_at, queued_at, ended_at FROM reminders WHERE id = :id;

-- name: end!
UPDATE reminders SET state = :state, ended_at = :now WHERE id = :id AND state = 'queued';

-- name: concerns$
-- Whether a rung means somebody, as things stand.
SELECT count(*)
FROM reminder_rungs
JOIN reminder_audiences AS meant
    ON meant.audience = reminder_rungs.audience AND meant.conference = reminder_rungs.conference
LEFT JOIN reminder_wishes ON reminder_wishes.person_id = meant.person_id
WHERE reminder_rungs.id = :rung AND meant.audience = :audience AND meant.conference = :conference
    AND meant.person_id = :person_id AND meant.session = :session
    AND (
        reminder_rungs.is_formal = 1 OR meant.is_out = 0
        AND ' ' || coalesce(reminder_wishes.muted, '') || ' ' NOT LIKE '% ' || reminder_rungs.anchor || ' %'
    );

-- name: how_many$
-- How many a rung would go to now.
SELECT count(DISTINCT people.id)
FROM reminder_rungs
JOIN reminder_audiences AS meant
    ON meant.audience = reminder_rungs.audience AND meant.conference = reminder_rungs.conference
JOIN people ON people.id = meant.person_id AND people.unreachable_since IS NULL
LEFT JOIN reminder_wishes ON reminder_wishes.person_id = meant.person_id
WHERE reminder_rungs.id = :rung AND meant.audience = :audience AND meant.conference = :conference
    AND (:session = 0 OR meant.session = :session)
    AND (
        reminder_rungs.is_formal = 1 OR meant.is_out = 0
        AND ' ' || coalesce(reminder_wishes.muted, '') || ' ' NOT LIKE '% ' || reminder_rungs.anchor || ' %'
    );

-- name: outcomes
SELECT reminders.rung, reminders.state, count(*) AS how_many
FROM reminders JOIN reminder_rungs ON reminder_rungs.id = reminders.rung
WHERE reminder_rungs.conference = :conference
GROUP BY reminders.rung, reminders.state;

-- name: led_unanswered
-- The Centers that somebody leads and that have not answered.
SELECT centers.id, centers.name
FROM present_leaders JOIN centers ON centers.id = present_leaders.center
WHERE present_leaders.person_id = :person_id
    AND NOT EXISTS (
        SELECT 1 FROM center_absences
        WHERE center_absences.conference = :conference AND center_absences.center = centers.id
    )
    AND NOT EXISTS (
        SELECT 1
        FROM delegates JOIN participations
            ON participations.delegate = delegates.id AND participations.conference = :conference
        WHERE delegates.center = centers.id
    )
ORDER BY centers.sort_name, centers.id;

-- name: standing^
-- How somebody stands to a conference.
SELECT coalesce(delegates.time_zone, '') AS time_zone, present_delegates.id AS delegate, participations.state,
    participations.attendance, coalesce(participations.visa_letter, 0) AS visa_letter,
    CASE WHEN center_absences.center IS NOT NULL THEN 1 ELSE 0 END AS is_absent,
    CASE WHEN EXISTS (
        SELECT 1 FROM drafts
        WHERE drafts.person_id = people.id AND drafts.form = 'participation' AND drafts.subject = :subject
            AND (
                participations.id IS NULL
                OR participations.state IN ('declined', 'withdrawn') AND drafts.touched_at > participations.changed_at
            )
    ) THEN 1 ELSE 0 END AS has_draft
FROM people
LEFT JOIN delegates ON delegates.person_id = people.id
LEFT JOIN present_delegates ON present_delegates.id = delegates.id
LEFT JOIN participations
    ON participations.delegate = present_delegates.id AND participations.conference = :conference
LEFT JOIN center_absences
    ON center_absences.center = present_delegates.center AND center_absences.conference = :conference
WHERE people.id = :person_id;

-- name: wishes^
SELECT muted, earlier_days, night_from, night_to FROM reminder_wishes WHERE person_id = :person_id;

-- name: set_wishes!
INSERT INTO reminder_wishes (person_id, muted, earlier_days, night_from, night_to)
VALUES (:person_id, :muted, :earlier_days, :night_from, :night_to)
ON CONFLICT (person_id) DO UPDATE
SET muted = excluded.muted, earlier_days = excluded.earlier_days, night_from = excluded.night_from,
    night_to = excluded.night_to;

-- name: feedback_asked^
-- Of which conference somebody was asked last what was good, and when.
SELECT reminder_rungs.conference, reminders.ended_at
FROM reminders
JOIN reminder_rungs ON reminder_rungs.id = reminders.rung
WHERE reminders.person_id = :person_id AND reminder_rungs.anchor = 'feedback' AND reminders.state = 'sent'
    AND reminders.ended_at >= :since
ORDER BY reminders.ended_at DESC
LIMIT 1;
