-- The numbers of announcements stand in buttons, too: one whose draft was thrown away is not given again.

INSERT INTO numbers (what, last) SELECT 'announcements', coalesce(max(id), 0) FROM announcements;
