-- A person is forgotten. What the foreign keys of `people` and `delegates` delete by themselves is not repeated here.

-- name: records
SELECT id FROM delegates WHERE person_id = :person_id;

-- name: merged_into
SELECT id FROM delegates WHERE merged_into = :id;

-- name: copies
-- What the desk has put elsewhere of what they wrote: the words can be replaced, pictures only be deleted.
SELECT desk_copies.chat_id, desk_copies.message_id, desk_copies.part, desk_letters.content, desk_letters.written_at
FROM desk_copies JOIN desk_threads ON desk_threads.id = desk_copies.thread_id
    LEFT JOIN desk_letters ON desk_letters.id = desk_copies.letter
WHERE desk_threads.person_id = :person_id AND desk_copies.chat_id <> :person_id
ORDER BY desk_copies.chat_id, desk_copies.message_id;

-- name: cards
-- Messages that show what they asked for, for themselves.
SELECT request_cards.chat_id, request_cards.message_id
FROM request_cards JOIN requests ON requests.id = request_cards.request
WHERE requests.delegate = :delegate AND request_cards.chat_id <> :person_id
ORDER BY request_cards.chat_id, request_cards.message_id;

-- name: shown
-- Messages that have shown their record.
SELECT chat_id, message_id
FROM shown_records
WHERE delegate = :delegate AND chat_id <> :person_id
ORDER BY chat_id, message_id;

-- name: cards_of_others
-- Messages that name them as who asked for something, or decided it, which itself stays.
SELECT request_cards.chat_id, request_cards.message_id, request_cards.request
FROM request_cards JOIN requests ON requests.id = request_cards.request
WHERE requests.delegate IS NULL AND (requests.person_id = :person_id OR requests.decided_by = :person_id)
    AND request_cards.chat_id <> :person_id
ORDER BY request_cards.chat_id, request_cards.message_id;

-- name: drafts_about
-- What others have begun to change of their record, or of a link for them; the form has all of it.
DELETE FROM drafts
WHERE person_id <> :person_id AND (
    (form = 'person_record' AND subject = CAST(:delegate AS TEXT))
    OR (form = 'invitation' AND subject LIKE '%:' || CAST(:delegate AS TEXT))
)
RETURNING person_id, state;

-- name: drafts_of_answers
-- Answers for everyone that were begun from a letter to them or a question of theirs, the first of the questions that
-- one answers, and never published: their words are in them.
DELETE FROM learned_answers
WHERE state = 'draft' AND (
    letter IN (
        SELECT desk_letters.id
        FROM desk_letters JOIN desk_threads ON desk_threads.id = desk_letters.thread_id
        WHERE desk_threads.person_id = :person_id
    )
    OR id IN (
        SELECT theirs.answer
        FROM learned_phrasings AS theirs
        WHERE theirs.person_id = :person_id AND NOT EXISTS (
            SELECT 1
            FROM learned_phrasings AS earlier
            WHERE earlier.answer = theirs.answer AND earlier.person_id IS NOT NULL AND earlier.id < theirs.id
        )
    )
)
RETURNING id;

-- name: phrasings_leave!
-- Answers for everyone that are found by their words are found without them, as soon as this is read again.
UPDATE learned_answers
SET edition = edition + 1
WHERE id IN (SELECT answer FROM learned_phrasings WHERE person_id = :person_id);

-- name: learned_of!
UPDATE learned_answers
SET made_by = CASE WHEN made_by = :person_id THEN :nobody ELSE made_by END,
    published_by = CASE WHEN published_by = :person_id THEN NULL ELSE published_by END,
    changed_by = CASE WHEN changed_by = :person_id THEN NULL ELSE changed_by END,
    withdrawn_by = CASE WHEN withdrawn_by = :person_id THEN NULL ELSE withdrawn_by END
WHERE made_by = :person_id OR published_by = :person_id OR changed_by = :person_id OR withdrawn_by = :person_id;

-- name: threads_of_others!
UPDATE desk_threads
SET assignee_id = CASE WHEN assignee_id = :person_id THEN NULL ELSE assignee_id END,
    assigned_at = CASE WHEN assignee_id = :person_id THEN NULL ELSE assigned_at END,
    settled_by = CASE WHEN settled_by = :person_id THEN NULL ELSE settled_by END
WHERE assignee_id = :person_id OR settled_by = :person_id;

-- name: letters_to_others!
UPDATE desk_letters SET author_id = :nobody WHERE author_id = :person_id;

-- name: roles_given!
UPDATE roles SET given_by = :nobody WHERE given_by = :person_id;

-- name: role_links!
UPDATE role_links
SET made_by = CASE WHEN made_by = :person_id THEN :nobody ELSE made_by END,
    used_by = CASE WHEN used_by = :person_id THEN NULL ELSE used_by END,
    revoked_by = CASE WHEN revoked_by = :person_id THEN NULL ELSE revoked_by END
WHERE made_by = :person_id OR used_by = :person_id OR revoked_by = :person_id;

