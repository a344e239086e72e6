"""The documents of an AGM, and to whom they are given."""

from __future__ import annotations

import pytest

from bot.app import Running
from handlers.views.lists import PAGE
from storage import agenda
from storage.records.conferences import Conference, Entitled
from storage.session import Transaction
from tests import participants, records
from tests.chat import People, Phone, buttons
from tests.desk import owner_of, shown
from tests.handlers.conferencing import begun, finished, logged, turned, with_agm


async def document(bot: Running, people_side: People, owner: Phone, conference: Conference) -> int:
    """A document that was sent as people do; its id."""
    menu = await turned(owner, await owner.ask("/conference"), f"agm:show:{conference.id}", "May attend")
    step = await begun(owner, menu, f"agm:file:{conference.id}")
    assert "Which file?" in step["text"]
    sent = await people_side.upload(owner, b"text", "budget.txt", mime_type="text/plain")
    asked = await owner.reply_after(sent["message_id"])
    assert "What is it called?" in asked["text"], asked["text"]
    told = await finished(owner, await owner.ask("Draft budget"), "Save")
    assert "Draft budget" in buttons(told)
    [one] = await agenda.documents_of_agm(bot.database.reader, conference.id)
    return one.id


async def test_documents_are_for_those_who_may_attend(bot: Running, people: People) -> None:
    conference, _agm = await with_agm(bot)
    owner, number = await owner_of(people), conference.id
    one = await document(bot, people, owner, conference)
    delegate, stranger = (
        await participants.delegate(bot, people, await records.center(bot)),
        await people.person("Guest A"),
    )
    screen = await turned(delegate, await delegate.ask("/conference"), f"agm:show:{number}", "May attend")
    await delegate.press(screen, f"agm:doc:{number}:{one}")
    sent = await shown(delegate, lambda message: message.get("caption") == "Draft budget")
    assert await people.file(sent["document"]["file_id"]) == b"text"
    screen = await turned(stranger, await stranger.ask("/conference"), f"agm:show:{number}", "May attend")
    assert f"agm:doc:{number}:{one}" not in buttons(screen).values()
    toast = await stranger.press(screen, f"agm:doc:{number}:{one}", forged=True)
    assert toast["text"] == "The documents are for those who may attend the AGM."
    assert await logged(bot, "refused") == [f"conference:{number} "]


async def test_any_number_of_documents_is_shown_by_pages(bot: Running, people: People) -> None:
    conference, _agm = await with_agm(bot)
    owner, number = await owner_of(people), conference.id

    async def add(tx: Transaction) -> None:
        for paper in range(101):
            await agenda.add_document(tx, number, None, title=f"Paper {paper}", file_id="any", now=1)

    await bot.database.write(add)
    card = await turned(owner, await owner.ask("/conference"), f"agm:show:{number}", "May attend")
    assert [label for label in buttons(card) if label.startswith("Paper")] == [f"Paper {one}" for one in range(PAGE)]
    await owner.press(card, buttons(card)["Next"])
    card = await shown(owner, lambda message: f"Paper {PAGE}" in buttons(message))
    assert {"Previous", "Next"} <= buttons(card).keys()
    listed = await turned(owner, card, f"agm:docs:{number}", "Which document do you want to remove?")
    await owner.press(listed, f"agm:docs:{number}:99", forged=True)
    last = await shown(owner, lambda message: "Paper 100" in buttons(message))
    assert {"Previous", "Back"} <= buttons(last).keys()
    assert "Next" not in buttons(last)
    await owner.press(last, buttons(last)["Paper 100"])
    assert len(await agenda.documents_of_agm(bot.database.reader, number)) == 100


async def test_a_document_is_removed_once(bot: Running, people: People) -> None:
    conference, _agm = await with_agm(bot)
    owner, number = await owner_of(people), conference.id
    one = await document(bot, people, owner, conference)
    menu = await turned(owner, await owner.ask("/conference"), f"agm:show:{number}", "May attend")
    listed = await turned(owner, menu, f"agm:docs:{number}", "Which document do you want to remove?")
    await owner.press(listed, f"agm:undoc:{number}:{one}")
    assert await agenda.documents_of_agm(bot.database.reader, number) == []
    again = await owner.press(listed, f"agm:undoc:{number}:{one}", forged=True)
    assert "changed meanwhile" in again["text"]
    assert "not there any more" in (await owner.press(listed, f"agm:doc:{number}:{one}", forged=True))["text"]


@pytest.mark.parametrize(
    ("entitled", "is_there"),
    [(Entitled.DELEGATES, True), (Entitled.EVERYONE, True), (Entitled.FOCAL_POINTS, False)],
)
async def test_who_is_entitled(bot: Running, people: People, entitled: Entitled, *, is_there: bool) -> None:
    conference, _agm = await with_agm(bot, entitled=entitled)
    number = conference.id
    one = await document(bot, people, await owner_of(people), conference)
    delegate = await participants.delegate(bot, people, await records.center(bot))
    screen = await turned(delegate, await delegate.ask("/conference"), f"agm:show:{number}", "May attend")
    assert (f"agm:doc:{number}:{one}" in buttons(screen).values()) is is_there
