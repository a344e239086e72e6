-- name: bound^
-- Where the group has become a supergroup, that is the one, also before the bot is told of it.
SELECT coalesce(groups.migrated_to, secretariat_group.chat_id) AS chat_id, secretariat_group.title,
    secretariat_group.is_forum, secretariat_group.uses_topics, secretariat_group.bound_by, secretariat_group.bound_at
FROM secretariat_group LEFT JOIN groups ON groups.id = secretariat_group.chat_id;

-- name: bind!
INSERT INTO secretariat_group (only_one, chat_id, title, is_forum, uses_topics, bound_by, bound_at)
VALUES (1, :chat_id, :title, :is_forum, :is_forum, :bound_by, :bound_at)
ON CONFLICT (only_one) DO UPDATE
SET chat_id = excluded.chat_id, title = excluded.title, is_forum = excluded.is_forum,
    uses_topics = excluded.uses_topics, bound_by = excluded.bound_by, bound_at = excluded.bound_at;

-- name: unbind!
DELETE FROM secretariat_group WHERE chat_id = :chat_id;

-- name: became!
UPDATE secretariat_group SET chat_id = :to_chat_id, is_forum = 0, uses_topics = 0 WHERE chat_id = :from_chat_id;

-- name: topics_switched!
UPDATE secretariat_group SET is_forum = :is_forum, uses_topics = :is_forum
WHERE chat_id = :chat_id AND is_forum <> :is_forum;

-- name: topics_refused!
UPDATE secretariat_group SET uses_topics = 0 WHERE chat_id = :chat_id AND uses_topics = 1;

-- name: is_lost$
-- The bot was told by a refusal, not by Telegram's own word, that it is no longer there.
SELECT 1
FROM secretariat_group JOIN groups ON groups.id = secretariat_group.chat_id
WHERE groups.unreachable_since IS NOT NULL AND groups.migrated_to IS NULL;
