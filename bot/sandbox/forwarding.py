"""Messages that are forwarded or copied."""

from __future__ import annotations

from bot.sandbox.wire import Json

_NOT_COPIED = frozenset(
    {
        "message_id",
        "from",
        "chat",
        "date",
        "edit_date",
        "message_thread_id",
        "is_topic_message",
        "reply_to_message",
        "quote",
        "reply_markup",
        "forward_origin",
        "media_group_id",
        "via_bot",
    }
)


def content_to_copy(body: Json) -> Json:
    """What of a message goes into a copy of it: its content, not who wrote it, when, or where."""
    return {key: value for key, value in body.items() if key not in _NOT_COPIED}


def forward_origin(body: Json) -> Json:
    """Where a forwarded message came from (a Bot API `MessageOrigin`)."""
    if "forward_origin" in body:
        origin: Json = body["forward_origin"]
        return origin
    return {"type": "user", "date": body["date"], "sender_user": body["from"]}
