"""Topics of forum supergroups."""

from __future__ import annotations

from bot.sandbox import groups
from bot.sandbox.chats import Chat, Topic
from bot.sandbox.methods.call import Access, Call, Method
from bot.sandbox.posting import delete
from bot.sandbox.wire import Json, bad_request

MAX_TOPIC_NAME = 128


def _forum(call: Call, right: str) -> Chat:
    chat = call.chat(Access.WRITE)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not call.is_admin(chat):
        raise bad_request(f"not enough rights to {right}")
    return chat


def _topic(call: Call, chat: Chat) -> Topic:
    topic = chat.topics.get(call.args.integer("message_thread_id"))
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    return topic


def _name(call: Call) -> str:
    name = call.args.text("name").strip()
    if not name:
        raise bad_request("name must be non-empty")
    return name[:MAX_TOPIC_NAME]


def create_forum_topic(call: Call) -> Json:
    chat = _forum(call, "create a topic")
    color = call.args.integer("icon_color")
    if color and color not in groups.TOPIC_COLORS:
        raise bad_request("invalid icon color specified")
    emoji_id = call.args.text("icon_custom_emoji_id")
    topic = groups.create_topic(call.world, chat, call.bot, _name(call), color=color, emoji_id=emoji_id)
    created: Json = {
        "message_thread_id": topic.message_thread_id,
        "name": topic.name,
        "icon_color": topic.icon_color,
    }
    if emoji_id:
        created["icon_custom_emoji_id"] = emoji_id
    return created


def edit_forum_topic(call: Call) -> bool:
    chat = _forum(call, "edit the topic")
    topic = _topic(call, chat)
    edited: Json = {}
    if call.args.has("name"):
        edited["name"] = _name(call)
    if "icon_custom_emoji_id" in call.args.values:
        edited["icon_custom_emoji_id"] = call.args.text("icon_custom_emoji_id")
    name = edited.get("name", topic.name)
    emoji_id = edited.get("icon_custom_emoji_id", topic.icon_custom_emoji_id)
    if (name, emoji_id) == (topic.name, topic.icon_custom_emoji_id):
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name, topic.icon_custom_emoji_id = name, emoji_id
    groups.post_topic_event(call.world, chat, call.bot, topic, {"forum_topic_edited": edited})
    groups.changed(call.world, chat)
    return True


def _set_closed(call: Call, *, is_closed: bool) -> bool:
    chat = _forum(call, "close or open the topic")
    topic = _topic(call, chat)
    if topic.is_closed == is_closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.is_closed = is_closed
    event = "forum_topic_closed" if is_closed else "forum_topic_reopened"
    groups.post_topic_event(call.world, chat, call.bot, topic, {event: {}})
    groups.changed(call.world, chat)
    return True


def close_forum_topic(call: Call) -> bool:
    return _set_closed(call, is_closed=True)


def reopen_forum_topic(call: Call) -> bool:
    return _set_closed(call, is_closed=False)


def delete_forum_topic(call: Call) -> bool:
    """Delete the topic with all its messages."""
    chat = _forum(call, "delete the topic")
    topic = _topic(call, chat)
    del chat.topics[topic.message_thread_id]
    for message in chat.messages:
        if message.thread_id == topic.message_thread_id and not message.is_deleted:
            delete(call.world, chat, message)
    groups.changed(call.world, chat)
    return True


METHODS: dict[str, Method] = {
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
    "deleteForumTopic": delete_forum_topic,
}
