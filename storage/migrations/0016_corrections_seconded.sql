-- A correction that comes to many is confirmed by two, as the announcement was.

ALTER TABLE announcement_texts ADD COLUMN correction_confirmed_by BIGINT;  -- who did so first; empty: nobody yet
CREATE INDEX announcement_texts_to_second ON announcement_texts (correction_confirmed_by)
    WHERE correction_confirmed_by IS NOT NULL;
