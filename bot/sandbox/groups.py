"""Groups: how they come about, who is in them, and how they become supergroups."""

from __future__ import annotations

from bot.sandbox.accounts import Bot, Person
from bot.sandbox.chats import ADMINISTRATOR, CREATOR, KICKED, LEFT, MEMBER, Chat, Topic
from bot.sandbox.posting import announce, post
from bot.sandbox.wire import Json, PeopleError
from bot.sandbox.world import World

TOPIC_COLORS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)
"""The colours that the Bot API allows for a topic's icon."""


def chat_json(chat: Chat) -> Json:
    """A chat as the people's side shows it."""
    shown: Json = {**chat.api, "members": list(chat.members) if not chat.is_private else [chat.id]}
    if chat.private_bot_id is not None:
        shown["bot_id"] = chat.private_bot_id
        shown["blocked"] = chat.is_blocked
    else:
        shown["bots"] = [bot_id for bot_id, status in chat.bots.items() if status in {MEMBER, ADMINISTRATOR}]
    if chat.is_forum:
        shown["topics"] = [
            {"message_thread_id": topic.message_thread_id, "name": topic.name, "is_closed": topic.is_closed}
            for topic in chat.topics.values()
        ]
    if chat.migrated_to is not None:
        shown["migrated_to_chat_id"] = chat.migrated_to
    return shown


def changed(world: World, chat: Chat) -> None:
    """Tell the listeners that the chat itself has changed."""
    announce(world, chat, "chat", {"chat": chat_json(chat)})


def create_group(
    world: World,
    *,
    title: str,
    is_supergroup: bool,
    is_forum: bool,
    members: list[Person],
    bots: list[Bot],
    bots_are_admins: bool,
) -> Chat:
    """Make a group; the first person owns it. The bots get their `my_chat_member`."""
    chat_id = world.new_group_id(is_supergroup=is_supergroup)
    api: Json = {"id": chat_id, "title": title, "type": "supergroup" if is_supergroup else "group"}
    if is_forum:
        api["is_forum"] = True
    chat = Chat(chat_id, api)
    for index, person in enumerate(members):
        chat.members[person.id] = MEMBER if index else CREATOR
    world.groups[chat_id] = chat
    changed(world, chat)
    if not members:
        return chat
    owner = members[0]
    for bot in bots:
        set_bot_status(world, chat, bot, ADMINISTRATOR if bots_are_admins else MEMBER, owner)
    created = "supergroup_chat_created" if is_supergroup else "group_chat_created"
    post(world, chat, owner, {created: True}, is_service=True)
    return chat


def chat_member(user: Json, status: str) -> Json:
    """A Bot API `ChatMember`."""
    member: Json = {"user": user, "status": status}
    if status == CREATOR:
        member["is_anonymous"] = False
    if status == KICKED:
        member["until_date"] = 0
    if status == ADMINISTRATOR:
        member |= {
            "can_be_edited": False,
            "is_anonymous": False,
            "can_manage_chat": True,
            "can_delete_messages": True,
            "can_manage_video_chats": True,
            "can_restrict_members": True,
            "can_promote_members": False,
            "can_change_info": True,
            "can_invite_users": True,
            "can_post_stories": False,
            "can_edit_stories": False,
            "can_delete_stories": False,
            "can_pin_messages": True,
            "can_manage_topics": True,
        }
    return member


def set_bot_status(world: World, chat: Chat, bot: Bot, status: str, actor: Person | Bot) -> None:
    """Change what the bot is in the chat and tell it so (`my_chat_member`)."""
    before = chat.bots.get(bot.id, LEFT)
    chat.bots[bot.id] = status
    _tell_own_status(world, chat, bot, (before, status), actor)
    changed(world, chat)


def set_blocked(world: World, chat: Chat, bot: Bot, person: Person, *, is_blocked: bool) -> None:
    """Let the person block or unblock the bot in their private chat."""
    if chat.is_blocked == is_blocked:
        return
    chat.is_blocked = is_blocked
    before, after = (MEMBER, KICKED) if is_blocked else (KICKED, MEMBER)
    _tell_own_status(world, chat, bot, (before, after), person)
    changed(world, chat)


def _tell_own_status(world: World, chat: Chat, bot: Bot, change: tuple[str, str], actor: Person | Bot) -> None:
    before, after = change
    payload = {
        "chat": chat.api,
        "from": actor.user,
        "date": world.unix_now(),
        "old_chat_member": chat_member(bot.user, before),
        "new_chat_member": chat_member(bot.user, after),
    }
    world.send_update(bot, "my_chat_member", payload, chat.id)


