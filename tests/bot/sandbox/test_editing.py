"""Edits, deletions, reactions and pins."""

from __future__ import annotations

from bot.runtime.clock import MovableClock

from .conftest import Calls, People

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
KEYBOARD = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}


async def test_the_bot_edits_its_message(people: People, bot: Calls, person: int, clock: MovableClock) -> None:
    sent = await bot.say(person, "one", reply_markup=KEYBOARD)
    where = {"chat_id": person, "message_id": sent["message_id"]}
    clock.advance(10)
    edited = await bot.call("editMessageText", **where, text="<i>two</i>", parse_mode="HTML")
    assert edited["text"] == "two"
    assert edited["entities"] == [{"type": "italic", "offset": 0, "length": 3}]
    assert edited["edit_date"] >= sent["date"] + 10
    assert "reply_markup" not in edited, "a keyboard that is not given again is gone"
    assert (await people.chat(person))["messages"] == [edited]
    assert await bot.updates() == [], "a bot does not hear of its own edits"


async def test_an_edit_must_change_something(bot: Calls, person: int) -> None:
    sent = await bot.say(person, "one", reply_markup=KEYBOARD)
    where = {"chat_id": person, "message_id": sent["message_id"]}
    refusal = await bot.refused("editMessageText", **where, text="one", reply_markup=KEYBOARD)
    assert (refusal.status, refusal.description) == (400, NOT_MODIFIED)
    refusal = await bot.refused("editMessageReplyMarkup", **where, reply_markup=KEYBOARD)
    assert refusal.description == NOT_MODIFIED
    assert "reply_markup" not in await bot.call("editMessageReplyMarkup", **where)
    edited = await bot.call("editMessageText", **where, text="two")
    refusal = await bot.refused("editMessageText", **where, text="two")
    assert refusal.description == NOT_MODIFIED, "the date of an edit is no change"
    assert edited["text"] == "two"


async def test_a_person_edits(people: People, bot: Calls, person: int) -> None:
    said = await people.say(person, "/on")
    await bot.take()
    edited = await people.post(f"/persons/{person}/edits", message_id=said["message_id"], text="/off now")
    assert edited["entities"] == [{"type": "bot_command", "offset": 0, "length": 4}]
    assert await bot.taken("edited_message") == edited
    theirs = await bot.say(person)
    status, sentence = await people.refused(
        "POST", f"/persons/{person}/edits", message_id=theirs["message_id"], text="x"
    )
    assert (status, sentence) == (409, "People can only edit their own messages.")


async def test_deleting(people: People, bot: Calls, person: int) -> None:
    said = await people.say(person, "secret")
    first = await bot.say(person, "one")
    second = await bot.say(person, "two")
    assert await bot.call("deleteMessage", chat_id=person, message_id=said["message_id"]) is True
    refusal = await bot.refused("deleteMessage", chat_id=person, message_id=said["message_id"])
    assert refusal.description == "Bad Request: message to delete not found"
    identifiers = [first["message_id"], second["message_id"], 99]
    assert await bot.call("deleteMessages", chat_id=person, message_ids=identifiers) is True
    assert [message.get("deleted") for message in (await people.chat(person))["messages"]] == [True] * 3
    third = await bot.say(person, "three")
    assert third["message_id"] == 4, "identifiers are not used again"


async def test_messages_older_than_two_days_cannot_be_deleted(bot: Calls, person: int, clock: MovableClock) -> None:
    sent = await bot.say(person)
    clock.advance(48 * 3600 + 1)
    refusal = await bot.refused("deleteMessage", chat_id=person, message_id=sent["message_id"])
    assert refusal.description == "Bad Request: message can't be deleted for everyone"
    assert await bot.call("editMessageText", chat_id=person, message_id=sent["message_id"], text="edited")


async def test_what_a_person_deletes_is_gone_for_the_bot(people: People, bot: Calls, person: int) -> None:
    sent = await bot.say(person)
    await people.post(f"/persons/{person}/deletions", message_id=sent["message_id"])
    refusal = await bot.refused("editMessageText", chat_id=person, message_id=sent["message_id"], text="x")
    assert refusal.description == "Bad Request: message to edit not found"
    assert await bot.updates() == [], "the Bot API tells nobody of deletions"


async def test_the_bot_reacts(people: People, bot: Calls, person: int) -> None:
    said = await people.say(person, "done")
    await people.post(f"/persons/{person}/reactions", message_id=said["message_id"], emoji="👏")
    reaction = [{"type": "emoji", "emoji": "👍"}]
    where = {"chat_id": person, "message_id": said["message_id"]}
    assert await bot.call("setMessageReaction", **where, reaction=reaction) is True
    (shown,) = (await people.chat(person))["messages"]
    assert shown["reactions"] == [
        {"user_id": person, "reaction": [{"type": "emoji", "emoji": "👏"}]},
        {"user_id": 4242, "reaction": reaction},
    ]
    await bot.call("setMessageReaction", **where)
    await people.post(f"/persons/{person}/reactions", message_id=said["message_id"], emoji=None)
    (shown,) = (await people.chat(person))["messages"]
    assert "reactions" not in shown
    status, _ = await people.refused("POST", f"/persons/{person}/reactions", message_id=said["message_id"], emoji="🥦")
    assert status == 400


async def test_pinning(people: People, bot: Calls, person: int) -> None:
    first = await bot.say(person, "one")
    second = await bot.say(person, "two")
    for message in (first, second):
        assert await bot.call("pinChatMessage", chat_id=person, message_id=message["message_id"]) is True
    assert [update["message"]["pinned_message"]["text"] for update in await bot.take()] == ["one", "two"]
    assert (await bot.call("getChat", chat_id=person))["pinned_message"]["text"] == "two"
    assert await bot.call("unpinChatMessage", chat_id=person) is True
    assert (await bot.call("getChat", chat_id=person))["pinned_message"]["text"] == "one"
    assert await bot.call("unpinAllChatMessages", chat_id=person) is True
    assert "pinned_message" not in await bot.call("getChat", chat_id=person)
    refusal = await bot.refused("unpinChatMessage", chat_id=person)
    assert refusal.description == "Bad Request: message to unpin not found"
