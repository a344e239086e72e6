-- name: add$
INSERT INTO delegates (
    person_id, center, state, is_guest, organization, given_name, family_name, title, function, email, phone,
    nationality, languages, time_zone, privacy_version, privacy_at, shown_since, registered_at, joined_at, changed_at,
    sort_name
)
VALUES (
    :person_id, :center, :state, :is_guest, :organization, :given_name, :family_name, :title, :function, :email,
    :phone, :nationality, :languages, :time_zone, :privacy_version, :privacy_at, :shown_since, :now, :joined_at, :now,
    :sort_name
)
RETURNING id;

-- name: by_id^
SELECT id, person_id, center, state, is_guest, organization, given_name, family_name, title, function, email, phone,
    nationality, languages, time_zone, privacy_version, privacy_at, shown_since, registered_at, joined_at, changed_at,
    edition, merged_into
FROM delegates
WHERE id = :id;

-- name: of_person^
SELECT id, person_id, center, state, is_guest, organization, given_name, family_name, title, function, email, phone,
    nationality, languages, time_zone, privacy_version, privacy_at, shown_since, registered_at, joined_at, changed_at,
    edition, merged_into
FROM delegates
WHERE person_id = :person_id;

-- name: same_email
SELECT id, person_id, center, state, is_guest, organization, given_name, family_name, title, function, email, phone,
    nationality, languages, time_zone, privacy_version, privacy_at, shown_since, registered_at, joined_at, changed_at,
    edition, merged_into
FROM delegates
WHERE email = :email AND state <> 'merged'
ORDER BY id;

-- name: page
SELECT delegates.id, delegates.person_id, delegates.center, delegates.state, delegates.is_guest,
    delegates.organization, delegates.given_name, delegates.family_name, delegates.title, delegates.function,
    delegates.email, delegates.phone, delegates.nationality, delegates.languages, delegates.time_zone,
    delegates.privacy_version, delegates.privacy_at, delegates.shown_since, delegates.registered_at,
    delegates.joined_at, delegates.changed_at, delegates.edition, delegates.merged_into
FROM delegates LEFT JOIN centers ON centers.id = delegates.center
WHERE (:state IS NULL OR delegates.state = :state) AND (:center IS NULL OR delegates.center = :center)
    AND (:is_guest IS NULL OR delegates.is_guest = :is_guest)
    AND (:kind IS NULL OR centers.kind = :kind) AND (:focus IS NULL OR centers.focus = :focus)
    AND (:country IS NULL OR centers.country = :country) AND (:region IS NULL OR centers.region = :region)
ORDER BY delegates.sort_name, delegates.id
LIMIT :at_most OFFSET :skipped;

-- name: count$
SELECT count(*)
FROM delegates LEFT JOIN centers ON centers.id = delegates.center
WHERE (:state IS NULL OR delegates.state = :state) AND (:center IS NULL OR delegates.center = :center)
    AND (:is_guest IS NULL OR delegates.is_guest = :is_guest)
    AND (:kind IS NULL OR centers.kind = :kind) AND (:focus IS NULL OR centers.focus = :focus)
    AND (:country IS NULL OR centers.country = :country) AND (:region IS NULL OR centers.region = :region);

-- name: after
-- All of them, a piece at a time.
SELECT delegates.id, delegates.person_id, delegates.center, delegates.state, delegates.is_guest,
    delegates.organization, delegates.given_name, delegates.family_name, delegates.title, delegates.function,
    delegates.email, delegates.phone, delegates.nationality, delegates.languages, delegates.time_zone,
    delegates.privacy_version, delegates.privacy_at, delegates.shown_since, delegates.registered_at,
    delegates.joined_at, delegates.changed_at, delegates.edition, delegates.merged_into
FROM delegates LEFT JOIN centers ON centers.id = delegates.center
WHERE delegates.id > :after
    AND (:state IS NULL OR delegates.state = :state) AND (:center IS NULL OR delegates.center = :center)
    AND (:is_guest IS NULL OR delegates.is_guest = :is_guest)
    AND (:kind IS NULL OR centers.kind = :kind) AND (:focus IS NULL OR centers.focus = :focus)
    AND (:country IS NULL OR centers.country = :country) AND (:region IS NULL OR centers.region = :region)
ORDER BY delegates.id
LIMIT :at_most;

