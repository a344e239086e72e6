-- The numbers of announcements stand in buttons, too: one whose draft was thrown away is not given again.

INSERT INTO numbers (what, last) SELECT 'announcements', coalesce(max(id), 0) FROM announcements;

-- Corrections and recalls that wait: while an announcement is paused, all its sends wait, and are not looked through.
CREATE INDEX announcement_recipients_to_amend ON announcement_recipients (announcement, person_id)
    WHERE todo <> 'send' AND batch IS NULL;
