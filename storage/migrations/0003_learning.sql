-- Answers that the Secretariat publishes, what people find of answers, and how questions are compared.

-- What a question comes to, to find its like: its words, and its place among the embeddings (base64 of 384 numbers
-- of 16 bits) by the engine that is named. All empty: not worked out.
ALTER TABLE open_questions ADD COLUMN gist_words TEXT;
ALTER TABLE open_questions ADD COLUMN gist_vector TEXT;
ALTER TABLE open_questions ADD COLUMN gist_engine TEXT;
CREATE INDEX open_questions_unsettled ON open_questions (id) WHERE settled_at IS NULL;
CREATE INDEX open_questions_by_answer ON open_questions (answer);
CREATE INDEX open_questions_by_time ON open_questions (asked_at);
CREATE INDEX desk_letters_by_time ON desk_letters (written_at);

-- Answers of which somebody was asked whether they helped.
CREATE TABLE answer_marks (
    id INTEGER PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    chat_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,           -- the question
    language TEXT NOT NULL,
    question TEXT NOT NULL,
    topic TEXT NOT NULL,                  -- what was answered
    asked_at BIGINT NOT NULL,
    helpful INTEGER,                      -- empty: they did not say
    marked_at BIGINT,
    gist_words TEXT,
    gist_vector TEXT,
    gist_engine TEXT,
    UNIQUE (chat_id, message_id)
);
CREATE INDEX answer_marks_by_person ON answer_marks (person_id);
CREATE INDEX answer_marks_unhelpful ON answer_marks (marked_at) WHERE helpful = 0;
CREATE INDEX answer_marks_by_time ON answer_marks (asked_at);

CREATE TABLE learned_answers (
    id INTEGER PRIMARY KEY,
    letter INTEGER UNIQUE REFERENCES desk_letters (id) ON DELETE SET NULL,  -- the reply that it was made from
    language TEXT NOT NULL,               -- the one that it was written in
    state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'published', 'withdrawn')),
    edition INTEGER NOT NULL DEFAULT 0,   -- one more with each change
    made_by BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    published_by BIGINT,
    published_at BIGINT,
    changed_by BIGINT,
    changed_at BIGINT,
    withdrawn_by BIGINT,
    withdrawn_at BIGINT
);

-- What is said, once a language, and the question that it stands for.
CREATE TABLE learned_texts (
    answer INTEGER NOT NULL REFERENCES learned_answers (id) ON DELETE CASCADE,
    language TEXT NOT NULL,
    question TEXT NOT NULL,
    plain TEXT NOT NULL,
    html TEXT,                            -- with its formatting; empty: there is none
    PRIMARY KEY (answer, language)
);

-- The ways in which it is asked for: the questions of its texts, and what people asked.
CREATE TABLE learned_phrasings (
    id INTEGER PRIMARY KEY,
    answer INTEGER NOT NULL REFERENCES learned_answers (id) ON DELETE CASCADE,
    language TEXT NOT NULL,               -- of the text, or the person's
    question TEXT NOT NULL,
    person_id BIGINT REFERENCES people (id) ON DELETE CASCADE,             -- who asked; empty: it is a text's
    asked INTEGER REFERENCES open_questions (id) ON DELETE CASCADE,
    mark INTEGER REFERENCES answer_marks (id) ON DELETE CASCADE,           -- whose answer before did not help
    is_same INTEGER NOT NULL DEFAULT 1,   -- 0: the Secretariat says that this is another question
    told_at BIGINT,                       -- when whoever asked was given the answer
    gist_words TEXT,
    gist_vector TEXT,
    gist_engine TEXT,
    UNIQUE (answer, asked),
    UNIQUE (answer, mark)
);
CREATE INDEX learned_phrasings_by_person ON learned_phrasings (person_id);
CREATE INDEX learned_phrasings_by_asked ON learned_phrasings (asked);
CREATE INDEX learned_phrasings_by_mark ON learned_phrasings (mark);

-- What a member of the Secretariat writes next in private: a part of a learned answer.
CREATE TABLE learned_edits (
    person_id BIGINT PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    answer INTEGER NOT NULL REFERENCES learned_answers (id) ON DELETE CASCADE,
    part TEXT NOT NULL CHECK (part IN ('question', 'answer', 'translation')),
    language TEXT NOT NULL,
    since BIGINT NOT NULL,
    message_id BIGINT                     -- in which they wrote it: once they have, changes of it are changes of the part
);
CREATE INDEX learned_edits_by_answer ON learned_edits (answer);

ALTER TABLE people ADD COLUMN answers_given INTEGER NOT NULL DEFAULT 0;  -- since they were last asked about one
ALTER TABLE people ADD COLUMN asked_helpful_at BIGINT;
