-- Whoever is asked to correct something is reminded of it once, and those who decide find it.

ALTER TABLE requests ADD COLUMN reminded INTEGER NOT NULL DEFAULT 0;  -- 1: of the correction that is awaited
CREATE INDEX requests_to_correct ON requests (decided_at) WHERE state = 'correction';
