"""Changing what was sent: edits, deletions, reactions, pins."""

from __future__ import annotations

from typing import Any

from bot.sandbox.chats import Chat, Message
from bot.sandbox.markup import read_markup
from bot.sandbox.methods.call import Access, Call, Method
from bot.sandbox.methods.sending import caption_of, text_fields
from bot.sandbox.posting import announce, delete, edit, post, without_reply
from bot.sandbox.reactions import EMOJI, plain
from bot.sandbox.texts import sent_text
from bot.sandbox.wire import Json, bad_request

DELETABLE_FOR_S = 48 * 3600
MAX_DELETED_AT_ONCE = 100
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def _message_to_edit(call: Call) -> tuple[Chat, Message]:
    if not call.args.has("chat_id"):
        raise bad_request("chat_id is empty")
    if not call.args.has("message_id"):
        raise bad_request("message identifier is not specified")
    chat = call.chat(Access.EDIT)
    message = call.message(chat, "message to edit")
    own = message.bot_id == call.bot.id or message.body.get("via_bot", {}).get("id") == call.bot.id
    if not own or message.is_service or not message.is_editable:
        raise bad_request("message can't be edited")
    return chat, message


def _replace(call: Call, chat: Chat, message: Message, changed: Json, dropped: frozenset[str]) -> Json:
    """Put `changed` in the place of the `dropped` fields, and the call's inline keyboard with it."""
    before = message.body
    after = {key: value for key, value in before.items() if key not in dropped and key != "reply_markup"}
    after |= changed
    if (inline := read_markup(call.args).inline) is not None:
        after["reply_markup"] = inline
    if after == before:
        raise bad_request(NOT_MODIFIED)
    after["edit_date"] = call.world.unix_now()
    edit(call.world, chat, message, after)
    return after


def edit_message_text(call: Call) -> Json:
    content = sent_text(call.world, text_fields(call, "text", "entities"))
    if options := call.args.json("link_preview_options", "link preview options"):
        content["link_preview_options"] = options
    read_markup(call.args)
    chat, message = _message_to_edit(call)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    return _replace(call, chat, message, content, frozenset({"text", "entities", "link_preview_options"}))


def edit_message_caption(call: Call) -> Json:
    content = caption_of(call)
    chat, message = _message_to_edit(call)
    if not {"photo", "document", "voice"} & message.body.keys():
        raise bad_request("there is no caption in the message to edit")
    return _replace(call, chat, message, content, frozenset({"caption", "caption_entities"}))


def edit_message_reply_markup(call: Call) -> Json:
    chat, message = _message_to_edit(call)
    return _replace(call, chat, message, {}, frozenset())


def _refuse_undeletable(call: Call, chat: Chat, message: Message) -> None:
    """What a bot may delete: https://core.telegram.org/bots/api#deletemessage."""
    is_own = message.bot_id == call.bot.id
    if chat.is_private or (is_own and not call.is_admin(chat)):
        if call.world.unix_now() - message.body["date"] > DELETABLE_FOR_S:
            raise bad_request("message can't be deleted for everyone")
    elif not is_own and not call.is_admin(chat):
        raise bad_request("message can't be deleted")
    if "supergroup_chat_created" in message.body or "group_chat_created" in message.body:
        raise bad_request("message can't be deleted")


def delete_message(call: Call) -> bool:
    chat = call.chat(Access.WRITE)
    message = call.message(chat, "message to delete")
    _refuse_undeletable(call, chat, message)
    delete(call.world, chat, message)
    return True


def delete_messages(call: Call) -> bool:
    """Delete several; those that are not there are skipped."""
    identifiers: Any = call.args.json("message_ids", "message identifiers")
    if not isinstance(identifiers, list) or not identifiers:
        raise bad_request("message identifiers are not specified")
    if len(identifiers) > MAX_DELETED_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    chat = call.chat(Access.WRITE)
    messages = [message for one in identifiers if (message := chat.message(int(one))) is not None]
    for message in messages:
        _refuse_undeletable(call, chat, message)
    for message in messages:
        if not message.is_deleted:
            delete(call.world, chat, message)
    return True


def set_message_reaction(call: Call) -> bool:
    chat = call.chat(Access.READ)
    message = call.message(chat, "message to react")
    wanted: list[Json] = call.args.json("reaction", "reaction types") or []
    if len(wanted) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(reaction["type"] == "paid" for reaction in wanted):
        raise bad_request("REACTION_INVALID")
    wanted = [
        {**reaction, "emoji": plain(reaction["emoji"])} if reaction["type"] == "emoji" else reaction
        for reaction in wanted
    ]
    if any(reaction["type"] == "emoji" and reaction["emoji"] not in EMOJI for reaction in wanted):
        raise bad_request("REACTION_INVALID")
    message.reactions[call.bot.id] = wanted
    given = message.reactions_json()
    announce(call.world, chat, "reaction", {"message_id": message.message_id, "reactions": given})
    return True


def _refuse_without_pin_right(call: Call, chat: Chat) -> None:
    if not chat.is_private and not call.is_admin(chat):
        raise bad_request("not enough rights to manage pinned messages in the chat")


def pin_chat_message(call: Call) -> bool:
    chat = call.chat(Access.WRITE)
    message = call.message(chat, "message to pin")
    _refuse_without_pin_right(call, chat)
    if message.is_service:
        raise bad_request("message can't be pinned")
    if message.message_id not in chat.pinned:
        chat.pinned.append(message.message_id)
        content = {"pinned_message": without_reply(message.body)}
        post(call.world, chat, call.bot, content, thread_id=message.thread_id, is_service=True)
    return True


def unpin_chat_message(call: Call) -> bool:
    chat = call.chat(Access.WRITE)
    _refuse_without_pin_right(call, chat)
    if call.args.has("message_id"):
        message_id = call.message(chat, "message to unpin").message_id
    elif chat.pinned:
        message_id = chat.pinned[-1]
    else:
        raise bad_request("message to unpin not found")
    if message_id in chat.pinned:
        chat.pinned.remove(message_id)
    return True


def unpin_all_chat_messages(call: Call) -> bool:
    chat = call.chat(Access.WRITE)
    _refuse_without_pin_right(call, chat)
    chat.pinned.clear()
    return True


METHODS: dict[str, Method] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "setMessageReaction": set_message_reaction,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
}
