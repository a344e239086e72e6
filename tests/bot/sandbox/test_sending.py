"""Messages in private chats: what stands in them and who hears of them."""

from __future__ import annotations

import pytest
import telegram

from bot.runtime.clock import MovableClock

from .conftest import OTHER_TOKEN, Calls, Json, People


async def test_a_message_of_a_person(people: People, bot: Calls, clock: MovableClock) -> None:
    person = await people.person("Delegate A", last_name="Center 1", username="delegate_a", language_code="fr")
    before = int(clock.timestamp())
    sent = await people.say(person, "Hello /help@unigo_test_bot @unigo_test_bot https://unigo.org 😀 /start")
    received = await bot.taken("message")
    assert received == sent
    assert before <= received.pop("date") <= clock.timestamp()
    names = {"first_name": "Delegate A", "last_name": "Center 1", "username": "delegate_a"}
    assert received == {
        "message_id": 1,
        "from": {"id": person, "is_bot": False, **names, "language_code": "fr"},
        "chat": {"id": person, **names, "type": "private"},
        "text": "Hello /help@unigo_test_bot @unigo_test_bot https://unigo.org 😀 /start",
        "entities": [
            {"type": "bot_command", "offset": 6, "length": 20},
            {"type": "mention", "offset": 27, "length": 15},
            {"type": "url", "offset": 43, "length": 17},
            {"type": "bot_command", "offset": 64, "length": 6},
        ],
    }


async def test_a_message_of_the_bot(people: People, bot: Calls, person: int) -> None:
    asked = await people.say(person, "Where?")
    sent = await bot.call(
        "sendMessage",
        chat_id=person,
        text="<b>Geneva</b> &amp; around",
        parse_mode="HTML",
        reply_parameters={"message_id": asked["message_id"]},
        reply_markup={"inline_keyboard": [[{"text": "Map", "url": "https://unigo.org/map"}], []]},
        link_preview_options={"is_disabled": True},
        protect_content=True,
    )
    del sent["date"]
    assert sent == {
        "message_id": 2,
        "from": {"id": 4242, "is_bot": True, "first_name": "UNIGO", "username": "unigo_test_bot"},
        "chat": asked["chat"],
        "reply_to_message": asked,
        "text": "Geneva & around",
        "entities": [{"type": "bold", "offset": 0, "length": 6}],
        "link_preview_options": {"is_disabled": True},
        "has_protected_content": True,
        "reply_markup": {"inline_keyboard": [[{"text": "Map", "url": "https://unigo.org/map"}]]},
    }
    await bot.take()
    assert await bot.updates() == [], "a bot does not get its own messages"


async def test_the_clock_dates_messages(people: People, bot: Calls, person: int, clock: MovableClock) -> None:
    first = await bot.say(person)
    clock.advance(86400)
    second = await people.say(person, "a day later")
    assert 86400 <= second["date"] - first["date"] <= 86410


async def test_replies_are_not_nested(people: People, bot: Calls, person: int) -> None:
    first = await people.say(person, "one")
    second = await bot.say(person, "two", reply_parameters={"message_id": first["message_id"]})
    third = await people.say(person, "three", reply_to_message_id=second["message_id"])
    assert third["reply_to_message"]["text"] == "two"
    assert "reply_to_message" not in third["reply_to_message"]


async def test_the_bot_may_not_write_first(people: People, bot: Calls) -> None:
    stranger = await people.person("Delegate B", started=False)
    refusal = await bot.refused("sendMessage", chat_id=stranger, text="hello")
    assert (refusal.status, refusal.description) == (400, "Bad Request: chat not found")
    await people.post("/groups", title="Group", members=[stranger])
    refusal = await bot.refused("sendMessage", chat_id=stranger, text="hello")
    assert refusal.status == 403
    assert refusal.description == "Forbidden: bot can't initiate conversation with a user"
    await people.post(f"/persons/{stranger}/start")
    await bot.say(stranger)


async def test_blocking(people: People, bot: Calls, person: int) -> None:
    await people.post(f"/persons/{person}/block", blocked=True)
    change = await bot.taken("my_chat_member")
    assert [change[f"{when}_chat_member"]["status"] for when in ("old", "new")] == ["member", "kicked"]
    for method, more in (("sendMessage", {"text": "x"}), ("sendChatAction", {"action": "typing"})):
        refusal = await bot.refused(method, chat_id=person, **more)
        assert (refusal.status, refusal.description) == (403, "Forbidden: bot was blocked by the user")
    status, _ = await people.refused("POST", f"/persons/{person}/messages", text="x")
    assert status == 409
    started = await people.post(f"/persons/{person}/start", payload="token-1")
    assert started["text"] == "/start token-1"
    updates = await bot.take()
    assert [kind for update in updates for kind in update if kind != "update_id"] == ["my_chat_member", "message"]
    assert (await people.get("/state"))["persons"][0]["blocked"] == []
    await bot.say(person)


