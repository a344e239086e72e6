"""Texts of messages: from what was sent to what stands in the chat."""

from __future__ import annotations

from bot.sandbox.entities import (
    FormattingError,
    ParsedText,
    apply_entities,
    parse_html,
    parse_markdown,
    parse_markdown_v2,
    parse_plain,
    utf16_length,
)
from bot.sandbox.wire import Json, PeopleError, bad_request
from bot.sandbox.world import World

MAX_TEXT = 4096
MAX_CAPTION = 1024
"""In UTF-16 code units, after the formatting was taken out."""


def content_of(world: World, parsed: ParsedText, *, is_caption: bool) -> Json:
    """The fields of a message that hold its text, or its caption, and the entities."""
    if is_caption and not parsed.text:
        return {}
    content: Json = {"caption" if is_caption else "text": parsed.text}
    if entities := parsed.to_api(lambda user_id: _user(world, user_id)):
        content["caption_entities" if is_caption else "entities"] = entities
    return content


def typed(world: World, text: object, *, entities: object = None, is_caption: bool = False) -> Json:
    """What a person typed, as the fields of a message: entities are found as Telegram finds them.

    `entities` are what they formatted with their app's menu.

    Raises:
        PeopleError: there is no text, or more than fits into one message.
    """
    if not isinstance(text, str):
        raise PeopleError(400, "“text” must be a string.")
    try:
        parsed = (
            apply_entities(text, entities, allow_empty=is_caption)
            if entities
            else parse_plain(text, allow_empty=is_caption)
        )
    except FormattingError as error:
        raise PeopleError(400, str(error) if text.strip() else "The text must not be empty.") from None
    longest = MAX_CAPTION if is_caption else MAX_TEXT
    if utf16_length(parsed.text) > longest:
        raise PeopleError(400, f"The text must not be longer than {longest} UTF-16 code units.")
    return content_of(world, parsed, is_caption=is_caption)


def sent_text(world: World, source: Json, name: str = "text") -> Json:
    """A text that a bot sends: parsed by its parse mode, or with the entities that it gives.

    `source` has the text under `name`, and maybe `parse_mode` and `entities`.

    Raises:
        ApiError: Telegram would not take it.
    """
    parsed = _parse(source.get(name), source.get("parse_mode"), source.get("entities"), is_caption=False)
    if utf16_length(parsed.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return content_of(world, parsed, is_caption=False)


def sent_caption(world: World, source: Json) -> Json:
    """A caption that a bot sends; nothing if it is empty. Raises ApiError."""
    caption = source.get("caption") or ""
    parsed = _parse(caption, source.get("parse_mode"), source.get("caption_entities"), is_caption=True)
    if utf16_length(parsed.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return content_of(world, parsed, is_caption=True)


def _parse(text: object, parse_mode: object, entities: object, *, is_caption: bool) -> ParsedText:
    if not isinstance(text, str):
        raise bad_request("text must be of type String")
    mode = str(parse_mode or "").lower()
    try:
        if mode == "html":
            return parse_html(text, allow_empty=is_caption)
        if mode == "markdownv2":
            return parse_markdown_v2(text, allow_empty=is_caption)
        if mode == "markdown":
            return parse_markdown(text, allow_empty=is_caption)
        if mode:
            raise bad_request("unsupported parse_mode")
        if isinstance(entities, list) and entities:
            return apply_entities(text, entities, allow_empty=is_caption)
        return parse_plain(text, allow_empty=is_caption)
    except FormattingError as error:
        raise bad_request(error.description) from None


def _user(world: World, user_id: int) -> Json | None:
    account = world.account(user_id)
    return None if account is None else account.user