def _tell_others_status(world: World, chat: Chat, person: Person, change: tuple[str, str], actor: Person) -> None:
    before, after = change
    for bot_id, status in chat.bots.items():
        if status == ADMINISTRATOR:
            payload = {
                "chat": chat.api,
                "from": actor.user,
                "date": world.unix_now(),
                "old_chat_member": chat_member(person.user, before),
                "new_chat_member": chat_member(person.user, after),
            }
            world.send_update(world.bots[bot_id], "chat_member", payload, chat.id)


def add_member(world: World, chat: Chat, person: Person, actor: Person) -> None:
    """Put a person into the group. Nothing happens if they are in it."""
    if chat.members.get(person.id, LEFT) != LEFT:
        return
    chat.members[person.id] = MEMBER
    _tell_others_status(world, chat, person, (LEFT, MEMBER), actor)
    post(world, chat, actor, {"new_chat_members": [person.user]}, is_service=True)
    changed(world, chat)


def remove_member(world: World, chat: Chat, person: Person, actor: Person) -> None:
    """Take a person out of the group, or let them leave."""
    before = chat.members.pop(person.id, None)
    if before is None:
        raise PeopleError(404, f"Person {person.id} is not in the group.")
    _tell_others_status(world, chat, person, (before, LEFT if actor is person else KICKED), actor)
    post(world, chat, actor, {"left_chat_member": person.user}, is_service=True)
    changed(world, chat)


def add_bot(world: World, chat: Chat, bot: Bot, actor: Person, *, is_admin: bool) -> None:
    """Put the bot into the group, or change what it is there."""
    before = chat.bots.get(bot.id, LEFT)
    set_bot_status(world, chat, bot, ADMINISTRATOR if is_admin else MEMBER, actor)
    if before in {LEFT, KICKED}:
        post(world, chat, actor, {"new_chat_members": [bot.user]}, is_service=True)


def remove_bot(world: World, chat: Chat, bot: Bot, actor: Person | Bot) -> None:
    """Remove the bot from the group, or let it leave (`actor` is the bot)."""
    status = LEFT if actor is bot else KICKED
    post(world, chat, actor, {"left_chat_member": bot.user}, is_service=True)
    set_bot_status(world, chat, bot, status, actor)


def owner_of(world: World, chat: Chat) -> Person:
    """Whoever owns the group, or else is in it first.

    Raises:
        PeopleError: nobody is in the group.
    """
    for person_id, status in chat.members.items():
        if status == CREATOR:
            return world.persons[person_id]
    if chat.members:
        return world.persons[next(iter(chat.members))]
    raise PeopleError(409, "Nobody is in this group.")


def upgrade(world: World, chat: Chat) -> Chat:
    """Turn a group into a supergroup: a new chat with a new identifier; the old one is only history."""
    if chat.kind != "group" or chat.migrated_to is not None:
        raise PeopleError(409, "Only a group that was not upgraded yet can be upgraded.")
    new_id = world.new_group_id(is_supergroup=True)
    new = Chat(new_id, {"id": new_id, "title": chat.api["title"], "type": "supergroup"})
    new.members = dict(chat.members)
    new.bots = dict(chat.bots)
    world.groups[new_id] = new
    owner = owner_of(world, chat)
    post(world, chat, owner, {"migrate_to_chat_id": new_id}, is_service=True)
    post(world, new, owner, {"migrate_from_chat_id": chat.id}, is_service=True)
    chat.migrated_to = new_id
    changed(world, chat)
    changed(world, new)
    return new


def create_topic(
    world: World, chat: Chat, actor: Person | Bot, name: str, *, color: int | None = None, emoji_id: str = ""
) -> Topic:
    """Open a topic. Its identifier is that of the service message that opens it."""
    topic = Topic(len(chat.messages) + 1, name, color or TOPIC_COLORS[0], emoji_id)
    created: Json = {"name": name, "icon_color": topic.icon_color}
    if emoji_id:
        created["icon_custom_emoji_id"] = emoji_id
    chat.topics[topic.message_thread_id] = topic
    post_topic_event(world, chat, actor, topic, {"forum_topic_created": created})
    changed(world, chat)
    return topic


def post_topic_event(world: World, chat: Chat, actor: Person | Bot, topic: Topic, content: Json) -> None:
    """Put a service message into the topic."""
    post(world, chat, actor, content, thread_id=topic.message_thread_id, is_service=True)
