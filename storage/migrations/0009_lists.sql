-- What the Secretariat looks for in its lists, and letters that go to several people.

-- A button has no room for the words that somebody looked for.
CREATE TABLE searches (
    id INTEGER PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    words TEXT NOT NULL,
    searched_at BIGINT NOT NULL
);
CREATE INDEX searches_by_time ON searches (searched_at);
CREATE INDEX searches_by_person ON searches (person_id);

-- A letter to several people is kept for each: the first as it was written, the others with its number here.
ALTER TABLE desk_letters ADD COLUMN same_as INTEGER REFERENCES desk_letters (id) ON DELETE SET NULL;
CREATE INDEX desk_letters_same_as ON desk_letters (same_as) WHERE same_as IS NOT NULL;
