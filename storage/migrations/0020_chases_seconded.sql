-- What asks many people again is confirmed by two, as the announcement was.

ALTER TABLE announcements ADD COLUMN chase_wanted TEXT;      -- what the first has confirmed; empty: nothing waits
ALTER TABLE announcements ADD COLUMN chase_wanted_by BIGINT;  -- who that was
CREATE INDEX announcements_chase_wanted ON announcements (chase_wanted_by) WHERE chase_wanted_by IS NOT NULL;
