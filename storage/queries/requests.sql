-- name: add$
INSERT INTO requests (kind, center, delegate, person_id, changes, asked_at)
VALUES (:kind, :center, :delegate, :person_id, :changes, :now)
RETURNING id;

-- name: by_id^
SELECT id, kind, center, delegate, person_id, state, changes, fields, reason, asked_at, edition, decided_by, decided_at,
    untold
FROM requests
WHERE id = :id;

-- name: open_of_center^
SELECT id, kind, center, delegate, person_id, state, changes, fields, reason, asked_at, edition, decided_by, decided_at,
    untold
FROM requests
WHERE center = :center AND kind = :kind AND state IN ('open', 'correction');

-- name: open_of_delegate^
SELECT id, kind, center, delegate, person_id, state, changes, fields, reason, asked_at, edition, decided_by, decided_at,
    untold
FROM requests
WHERE delegate = :delegate AND kind IN ('join', 'guest') AND state IN ('open', 'correction');

-- name: registration_of^
-- The Center that somebody is registering.
SELECT id, kind, center, delegate, person_id, state, changes, fields, reason, asked_at, edition, decided_by, decided_at,
    untold
FROM requests
WHERE person_id = :person_id AND kind = 'center' AND state IN ('open', 'correction');

-- name: latest_of_center^
-- The registration of a Center, whatever became of it.
SELECT id, kind, center, delegate, person_id, state, changes, fields, reason, asked_at, edition, decided_by, decided_at,
    untold
FROM requests
WHERE center = :center AND kind = 'center'
ORDER BY id DESC
LIMIT 1;

-- name: latest_of_delegate^
-- What a delegate has asked for last, whatever became of it.
SELECT id, kind, center, delegate, person_id, state, changes, fields, reason, asked_at, edition, decided_by, decided_at,
    untold
FROM requests
WHERE delegate = :delegate AND kind IN ('join', 'guest')
ORDER BY id DESC
LIMIT 1;

-- name: joining
-- Who wants to join a Center, the oldest first.
SELECT id, kind, center, delegate, person_id, state, changes, fields, reason, asked_at, edition, decided_by, decided_at,
    untold
FROM requests
WHERE center = :center AND kind = 'join' AND state = 'open'
ORDER BY id;

-- name: waiting
SELECT id, kind, center, delegate, person_id, state, changes, fields, reason, asked_at, edition, decided_by, decided_at,
    untold
FROM requests
WHERE state = 'open' AND (:kind IS NULL OR kind = :kind)
ORDER BY asked_at, id
LIMIT :at_most OFFSET :skipped;

-- name: count_waiting$
SELECT count(*) FROM requests WHERE state = 'open' AND (:kind IS NULL OR kind = :kind);

-- name: to_correct
-- What waits for a correction by whoever asked, what has waited longest first.
SELECT id, kind, center, delegate, person_id, state, changes, fields, reason, asked_at, edition, decided_by, decided_at,
    untold
FROM requests
WHERE state = 'correction' AND (:kind IS NULL OR kind = :kind)
ORDER BY decided_at, id
LIMIT :at_most OFFSET :skipped;

-- name: count_to_correct$
SELECT count(*) FROM requests WHERE state = 'correction' AND (:kind IS NULL OR kind = :kind);

-- name: to_remind
-- What was to be corrected by then, of which nobody was reminded who can be.
SELECT requests.id, requests.person_id
FROM requests JOIN people ON people.id = requests.person_id
WHERE requests.state = 'correction' AND requests.decided_at <= :asked_until AND requests.reminded = 0
    AND people.unreachable_since IS NULL
ORDER BY requests.decided_at, requests.id;

-- name: reminded!
UPDATE requests SET reminded = 1 WHERE id = :id AND state = 'correction';

-- name: decide!
-- The one step that decides: whoever presses first. What waits for a correction can still be approved or declined.
UPDATE requests
SET state = :state, fields = :fields, reason = :reason, decided_by = :decided_by, decided_at = :now,
    untold = 0, reminded = 0, edition = edition + 1