-- name: change!
UPDATE delegates
SET organization = :organization, given_name = :given_name, family_name = :family_name, title = :title,
    function = :function, email = :email, phone = :phone, nationality = :nationality, languages = :languages,
    time_zone = :time_zone, sort_name = :sort_name, changed_at = :now, edition = edition + 1
WHERE id = :id AND edition = :edition;

-- name: consent!
UPDATE delegates
SET privacy_version = :privacy_version, privacy_at = :now, changed_at = :now, edition = edition + 1
WHERE id = :id;

-- name: ask_to_agree!
-- Each version is asked about once, of whoever agreed to another.
UPDATE delegates
SET privacy_asked = :privacy_version
WHERE id = :id AND coalesce(privacy_version, '') <> :privacy_version AND coalesce(privacy_asked, '') <> :privacy_version;

-- name: set_shown!
UPDATE delegates
SET shown_since = :shown_since, changed_at = :now, edition = edition + 1
WHERE id = :id;

-- name: set_state!
UPDATE delegates
SET state = :state, changed_at = :now, edition = edition + 1,
    joined_at = CASE WHEN :state = 'active' THEN coalesce(joined_at, :now) ELSE joined_at END
WHERE id = :id AND state = :before;

-- name: place!
-- Where they belong; a guest has no Center.
UPDATE delegates
SET center = :center, is_guest = :is_guest, state = :state, changed_at = :now, edition = edition + 1,
    joined_at = CASE WHEN :state = 'active' THEN :now ELSE joined_at END
WHERE id = :id AND state = :before;

-- name: leave!
-- Only from this Center: they may be in another one by now.
UPDATE delegates
SET center = NULL, state = 'left', changed_at = :now, edition = edition + 1
WHERE id = :id AND center = :center AND state = 'active';

-- name: without_telegram
-- Delegates of a Center who are on its list, and have never written to the bot.
SELECT id, person_id, center, state, is_guest, organization, given_name, family_name, title, function, email, phone,
    nationality, languages, time_zone, privacy_version, privacy_at, shown_since, registered_at, joined_at, changed_at,
    edition, merged_into
FROM delegates
WHERE center = :center AND state = 'active' AND person_id IS NULL
ORDER BY sort_name, id
LIMIT :at_most OFFSET :skipped;

-- name: count_without_telegram$
SELECT count(*) FROM delegates WHERE center = :center AND state = 'active' AND person_id IS NULL;

-- name: link!
-- A record that was read in belongs to this person from now on.
UPDATE delegates
SET person_id = :person_id, changed_at = :now, edition = edition + 1
WHERE id = :id AND person_id IS NULL;

-- name: merge!
UPDATE delegates
SET state = 'merged', merged_into = :into, person_id = NULL, center = NULL, changed_at = :now, edition = edition + 1
WHERE id = :id AND state <> 'merged';

-- name: move_center!
UPDATE delegates
SET center = :into, changed_at = :now, edition = edition + 1
WHERE center = :center;

-- name: erase!
DELETE FROM delegates
WHERE id = :id;

-- name: unmerge_erased!
UPDATE delegates
SET merged_into = NULL
WHERE merged_into = :id;

-- name: registrations_by_day
-- When they were registered, to draw how the numbers grew.
SELECT registered_at FROM delegates WHERE state = 'active' ORDER BY registered_at;

-- name: edition_of_all^
-- Changes whenever a record is added, changed or erased.
SELECT count(*) AS number, max(id) AS last_id, sum(edition) AS editions
FROM delegates;

-- name: add_many*!
INSERT INTO delegates (
    person_id, center, state, is_guest, organization, given_name, family_name, title, function, email, phone,
    nationality, languages, time_zone, privacy_version, privacy_at, shown_since, registered_at, joined_at, changed_at,
    sort_name
)
VALUES (
    :person_id, :center, :state, :is_guest, :organization, :given_name, :family_name, :title, :function, :email,
    :phone, :nationality, :languages, :time_zone, :privacy_version, :privacy_at, :shown_since, :now, :joined_at, :now,
    :sort_name
);

-- name: last_id$
SELECT coalesce(max(id), 0) FROM delegates;

-- name: ids_after
SELECT id, sort_name
FROM delegates
WHERE id > :after
ORDER BY id;

