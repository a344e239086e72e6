-- Centers, delegates, what waits for a decision, and invitations.

-- A deputy stands beside the focal point of a Center. A check cannot be changed, so both tables are made anew.
CREATE TABLE roles_anew (
    id INTEGER PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('secretariat', 'host', 'focal_point', 'deputy')),
    scope TEXT NOT NULL DEFAULT '',       -- the conference of a host, the Center of a focal point; '': everything
    given_by BIGINT NOT NULL,
    given_at BIGINT NOT NULL,
    UNIQUE (person_id, role, scope)
);
INSERT INTO roles_anew (id, person_id, role, scope, given_by, given_at)
SELECT id, person_id, role, scope, given_by, given_at FROM roles;
DROP TABLE roles;
ALTER TABLE roles_anew RENAME TO roles;
CREATE INDEX roles_by_role ON roles (role, scope);
-- A Center has one focal point.
CREATE UNIQUE INDEX roles_one_focal_point ON roles (scope) WHERE role = 'focal_point';

CREATE TABLE centers (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('pending', 'approved', 'declined', 'suspended', 'merged')),
    name TEXT NOT NULL,                   -- as whoever registered it typed it
    short_name TEXT,
    kind TEXT CHECK (
        kind IN ('training_center', 'institution', 'university', 'organization', 'agency', 'program')
    ),                                    -- empty, like what follows: not known, in a list that was read in
    focus TEXT CHECK (focus IN ('military', 'civilian', 'police', 'mixed')),
    country TEXT,                         -- ISO 3166-1, two letters
    region TEXT,                          -- of the United Nations, from the country
    city TEXT,
    website TEXT,
    email TEXT,
    phone TEXT,                           -- E.164
    head_name TEXT,
    head_title TEXT,
    registered_by BIGINT,                 -- a person; empty: read in from a list, or erased since
    registered_at BIGINT NOT NULL,
    approved_at BIGINT,
    changed_at BIGINT NOT NULL,
    edition INTEGER NOT NULL DEFAULT 0,   -- one more with each change
    merged_into INTEGER REFERENCES centers (id),
    sort_name TEXT NOT NULL,              -- the name without accents and capitals, to sort by
    web_domain TEXT,                      -- to find Centers that are registered twice
    mail_domain TEXT                      -- empty for one that anybody gets an address of
);
CREATE INDEX centers_by_web ON centers (web_domain);
CREATE INDEX centers_by_mail ON centers (mail_domain);
CREATE INDEX centers_by_name ON centers (sort_name, id);
CREATE INDEX centers_by_country ON centers (country);
CREATE INDEX centers_by_person ON centers (registered_by);

CREATE TABLE delegates (
    id INTEGER PRIMARY KEY,
    person_id BIGINT UNIQUE REFERENCES people (id) ON DELETE SET NULL,  -- empty: has never written to the bot
    center INTEGER REFERENCES centers (id),  -- empty: a guest, or has left
    state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'declined', 'left', 'suspended', 'merged')),
    is_guest INTEGER NOT NULL DEFAULT 0,
    organization TEXT,                    -- of a guest
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    title TEXT,
    function TEXT,
    email TEXT,
    phone TEXT,
    nationality TEXT,
    languages TEXT,                       -- ISO 639-1, a space apart
    time_zone TEXT,
    privacy_version TEXT,                 -- of the notice that they agreed to; empty: read in from a list
    privacy_at BIGINT,
    privacy_asked TEXT,                   -- the version that they were asked about last, where it is a newer one
    shown_since BIGINT,                   -- they agreed to be shown to other members; empty: they did not
    registered_at BIGINT NOT NULL,
    joined_at BIGINT,
    changed_at BIGINT NOT NULL,
    edition INTEGER NOT NULL DEFAULT 0,
    merged_into INTEGER REFERENCES delegates (id),
    sort_name TEXT NOT NULL
);
CREATE INDEX delegates_by_name ON delegates (sort_name, id);
CREATE INDEX delegates_by_center ON delegates (center, state);
CREATE INDEX delegates_by_email ON delegates (email);

