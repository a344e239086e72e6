-- name: add!
INSERT INTO audit (at, actor_id, act, object, before, after)
VALUES (:at, :actor_id, :act, :object, :before, :after);

-- name: latest
SELECT at, actor_id, act, object, before, after
FROM audit
ORDER BY id DESC
LIMIT :at_most;

-- name: search
SELECT audit.id, audit.at, audit.actor_id, audit.act, audit.object, audit.before, audit.after,
    people.first_name, people.last_name, people.username
FROM audit LEFT JOIN people ON people.id = audit.actor_id
WHERE (:actor_id IS NULL OR audit.actor_id = :actor_id) AND (:act IS NULL OR audit.act LIKE :act ESCAPE '\')
    AND (:object IS NULL OR audit.object = :object)
    AND (:since IS NULL OR audit.at >= :since) AND (:before IS NULL OR audit.at < :before)
    AND (:older_than IS NULL OR audit.id < :older_than)
ORDER BY audit.id DESC
LIMIT :at_most;

-- name: count$
SELECT count(*)
FROM audit
WHERE (:actor_id IS NULL OR audit.actor_id = :actor_id) AND (:act IS NULL OR audit.act LIKE :act ESCAPE '\')
    AND (:object IS NULL OR audit.object = :object)
    AND (:since IS NULL OR audit.at >= :since) AND (:before IS NULL OR audit.at < :before);

-- name: about
-- What was done to any of three things, which one record may be known as.
SELECT audit.id, audit.at, audit.actor_id, audit.act, audit.object, audit.before, audit.after,
    people.first_name, people.last_name, people.username
FROM audit LEFT JOIN people ON people.id = audit.actor_id
WHERE audit.object IN (:first, :second, :third) AND audit.act <> 'refused'
ORDER BY audit.id DESC
LIMIT :at_most OFFSET :skipped;

-- name: count_about$
SELECT count(*) FROM audit WHERE audit.object IN (:first, :second, :third) AND audit.act <> 'refused';

-- name: actors
SELECT latest.actor_id, people.first_name, people.last_name, people.username
FROM (SELECT actor_id, max(id) AS last_id FROM audit GROUP BY actor_id) AS latest
    JOIN people ON people.id = latest.actor_id
ORDER BY latest.last_id DESC
LIMIT :at_most;