-- name: change_many*!
UPDATE delegates
SET organization = :organization, given_name = :given_name, family_name = :family_name, title = :title,
    function = :function, email = :email, phone = :phone, nationality = :nationality, languages = :languages,
    time_zone = :time_zone, sort_name = :sort_name, changed_at = :now, edition = edition + 1
WHERE id = :id AND edition = :edition;

-- name: counts_of_active^
SELECT count(*) AS number, count(person_id) AS linked, sum(is_guest) AS guests
FROM delegates
WHERE state = 'active';

-- name: nearest
-- Those that share most pieces with what is looked for.
SELECT delegates.id, delegates.person_id, delegates.center, delegates.state, delegates.is_guest,
    delegates.organization, delegates.given_name, delegates.family_name, delegates.title, delegates.function,
    delegates.email, delegates.phone, delegates.nationality, delegates.languages, delegates.time_zone,
    delegates.privacy_version, delegates.privacy_at, delegates.shown_since, delegates.registered_at,
    delegates.joined_at, delegates.changed_at, delegates.edition, delegates.merged_into
FROM (
    SELECT id, count(*) AS shared
    FROM name_pieces
    WHERE subject = 'delegate' AND piece IN (
        :p0, :p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8, :p9, :p10, :p11, :p12, :p13, :p14, :p15
    )
    GROUP BY id
) AS near JOIN delegates ON delegates.id = near.id LEFT JOIN centers ON centers.id = delegates.center
WHERE (:gone_too = 1 OR delegates.state IN ('pending', 'active', 'left', 'suspended'))
    AND (:state IS NULL OR delegates.state = :state) AND (:center IS NULL OR delegates.center = :center)
    AND (:is_guest IS NULL OR delegates.is_guest = :is_guest)
    AND (:kind IS NULL OR centers.kind = :kind) AND (:focus IS NULL OR centers.focus = :focus)
    AND (:country IS NULL OR centers.country = :country) AND (:region IS NULL OR centers.region = :region)
ORDER BY near.shared DESC, near.id
LIMIT :at_most;

-- name: beginning
-- By name, as it is sorted; `beyond` sorts after all that begins so.
SELECT delegates.id, delegates.person_id, delegates.center, delegates.state, delegates.is_guest,
    delegates.organization, delegates.given_name, delegates.family_name, delegates.title, delegates.function,
    delegates.email, delegates.phone, delegates.nationality, delegates.languages, delegates.time_zone,
    delegates.privacy_version, delegates.privacy_at, delegates.shown_since, delegates.registered_at,
    delegates.joined_at, delegates.changed_at, delegates.edition, delegates.merged_into
FROM delegates LEFT JOIN centers ON centers.id = delegates.center
WHERE delegates.sort_name >= :beginning AND delegates.sort_name < :beyond
    AND (:state IS NULL OR delegates.state = :state) AND (:center IS NULL OR delegates.center = :center)
    AND (:is_guest IS NULL OR delegates.is_guest = :is_guest)
    AND (:kind IS NULL OR centers.kind = :kind) AND (:focus IS NULL OR centers.focus = :focus)
    AND (:country IS NULL OR centers.country = :country) AND (:region IS NULL OR centers.region = :region)
ORDER BY delegates.sort_name, delegates.id
LIMIT :at_most;

-- name: countries
-- By the country of their Center.
SELECT centers.country AS country, count(*) AS number
FROM delegates JOIN centers ON centers.id = delegates.center
WHERE (:state IS NULL OR delegates.state = :state) AND (:center IS NULL OR delegates.center = :center)
    AND (:is_guest IS NULL OR delegates.is_guest = :is_guest)
    AND (:kind IS NULL OR centers.kind = :kind) AND (:focus IS NULL OR centers.focus = :focus)
    AND (:region IS NULL OR centers.region = :region)
GROUP BY centers.country
ORDER BY centers.country;

-- name: shown_of
-- Those of a Center who agreed to be shown.
SELECT id, person_id, center, state, is_guest, organization, given_name, family_name, title, function, email, phone,
    nationality, languages, time_zone, privacy_version, privacy_at, shown_since, registered_at, joined_at, changed_at,
    edition, merged_into
FROM delegates
WHERE center = :center AND state = 'active' AND shown_since IS NOT NULL
ORDER BY sort_name, id
LIMIT :at_most OFFSET :skipped;

-- name: count_shown_of$
SELECT count(*) FROM delegates WHERE center = :center AND state = 'active' AND shown_since IS NOT NULL;
