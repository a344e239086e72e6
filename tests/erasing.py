"""Somebody who erases themselves, like nobody else in words and number, and the search for what is left."""

from __future__ import annotations

from dataclasses import dataclass

from bot.app import Running
from tests.chat import Json, Phone
from tests.delegates import answer, press
from tests.desk import says, shown

NUMBER = 918273645
"""Like no other number here."""
WORDS = {
    "first name": "Zebulonia",
    "last name": "Quixotella",
    "user name": "zebu_quix",
    "given name": "Xanthippe",
    "family name": "Wolkenstein",
    "title": "Feldzeugmeisterin",
    "function": "Lighthouse keeper",
    "e-mail": "xanthippe@wolkenstein.example",
    "phone": "446681811",
    "question": "How much is the membership fee for zeppelins?",
    "letter": "My zeppelin is called Marigold.",
    "diet": "Only gingerbread and turnips",
    "draft": "Unfinished Marzipan Institute",
    "label": "Colonel Wolkenstein of ours",
}
"""What they are called and what they wrote, none of which may be left."""
ANSWERS = {
    "given_name": WORDS["given name"],
    "family_name": WORDS["family name"],
    "title": WORDS["title"],
    "function": WORDS["function"],
    "nationality": "Switzerland",
    "email": WORDS["e-mail"],
    "phone": "044 668 18 11",
    "languages": "English",
    "time_zone": "Zurich",
    "privacy": "yes",
    "shown": "yes",
}


@dataclass(frozen=True)
class Whole:
    """All that the database holds."""

    rows: dict[str, list[dict[str, object]]]

    def with_any(self, *needles: str) -> set[tuple[str, str, str]]:
        """Where any of these stands: table, column, and what was found."""
        return {
            (table, column, needle)
            for table, rows in self.rows.items()
            for row in rows
            for column, value in row.items()
            for needle in needles
            if needle.casefold() in str(value).casefold()
        }


async def whole(bot: Running) -> Whole:
    """Read all tables, whatever they are."""
    conn = bot.database.reader._conn
    tables = [row[0] for row in await conn.execute_fetchall("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found: dict[str, list[dict[str, object]]] = {}
    for table in tables:
        rows = await conn.execute_fetchall(f"SELECT * FROM {table}")  # noqa: S608 - the database's own names
        found[table] = [dict(row) for row in rows]
    return Whole(found)


async def erased(phone: Phone) -> Json:
    """Through both steps; the last word."""
    held = await phone.ask("/me")
    await press(phone, held, "Erase everything")
    await shown(phone, lambda one: one["message_id"] == held["message_id"] and "What goes:" in one["text"])
    await press(phone, held, "Go on")
    await press(phone, held, "Erase everything now")
    return await says(phone, "Everything about you is erased.")


async def answer_all(phone: Phone) -> Json:
    """Type what somebody else answers who asks to join; what is said to the last."""
    others = {"given_name": "Given B", "family_name": "Family B", "title": "-", "function": "Clerk",
              "email": "b@example.org", "phone": "-"}  # fmt: skip
    return await answer(phone, {**ANSWERS, **others})