WHERE id = :id AND edition = :edition AND (state = 'open' OR state = 'correction' AND :state <> 'correction');

-- name: put_again!
-- Corrected: it waits for a decision again.
UPDATE requests
SET state = 'open', person_id = :person_id, changes = :changes, fields = NULL, reason = NULL, decided_by = NULL,
    decided_at = NULL, asked_at = :now, untold = 0, reminded = 0, edition = edition + 1
WHERE id = :id AND state IN ('open', 'correction');

-- name: withdraw!
UPDATE requests
SET state = 'withdrawn', decided_by = :decided_by, decided_at = :now, edition = edition + 1
WHERE id = :id AND state IN ('open', 'correction');

-- name: not_told!
UPDATE requests SET untold = 1 WHERE id = :id AND edition = :edition;

-- name: tell_again
-- What somebody could not be told, now that they can be reached: to be told so late is a reminder in itself.
UPDATE requests
SET untold = 0, reminded = 1
WHERE person_id = :person_id AND untold = 1
RETURNING id, kind, center, delegate, person_id, state, changes, fields, reason, asked_at, edition, decided_by, decided_at,
    untold;

-- name: forget_person!
UPDATE requests
SET person_id = CASE WHEN person_id = :person_id THEN NULL ELSE person_id END,
    decided_by = CASE WHEN decided_by = :person_id THEN NULL ELSE decided_by END
WHERE person_id = :person_id OR decided_by = :person_id;

-- name: add_card!
INSERT INTO request_cards (chat_id, message_id, request)
VALUES (:chat_id, :message_id, :request)
ON CONFLICT (chat_id, message_id) DO NOTHING;

-- name: cards
SELECT chat_id, message_id, request FROM request_cards WHERE request = :request ORDER BY chat_id, message_id;

-- name: forget_cards_of_chat!
DELETE FROM request_cards WHERE chat_id = :chat_id;

-- name: await_answer!
INSERT INTO answers_awaited (person_id, chat_id, what, about, details, since)
VALUES (:person_id, :chat_id, :what, :about, :details, :since)
ON CONFLICT (person_id, chat_id) DO UPDATE
SET what = excluded.what, about = excluded.about, details = excluded.details, since = excluded.since;

-- name: awaited^
SELECT person_id, chat_id, what, about, details, since
FROM answers_awaited
WHERE person_id = :person_id AND chat_id = :chat_id;

-- name: prompted!
-- Where the question is that is to be replied to.
UPDATE answers_awaited
SET details = :details
WHERE person_id = :person_id AND chat_id = :chat_id AND what = :what AND about = :about AND since = :since;

-- name: stop_awaiting!
DELETE FROM answers_awaited WHERE person_id = :person_id AND chat_id = :chat_id;

-- name: stop_awaiting_about!
-- In any chat.
DELETE FROM answers_awaited WHERE person_id = :person_id AND what = :what AND about = :about;

-- name: forget_awaited!
DELETE FROM answers_awaited
WHERE (person_id, chat_id) IN (
    SELECT person_id, chat_id FROM answers_awaited WHERE since < :before ORDER BY since LIMIT :at_most
);

-- name: open_in_center
-- What is asked of a Center and not decided.
SELECT id, kind, center, delegate, person_id, state, changes, fields, reason, asked_at, edition, decided_by, decided_at,
    untold
FROM requests
WHERE center = :center AND state IN ('open', 'correction')
ORDER BY id;

-- name: end_change!
-- The Center that was to be changed is another one's now.
UPDATE requests
SET state = 'withdrawn', decided_by = :decided_by, decided_at = :now, edition = edition + 1
WHERE center = :center AND kind = 'change' AND state IN ('open', 'correction');

-- name: move_center!
UPDATE requests SET center = :into WHERE center = :center AND kind = 'join';

-- name: move_delegate!
UPDATE requests SET delegate = :into WHERE delegate = :delegate AND state NOT IN ('open', 'correction');
