"""What there is to see: the state of everything, chats, command menus, files, and the stream of events."""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web

from bot.sandbox.chats import Chat
from bot.sandbox.commands import visible_commands
from bot.sandbox.groups import chat_json
from bot.sandbox.people.membership import bot_json, person_json
from bot.sandbox.people.request import WORLD, answer, asked, found
from bot.sandbox.wire import Json, PeopleError, iso
from bot.sandbox.world import World

DEFAULT_MESSAGES = 100
MOST_MESSAGES = 10_000
HEARTBEAT_S = 15.0


def clock_json(world: World) -> Json:
    return {"now": iso(world.clock.timestamp()), "offset_s": round(world.clock.offset_s, 3)}


async def get_state(request: web.Request) -> web.Response:
    world = request.app[WORLD]
    chats = [*world.dialogs.values(), *world.groups.values()]
    return answer(
        {
            "now": iso(world.clock.timestamp()),
            "clock_offset_s": round(world.clock.offset_s, 3),
            "bots": [bot_json(bot) for bot in world.bots.values()],
            "persons": [person_json(world, person) for person in world.persons.values()],
            "chats": [chat_json(chat) for chat in chats],
            "last_event": world.events.last_seq,
        }
    )


async def get_chat(request: web.Request) -> web.Response:
    """A chat with its messages: those after `after`, or else the latest."""
    call = await asked(request)
    world = call.world
    chat = world.chat_of_people(call.path_number("chat_id"), call.number("bot_id"))
    limit = call.number("limit")
    limit = DEFAULT_MESSAGES if limit is None else max(1, min(limit, MOST_MESSAGES))
    after = call.number("after")
    if wait_s := call.seconds("wait"):
        await chat.wait_for_bot(after or 0, wait_s)
    person_id = call.number("person_id")
    now = world.clock.timestamp()
    return answer(
        {
            "chat": chat_json(chat),
            "messages": _messages(chat, after, limit),
            "reply_keyboard": chat.keyboard_for(person_id or (chat.id if chat.is_private else 0)),
            "actions": [
                {"bot_id": action.bot_id, "action": action.action}
                for action in chat.actions.values()
                if action.until > now
            ],
        }
    )


def _messages(chat: Chat, after: int | None, limit: int) -> list[Json]:
    first = max(0, len(chat.messages) - limit if after is None else after)
    chosen = chat.messages[first : first + limit]
    shown = []
    for message in chosen:
        extra: Json = {"deleted": True} if message.is_deleted else {}
        if given := message.reactions_json():
            extra["reactions"] = given
        shown.append({**message.body, **extra} if extra else message.body)
    return shown


async def get_commands(request: web.Request) -> web.Response:
    """The command menu and the descriptions as a person sees them."""
    call = await asked(request)
    world = call.world
    person_id = call.required_number("person_id")
    person = world.person(person_id)
    bot = call.bot()
    chat_id = call.number("chat_id")
    chat = world.dialog(bot, person) if chat_id in {None, person.id} else world.groups.get(chat_id or 0)
    if chat is None:
        raise PeopleError(404, f"There is no chat {chat_id}.")
    language = person.language_code
    descriptions, shorts, names = bot.descriptions, bot.short_descriptions, bot.names
    return answer(
        {
            "commands": visible_commands(bot, chat, person),
            "name": names.get(language) or names.get("") or bot.first_name,
            "description": descriptions.get(language) or descriptions.get("", ""),
            "short_description": shorts.get(language) or shorts.get("", ""),
            "menu_button": bot.menu_buttons.get(chat.id) or bot.menu_buttons.get(0) or {"type": "commands"},
        }
    )


async def get_file(request: web.Request) -> web.Response:
    """The bytes of a file."""
    file_id = request.match_info["file_id"]
    stored = found(request.app[WORLD].files.get(file_id), f"There is no file {file_id}.")
    return web.Response(
        body=stored.content,
        content_type=stored.mime_type.partition(";")[0],
        headers={
            "Content-Disposition": f"inline; filename*=UTF-8''{quote(stored.name)}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox",
        },
    )


async def get_events(request: web.Request) -> web.StreamResponse:
    """Server-sent events, from `since` (or the `Last-Event-ID` header) or from now on."""
    world = request.app[WORLD]
    since = request.query.get("since") or request.headers.get("Last-Event-ID")
    try:
        seq = world.events.last_seq if since is None else int(since)
    except ValueError:
        raise PeopleError(400, "“since” must be a whole number.") from None
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await response.prepare(request)
    await response.write(f": connected at {seq}\n\n".encode())
    while not world.is_stopping.is_set():
        events = world.events.after(seq)
        if events:
            seq = events[-1].seq
            await response.write(b"".join(event.to_sse() for event in events))
            continue
        await world.events.wait(HEARTBEAT_S)
        if not world.events.after(seq):
            await response.write(b": still here\n\n")
    return response