async def test_each_bot_has_its_own_chat_with_a_person(people: People, bot: Calls, person: int) -> None:
    other = await people.post("/bots", token=OTHER_TOKEN)
    second = Calls(bot.http, OTHER_TOKEN)
    await people.say(person, "to the first")
    await people.say(person, "to the second", bot_id=other["id"])
    assert (await bot.taken("message"))["text"] == "to the first"
    assert (await second.taken("message"))["text"] == "to the second"
    assert [m["text"] for m in (await people.chat(person, bot_id=other["id"]))["messages"]] == ["to the second"]


async def test_a_renewed_token_replaces_the_old_one(people: People, bot: Calls) -> None:
    await people.post("/bots", token="4242:renewed-token")
    assert (await bot.refused("getMe")).status == 401
    assert (await Calls(bot.http, "4242:renewed-token").call("getMe"))["username"] == "unigo_test_bot"


async def test_reply_keyboards(people: People, bot: Calls, person: int) -> None:
    keyboard = {"keyboard": [["Yes", {"text": "My number", "request_contact": True}]], "one_time_keyboard": True}
    sent = await bot.say(person, reply_markup=keyboard)
    assert "reply_markup" not in sent
    shown = (await people.chat(person))["reply_keyboard"]
    assert shown["keyboard"] == [[{"text": "Yes"}, {"text": "My number", "request_contact": True}]]
    refusal = await bot.refused("editMessageText", chat_id=person, message_id=sent["message_id"], text="x")
    assert refusal.description == "Bad Request: message can't be edited"
    await people.say(person, "Yes")
    assert (await people.chat(person))["reply_keyboard"] is None, "it was for one time"
    await bot.say(person, reply_markup={"keyboard": [["Stay"]]})
    await people.say(person, "Stay")
    assert (await people.chat(person))["reply_keyboard"] == {"keyboard": [[{"text": "Stay"}]]}
    await bot.say(person, reply_markup={"remove_keyboard": True})
    assert (await people.chat(person))["reply_keyboard"] is None
    await bot.say(person, reply_markup={"force_reply": True})
    assert (await people.chat(person))["reply_keyboard"] == {"force_reply": True}


async def test_forwards_and_copies(people: People, bot: Calls, person: int) -> None:
    other = await people.person("Delegate B")
    said = await people.say(person, "Please pass on /this")
    where = {"chat_id": other, "from_chat_id": person, "message_id": said["message_id"]}
    forwarded = await bot.call("forwardMessage", **where)
    assert (forwarded["text"], forwarded["entities"]) == (said["text"], said["entities"])
    assert forwarded["forward_origin"] == {"type": "user", "date": said["date"], "sender_user": said["from"]}
    refusal = await bot.refused("editMessageText", chat_id=other, message_id=forwarded["message_id"], text="x")
    assert refusal.description == "Bad Request: message can't be edited"
    copied = await bot.call("copyMessage", **where)
    assert copied == {"message_id": forwarded["message_id"] + 1}
    copy = (await people.chat(other))["messages"][-1]
    assert copy["text"] == said["text"]
    assert "forward_origin" not in copy
    again = {"chat_id": person, "message_id": said["message_id"]}
    by_person = await people.post(f"/persons/{other}/messages", forward_from=again)
    assert by_person["forward_origin"]["sender_user"]["id"] == person


async def test_a_chat_action_lasts_five_seconds_or_until_the_message(
    people: People, bot: Calls, person: int, clock: MovableClock
) -> None:
    async def shown() -> list[Json]:
        actions: list[Json] = (await people.chat(person))["actions"]
        return actions

    await bot.call("sendChatAction", chat_id=person, action="typing")
    assert await shown() == [{"bot_id": 4242, "action": "typing"}]
    clock.advance(5)
    assert await shown() == []
    await bot.call("sendChatAction", chat_id=person, action="upload_document")
    await bot.say(person)
    assert await shown() == []


async def test_python_telegram_bot_speaks_to_it(client: telegram.Bot, people: People, person: int) -> None:
    await people.say(person, "hello")
    (update,) = await client.get_updates(timeout=5)
    assert update.message is not None
    assert await client.get_updates(offset=update.update_id + 1) == ()
    markup = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("Yes", callback_data="y")]])
    reply = await client.send_message(
        person, "*hi*", parse_mode="MarkdownV2", reply_to_message_id=update.message.message_id, reply_markup=markup
    )
    assert (reply.text, reply.reply_markup) == ("hi", markup)
    edited = await client.edit_message_text("bye", person, reply.message_id)
    assert isinstance(edited, telegram.Message)
    assert edited.edit_date is not None
    with pytest.raises(telegram.error.BadRequest, match="Message is not modified"):
        await client.edit_message_text("bye", person, reply.message_id)
    await people.post(f"/persons/{person}/block", blocked=True)
    with pytest.raises(telegram.error.Forbidden, match="bot was blocked by the user"):
        await client.send_message(person, "hello?")
