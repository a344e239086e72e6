"""python-telegram-bot understands every object that the sandbox hands out, to the last field."""

from __future__ import annotations

from typing import Any

import aiohttp
import telegram

from bot.sandbox.reactions import EMOJI, plain

from .conftest import Calls, Json, People
from .test_media import png


def strangers(thing: Any) -> list[str]:
    """Fields that python-telegram-bot does not know, anywhere inside."""
    found = []
    if isinstance(thing, telegram.TelegramObject):
        found += [f"{type(thing).__name__}.{name}" for name in thing.api_kwargs]
        names = {name for base in type(thing).__mro__ for name in getattr(base, "__slots__", ()) if name[0] != "_"}
        found += [one for name in sorted(names - {"api_kwargs"}) for one in strangers(getattr(thing, name, None))]
    elif isinstance(thing, (list, tuple)):
        found += [one for part in thing for one in strangers(part)]
    return found


async def test_updates_of_every_kind(people: People, bot: Calls, http: aiohttp.ClientSession) -> None:
    kinds = ["message", "edited_message", "callback_query", "inline_query", "chosen_inline_result"]
    kinds += ["my_chat_member", "chat_member", "message_reaction"]
    await bot.updates(allowed_updates=kinds)
    person = await people.person("Delegate A", last_name="Center 1", username="delegate_a", language_code="es")
    other = await people.person("Delegate B")
    said = await people.say(person, "Hello /help @delegate_a #agm $USD https://unigo.org a@unigo.org +41 22 000 00 00")
    await people.post(f"/persons/{person}/edits", message_id=said["message_id"], text="Hello again")
    await people.post(f"/persons/{person}/reactions", message_id=said["message_id"], emoji="👍")
    forward = {"chat_id": person, "message_id": said["message_id"]}
    await people.post(f"/persons/{person}/messages", forward_from=forward)
    await people.say(person, "a reply", reply_to_message_id=said["message_id"])
    for kind in ("stickers", "voices", "locations", "contacts"):
        await people.post(f"/persons/{person}/{kind}")
    for kind, content in (("photo", png()), ("document", b"x")):
        form = aiohttp.FormData({"kind": kind, "caption": "A /caption"})
        form.add_field("file", content, filename="a.png")
        async with http.post(f"/sandbox/persons/{person}/files", data=form) as response:
            assert response.status == 200
    keyboard = {
        "inline_keyboard": [[{"text": "Yes", "callback_data": "y"}, {"text": "No", "url": "https://unigo.org"}]]
    }
    asked = await bot.say(person, "Sure?", reply_markup=keyboard)
    await people.post(f"/persons/{person}/presses", message_id=asked["message_id"], data="y")
    query = (await people.post(f"/persons/{person}/inline", query="visa"))["inline_query_id"]
    result = {"type": "article", "id": "1", "title": "x", "input_message_content": {"message_text": "x"}}
    await bot.call("answerInlineQuery", inline_query_id=query, results=[result])
    await people.post(f"/persons/{person}/inline/{query}/choose", result_id="1")
    await people.post(f"/persons/{person}/block", blocked=True)
    await people.post(f"/persons/{person}/start")
    await bot.call("pinChatMessage", chat_id=person, message_id=asked["message_id"])
    group = (await people.post("/groups", title="Group", members=[person]))["id"]
    await people.post(f"/groups/{group}/bot", is_admin=True)
    await people.post(f"/groups/{group}/members", person_id=other)
    await people.delete(f"/groups/{group}/members/{other}?by={person}")
    upgraded = (await people.post(f"/groups/{group}/upgrade"))["id"]
    await people.say(person, "in a supergroup", chat_id=upgraded)
    await people.post(f"/groups/{upgraded}/remove_bot")
    forum = (await people.post("/groups", title="Desk", type="supergroup", is_forum=True, members=[person]))["id"]
    topic = await people.post(f"/groups/{forum}/topics", name="Visas", person_id=person)
    where = {"chat_id": forum, "message_thread_id": topic["message_thread_id"]}
    await bot.call("editForumTopic", **where, name="Visa letters")
    await bot.call("closeForumTopic", **where)
    await bot.call("reopenForumTopic", **where)
    await people.say(person, "in a topic", **where)

    updates = await bot.updates()
    assert {kind for update in updates for kind in update} == {"update_id", *kinds}
    for update in updates:
        understood = telegram.Update.de_json(update, None)
        assert strangers(understood) == [], update
        assert as_sent(understood.to_dict()) == as_sent(update)


WRITTEN_THOUGH_NOT_SET = {
    "group_chat_created",
    "supergroup_chat_created",
    "channel_chat_created",
    "delete_chat_photo",
}


def as_sent(thing: Any) -> Any:
    """Without what python-telegram-bot adds (flags that are not set) or leaves out (empty lists)."""
    if isinstance(thing, dict):
        return {
            name: as_sent(value)
            for name, value in thing.items()
            if value != [] and (value is not False or name not in WRITTEN_THOUGH_NOT_SET)
        }
    return [as_sent(part) for part in thing] if isinstance(thing, list) else thing


async def test_results_of_every_kind(client: telegram.Bot, people: People, bot: Calls, person: int) -> None:
    group = (await people.post("/groups", title="Group", members=[person], bot_is_admin=True))["id"]
    photo = await client.send_photo(person, png())
    results = [
        await client.get_me(),
        await client.get_webhook_info(),
        await client.get_chat(person),
        await client.get_chat(group),
        await client.get_chat_member(group, person),
        await client.get_chat_member(group, 4242),
        await client.get_chat_administrators(group),
        await client.get_my_name(),
        await client.get_my_description(),
        await client.get_my_short_description(),
        await client.get_chat_menu_button(person),
        await client.get_file(photo.photo[0].file_id),
        await client.copy_message(person, person, photo.message_id),
        await client.forward_message(group, person, photo.message_id),
        photo,
    ]
    assert strangers(results) == []
    assert await client.get_chat_member_count(group) == 2


async def test_every_reaction_that_python_telegram_bot_knows(people: People) -> None:
    known = {plain(emoji.value) for emoji in telegram.constants.ReactionEmoji}
    assert known == EMOJI


def test_strangers_are_found() -> None:
    body: Json = {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private", "x": 1}}}
    assert strangers(telegram.Update.de_json(body, None)) == ["Chat.x"]
