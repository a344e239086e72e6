-- name: add!
INSERT INTO audit (at, actor_id, act, object, before, after)
VALUES (:at, :actor_id, :act, :object, :before, :after);

-- name: latest
SELECT at, actor_id, act, object, before, after
FROM audit
ORDER BY id DESC
LIMIT :at_most;
