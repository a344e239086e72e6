-- name: offer$
-- To whom it is offered already, nothing is; what was offered and is over does not stand in the way.
INSERT INTO handovers (center, from_person, to_person, becomes_deputy, offered_by, offered_at, expires_at)
VALUES (:center, :from_person, :to_person, :becomes_deputy, :offered_by, :now, :expires_at)
ON CONFLICT (center, to_person) WHERE state = 'open' DO NOTHING
RETURNING id;

-- name: by_id^
SELECT id, center, from_person, to_person, becomes_deputy, state, offered_by, offered_at, expires_at, ended_at
FROM handovers
WHERE id = :id;

-- name: of_center
-- Those that can still be accepted.
SELECT id, center, from_person, to_person, becomes_deputy, state, offered_by, offered_at, expires_at, ended_at
FROM handovers
WHERE center = :center AND state = 'open' AND expires_at > :now
ORDER BY id;

-- name: accept^
-- The one step that decides who has the role: as long as whoever offered it has it, and the new one is of the Center.
UPDATE handovers
SET state = 'accepted', ended_at = :now
WHERE id = :id AND to_person = :person_id AND state = 'open' AND expires_at > :now
    AND EXISTS (SELECT 1 FROM centers WHERE centers.id = handovers.center AND centers.state = 'approved')
    AND EXISTS (
        SELECT 1 FROM delegates
        WHERE delegates.person_id = handovers.to_person AND delegates.center = handovers.center
            AND delegates.state = 'active'
    )
    AND coalesce(handovers.from_person, 0) = coalesce(
        (
            SELECT roles.person_id FROM roles
            WHERE roles.role = 'focal_point' AND roles.scope = CAST(handovers.center AS TEXT)
        ),
        0
    )
RETURNING id, center, from_person, to_person, becomes_deputy, state, offered_by, offered_at, expires_at, ended_at;

-- name: end!
UPDATE handovers
SET state = :state, ended_at = :now
WHERE id = :id AND state = 'open' AND expires_at > :now;

-- name: end_expired!
UPDATE handovers
SET state = 'over', ended_at = :now
WHERE center = :center AND state = 'open' AND expires_at <= :now;

-- name: end_all!
-- Whatever else was offered in a Center, or to one person there.
UPDATE handovers
SET state = 'over', ended_at = :now
WHERE center = :center AND state = 'open' AND (:person_id IS NULL OR to_person = :person_id);
