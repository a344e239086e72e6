-- name: add*!
INSERT INTO inbox (update_id, lane, payload, received_at)
VALUES (:update_id, :lane, :payload, :received_at)
ON CONFLICT (update_id) DO NOTHING;

-- name: known
SELECT update_id FROM inbox WHERE update_id BETWEEN :least AND :most;

-- name: add_unread*!
INSERT INTO inbox (update_id, lane, payload, received_at, state, failure, ended_at)
VALUES (:update_id, :lane, '', :received_at, 'done', 'not read: too many', :received_at)
ON CONFLICT (update_id) DO NOTHING;

-- name: waiting
SELECT seq, update_id, lane, payload, tries, received_at
FROM inbox
WHERE state = 'waiting' AND seq > :after
ORDER BY seq
LIMIT :at_most;

-- name: waiting_in_lane
SELECT seq, update_id, lane, payload, tries, received_at
FROM inbox
WHERE state = 'waiting' AND lane = :lane AND seq > :after AND seq <= :up_to
ORDER BY seq
LIMIT :at_most;

-- name: done*!
UPDATE inbox
SET state = 'done', payload = '', failure = NULL, ended_at = :ended_at
WHERE seq = :seq;

-- name: failed!
UPDATE inbox
SET tries = tries + 1, failure = :failure
WHERE seq = :seq;

-- name: set_aside!
UPDATE inbox
SET state = 'set_aside', tries = tries + 1, failure = :failure, ended_at = :ended_at
WHERE seq = :seq;

-- name: list_set_aside
SELECT seq, update_id, lane, payload, tries, failure, received_at
FROM inbox
WHERE state = 'set_aside'
ORDER BY seq
LIMIT :at_most;

-- name: retry!
-- A new place at the end of the queue, so that the running bot comes upon it.
UPDATE inbox
SET state = 'waiting', tries = 0, ended_at = NULL, seq = (SELECT max(seq) + 1 FROM inbox)
WHERE update_id = :update_id AND state = 'set_aside';

-- name: counts^
SELECT
    (SELECT count(*) FROM inbox WHERE state = 'waiting') AS waiting,
    (SELECT count(*) FROM inbox WHERE state = 'set_aside') AS set_aside,
    (SELECT received_at FROM inbox WHERE state = 'waiting' ORDER BY seq LIMIT 1) AS oldest_at;

-- name: forget_done!
-- The last place stays taken: the running bot looks for what is new behind the last that it has seen.
DELETE FROM inbox
WHERE seq IN (
    SELECT seq FROM inbox
    WHERE state = 'done' AND ended_at < :before AND seq < (SELECT max(seq) FROM inbox)
    ORDER BY ended_at
    LIMIT :at_most
);
