"""A database with so many members, filled by few statements: for benchmarks. All of it is made up."""

from __future__ import annotations

import itertools
import sqlite3
from pathlib import Path

from bot.members import naming

MEMBERS_OF_A_CENTER = 50
HISTORY_OF = 4
"""One of so many has asked something, was answered, and stands in the audit log."""
SYLLABLES = ("ba", "de", "fi", "go", "ku", "la", "me", "ni", "ro", "su")
FAMILIES = tuple("".join(parts) for parts in itertools.product(SYLLABLES, repeat=3))

FILL = """
CREATE TEMP TABLE numbers AS
WITH RECURSIVE count (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < :members) SELECT n FROM count;
INSERT INTO people (id, language, first_name, first_seen_at)
SELECT n, substr('enfresptruarzh', 1 + n % 7 * 2, 2), 'Delegate', 0 FROM numbers;
INSERT INTO centers (id, state, name, focus, kind, country, region, sort_name, registered_at, changed_at)
SELECT n, 'approved', 'Center ' || n, trim(substr('militarycivilianpolice  mixed   ', 1 + n % 4 * 8, 8)), 'institution',
    substr('KECHPEJPFRUSBRINSNZA', 1 + n % 10 * 2, 2), CAST(n % 5 AS TEXT), 'center ' || n, 0, 0
FROM numbers WHERE n <= max(1, :members / :of_a_center);
INSERT INTO delegates (
    id, person_id, center, state, given_name, family_name, languages, time_zone, registered_at, changed_at, sort_name
)
SELECT n, n, 1 + n % max(1, :members / :of_a_center), CASE WHEN n % 97 THEN 'active' ELSE 'left' END,
    'Delegate', families.name, 'en', substr('Africa/NairobiEurope/Zurich', 1 + n % 2 * 14, 14 - n % 2), 0, 0,
    families.name || ' delegate'
FROM numbers JOIN families ON families.id = n * 7919 % :families;
INSERT INTO name_pieces (piece, subject, id)
SELECT family_pieces.piece, 'delegate', delegates.id
FROM family_pieces CROSS JOIN families ON families.id = family_pieces.family
    CROSS JOIN delegates ON delegates.sort_name = families.name || ' delegate'
ORDER BY 1, 3;
INSERT INTO roles (person_id, role, scope, given_by, given_at)
SELECT n, 'focal_point', CAST(n AS TEXT), 0, 0 FROM numbers WHERE n <= max(1, :members / :of_a_center);
INSERT INTO conferences (id, host_country, starts_on, ends_on, time_zone, capacity, opened_at, changed_at)
VALUES (1, 'KE', '2099-04-12', '2099-04-15', 'Africa/Nairobi', 300, 0, 0);
INSERT INTO participations (conference, delegate, state, attendance, answered_at, changed_at)
SELECT 1, n, 'registered', CASE WHEN n <= 900 THEN 'in_person' ELSE 'online' END, 0, 0
FROM numbers WHERE n % 3 = 0 AND n % 97;
INSERT INTO open_questions (person_id, chat_id, message_id, language, question, asked_at, settled_as, settled_at)
SELECT n, n, 1, 'en', 'An example of a question', :now - n, 'answered', :now FROM numbers WHERE n % :history_of = 0;
INSERT INTO outbox (chat_id, message_class, method, params, state, queued_at, ended_at)
SELECT n, 0, 'sendMessage', '{"text":"An example of an answer"}', 'sent', :now - n, :now - n
FROM numbers WHERE n % :history_of = 0;
INSERT INTO audit (at, actor_id, act, object) SELECT n, n, 'delegate.join', 'person:' || n
FROM numbers WHERE n % :history_of = 0;
"""

WAITING = """
INSERT INTO outbox (chat_id, message_class, method, params, not_before, queued_at)
WITH RECURSIVE count (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < :outbox)
SELECT n, 2, 'sendMessage', '{"text":"An example"}', 0, :now FROM count;
INSERT INTO inbox (update_id, lane, payload, received_at)
WITH RECURSIVE count (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < :inbox)
SELECT 1000000000 + n, n, '{"update_id":' || (1000000000 + n)
    || ',"message":{"message_id":1,"date":1,"chat":{"id":' || n
    || ',"type":"private","first_name":"Delegate"},"from":{"id":' || n
    || ',"is_bot":false,"first_name":"Delegate"},"text":"What is the AGM?"}}', :now
FROM count;
"""


def fill(path: Path, members: int, *, now_us: int) -> None:
    """People, each a delegate, one Center for fifty of them, a third of them registered, and some history."""
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA journal_mode = OFF")  # nobody else has it, and it is thrown away
    conn.execute("PRAGMA synchronous = OFF")
    conn.execute("PRAGMA temp_store = MEMORY")
    conn.execute("PRAGMA cache_size = -1000000")
    conn.executescript("CREATE TEMP TABLE families (id INTEGER PRIMARY KEY, name TEXT)")
    conn.executemany("INSERT INTO families VALUES (?, ?)", enumerate(FAMILIES))
    conn.executescript("CREATE TEMP TABLE family_pieces (family INTEGER, piece TEXT)")
    pieces = ((number, piece) for number, name in enumerate(FAMILIES) for piece in naming.pieces([name]))
    conn.executemany("INSERT INTO family_pieces VALUES (?, ?)", pieces)
    numbers = {"of_a_center": MEMBERS_OF_A_CENTER, "history_of": HISTORY_OF, "families": len(FAMILIES)}
    _run(conn, FILL, {"members": members, "now": now_us, **numbers})
    conn.close()


def let_wait(path: Path, messages: int, *, now_us: int) -> None:
    """Half so many updates wait to be handled, and half so many messages to be delivered."""
    conn = sqlite3.connect(path, isolation_level=None)
    _run(conn, WAITING, {"inbox": messages // 2, "outbox": messages // 2, "now": now_us})
    conn.close()


def _run(conn: sqlite3.Connection, script: str, params: dict[str, int]) -> None:
    conn.execute("BEGIN")
    for statement in script.strip().removesuffix(";").split(";\n"):
        conn.execute(statement, params)
    conn.execute("COMMIT")
