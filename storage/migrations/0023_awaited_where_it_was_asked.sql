-- What somebody writes next is meant for what was asked of them in that chat: a question in the Secretariat's group
-- and one in private wait side by side.
CREATE TABLE answers_awaited_anew (
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    chat_id BIGINT NOT NULL,              -- in private, that of the person
    what TEXT NOT NULL,                   -- such as 'decision', with what it is about
    about INTEGER NOT NULL,
    details TEXT,                         -- as JSON, without what stands in a column
    since BIGINT NOT NULL,
    PRIMARY KEY (person_id, chat_id)
);

-- Where the details name a chat, it was asked there; the rest was asked in private. Details are cut off one character
-- after the other until they begin with the chat. What somebody wrote has its quotation marks escaped in them.
INSERT INTO answers_awaited_anew (person_id, chat_id, what, about, details, since)
WITH RECURSIVE cut (person_id, tail) AS (
    SELECT person_id, details FROM answers_awaited
    UNION ALL
    SELECT person_id, substr(tail, 2) FROM cut WHERE tail LIKE '_%"chat_id":%'
),
named (person_id, tail) AS (
    SELECT person_id, substr(tail, 11) FROM cut WHERE tail LIKE '"chat_id":%'
)
SELECT answers_awaited.person_id,
    coalesce(
        CAST(substr(named.tail, 1, length(named.tail) - length(ltrim(named.tail, '-0123456789'))) AS BIGINT),
        answers_awaited.person_id
    ),
    answers_awaited.what, answers_awaited.about, answers_awaited.details, answers_awaited.since
FROM answers_awaited LEFT JOIN named ON named.person_id = answers_awaited.person_id;

DROP TABLE answers_awaited;
ALTER TABLE answers_awaited_anew RENAME TO answers_awaited;
