"""Sending: texts, files, albums, copies, and chat actions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.sandbox.accounts import Bot
from bot.sandbox.chats import Chat, ChatAction, Message
from bot.sandbox.forwarding import content_to_copy, forward_origin
from bot.sandbox.keyboards import show_keyboard
from bot.sandbox.markup import Markup, read_markup
from bot.sandbox.methods.call import Access, Call, Method
from bot.sandbox.posting import announce, post
from bot.sandbox.texts import sent_caption, sent_text
from bot.sandbox.wire import Json, bad_request, not_implemented, too_many_requests

ACTION_LASTS_S = 5
GENERAL_TOPIC_ID = 1
ACTIONS = frozenset(
    {
        "cancel",
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "record_audio",
        "upload_audio",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a message goes: the chat, the topic, and what it replies to."""

    chat: Chat
    thread_id: int | None = None
    reply_to: Message | None = None
    quote: Json | None = None


def destination(call: Call, *, count: int = 1) -> Destination:
    """Where the call sends to, checked; `count` messages are held against the limits.

    Raises:
        ApiError: the chat, the topic or the message replied to is not there, or the bot must wait.
    """
    chat = call.chat(Access.WRITE)
    thread_id = _thread(call, chat)
    reply_to, quote = _reply(call, chat)
    if thread_id is None and reply_to is not None and chat.is_forum:
        thread_id = reply_to.thread_id
    if thread_id is not None and chat.topics[thread_id].is_closed and not call.is_admin(chat):
        raise bad_request("TOPIC_CLOSED")
    if call.world.limits.are_on:
        now = call.world.clock.timestamp()
        is_paid = call.args.flag("allow_paid_broadcast")
        if wait_s := call.world.limits.retry_after_s(call.bot.id, chat.id, now, count, is_paid=is_paid):
            raise too_many_requests(wait_s)
    return Destination(chat, thread_id, reply_to, quote)


def _thread(call: Call, chat: Chat) -> int | None:
    thread_id = call.args.integer("message_thread_id")
    if thread_id == 0 or not chat.is_forum:
        if thread_id and chat.is_private:
            raise bad_request("message thread not found")
        return None
    if thread_id not in chat.topics:
        raise bad_request("message thread not found")
    return thread_id


def _reply(call: Call, chat: Chat) -> tuple[Message | None, Json | None]:
    given: Json = call.args.json("reply_parameters", "reply parameters") or {}
    message_id = int(given.get("message_id") or call.args.integer("reply_to_message_id"))
    if not message_id:
        return None, None
    elsewhere = given.get("chat_id")
    if elsewhere is not None and str(elsewhere) != str(chat.id):
        raise not_implemented("replies to messages of another chat")
    reply_to = chat.message(message_id)
    if reply_to is None:
        if given.get("allow_sending_without_reply") or call.args.flag("allow_sending_without_reply"):
            return None, None
        raise bad_request("message to be replied not found")
    if not given.get("quote"):
        return reply_to, None
    text = reply_to.body.get("text") or reply_to.body.get("caption") or ""
    if given["quote"] not in text:
        raise bad_request("QUOTE_TEXT_INVALID")
    return reply_to, {"text": given["quote"], "position": given.get("quote_position", 0), "is_manual": True}


def deliver(call: Call, place: Destination, content: Json, markup: Markup) -> Message:
    """Put the bot's message where it belongs, and its keyboard below the chat."""
    if place.quote is not None:
        content = {"quote": place.quote, **content}
    if call.args.flag("protect_content"):
        content = {**content, "has_protected_content": True}
    message = post(
        call.world,
        place.chat,
        call.bot,
        content,
        reply_to=place.reply_to,
        thread_id=place.thread_id,
        reply_markup=markup.inline,
    )
    message.is_editable = markup.reply is None and not markup.removes
    show_keyboard(call.world, place.chat, message, markup)
    return message


def send_message(call: Call) -> Json:
    content = sent_text(call.world, text_fields(call, "text", "entities"))
    markup = read_markup(call.args)
    options = call.args.json("link_preview_options", "link preview options")
    if options:
        content["link_preview_options"] = options
    return deliver(call, destination(call), content, markup).body


def text_fields(call: Call, name: str, entities: str) -> Json:
    """The text of a call with its parse mode and entities, as `sent_text` and `sent_caption` take it."""
    return {
        name: call.args.text(name),
        "parse_mode": call.args.text("parse_mode"),
        entities: call.args.json(entities, entities.replace("_", " ")),
    }


def caption_of(call: Call) -> Json:
    return sent_caption(call.world, text_fields(call, "caption", "caption_entities"))


def source_message(call: Call, purpose: str) -> Message:
    """The message that is to be forwarded or copied."""
    source = call.chat(Access.READ, "from_chat_id")
    return call.message(source, purpose)


def forward_message(call: Call) -> Json:
    message = source_message(call, "message to forward")
    if message.is_service or message.body.get("has_protected_content"):
        raise bad_request("the message can't be forwarded")
    content = {"forward_origin": forward_origin(message.body), **content_to_copy(message.body)}
    sent = deliver(call, destination(call), content, Markup())
    sent.is_editable = False
    return sent.body


def copy_message(call: Call) -> Json:
    message = source_message(call, "message to copy")
    if message.is_service or message.body.get("has_protected_content"):
        raise bad_request("the message can't be copied")
    content = content_to_copy(message.body)
    if call.args.has("caption") and "text" not in content:
        content = {key: value for key, value in content.items() if not key.startswith("caption")}
        content |= caption_of(call)
    sent = deliver(call, destination(call), content, read_markup(call.args))
    return {"message_id": sent.message_id}


def send_chat_action(call: Call) -> bool:
    action = call.args.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = call.chat(Access.WRITE)
    _thread(call, chat)
    if action == "cancel":
        chat.actions.pop(call.bot.id, None)
    else:
        until = call.world.clock.timestamp() + ACTION_LASTS_S
        chat.actions[call.bot.id] = ChatAction(action, call.bot.id, until)
    announce(call.world, chat, "typing", _typing(call.bot, action))
    return True


def _typing(bot: Bot, action: str) -> dict[str, Any]:
    return {"bot_id": bot.id, "action": "" if action == "cancel" else action, "lasts_s": ACTION_LASTS_S}


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "forwardMessage": forward_message,
    "copyMessage": copy_message,
    "sendChatAction": send_chat_action,
}
