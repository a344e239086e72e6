"""Of what the bot said nothing is kept once it is out: whatever screens showed a person's record."""

from __future__ import annotations

from types import SimpleNamespace

from bot.app import Running
from tests.chat import Json, People, Phone
from tests.delegates import center_of, joined, leads, link_into, press, record_of
from tests.desk import Secretariat, says, secretariat, shown
from tests.records import becomes, staff

ANSWERS = {
    "given_name": "Xanthippe",
    "family_name": "Wolkenstein",
    "title": "Major",
    "function": "Lighthouse keeper",
    "nationality": "Switzerland",
    "email": "xanthippe@wolkenstein.example",
    "phone": "044 668 18 11",
    "languages": "English",
    "time_zone": "Zurich",
    "privacy": "yes",
    "shown": "yes",
}
THEIRS = ("Xanthippe", "Wolkenstein", "Lighthouse", "wolkenstein.example", "668 18 11", "446681811")
"""What must not be found, however it is written."""


async def kept(bot: Running) -> list[str]:
    """What messages hold that are out or given up."""
    rows = await bot.database.reader.all(SimpleNamespace(sql="SELECT * FROM outbox WHERE state <> 'queued'"))
    return [str(dict(row)) for row in rows]


async def test_no_screen_with_a_record_is_kept(bot: Running, people: People) -> None:
    office = await secretariat(bot, people)
    center, phone, leader = await center_of(bot), await people.person("Tele"), await people.person("Lead")
    await leads(bot, leader, center)
    await joined(phone, await link_into(bot, center), ANSWERS)
    await staff(bot, leader)
    record = await record_of(bot, phone)
    assert record is not None
    seen = [*await of_their_own(phone), *await of_the_center(leader, center, record.id)]
    for reader in (leader, office.group):
        seen += await of_the_secretariat(reader, f"d{record.id}")
    seen.append(await changed_by(office, record.id))
    assert sum(ANSWERS["email"] in one["text"] for one in seen) >= 6, "the screens showed what is looked for"
    texts = await kept(bot)
    assert len(texts) > len(seen)
    assert [text for text in texts if any(theirs in text for theirs in THEIRS)] == []


async def of_their_own(phone: Phone) -> list[Json]:
    """/me, what is reached from it, and back."""
    held = await phone.ask("/me")
    await press(phone, held, "Change my details")
    summary = await says(phone, "Changing my details")
    return [held, summary]


async def of_the_center(leader: Phone, center: int, record: int) -> list[Json]:
    """What those see who lead the Center."""
    panel = await leader.ask("/center")
    await leader.press(panel, f"center:people:{center}:0", forged=True)
    await becomes(leader, panel, "Press a name")
    await leader.press(panel, f"center:person:{center}:{record}", forged=True)
    return [await becomes(leader, panel, ANSWERS["email"])]


async def of_the_secretariat(reader: Phone, key: str) -> list[Json]:
    """A list, the card, its history, and who may be the same."""
    listing = await reader.ask("/people wolkenstein")
    await reader.press(listing, f"card:{key}", forged=True)
    card = await becomes(reader, listing, ANSWERS["email"])
    await reader.press(listing, f"past:{key}:0", forged=True)
    await becomes(reader, listing, "History")
    await reader.press(listing, f"merge:begin:{key}", forged=True)
    await becomes(reader, listing, "Merge Major Xanthippe")
    await reader.press(listing, f"card:{key}", forged=True)
    return [card, await becomes(reader, listing, ANSWERS["email"])]


async def changed_by(office: Secretariat, record: int) -> Json:
    """The form in which the Secretariat changes it."""
    owner = office.owner
    listing = await owner.ask("/people")
    await owner.press(listing, f"curate:edit:d{record}", forged=True)
    return await shown(owner, lambda one: "You change Major Xanthippe" in one.get("text", ""))
