-- name: add$
INSERT INTO centers (
    state, name, short_name, kind, focus, country, region, city, website, email, phone, head_name, head_title,
    registered_by, registered_at, approved_at, changed_at, sort_name, web_domain, mail_domain
)
VALUES (
    :state, :name, :short_name, :kind, :focus, :country, :region, :city, :website, :email, :phone, :head_name,
    :head_title, :registered_by, :now, :approved_at, :now, :sort_name, :web_domain, :mail_domain
)
RETURNING id;

-- name: by_id^
SELECT id, state, name, short_name, kind, focus, country, region, city, website, email, phone, head_name, head_title,
    registered_by, registered_at, approved_at, changed_at, edition, merged_into
FROM centers
WHERE id = :id;

-- name: of_person
SELECT id, state, name, short_name, kind, focus, country, region, city, website, email, phone, head_name, head_title,
    registered_by, registered_at, approved_at, changed_at, edition, merged_into
FROM centers
WHERE registered_by = :person_id
ORDER BY id;

-- name: same_domain
SELECT id, state, name, short_name, kind, focus, country, region, city, website, email, phone, head_name, head_title,
    registered_by, registered_at, approved_at, changed_at, edition, merged_into
FROM centers
WHERE (web_domain = :web_domain OR mail_domain = :mail_domain OR web_domain = :mail_domain OR mail_domain = :web_domain)
    AND state IN ('pending', 'approved', 'suspended')
ORDER BY id
LIMIT :at_most;

-- name: page
-- Where a filter is empty, it lets everything pass.
SELECT id, state, name, short_name, kind, focus, country, region, city, website, email, phone, head_name, head_title,
    registered_by, registered_at, approved_at, changed_at, edition, merged_into
FROM centers
WHERE (:state IS NULL OR state = :state) AND (:kind IS NULL OR kind = :kind) AND (:focus IS NULL OR focus = :focus)
    AND (:country IS NULL OR country = :country) AND (:region IS NULL OR region = :region)
ORDER BY sort_name, id
LIMIT :at_most OFFSET :skipped;

-- name: count$
SELECT count(*)
FROM centers
WHERE (:state IS NULL OR state = :state) AND (:kind IS NULL OR kind = :kind) AND (:focus IS NULL OR focus = :focus)
    AND (:country IS NULL OR country = :country) AND (:region IS NULL OR region = :region);

-- name: after
-- All of them, a piece at a time.
SELECT id, state, name, short_name, kind, focus, country, region, city, website, email, phone, head_name, head_title,
    registered_by, registered_at, approved_at, changed_at, edition, merged_into
FROM centers
WHERE id > :after
    AND (:state IS NULL OR state = :state) AND (:kind IS NULL OR kind = :kind) AND (:focus IS NULL OR focus = :focus)
    AND (:country IS NULL OR country = :country) AND (:region IS NULL OR region = :region)
ORDER BY id
LIMIT :at_most;

-- name: change!
UPDATE centers
SET name = :name, short_name = :short_name, kind = :kind, focus = :focus, country = :country, region = :region,
    city = :city, website = :website, email = :email, phone = :phone, head_name = :head_name,
    head_title = :head_title, sort_name = :sort_name, web_domain = :web_domain, mail_domain = :mail_domain,
    changed_at = :now, edition = edition + 1
WHERE id = :id AND edition = :edition;

-- name: set_state!
UPDATE centers
SET state = :state, changed_at = :now, edition = edition + 1,
    approved_at = CASE WHEN :state = 'approved' THEN coalesce(approved_at, :now) ELSE approved_at END
WHERE id = :id AND state = :before;

-- name: merge!
UPDATE centers
SET state = 'merged', merged_into = :into, changed_at = :now, edition = edition + 1
WHERE id = :id AND state <> 'merged';

-- name: counts_by_region
SELECT region, count(*) AS number FROM centers WHERE state = 'approved' GROUP BY region ORDER BY region;

