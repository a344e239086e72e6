"""What the desk carries besides new text: edits and media, both ways."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from bot.app import Running
from bot.runtime.clock import MovableClock
from tests.chat import Json, People, Phone
from tests.desk import Secretariat, arrive, labels, says, secretariat, shown


@pytest.fixture(params=[True, False], ids=["topics", "no topics"])
async def office(bot: Running, people: People, request: pytest.FixtureRequest) -> Secretariat:
    return await secretariat(bot, people, is_forum=request.param)


async def opened(office: Secretariat, text: str = "What do we need?") -> tuple[Phone, Json]:
    """A person who has written to the Secretariat, and the copy in the group."""
    phone = await office.people.person("Delegate A")
    await phone.ask(f"/ask {text}")
    return phone, await says(office.group, text)


def below(copy: Json) -> dict[str, Any]:
    """Where staff write so that it goes to the person."""
    if "message_thread_id" in copy:
        return {"message_thread_id": copy["message_thread_id"]}
    return {"reply_to_message_id": copy["message_id"]}


async def edit(phone: Phone, message: Json, text: str) -> None:
    body = {"chat_id": phone.chat_id, "message_id": message["message_id"], "text": text}
    await phone.people.post(f"/persons/{phone.id}/edits", body)


async def has_become(phone: Phone, message: Json, words: str) -> Json:
    """The message, once it has these words."""

    def changed(one: Json) -> bool:
        same = one["message_id"] == message["message_id"]
        return same and words in (one.get("text") or one.get("caption") or "")

    return await shown(phone, changed)


async def test_a_persons_edit_changes_the_copy(office: Secretariat) -> None:
    phone = await office.people.person("Delegate A")
    await phone.ask("/ask")
    written = await phone.write("When is the confrence?")
    copy = await says(office.group, "When is the confrence?")
    await edit(phone, written, "When is the conference?")
    changed = await has_become(office.group, copy, "When is the conference?")
    assert ("Delegate A writes:" in changed["text"]) == ("Delegate A writes:" in copy["text"])


async def test_an_edit_that_comes_before_the_copy_is_sent_is_not_lost(office: Secretariat) -> None:
    await office.people.fault("slow", chat_id=office.group.chat_id, delay_s=0.3, times=3)
    phone = await office.people.person("Delegate A")
    await phone.ask("/ask")
    written = await phone.write("When is the confrence?")
    await edit(phone, written, "When is the conference?")
    await says(office.group, "When is the conference?")
    said = [one.get("text", "") for one in await office.group.messages()]
    assert len([text for text in said if "When is the" in text]) == 1


async def test_an_edited_question_changes_its_copy_and_is_answered_anew(office: Secretariat) -> None:
    phone = await office.people.person("Delegate A")
    written = await phone.write("How much is the membership fee?")
    first = await phone.reply_after(written["message_id"])
    copy = await says(office.group, "How much is the membership fee?")
    await edit(phone, written, "How much is the annual fee?")
    await has_become(office.group, copy, "How much is the annual fee?")
    assert (await phone.reply_after(first["message_id"]))["text"]


async def test_an_edit_by_staff_changes_the_answer(office: Secretariat) -> None:
    phone, copy = await opened(office)
    written = await office.group.write("In Jone.", **below(copy))
    come = await says(phone, "In Jone.")
    await edit(office.group, written, "In June.")
    changed = await has_become(phone, come, "In June.")
    assert changed["text"] == "The Secretariat:\nIn June."
    assert labels(changed) == ["Reply to the Secretariat"]


async def test_an_answer_cannot_be_made_internal_any_more(office: Secretariat) -> None:
    phone, copy = await opened(office)
    written = await office.group.write("In June.", **below(copy))
    come = await says(phone, "In June.")
    await edit(office.group, written, "// In June?")
    await says(office.group, "The person has this message already")
    assert (await has_become(phone, come, "In June."))["text"] == "The Secretariat:\nIn June."


async def test_an_internal_comment_becomes_an_answer_by_an_edit(office: Secretariat) -> None:
    phone, copy = await opened(office)
    written = await office.group.write("// In June.", **below(copy))
    await edit(office.group, written, "In June.")
    await says(phone, "The Secretariat:\nIn June.")


async def file(phone: Phone, **fields: str) -> Json:
    """Send a document where the fields say."""
    form = aiohttp.FormData({"kind": "document", "chat_id": str(phone.chat_id), **fields})
    form.add_field("file", b"text", filename="list.txt", content_type="text/plain")
    async with phone.people.session.post(f"/sandbox/persons/{phone.id}/files", data=form) as response:
        assert response.status == 200, await response.text()
        return dict(await response.json())


async def test_documents_go_both_ways_with_their_captions(office: Secretariat) -> None:
    phone, copy = await opened(office)
    await phone.ask("/ask")
    sent = await file(phone, caption="Our <list>")
    there = await says(office.group, "Our <list>")
    assert there["document"]["file_name"] == "list.txt"
    await edit(phone, sent, "Our new <list>")
    await has_become(office.group, there, "Our new <list>")
    answered = await file(office.group, caption="The form", **{k: str(v) for k, v in below(copy).items()})
    come = await says(phone, "The form")
    assert come["caption"] == "The Secretariat:\nThe form"
    assert come["document"]["file_name"] == "list.txt"
    assert labels(come) == ["Reply to the Secretariat"]
    await edit(office.group, answered, "The new form")
    assert (await has_become(phone, come, "The new form"))["caption"] == "The Secretariat:\nThe new form"


async def test_a_caption_can_be_internal(office: Secretariat) -> None:
    phone, copy = await opened(office)
    where = {k: str(v) for k, v in below(copy).items()}
    await file(office.group, caption="// for us", **where)
    await file(office.group, caption="for you", **where)
    await says(phone, "for you")
    assert len([one for one in await phone.messages() if "document" in one]) == 1


async def by_bot(phone: Phone, kind: str) -> Json:
    """The bot's first message of a kind."""
    return await shown(phone, lambda one: kind in one and bool(one["from"]["is_bot"]))