-- name: group_bound!
UPDATE secretariat_group SET bound_by = :nobody WHERE bound_by = :person_id;

-- name: centers_registered!
UPDATE centers SET registered_by = NULL WHERE registered_by = :person_id;

-- name: floods!
DELETE FROM floods WHERE person_id = :person_id OR chat_id = :person_id;

-- name: cards_here!
DELETE FROM request_cards WHERE chat_id = :person_id;

-- name: invitations!
-- The words on a link are about whoever used it.
UPDATE invitations
SET label = CASE WHEN used_by = :person_id THEN NULL ELSE label END,
    made_by = CASE WHEN made_by = :person_id THEN :nobody ELSE made_by END,
    used_by = CASE WHEN used_by = :person_id THEN NULL ELSE used_by END,
    revoked_by = CASE WHEN revoked_by = :person_id THEN NULL ELSE revoked_by END
WHERE made_by = :person_id OR used_by = :person_id OR revoked_by = :person_id;

-- name: invitations_for!
UPDATE invitations SET label = NULL WHERE delegate = :delegate;

-- name: audit_about
SELECT id, actor_id, object, before, after
FROM audit
WHERE actor_id = :person_id OR object = :object OR before LIKE :mention OR after LIKE :mention
ORDER BY id;

-- name: audit_of
SELECT id, actor_id, object, before, after FROM audit WHERE object = :object ORDER BY id;

-- name: audit_set!
UPDATE audit
SET actor_id = :actor_id, object = :object, before = :before, after = :after
WHERE id = :id;

-- name: messages!
-- That something was said to them, and what still waits to be. The rows stay, empty: a number that is free again would
-- be given to a new message, and delivery has passed it. What others were sent is not kept.
UPDATE outbox
SET chat_id = 0, state = CASE WHEN state = 'queued' THEN 'aborted' ELSE state END,
    ended_at = coalesce(ended_at, :now), message_id = NULL, failure = NULL, params = NULL, args = NULL,
    follow_up = NULL, follow_up_args = NULL, on_failure = NULL, on_failure_args = NULL, upload_filename = NULL
WHERE chat_id = :person_id;

-- name: farewell*!
UPDATE outbox
SET chat_id = 0, message_id = NULL, failure = NULL
WHERE chat_id = :person_id AND state <> 'queued';

-- name: set_aside
-- What nobody could handle, and their number may stand in.
SELECT seq, lane, payload FROM inbox WHERE state = 'set_aside' AND (lane = :person_id OR payload LIKE :mention);

-- name: update_goes!
UPDATE inbox
SET state = 'done', lane = 0, payload = '', failure = NULL
WHERE seq = :seq;

-- name: lanes*!
UPDATE inbox SET lane = 0 WHERE lane = :person_id AND state = 'done';

-- name: person!
DELETE FROM people WHERE id = :person_id;

-- name: participations_of!
-- That somebody came, or said that they do not, is counted as it was, and so is a place that lapsed; one in a
-- conference that is to come is free again.
UPDATE participations
SET arrives_on = NULL, departs_on = NULL, diet = NULL, accessibility = NULL, visa_letter = 0, queued_at = NULL,
    offer_ends_at = CASE WHEN state = 'withdrawn' THEN offer_ends_at END, asked = NULL, asked_at = NULL, was_online = 0,
    edition = edition + 1,
    state = CASE
        WHEN state = 'declined' OR conference IN (SELECT id FROM conferences WHERE ends_on < :today) THEN state
        ELSE 'withdrawn'
    END
WHERE delegate = :delegate;

-- name: conferences_opened!
UPDATE conferences SET opened_by = NULL WHERE opened_by = :person_id;

-- name: absences_said!
UPDATE center_absences SET said_by = NULL WHERE said_by = :person_id;

-- name: corrections_confirmed!
UPDATE announcement_texts SET correction_confirmed_by = NULL WHERE correction_confirmed_by = :person_id;

-- name: announcements_made!
UPDATE announcements
SET made_by = CASE WHEN made_by = :person_id THEN NULL ELSE made_by END,
    confirmed_by = CASE WHEN confirmed_by = :person_id THEN NULL ELSE confirmed_by END,
    seconded_by = CASE WHEN seconded_by = :person_id THEN NULL ELSE seconded_by END,
    chase_by = CASE WHEN chase_by = :person_id THEN NULL ELSE chase_by END,
    chase_wanted = CASE WHEN chase_wanted_by = :person_id THEN NULL ELSE chase_wanted END,
    chase_wanted_by = CASE WHEN chase_wanted_by = :person_id THEN NULL ELSE chase_wanted_by END,
    board_chat = CASE WHEN board_chat = :person_id THEN NULL ELSE board_chat END,
    board_message = CASE WHEN board_chat = :person_id THEN NULL ELSE board_message END
WHERE made_by = :person_id OR confirmed_by = :person_id OR seconded_by = :person_id OR chase_by = :person_id
    OR chase_wanted_by = :person_id OR board_chat = :person_id;
