-- name: add$
INSERT INTO conferences (
    edition_number, theme, host_country, host_organization, city, venue, starts_on, ends_on, register_by, papers_by,
    visa_by, hotel_by, time_zone, languages, capacity, online_link, contact, opened_by, opened_at, changed_at
)
VALUES (
    :edition_number, :theme, :host_country, :host_organization, :city, :venue, :starts_on, :ends_on, :register_by,
    :papers_by, :visa_by, :hotel_by, :time_zone, :languages, :capacity, :online_link, :contact, :opened_by, :now, :now
)
RETURNING id;

-- name: by_id^
SELECT id, state, edition_number, theme, host_country, host_organization, city, venue, starts_on, ends_on,
    register_by, papers_by, visa_by, hotel_by, time_zone, languages, capacity, online_link, contact,
    opened_by, opened_at, changed_at, edition
FROM conferences
WHERE id = :id;

-- name: ending_from
SELECT id, state, edition_number, theme, host_country, host_organization, city, venue, starts_on, ends_on,
    register_by, papers_by, visa_by, hotel_by, time_zone, languages, capacity, online_link, contact,
    opened_by, opened_at, changed_at, edition
FROM conferences
WHERE ends_on >= :day
ORDER BY starts_on, id;

-- name: latest
SELECT id, state, edition_number, theme, host_country, host_organization, city, venue, starts_on, ends_on,
    register_by, papers_by, visa_by, hotel_by, time_zone, languages, capacity, online_link, contact,
    opened_by, opened_at, changed_at, edition
FROM conferences
ORDER BY starts_on DESC, id DESC
LIMIT :at_most OFFSET :skipped;

-- name: count$
SELECT count(*) FROM conferences;

-- name: change!
UPDATE conferences
SET edition_number = :edition_number, theme = :theme, host_country = :host_country,
    host_organization = :host_organization, city = :city, venue = :venue, starts_on = :starts_on, ends_on = :ends_on,
    register_by = :register_by, papers_by = :papers_by, visa_by = :visa_by, hotel_by = :hotel_by,
    time_zone = :time_zone, languages = :languages, capacity = :capacity, online_link = :online_link,
    contact = :contact, changed_at = :now, edition = edition + 1
WHERE id = :id AND edition = :edition;

-- name: set_state!
UPDATE conferences
SET state = :state, changed_at = :now, edition = edition + 1
WHERE id = :id AND state <> :state;

-- name: notes
SELECT topic, content FROM conference_notes WHERE conference = :conference ORDER BY topic;

-- name: set_note!
INSERT INTO conference_notes (conference, topic, content, changed_at)
VALUES (:conference, :topic, :content, :now)
ON CONFLICT (conference, topic) DO UPDATE SET content = excluded.content, changed_at = excluded.changed_at;

-- name: remove_note!
DELETE FROM conference_notes WHERE conference = :conference AND topic = :topic;

-- name: agm^
SELECT conference, state, starts_at, ends_at, place, online_link, notice_days, entitled, changed_at, edition
FROM agms
WHERE conference = :conference;

-- name: add_agm!
INSERT INTO agms (conference, starts_at, ends_at, place, online_link, notice_days, entitled, changed_at)
VALUES (:conference, :starts_at, :ends_at, :place, :online_link, :notice_days, :entitled, :now)
ON CONFLICT (conference) DO NOTHING;

-- name: change_agm!
UPDATE agms
SET state = :state, starts_at = :starts_at, ends_at = :ends_at, place = :place, online_link = :online_link,
    notice_days = :notice_days, entitled = :entitled, changed_at = :now, edition = edition + 1
WHERE conference = :conference AND edition = :edition;

-- name: entitled$
SELECT count(*) FROM agm_entitled WHERE conference = :conference AND person_id = :person_id;

-- name: agm_items
SELECT title FROM agm_items WHERE conference = :conference ORDER BY position;

-- name: remove_agm_items!
DELETE FROM agm_items WHERE conference = :conference;

-- name: add_agm_item!
INSERT INTO agm_items (conference, position, title) VALUES (:conference, :position, :title);