async def test_voice_messages_and_stickers_go_both_ways(office: Secretariat) -> None:
    phone, copy = await opened(office)
    for kind in ("voice", "sticker"):
        await phone.ask("/ask")
        await phone.people.post(f"/persons/{phone.id}/{kind}s", {})
        await by_bot(office.group, kind)
        body = {"chat_id": office.group.chat_id, **below(copy)}
        await phone.people.post(f"/persons/{office.member.id}/{kind}s", body)
        come = await by_bot(phone, kind)
        assert labels(come) == ["Reply to the Secretariat"]
    assert "The Secretariat:" in [one.get("text") for one in await phone.messages()]


async def test_an_album_goes_in_order_with_one_confirmation(office: Secretariat) -> None:
    phone, copy = await opened(office)
    await phone.ask("/ask")
    for number in range(3):
        await file(phone, caption=f"Page {number}", media_group_id="album-1")
    await says(office.group, "Page 2")
    pages = [one["caption"] for one in await office.group.messages() if "document" in one]
    assert [page[-6:] for page in pages] == ["Page 0", "Page 1", "Page 2"]
    assert (await phone.ask("/cancel"))["text"] == "There is nothing to cancel."
    confirmed = [text for text in await phone.from_bot() if text.startswith("Your message has gone")]
    assert len(confirmed) == 2, "one for the first message, one for the album"
    where = {k: str(v) for k, v in below(copy).items()}
    for number in range(3):
        await file(office.group, caption=f"Form {number}", media_group_id="album-2", **where)
    await says(phone, "Form 2")
    forms = [one["caption"] for one in await phone.messages() if one["from"]["is_bot"] and "document" in one]
    assert forms == ["The Secretariat:\nForm 0", "Form 1", "Form 2"]
    await file(phone, media_group_id="album-3")
    assert (await says(phone, "I can only read text"))["text"]


async def test_a_photo_whose_caption_leaves_no_room_keeps_it(office: Secretariat) -> None:
    phone, copy = await opened(office)
    caption = "a" * 1024
    await file(office.group, caption=caption, **{k: str(v) for k, v in below(copy).items()})
    come = await says(phone, caption)
    assert come["caption"] == caption
    await says(phone, "The Secretariat:")


async def test_formatting_is_carried(office: Secretariat) -> None:
    phone, copy = await opened(office)
    written = await office.group.write("See https://example.org and /help", **below(copy))
    come = await says(phone, "See https://example.org")
    kinds = [entity["type"] for entity in come["entities"]]
    assert [entity["type"] for entity in written["entities"]] == kinds[1:]
    assert kinds[0] == "bold"


async def test_a_long_message_arrives_whole(office: Secretariat) -> None:
    phone = await office.people.person("Delegate A")
    await phone.ask("/ask")
    text = ("b & " * 1023).strip()
    await phone.write(text)
    copy = await says(office.group, text)
    assert copy["text"] == text
    await office.group.write("Noted.", **below(copy))
    await says(phone, "Noted.")


async def test_a_message_that_came_by_command_is_edited_too(office: Secretariat) -> None:
    phone = await office.people.person("Delegate A")
    written = await phone.write("/ask What do we ned?")
    copy = await says(office.group, "What do we ned?")
    await edit(phone, written, "/ask What do we need?")
    await has_become(office.group, copy, "What do we need?")


async def test_a_former_member_can_no_longer_change_what_was_sent(office: Secretariat) -> None:
    phone, copy = await opened(office)
    written = await office.group.write("In June.", **below(copy))
    come = await says(phone, "In June.")
    listing = await office.owner.ask("/staff")
    await office.owner.press(listing, f"staff:remove:{office.member.id}", forged=True)
    await edit(office.group, written, "Never.")
    await says(office.group, "This was not sent: only members of the Secretariat can answer.")
    assert (await has_become(phone, come, "In June."))["text"] == "The Secretariat:\nIn June."


async def test_an_administrator_who_remains_anonymous_is_told(office: Secretariat, clock: MovableClock) -> None:
    _, copy = await opened(office)
    chat, in_topic = copy["chat"], "message_thread_id" in copy
    message = {
        "chat": chat,
        "from": {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"},
        "sender_chat": chat,
        "text": "In June.",
        "reply_to_message": copy,
        **({"message_thread_id": copy["message_thread_id"], "is_topic_message": True} if in_topic else {}),
    }
    await arrive(office.bot, clock, message)
    await says(office.group, "This was not sent: I cannot see who wrote it.")
