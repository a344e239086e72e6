-- Numbers that stand in buttons, which people press long after: none is given twice, whatever was deleted since.

CREATE TABLE numbers (
    what TEXT PRIMARY KEY,                -- the table
    last BIGINT NOT NULL
);
INSERT INTO numbers (what, last) SELECT 'drafts', coalesce(max(id), 0) FROM drafts;
INSERT INTO numbers (what, last) SELECT 'requests', coalesce(max(id), 0) FROM requests;
