-- name: has$
SELECT 1 FROM roles WHERE person_id = :person_id AND role = :role AND scope = :scope;

-- name: led$
-- What somebody is in this scope, unless their record is suspended: then the role waits until that is lifted.
SELECT roles.role
FROM roles
WHERE roles.person_id = :person_id AND roles.scope = :scope AND roles.role IN ('focal_point', 'deputy')
    AND NOT EXISTS (
        SELECT 1 FROM delegates WHERE delegates.person_id = roles.person_id AND delegates.state = 'suspended'
    )
ORDER BY roles.role DESC
LIMIT 1;

-- name: leaders
SELECT roles.person_id
FROM roles
WHERE roles.scope = :scope AND roles.role IN ('focal_point', 'deputy')
    AND NOT EXISTS (
        SELECT 1 FROM delegates WHERE delegates.person_id = roles.person_id AND delegates.state = 'suspended'
    )
ORDER BY roles.role DESC, roles.given_at, roles.id;

-- name: holders
SELECT roles.person_id, roles.role, roles.scope, roles.given_by, roles.given_at,
    people.first_name, people.last_name, people.username
FROM roles JOIN people ON people.id = roles.person_id
WHERE roles.role = :role
ORDER BY roles.given_at, roles.id;

-- name: holders_of
SELECT roles.person_id, roles.role, roles.scope, roles.given_by, roles.given_at,
    people.first_name, people.last_name, people.username
FROM roles JOIN people ON people.id = roles.person_id
WHERE roles.role = :role AND roles.scope = :scope
ORDER BY roles.given_at, roles.id;

-- name: of_person
SELECT roles.person_id, roles.role, roles.scope, roles.given_by, roles.given_at,
    people.first_name, people.last_name, people.username
FROM roles JOIN people ON people.id = roles.person_id
WHERE roles.person_id = :person_id
ORDER BY roles.given_at, roles.id;

-- name: hand_over!
-- Whatever the new one was in this scope before, they are the focal point now.
UPDATE roles
SET person_id = :to_person, given_by = :given_by, given_at = :given_at
WHERE person_id = :person_id AND role = :role AND scope = :scope;

-- name: take_scope!
DELETE FROM roles WHERE role IN ('focal_point', 'deputy') AND scope = :scope;

-- name: give!
INSERT INTO roles (person_id, role, scope, given_by, given_at)
VALUES (:person_id, :role, :scope, :given_by, :given_at)
ON CONFLICT (person_id, role, scope) DO NOTHING;

-- name: take!
DELETE FROM roles WHERE person_id = :person_id AND role = :role AND scope = :scope;

-- name: make_link$
INSERT INTO role_links (token_hash, role, scope, made_by, made_at, expires_at)
VALUES (:token_hash, :role, :scope, :made_by, :made_at, :expires_at)
RETURNING id;

-- name: use_link^
-- The one step that decides who has the link's role, whoever else opens it at the same time.
UPDATE role_links
SET used_by = :person_id, used_at = :now
WHERE token_hash = :token_hash AND used_at IS NULL AND revoked_at IS NULL AND expires_at > :now
    AND made_by <> :person_id
    AND NOT EXISTS (
        SELECT 1 FROM roles
        WHERE roles.person_id = :person_id AND roles.role = role_links.role AND roles.scope = role_links.scope
    )
RETURNING id, role, scope, made_by, made_at, expires_at, used_by, used_at, revoked_at;

-- name: link_by_hash^
SELECT id, role, scope, made_by, made_at, expires_at, used_by, used_at, revoked_at
FROM role_links
WHERE token_hash = :token_hash;

-- name: link_by_id^
SELECT id, role, scope, made_by, made_at, expires_at, used_by, used_at, revoked_at
FROM role_links
WHERE id = :id;

-- name: open_links
SELECT id, role, scope, made_by, made_at, expires_at, used_by, used_at, revoked_at
FROM role_links
WHERE used_at IS NULL AND revoked_at IS NULL AND expires_at > :now AND role = :role AND scope = :scope
ORDER BY id;

-- name: revoke_link!
UPDATE role_links
SET revoked_by = :person_id, revoked_at = :now
WHERE id = :id AND used_at IS NULL AND revoked_at IS NULL AND expires_at > :now;

-- name: give_deputy!
-- As long as there is room for another, to whoever is not the focal point.
INSERT INTO roles (person_id, role, scope, given_by, given_at)
SELECT people.id, 'deputy', :scope, :given_by, :given_at
FROM people
WHERE people.id = :person_id
    AND NOT EXISTS (
        SELECT 1 FROM roles AS held
        WHERE held.person_id = :person_id AND held.role = 'focal_point' AND held.scope = :scope
    )
    AND (SELECT count(*) FROM roles AS given WHERE given.role = 'deputy' AND given.scope = :scope) < :at_most
ON CONFLICT (person_id, role, scope) DO NOTHING;
