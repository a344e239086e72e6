-- Who writes too much: kept of those alone who come near the limits, so that a restart does not begin anew.

CREATE TABLE floods (
    chat_id BIGINT NOT NULL,              -- for presses and queries, the person's own
    person_id BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('message', 'in_group', 'press', 'query')),
    free_at BIGINT NOT NULL,              -- when nothing of what was sent counts any more
    arrivals_free_at BIGINT NOT NULL,     -- the same, by when it arrived
    read_count INTEGER NOT NULL,          -- how many were read since nothing counted
    paused_from BIGINT NOT NULL,          -- the last pause; 0: there was none
    paused_until BIGINT NOT NULL,
    unread_count BIGINT NOT NULL,         -- how many were not read, in all
    PRIMARY KEY (chat_id, person_id, kind)
);

-- Where a lane goes on whose updates are not all held in memory.
CREATE INDEX inbox_waiting_by_lane ON inbox (lane, seq) WHERE state = 'waiting';
