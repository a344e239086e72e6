"""What persons put into chats: texts, files, edits, reactions."""

from __future__ import annotations

import re
from collections.abc import Callable

from aiohttp import web

from bot.sandbox import groups
from bot.sandbox.accounts import Person
from bot.sandbox.chats import Chat, Message
from bot.sandbox.files import BadPhotoError
from bot.sandbox.forms import read_form
from bot.sandbox.forwarding import content_to_copy, forward_origin
from bot.sandbox.people.membership import person_changed
from bot.sandbox.people.request import WORLD, Asked, answer, asked, whole_number
from bot.sandbox.posting import announce, delete, edit, post
from bot.sandbox.reactions import EMOJI, plain
from bot.sandbox.texts import typed
from bot.sandbox.wire import Json, PeopleError

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")  # https://core.telegram.org/bots/features#deep-linking
DEFAULT_SECONDS = 3
DEFAULT_PLACE = {"latitude": 46.2267, "longitude": 6.1406}


def say(call: Asked, content: Json, *, person: Person | None = None) -> Message:
    """Put the person's message where the request says, as a reply or in a topic if it says so."""
    person = person or call.person()
    chat = call.chat(person)
    _refuse_blocked(chat, person)
    chat.is_open = True
    thread_id = call.number("message_thread_id")
    topic = None if thread_id is None else chat.topics.get(thread_id)
    if thread_id is not None and topic is None:
        raise PeopleError(404, f"There is no topic {thread_id} in chat {chat.id}.")
    reply_to = None
    if call.number("reply_to_message_id") is not None:
        reply_to = call.message(chat, "reply_to_message_id")
        if thread_id is None and chat.is_forum:
            thread_id = reply_to.thread_id
    _use_up_keyboard(call, chat)
    return post(call.world, chat, person, content, reply_to=reply_to, thread_id=thread_id)


def _refuse_blocked(chat: Chat, person: Person) -> None:
    if chat.is_blocked:
        raise PeopleError(409, f"Person {person.id} has blocked the bot; let them unblock it or press Start.")


def _use_up_keyboard(call: Asked, chat: Chat) -> None:
    """A one-time keyboard goes away once it was used."""
    keyboard = chat.reply_keyboard
    if keyboard is not None and keyboard.get("one_time_keyboard"):
        chat.reply_keyboard = None
        announce(call.world, chat, "reply_keyboard", {"reply_keyboard": None})


async def post_message(request: web.Request) -> web.Response:
    call = await asked(request)
    source = call.fields.get("forward_from")
    content = _typed(call) if source is None else _forwarded(call, source)
    return answer(say(call, content).body)


def _typed(call: Asked, *, is_caption: bool = False) -> Json:
    fields = call.fields
    return typed(call.world, fields.get("text"), entities=fields.get("entities"), is_caption=is_caption)


def _forwarded(call: Asked, source: object) -> Json:
    if not isinstance(source, dict):
        raise PeopleError(400, "“forward_from” must have “chat_id” and “message_id”.")
    chat = call.world.chat_of_people(whole_number(source.get("chat_id"), "chat_id"), call.number("bot_id"))
    message_id = whole_number(source.get("message_id"), "message_id")
    message = chat.message(message_id)
    if message is None or message.is_service:
        raise PeopleError(404, f"There is no message {message_id} in chat {chat.id} that can be forwarded.")
    return {"forward_origin": forward_origin(message.body), **content_to_copy(message.body)}


async def post_start(request: web.Request) -> web.Response:
    """Press Start, or open a deep link: unblocks the bot and sends /start with the payload."""
    call = await asked(request)
    person = call.person()
    bot = call.bot()
    chat = call.world.dialog(bot, person)
    if chat.is_blocked:
        groups.set_blocked(call.world, chat, bot, person, is_blocked=False)
        person_changed(call.world, person)
    payload = call.string("payload", "")
    if not _PAYLOAD.fullmatch(payload):
        raise PeopleError(400, "“payload” may have up to 64 of A-Z, a-z, 0-9, _ and -, as in Telegram's links.")
    text = f"/start {payload}" if payload else "/start"
    chat.is_open = True
    return answer(post(call.world, chat, person, typed(call.world, text)).body)


async def post_edit(request: web.Request) -> web.Response:
    call = await asked(request)
    person = call.person()
    chat = call.chat(person)
    message = call.message(chat)
    if message.person_id != person.id or message.is_service:
        raise PeopleError(409, "People can only edit their own messages.")
    is_caption = "text" not in message.body
    changed = {"caption", "caption_entities"} if is_caption else {"text", "entities"}
    body = {key: value for key, value in message.body.items() if key not in changed}
    body |= _typed(call, is_caption=is_caption)
    body["edit_date"] = call.world.unix_now()
    edit(call.world, chat, message, body)
    return answer(message.body)


