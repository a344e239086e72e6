-- What is kept about one person, as it is kept, but for what only a machine reads.

-- name: person
SELECT id, first_name, last_name, username, language, language_chosen, first_seen_at, unreachable_since,
    writing_since, answers_given, asked_helpful_at
FROM people
WHERE id = :person_id;

-- name: delegate
SELECT delegates.id, delegates.state, delegates.center, centers.name AS center_name, delegates.is_guest,
    delegates.organization, delegates.given_name, delegates.family_name, delegates.title, delegates.function,
    delegates.email, delegates.phone, delegates.nationality, delegates.languages, delegates.time_zone,
    delegates.privacy_version, delegates.privacy_at, delegates.shown_since, delegates.registered_at,
    delegates.joined_at, delegates.changed_at, delegates.merged_into
FROM delegates LEFT JOIN centers ON centers.id = delegates.center
WHERE delegates.id = :delegate;

-- name: centers_registered
SELECT id, state, name, short_name, kind, focus, country, region, city, website, email, phone, head_name, head_title,
    registered_at, approved_at, changed_at
FROM centers
WHERE registered_by = :person_id
ORDER BY id;

-- name: roles
SELECT role, scope, given_by, given_at
FROM roles
WHERE person_id = :person_id
ORDER BY id;

-- name: role_links
SELECT role, scope, made_by, made_at, expires_at, used_by, used_at, revoked_by, revoked_at
FROM role_links
WHERE made_by = :person_id OR used_by = :person_id OR revoked_by = :person_id
ORDER BY id;

-- name: requests
SELECT id, kind, center, delegate, state, changes, fields, reason, asked_at, decided_at
FROM requests
WHERE person_id = :person_id
ORDER BY id;

-- name: requests_about
-- What others have asked for about their record.
SELECT id, kind, center, delegate, state, changes, fields, reason, asked_at, decided_at
FROM requests
WHERE delegate = :delegate AND (person_id IS NULL OR person_id <> :person_id)
ORDER BY id;

-- name: decisions
SELECT id, kind, state, decided_at
FROM requests
WHERE decided_by = :person_id
ORDER BY id;

-- name: answer_awaited
SELECT chat_id, what, about, details, since
FROM answers_awaited
WHERE person_id = :person_id
ORDER BY chat_id;

-- name: invitations
SELECT id, center, kind, CASE WHEN made_by = :person_id OR used_by = :person_id THEN label END AS label, made_at,
    expires_at, used_at, revoked_at,
    CASE WHEN made_by = :person_id THEN 1 ELSE 0 END AS made,
    CASE WHEN used_by = :person_id THEN 1 ELSE 0 END AS used
FROM invitations
WHERE made_by = :person_id OR used_by = :person_id OR revoked_by = :person_id
ORDER BY id;

-- name: invitations_for
-- Links that were made for their record, or for its place, whoever made them.
SELECT id, center, kind, label, made_at, expires_at, used_at, revoked_at
FROM invitations
WHERE delegate = :delegate
ORDER BY id;

-- name: handovers
SELECT id, center, becomes_deputy, state, offered_at, expires_at, ended_at,
    CASE WHEN from_person = :person_id THEN 1 ELSE 0 END AS from_you,
    CASE WHEN to_person = :person_id THEN 1 ELSE 0 END AS to_you
FROM handovers
WHERE from_person = :person_id OR to_person = :person_id OR offered_by = :person_id
ORDER BY id;

-- name: questions
SELECT id, language, question, hint, asked_at, settled_as, settled_at
FROM open_questions
WHERE person_id = :person_id
ORDER BY id;

-- name: thread
SELECT id, state, waiting_since, settled_at
FROM desk_threads
WHERE person_id = :person_id;

-- name: letters
-- Both ways; what the Secretariat wrote does not name who of them it was.
SELECT desk_letters.id, desk_letters.direction, desk_letters.content, desk_letters.plain, desk_letters.written_at,
    desk_letters.failed_at, desk_letters.announcement, desk_letters.settled_as, desk_letters.settled_at
FROM desk_letters JOIN desk_threads ON desk_threads.id = desk_letters.thread_id
WHERE desk_threads.person_id = :person_id
ORDER BY desk_letters.id;

-- name: letters_written
-- What they wrote for the Secretariat; not to whom.
SELECT id, content, plain, written_at, failed_at
FROM desk_letters
WHERE author_id = :person_id AND direction = 'to_person'
ORDER BY id;

