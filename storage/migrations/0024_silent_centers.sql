-- To ask those again who belong to a Center of which nobody has read something, the members of each Center are gone
-- through, and not everybody who got it: with many thousands, that took longer than a transaction may.
DROP VIEW announcement_readers;

-- Whom an announcement is meant for, as things stand, as before. The CROSS JOIN is for SQLite, which keeps its order.
CREATE VIEW announcement_readers AS
SELECT announcements.id AS announcement, people.id AS person_id, people.language, people.first_name, people.last_name,
    people.username
FROM announcements
CROSS JOIN people
LEFT JOIN delegates ON delegates.person_id = people.id
LEFT JOIN participations
    ON participations.delegate = delegates.id AND participations.conference = announcements.for_conference
LEFT JOIN center_absences
    ON center_absences.center = delegates.center AND center_absences.conference = announcements.for_conference
WHERE people.unreachable_since IS NULL AND coalesce(delegates.state, '') <> 'suspended'
    AND (
        announcements.is_official = 1
        OR NOT EXISTS (SELECT 1 FROM announcement_wishes WHERE announcement_wishes.person_id = people.id)
    )
    AND (announcements.for_language = '' OR announcements.for_language LIKE '% ' || people.language || ' %')
    AND (
        announcements.for_session = 0
        OR EXISTS (
            SELECT 1 FROM session_stars
            WHERE session_stars.session = announcements.for_session AND session_stars.person_id = people.id
        )
    )
    AND (
        announcements.for_unread = 0
        OR EXISTS (
            SELECT 1 FROM announcement_recipients
            WHERE announcement_recipients.announcement = announcements.for_unread
                AND announcement_recipients.person_id = people.id
                AND announcement_recipients.state = 'sent' AND announcement_recipients.read_at IS NULL
        )
    )
    AND (
        announcements.for_silent = 0
        OR delegates.center IS NOT NULL AND NOT EXISTS (
            SELECT 1
            FROM delegates AS members
            CROSS JOIN announcement_recipients AS others
            WHERE members.center = delegates.center AND others.announcement = announcements.for_unread
                AND others.person_id = members.person_id AND others.read_at IS NOT NULL
        )
    )
    AND (
        announcements.for_who = ''
        OR announcements.for_who LIKE '% delegates %' AND delegates.state = 'active' AND delegates.is_guest = 0
        OR announcements.for_who LIKE '% guests %' AND delegates.state = 'active' AND delegates.is_guest = 1
        OR EXISTS (
            SELECT 1 FROM roles
            WHERE roles.person_id = people.id AND (
                roles.role = 'secretariat' AND announcements.for_who LIKE '% secretariat %'
                OR roles.role IN ('focal_point', 'deputy') AND announcements.for_who LIKE '% leads %'
                OR roles.role = 'host' AND announcements.for_who LIKE '% hosts %'
                    AND (
                        announcements.for_conference = 0
                        OR roles.scope = CAST(announcements.for_conference AS TEXT)
                    )
            )
        )
    )
    AND (
        announcements.for_takes_part = ''
        OR announcements.for_takes_part LIKE '% registered %' AND participations.state = 'registered'
        OR announcements.for_takes_part LIKE '% in_person %' AND participations.state = 'registered'
            AND participations.attendance = 'in_person'
        OR announcements.for_takes_part LIKE '% online %' AND participations.state = 'registered'
            AND participations.attendance = 'online'
        OR announcements.for_takes_part LIKE '% wait_listed %' AND participations.state IN ('waiting', 'offered')
        OR announcements.for_takes_part LIKE '% declined %' AND (
            participations.state IN ('declined', 'withdrawn')
            OR participations.id IS NULL AND center_absences.center IS NOT NULL
        )
        OR announcements.for_takes_part LIKE '% not_yet %' AND delegates.state = 'active'
            AND participations.id IS NULL AND center_absences.center IS NULL
    )
    AND (
        announcements.for_focus = '' AND announcements.for_kind = '' AND announcements.for_country = ''
            AND announcements.for_region = ''
        OR EXISTS (
            SELECT 1 FROM centers
            WHERE centers.state = 'approved'
                AND centers.id IN (
                    SELECT CASE WHEN delegates.state = 'active' THEN delegates.center END
                    UNION ALL
                    SELECT CASE WHEN roles.role IN ('focal_point', 'deputy') THEN CAST(roles.scope AS BIGINT) END
                    FROM roles WHERE roles.person_id = people.id
                )
                AND (announcements.for_focus = '' OR announcements.for_focus LIKE '% ' || centers.focus || ' %')
                AND (announcements.for_kind = '' OR announcements.for_kind LIKE '% ' || centers.kind || ' %')
                AND (announcements.for_country = '' OR announcements.for_country LIKE '% ' || centers.country || ' %')
                AND (announcements.for_region = '' OR announcements.for_region LIKE '% ' || centers.region || ' %')
        )
    )
    AND (
        (delegates.center IS NULL OR delegates.state <> 'active') AND NOT EXISTS (
            SELECT 1 FROM roles WHERE roles.person_id = people.id AND roles.role IN ('focal_point', 'deputy')
        )
        OR delegates.state = 'active' AND EXISTS (
            SELECT 1 FROM centers WHERE centers.id = delegates.center AND centers.state <> 'suspended'
        )
        OR EXISTS (
            SELECT 1
            FROM roles
            JOIN centers
                ON centers.id = CASE WHEN roles.role IN ('focal_point', 'deputy') THEN CAST(roles.scope AS BIGINT) END
            WHERE roles.person_id = people.id AND centers.state <> 'suspended'
        )
        OR EXISTS (SELECT 1 FROM roles WHERE roles.person_id = people.id AND roles.role IN ('secretariat', 'host'))
    );