async def post_deletion(request: web.Request) -> web.Response:
    """Delete a message for everybody: one's own, or in a private chat any. The bot is not told."""
    call = await asked(request)
    person = call.person()
    chat = call.chat(person)
    message = call.message(chat)
    if not chat.is_private and message.person_id != person.id:
        raise PeopleError(409, "People can only delete their own messages in a group.")
    delete(call.world, chat, message)
    return answer({**message.body, "deleted": True})


async def post_reaction(request: web.Request) -> web.Response:
    call = await asked(request)
    person = call.person()
    chat = call.chat(person)
    message = call.message(chat)
    emoji = plain(call.string("emoji")) if call.fields.get("emoji") is not None else ""
    if emoji and emoji not in EMOJI:
        raise PeopleError(400, f"One cannot react with {emoji}.")
    before = message.reactions.get(person.id, [])
    after = [{"type": "emoji", "emoji": emoji}] if emoji else []
    message.reactions[person.id] = after
    payload: Json = {
        "chat": chat.api,
        "message_id": message.message_id,
        "user": person.user,
        "date": call.world.unix_now(),
        "old_reaction": before,
        "new_reaction": after,
    }
    for bot in call.world.bots_hearing_reactions(chat):
        call.world.send_update(bot, "message_reaction", payload, chat.id)
    announce(call.world, chat, "reaction", {"message_id": message.message_id, "reactions": message.reactions_json()})
    return answer({"reactions": message.reactions_json()})


async def post_file(request: web.Request) -> web.Response:
    """A photo or a document as a multipart form."""
    if not request.content_type.startswith("multipart/"):
        raise PeopleError(400, "The body must be a multipart form.")
    fields, uploads = await read_form(request)
    call = Asked(request.app[WORLD], dict(fields), request)
    if "file" not in uploads:
        raise PeopleError(400, "The form has no “file”.")
    upload = uploads["file"]
    kind = call.string("kind", "document")
    if kind not in {"photo", "document"}:
        raise PeopleError(400, "“kind” must be photo or document.")
    caption = typed(call.world, fields.get("caption", ""), is_caption=True)
    album: Json = {"media_group_id": call.string("media_group_id")} if call.fields.get("media_group_id") else {}
    _refuse_blocked(call.chat(call.person()), call.person())
    if kind == "document":
        stored = call.world.files.add("document", upload.content, upload.name, upload.mime_type)
        return answer(say(call, {"document": stored.api, **caption, **album}).body)
    try:
        sizes = call.world.files.add_photo(upload.content, upload.name, upload.mime_type)
    except BadPhotoError as error:
        raise PeopleError(400, f"This is not a picture that Telegram takes ({error}).") from None
    return answer(say(call, {"photo": sizes, **caption, **album}).body)


def _sticker(call: Asked) -> Json:
    extra: Json = {
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": call.string("emoji", "👍"),
    }
    return {"sticker": call.world.files.add("sticker", b"sticker", "sticker.webp", extra=extra).api}


def _voice(call: Asked) -> Json:
    duration = call.number("duration")
    extra: Json = {"duration": DEFAULT_SECONDS if duration is None else duration, "mime_type": "audio/ogg"}
    return {"voice": call.world.files.add("voice", b"voice", "voice.ogg", extra=extra).api}


def _location(call: Asked) -> Json:
    try:
        place = {name: float(call.fields.get(name, usual)) for name, usual in DEFAULT_PLACE.items()}
    except (TypeError, ValueError):
        raise PeopleError(400, "“latitude” and “longitude” must be numbers.") from None
    return {"location": place}


def _contact(call: Asked) -> Json:
    person = call.person()
    contact: Json = {
        "phone_number": call.string("phone_number", "+41000000000"),
        "first_name": call.string("first_name", person.first_name),
    }
    if last_name := call.string("last_name", person.last_name):
        contact["last_name"] = last_name
    user_id = call.number("user_id")
    if user_id is not None or "phone_number" not in call.fields:
        contact["user_id"] = person.id if user_id is None else user_id
    return {"contact": contact}


STAND_INS: dict[str, Callable[[Asked], Json]] = {
    "stickers": _sticker,
    "voices": _voice,
    "locations": _location,
    "contacts": _contact,
}


async def post_stand_in(request: web.Request) -> web.Response:
    """A sticker, a voice note, a place or a contact: enough of one to see what the bot makes of it."""
    call = await asked(request)
    return answer(say(call, STAND_INS[request.match_info["kind"]](call)).body)