-- name: counts_by_focus
SELECT focus, count(*) AS number FROM centers WHERE state = 'approved' GROUP BY focus ORDER BY focus;

-- name: counts_by_kind
SELECT kind, count(*) AS number FROM centers WHERE state = 'approved' GROUP BY kind ORDER BY kind;

-- name: counts_by_country
SELECT country, count(*) AS number FROM centers WHERE state = 'approved' GROUP BY country ORDER BY country;

-- name: registered_at
-- When the approved ones were registered, to draw how the numbers grew.
SELECT registered_at FROM centers WHERE state = 'approved' ORDER BY registered_at;

-- name: edition_of_all^
-- Changes whenever a Center is added, changed or erased.
SELECT count(*) AS number, max(id) AS last_id, sum(edition) AS editions
FROM centers;

-- name: add_many*!
INSERT INTO centers (
    state, name, short_name, kind, focus, country, region, city, website, email, phone, head_name, head_title,
    registered_by, registered_at, approved_at, changed_at, sort_name, web_domain, mail_domain
)
VALUES (
    :state, :name, :short_name, :kind, :focus, :country, :region, :city, :website, :email, :phone, :head_name,
    :head_title, :registered_by, :now, :approved_at, :now, :sort_name, :web_domain, :mail_domain
);

-- name: last_id$
SELECT coalesce(max(id), 0) FROM centers;

-- name: ids_after
SELECT id, sort_name
FROM centers
WHERE id > :after
ORDER BY id;

-- name: change_many*!
UPDATE centers
SET name = :name, short_name = :short_name, kind = :kind, focus = :focus, country = :country, region = :region,
    city = :city, website = :website, email = :email, phone = :phone, head_name = :head_name,
    head_title = :head_title, sort_name = :sort_name, web_domain = :web_domain, mail_domain = :mail_domain,
    changed_at = :now, edition = edition + 1
WHERE id = :id AND edition = :edition;

-- name: nearest
-- Those that share most pieces with what is looked for.
SELECT centers.id, centers.state, centers.name, centers.short_name, centers.kind, centers.focus, centers.country, centers.region, centers.city, centers.website,
    centers.email, centers.phone, centers.head_name, centers.head_title, centers.registered_by, centers.registered_at,
    centers.approved_at, centers.changed_at, centers.edition, centers.merged_into
FROM (
    SELECT id, count(*) AS shared
    FROM name_pieces
    WHERE subject = 'center' AND piece IN (
        :p0, :p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8, :p9, :p10, :p11, :p12, :p13, :p14, :p15
    )
    GROUP BY id
) AS near JOIN centers ON centers.id = near.id
WHERE (:gone_too = 1 OR state IN ('pending', 'approved', 'suspended'))
    AND (:state IS NULL OR state = :state) AND (:kind IS NULL OR kind = :kind) AND (:focus IS NULL OR focus = :focus)
    AND (:country IS NULL OR country = :country) AND (:region IS NULL OR region = :region)
ORDER BY near.shared DESC, near.id
LIMIT :at_most;

-- name: beginning
-- By name, as it is sorted; `beyond` sorts after all that begins so.
SELECT id, state, name, short_name, kind, focus, country, region, city, website, email, phone, head_name, head_title,
    registered_by, registered_at, approved_at, changed_at, edition, merged_into
FROM centers
WHERE sort_name >= :beginning AND sort_name < :beyond
    AND (:state IS NULL OR state = :state) AND (:kind IS NULL OR kind = :kind) AND (:focus IS NULL OR focus = :focus)
    AND (:country IS NULL OR country = :country) AND (:region IS NULL OR region = :region)
ORDER BY sort_name, id
LIMIT :at_most;

-- name: countries
SELECT country, count(*) AS number
FROM centers
WHERE (:state IS NULL OR state = :state) AND (:kind IS NULL OR kind = :kind) AND (:focus IS NULL OR focus = :focus)
    AND (:region IS NULL OR region = :region)
GROUP BY country
ORDER BY country;
