"""What the desk takes of a message of Telegram's."""

from __future__ import annotations

from telegram import Message

from storage.records.desk import Written

_WITH_CAPTION = ("photo", "document", "video", "audio", "voice", "animation")
_BARE = ("sticker", "video_note", "location", "venue", "contact")


def written_in(message: Message) -> Written | None:
    """The message as the desk carries it; None if it is of a kind that cannot be carried."""
    chat_id, number = message.chat.id, message.message_id
    if message.text is not None:
        html = message.text_html if message.entities else None
        return Written(chat_id, number, "text", message.text, html)
    if any(getattr(message, kind) for kind in _WITH_CAPTION):
        html = message.caption_html if message.caption_entities else None
        return Written(chat_id, number, "media", message.caption or "", html, message.media_group_id)
    if any(getattr(message, kind) for kind in _BARE):
        return Written(chat_id, number, "bare", "", None)
    return None