-- name: threads_seen_to
-- Conversations with others that they took or settled.
SELECT id, CASE WHEN assignee_id = :person_id THEN assigned_at END AS assigned_at,
    CASE WHEN settled_by = :person_id THEN settled_at END AS settled_at
FROM desk_threads
WHERE assignee_id = :person_id OR settled_by = :person_id
ORDER BY id;

-- name: marks
SELECT id, language, question, topic, asked_at, helpful, marked_at
FROM answer_marks
WHERE person_id = :person_id
ORDER BY id;

-- name: phrasings
-- Their questions that stand for one that the Secretariat has answered for everyone.
SELECT id, language, question, told_at
FROM learned_phrasings
WHERE person_id = :person_id
ORDER BY id;

-- name: answers_written
SELECT id, language, state, made_at, published_at, changed_at, withdrawn_at
FROM learned_answers
WHERE made_by = :person_id OR published_by = :person_id OR changed_by = :person_id OR withdrawn_by = :person_id
ORDER BY id;

-- name: answer_edited
SELECT answer, part, language, since
FROM learned_edits
WHERE person_id = :person_id;

-- name: lists_read
SELECT id, state, filename, begun_at, touched_at
FROM imports
WHERE person_id = :person_id
ORDER BY id;

-- name: waiting_messages
SELECT id, method, params, renderer, args, queued_at
FROM outbox
WHERE chat_id = :person_id AND state = 'queued'
ORDER BY id;

-- name: acts
-- What they did, and what was done to them or to their record, as the audit log has it; what it said where it is of
-- them, and not where it is of others.
SELECT id, at, act, object, CASE WHEN object = :thing THEN before END AS before,
    CASE WHEN object = :thing THEN after END AS after
FROM audit
WHERE actor_id = :person_id OR object = :thing
ORDER BY id;

-- name: searches
SELECT words, searched_at FROM searches WHERE person_id = :person_id ORDER BY id;

-- name: pauses
-- When they sent more than was read.
SELECT chat_id, kind, paused_from, paused_until, unread_count
FROM floods
WHERE person_id = :person_id
ORDER BY chat_id, kind;

-- name: conferences_opened
SELECT id, starts_on, opened_at FROM conferences WHERE opened_by = :person_id ORDER BY id;

-- name: participations
SELECT participations.conference, participations.state, participations.attendance, participations.arrives_on,
    participations.departs_on, participations.diet, participations.accessibility, participations.visa_letter,
    participations.segment, participations.answered_at, participations.queued_at, participations.offer_ends_at,
    participations.asked, participations.changed_at
FROM participations
WHERE participations.delegate = :delegate
ORDER BY participations.id;

-- name: center_absences
SELECT conference, center, said_at FROM center_absences WHERE said_by = :person_id ORDER BY conference, center;

-- name: session_stars
SELECT session, starred_at FROM session_stars WHERE person_id = :person_id ORDER BY session;

-- name: reminders
SELECT event, state, due_at, queued_at, ended_at FROM reminders WHERE person_id = :person_id ORDER BY id;

-- name: reminder_wishes
SELECT muted, earlier_days, night_from, night_to FROM reminder_wishes WHERE person_id = :person_id;

-- name: announcements_made
SELECT id, state, heading, made_at, made_by = :person_id AS is_made, confirmed_by = :person_id AS is_confirmed,
    seconded_by = :person_id AS is_seconded, chase_by = :person_id AS is_chased,
    chase_wanted_by = :person_id AS is_chase_wanted, board_chat = :person_id AS is_board_shown
FROM announcements
WHERE made_by = :person_id OR confirmed_by = :person_id OR seconded_by = :person_id OR chase_by = :person_id
    OR chase_wanted_by = :person_id OR board_chat = :person_id
ORDER BY id;

-- name: corrections_confirmed
-- Of what was announced.
SELECT announcement, language FROM announcement_texts WHERE correction_confirmed_by = :person_id
ORDER BY announcement, language;

-- name: group_bound
SELECT title, bound_at FROM secretariat_group WHERE bound_by = :person_id;

-- name: announcements_got
SELECT announcement_recipients.announcement, announcements.heading, announcement_recipients.state,
    announcement_recipients.language, announcement_recipients.failure, announcement_recipients.sent_at,
    announcement_recipients.read_at
FROM announcement_recipients JOIN announcements ON announcements.id = announcement_recipients.announcement
WHERE announcement_recipients.person_id = :person_id
ORDER BY announcement_recipients.announcement;

-- name: announcement_wishes
SELECT only_official_since FROM announcement_wishes WHERE person_id = :person_id;
