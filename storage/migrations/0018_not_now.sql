-- Who does not want to go on with a form now is not asked again behind each other form.

ALTER TABLE drafts ADD COLUMN put_off INTEGER NOT NULL DEFAULT 0 CHECK (put_off IN (0, 1));
