"""Bots, persons and groups: who there is and who is where."""

from __future__ import annotations

from aiohttp import web

from bot.sandbox import groups
from bot.sandbox.accounts import Bot, Person
from bot.sandbox.people.request import Asked, answer, asked, whole_number
from bot.sandbox.wire import Json, PeopleError
from bot.sandbox.world import TOKEN, World


def bot_json(bot: Bot) -> Json:
    return {
        "id": bot.id,
        "username": bot.username,
        "first_name": bot.first_name,
        "can_read_all_group_messages": bot.reads_all_group_messages,
        "polling": bot.poll is not None,
        "webhook": bot.webhook is not None,
        "commands": bot.commands.get(("default", 0, 0, ""), []),
    }


def person_json(world: World, person: Person) -> Json:
    blocked = [
        bot_id
        for bot_id in world.bots
        if (chat := world.dialogs.get((bot_id, person.id))) is not None and chat.is_blocked
    ]
    shown: Json = {"id": person.id, **person.names(), "blocked": blocked}
    if person.language_code:
        shown["language_code"] = person.language_code
    return shown


def person_changed(world: World, person: Person) -> None:
    world.events.add("person", {"person": person_json(world, person)})


async def post_bot(request: web.Request) -> web.Response:
    """Tell the sandbox of a bot's token. The same token again changes what is given anew."""
    call = await asked(request)
    token = call.string("token")
    match = TOKEN.fullmatch(token)
    if match is None:
        raise PeopleError(400, "A token looks like 123456:ABC-DEF: the bot's number, a colon, letters and digits.")
    world = call.world
    bot_id = int(match[1])
    if bot_id in world.persons:
        raise PeopleError(409, f"{bot_id} is a person.")
    bot = world.bots.get(bot_id)
    username = call.string("username", bot.username if bot else f"sandbox_{bot_id}_bot").removeprefix("@")
    first_name = call.string("first_name", bot.first_name if bot else "Sandbox bot")
    world.claim_username(username, bot_id)
    if bot is None:
        bot = Bot(bot_id, token, username, first_name)
        world.bots[bot_id] = bot
    else:
        del world.bots_by_token[bot.token]
        world.release_username(bot.username, username)
    bot.token, bot.username, bot.first_name = token, username, first_name
    bot.reads_all_group_messages = call.flag("can_read_all_group_messages", default=bot.reads_all_group_messages)
    bot.supports_inline = call.flag("supports_inline_queries", default=bot.supports_inline)
    bot.refresh()
    world.bots_by_token[token] = bot
    return answer(bot_json(bot))


async def post_person(request: web.Request) -> web.Response:
    call = await asked(request)
    world = call.world
    person_id = call.number("id")
    if person_id is None:
        person_id = world.new_person_id()
    if person_id <= 0 or person_id in world.persons or person_id in world.bots:
        raise PeopleError(409, f"The identifier {person_id} is taken or not positive.")
    first_name = call.string("first_name").strip()
    if not first_name:
        raise PeopleError(400, "“first_name” must not be empty.")
    username = call.string("username", "").removeprefix("@")
    world.claim_username(username, person_id)
    person = Person(
        person_id,
        first_name,
        last_name=call.string("last_name", ""),
        username=username,
        language_code=call.string("language_code", ""),
    )
    world.persons[person_id] = person
    if call.flag("started"):
        world.dialog(call.bot(), person).is_open = True
    person_changed(world, person)
    return answer(person_json(world, person))


async def block(request: web.Request) -> web.Response:
    call = await asked(request)
    person = call.person()
    bot = call.bot()
    chat = call.world.dialog(bot, person)
    groups.set_blocked(call.world, chat, bot, person, is_blocked=call.flag("blocked", default=True))
    person_changed(call.world, person)
    return answer(person_json(call.world, person))


async def post_group(request: web.Request) -> web.Response:
    call = await asked(request)
    kind = call.string("type", "supergroup" if call.fields.get("is_forum") else "group")
    is_forum = call.flag("is_forum")
    if kind not in {"group", "supergroup"}:
        raise PeopleError(400, "“type” must be group or supergroup.")
    if is_forum and kind != "supergroup":
        raise PeopleError(400, "Only a supergroup can have topics.")
    title = call.string("title").strip()
    member_ids = call.fields.get("members", [])
    if not title or not isinstance(member_ids, list) or not member_ids:
        raise PeopleError(400, "A group needs a “title” and at least one person in “members”.")
    members = [call.world.person(whole_number(person_id, "members")) for person_id in member_ids]
    chat = groups.create_group(
        call.world,
        title=title,
        is_supergroup=kind == "supergroup",
        is_forum=is_forum,
        members=list(dict.fromkeys(members)),
        bots=[call.bot()] if call.flag("with_bot", default=True) else [],
        bots_are_admins=call.flag("bot_is_admin", default=is_forum),
    )
    return answer(groups.chat_json(chat))


async def post_upgrade(request: web.Request) -> web.Response:
    call = await asked(request)
    return answer(groups.chat_json(groups.upgrade(call.world, call.group())))


async def post_member(request: web.Request) -> web.Response:
    call = await asked(request)
    chat = call.group()
    person = call.world.person(call.required_number("person_id"))
    groups.add_member(call.world, chat, person, _actor(call))
    return answer(groups.chat_json(chat))


async def delete_member(request: web.Request) -> web.Response:
    """A person leaves the group; with `by` in the query, somebody removes them."""
    call = await asked(request)
    chat = call.group()
    person = call.person()
    by = call.number("by")
    groups.remove_member(call.world, chat, person, person if by is None else call.world.person(by))
    return answer(groups.chat_json(chat))


async def post_group_bot(request: web.Request) -> web.Response:
    """Add the bot to the group, or make it an administrator or a plain member again."""
    call = await asked(request)
    chat = call.group()
    groups.add_bot(call.world, chat, call.bot(), _actor(call), is_admin=call.flag("is_admin"))
    return answer(groups.chat_json(chat))


async def post_remove_bot(request: web.Request) -> web.Response:
    call = await asked(request)
    chat = call.group()
    groups.remove_bot(call.world, chat, call.bot(), _actor(call))
    return answer(groups.chat_json(chat))


async def post_topic(request: web.Request) -> web.Response:
    call = await asked(request)
    chat = call.group()
    if not chat.is_forum:
        raise PeopleError(409, "This group has no topics.")
    topic = groups.create_topic(call.world, chat, _actor(call), call.string("name"))
    return answer({"message_thread_id": topic.message_thread_id, "name": topic.name})


def _actor(call: Asked) -> Person:
    """Who does it: `by`, or `person_id` where they are in the group, or the group's owner."""
    chat = call.group()
    for name in ("by", "person_id"):
        person_id = call.number(name)
        if person_id is not None and person_id in chat.members:
            return call.world.person(person_id)
    return groups.owner_of(call.world, chat)
