"""Inline results: what a bot may offer, and what becomes of the one that is chosen."""

from __future__ import annotations

from bot.sandbox.markup import markup_of
from bot.sandbox.texts import sent_caption, sent_text
from bot.sandbox.wire import Json, PeopleError, bad_request
from bot.sandbox.world import World

MAX_RESULTS = 50
MAX_RESULT_ID_BYTES = 64


def check_result(world: World, result: Json) -> Json:
    """The result as it is kept, its texts and buttons checked as if it were sent now.

    Raises:
        ApiError: Telegram would not take it.
    """
    if not 0 < len(result["id"].encode()) <= MAX_RESULT_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    content = result.get("input_message_content")
    if content is not None and "message_text" in content:
        sent_text(world, content, "message_text")
    sent_caption(world, result)
    kept = {name: value for name, value in result.items() if name != "reply_markup"}
    if (inline := markup_of(result.get("reply_markup")).inline) is not None:
        kept["reply_markup"] = inline
    return kept


def message_content(world: World, result: Json) -> Json:
    """The message that choosing this result sends (results that carry a text, or a file known by its id).

    Raises:
        PeopleError: it is of a kind that the sandbox cannot send.
    """
    content = result.get("input_message_content")
    if isinstance(content, dict) and "message_text" in content:
        return sent_text(world, content, "message_text")
    caption = sent_caption(world, result)
    if "photo_file_id" in result and (world.files.get(result["photo_file_id"])) is not None:
        return {"photo": world.files.photo_sizes(result["photo_file_id"]), **caption}
    if "document_file_id" in result and (stored := world.files.get(result["document_file_id"])) is not None:
        return {"document": stored.api, **caption}
    raise PeopleError(409, f"The sandbox cannot send results of the type {result.get('type')}.")
