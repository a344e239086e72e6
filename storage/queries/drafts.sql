-- name: begin$
INSERT INTO drafts (
    person_id, form, subject, version, state, mode, step, answers, given, context, only_fields, picked, messages, typed,
    touched_at, put_off
)
VALUES (
    :person_id, :form, :subject, :version, :state, :mode, :step, :answers, :given, :context, :only_fields,
    :picked, :messages, :typed, :touched_at, :put_off
)
ON CONFLICT DO NOTHING
RETURNING id;

-- name: active^
SELECT id, person_id, form, subject, version, state, mode, step, answers, given, context, only_fields, picked,
    messages, typed, prompt_id, revision, touched_at, put_off
FROM drafts
WHERE person_id = :person_id AND state = 'active';

-- name: at^
SELECT id, person_id, form, subject, version, state, mode, step, answers, given, context, only_fields, picked,
    messages, typed, prompt_id, revision, touched_at, put_off
FROM drafts
WHERE id = :id AND person_id = :person_id;

-- name: of_form^
SELECT id, person_id, form, subject, version, state, mode, step, answers, given, context, only_fields, picked,
    messages, typed, prompt_id, revision, touched_at, put_off
FROM drafts
WHERE person_id = :person_id AND form = :form AND subject = :subject;

-- name: of_person
SELECT id, person_id, form, subject, version, state, mode, step, answers, given, context, only_fields, picked,
    messages, typed, prompt_id, revision, touched_at, put_off
FROM drafts
WHERE person_id = :person_id
ORDER BY touched_at DESC, id DESC;

-- name: step!
UPDATE drafts
SET version = :version, state = :state, mode = :mode, step = :step, answers = :answers, given = :given,
    context = :context, only_fields = :only_fields, picked = :picked, messages = :messages, typed = :typed,
    prompt_id = NULL, revision = revision + 1, touched_at = :touched_at, put_off = :put_off
WHERE id = :id AND revision = :revision;

-- name: tick!
-- Two ticks in a row are of the same step: the later one must know the earlier.
UPDATE drafts
SET picked = :picked, touched_at = :touched_at
WHERE id = :id AND revision = :revision AND picked = :was;

-- name: note!
UPDATE drafts
SET typed = :typed, messages = :messages
WHERE id = :id AND revision = :revision;

-- name: asked!
UPDATE drafts
SET prompt_id = :message_id
WHERE id = :id AND revision = :revision;

-- name: end!
DELETE FROM drafts
WHERE id = :id;

-- name: forget_old!
DELETE FROM drafts
WHERE id IN (
    SELECT id FROM drafts
    WHERE touched_at < :before
    ORDER BY touched_at
    LIMIT :at_most
);