-- What somebody asked for and somebody else decides, once.
CREATE TABLE requests (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('center', 'change', 'join', 'guest')),
    center INTEGER REFERENCES centers (id) ON DELETE CASCADE,
    delegate INTEGER REFERENCES delegates (id) ON DELETE CASCADE,
    person_id BIGINT REFERENCES people (id) ON DELETE SET NULL,  -- who asked
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'correction', 'approved', 'declined', 'withdrawn')),
    changes TEXT,                         -- of a change: what was and what is to be, as JSON
    fields TEXT,                          -- what is to be corrected, a space apart
    reason TEXT,                          -- what the applicant reads
    asked_at BIGINT NOT NULL,
    edition INTEGER NOT NULL DEFAULT 0,   -- one more whenever it is put again
    decided_by BIGINT,
    decided_at BIGINT,
    untold INTEGER NOT NULL DEFAULT 0,    -- 1: what became of it could not be told to whoever asked
    CHECK (center IS NOT NULL OR delegate IS NOT NULL)
);
CREATE UNIQUE INDEX requests_one_of_center ON requests (center, kind)
WHERE state IN ('open', 'correction') AND kind IN ('center', 'change');
CREATE UNIQUE INDEX requests_one_of_delegate ON requests (delegate)
WHERE state IN ('open', 'correction') AND kind IN ('join', 'guest');
-- Nobody registers two Centers at the same time.
CREATE UNIQUE INDEX requests_one_of_person ON requests (person_id)
WHERE state IN ('open', 'correction') AND kind = 'center';
CREATE INDEX requests_waiting ON requests (asked_at) WHERE state = 'open';
CREATE INDEX requests_by_person ON requests (person_id);
CREATE INDEX requests_by_center ON requests (center);

-- The messages that show a request to those who decide.
CREATE TABLE request_cards (
    chat_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    request INTEGER NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    PRIMARY KEY (chat_id, message_id)
);
CREATE INDEX request_cards_by_request ON request_cards (request);

-- What somebody of the staff or a focal point writes next in private: a reason, a message.
CREATE TABLE answers_awaited (
    person_id BIGINT PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    what TEXT NOT NULL,                   -- such as 'decline', with what it is about
    about INTEGER NOT NULL,
    details TEXT,                         -- as JSON
    since BIGINT NOT NULL
);

CREATE TABLE invitations (
    id INTEGER PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,      -- the link itself is kept nowhere
    center INTEGER NOT NULL REFERENCES centers (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('personal', 'shared')),
    label TEXT,                           -- whom a personal one is for, in the words of who made it
    delegate INTEGER REFERENCES delegates (id) ON DELETE SET NULL,  -- whose record it is for, or whom it replaces
    replaces INTEGER NOT NULL DEFAULT 0,  -- 1: whoever joins takes the place of that delegate
    made_by BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    uses INTEGER NOT NULL DEFAULT 0,
    used_by BIGINT,                       -- the last
    used_at BIGINT,
    revoked_by BIGINT,
    revoked_at BIGINT
);
CREATE INDEX invitations_by_center ON invitations (center);
-- A Center has one link to share, and a record one that is for it.
CREATE UNIQUE INDEX invitations_one_shared ON invitations (center) WHERE kind = 'shared' AND revoked_at IS NULL;
CREATE UNIQUE INDEX invitations_one_of_delegate ON invitations (delegate)
WHERE kind = 'personal' AND revoked_at IS NULL AND uses = 0 AND delegate IS NOT NULL;

-- The role of a Center's focal point is offered to somebody, who accepts it or not. Who accepts first has it.
CREATE TABLE handovers (
    id INTEGER PRIMARY KEY,
    center INTEGER NOT NULL REFERENCES centers (id) ON DELETE CASCADE,
    from_person BIGINT REFERENCES people (id) ON DELETE CASCADE,  -- empty: the Center has no focal point
    to_person BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    becomes_deputy INTEGER NOT NULL DEFAULT 0,  -- 1: whoever hands it over is a deputy from then on
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'declined', 'withdrawn', 'over')),
    offered_by BIGINT REFERENCES people (id) ON DELETE SET NULL,
    offered_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE UNIQUE INDEX handovers_one_of_person ON handovers (center, to_person) WHERE state = 'open';
CREATE INDEX handovers_by_from ON handovers (from_person);
CREATE INDEX handovers_by_to ON handovers (to_person);

-- Pieces of three letters of names, to find what was typed nearly right.
CREATE TABLE name_pieces (
    piece TEXT NOT NULL,
    subject TEXT NOT NULL CHECK (subject IN ('center', 'delegate')),
    id INTEGER NOT NULL,
    PRIMARY KEY (subject, piece, id)
);
CREATE INDEX name_pieces_by_id ON name_pieces (id, subject);

CREATE INDEX audit_by_actor ON audit (actor_id);
CREATE INDEX audit_by_time ON audit (at);
