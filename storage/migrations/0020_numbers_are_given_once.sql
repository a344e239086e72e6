-- Numbers stand in buttons, in what waits to be sent and in the audit log, long after what they mean is deleted: none
-- is given twice. Of its own SQLite gives the number of a deleted row again, where that row was the last. PostgreSQL
-- never does. All tables but the outbox, of which the last row stays.
--
-- What stands on the disk is the same with and without AUTOINCREMENT, so the tables need not be made anew:
-- https://www.sqlite.org/pragma.html#pragma_writable_schema

CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT);  -- with the first such table comes sqlite_sequence
DROP TABLE counted;

PRAGMA writable_schema = ON;
UPDATE sqlite_master
SET sql = replace(sql, 'id INTEGER PRIMARY KEY,', 'id INTEGER PRIMARY KEY AUTOINCREMENT,')
WHERE type = 'table' AND name <> 'outbox';
PRAGMA writable_schema = RESET;

-- From here on SQLite knows the last number of each table. Of most nobody kept which were given and deleted before:
-- some are left out.
INSERT INTO sqlite_sequence (name, seq) SELECT what, last FROM numbers;
DROP TABLE numbers;
INSERT INTO sqlite_sequence (name, seq) SELECT 'open_questions', coalesce(max(id) + 1000, 0) FROM open_questions;
INSERT INTO sqlite_sequence (name, seq) SELECT 'role_links', coalesce(max(id) + 1000, 0) FROM role_links;
INSERT INTO sqlite_sequence (name, seq) SELECT 'audit', coalesce(max(id) + 1000, 0) FROM audit;
INSERT INTO sqlite_sequence (name, seq) SELECT 'desk_threads', coalesce(max(id) + 1000, 0) FROM desk_threads;
INSERT INTO sqlite_sequence (name, seq) SELECT 'desk_letters', coalesce(max(id) + 1000, 0) FROM desk_letters;
INSERT INTO sqlite_sequence (name, seq) SELECT 'answer_marks', coalesce(max(id) + 1000, 0) FROM answer_marks;
INSERT INTO sqlite_sequence (name, seq) SELECT 'learned_answers', coalesce(max(id) + 1000, 0) FROM learned_answers;
INSERT INTO sqlite_sequence (name, seq) SELECT 'learned_phrasings', coalesce(max(id) + 1000, 0) FROM learned_phrasings;
INSERT INTO sqlite_sequence (name, seq) SELECT 'roles', coalesce(max(id) + 1000, 0) FROM roles;
INSERT INTO sqlite_sequence (name, seq) SELECT 'centers', coalesce(max(id) + 1000, 0) FROM centers;
INSERT INTO sqlite_sequence (name, seq) SELECT 'delegates', coalesce(max(id) + 1000, 0) FROM delegates;
INSERT INTO sqlite_sequence (name, seq) SELECT 'invitations', coalesce(max(id) + 1000, 0) FROM invitations;
INSERT INTO sqlite_sequence (name, seq) SELECT 'handovers', coalesce(max(id) + 1000, 0) FROM handovers;
INSERT INTO sqlite_sequence (name, seq) SELECT 'imports', coalesce(max(id) + 1000, 0) FROM imports;
INSERT INTO sqlite_sequence (name, seq) SELECT 'searches', coalesce(max(id) + 1000, 0) FROM searches;
INSERT INTO sqlite_sequence (name, seq) SELECT 'conferences', coalesce(max(id) + 1000, 0) FROM conferences;
INSERT INTO sqlite_sequence (name, seq) SELECT 'agm_items', coalesce(max(id) + 1000, 0) FROM agm_items;
INSERT INTO sqlite_sequence (name, seq) SELECT 'agenda_sessions', coalesce(max(id) + 1000, 0) FROM agenda_sessions;
INSERT INTO sqlite_sequence (name, seq) SELECT 'conference_documents', coalesce(max(id) + 1000, 0) FROM conference_documents;
INSERT INTO sqlite_sequence (name, seq) SELECT 'conference_changes', coalesce(max(id) + 1000, 0) FROM conference_changes;
INSERT INTO sqlite_sequence (name, seq) SELECT 'participations', coalesce(max(id) + 1000, 0) FROM participations;
INSERT INTO sqlite_sequence (name, seq) SELECT 'reminder_rungs', coalesce(max(id) + 1000, 0) FROM reminder_rungs;
INSERT INTO sqlite_sequence (name, seq) SELECT 'reminders', coalesce(max(id) + 1000, 0) FROM reminders;
