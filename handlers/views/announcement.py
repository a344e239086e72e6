"""An announcement as its readers get it: the preview is made of the same calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.announcements.content import ALBUM_LIMIT, CAPTION_LIMIT, TEXT_LIMIT, Content, Medium, length
from bot.locales.catalogues import Translator
from handlers.views.message import Button
from storage.records import Call
from storage.records.announcements import Action, AnnouncementButton


def calls(
    content: Content,
    buttons: Sequence[AnnouncementButton],
    _: Translator,
    announcement: int,
    *,
    is_official: bool,
    is_read: bool = False,
    written: Translator | None = None,
) -> tuple[Call, ...]:
    """What is called to send it, one after the other; `_` is the reader's, `written` that of what it says.

    They differ for whoever reads it in another language than their own: the buttons are in that, the words are not.
    It is one call, but two for an album with buttons: Telegram has none under an album, so that the words and the
    buttons follow it.
    """
    shown = marked(content, written or _) if is_official else content
    markup = as_markup(keyboard(buttons, _, announcement, is_read=is_read))
    if not shown.media:
        return (_text(shown, markup),)
    if len(shown.media) == 1:
        medium = shown.media[0]
        return (Call(_method(medium), {medium.kind: medium.file_id, **_caption(shown), **markup}),)
    if not markup:
        return (_album(shown),)
    words = shown if shown.text else Content(_.plain("Please press a button."))
    return _album(Content("", media=shown.media)), _text(words, markup)


def corrections(sent: Sequence[Call], messages: Sequence[int], *, media_too: bool) -> tuple[Call, ...]:
    """What is called to put what `calls` gives now in the place of what was sent as these messages.

    `media_too`: pictures or files have changed as well. Their number cannot change.
    """
    edits: list[Call] = []
    for call in sent:
        if call.method == "sendMessage":
            edits.append(Call("editMessageText", {"message_id": messages[-1], **call.params}))
        elif call.method == "sendMediaGroup":
            edits += _album_corrections(call, messages, media_too=media_too, is_all=len(sent) == 1)
        else:
            kind = call.method.removeprefix("send").lower()
            edits.append(_medium_correction(call, kind, messages[0], media_too=media_too))
    return tuple(edits)


def keyboard(
    buttons: Sequence[AnnouncementButton], _: Translator, announcement: int, *, is_read: bool = False
) -> tuple[tuple[Button, ...], ...]:
    """The buttons under it; one who has read it sees that on the button."""
    return tuple((_button(_, button, announcement, is_read=is_read),) for button in buttons)


def as_markup(rows: Sequence[Sequence[Button]]) -> dict[str, Any]:
    """Buttons as a parameter of a call; none where there are none."""
    return {"reply_markup": {"inline_keyboard": [[button.as_json() for button in row] for row in rows]}} if rows else {}


def marked(content: Content, _: Translator) -> Content:
    """As an official notice says that it is one."""
    mark = _.plain("Official notice")
    by = mark_length(_)
    moved = tuple({**entity, "offset": entity["offset"] + by} for entity in content.entities)
    heading: Mapping[str, Any] = {"type": "bold", "offset": 0, "length": length(mark)}
    text = f"{mark}\n\n{content.text}" if content.text else mark
    return replace(content, text=text, entities=(heading, *moved))


def mark_length(_: Translator) -> int:
    """How many UTF-16 code units that takes."""
    return length(_.plain("Official notice")) + 2


def longest(content: Content, *, has_buttons: bool) -> int:
    """How many UTF-16 code units its words may have."""
    is_caption = len(content.media) == 1 or (bool(content.media) and not has_buttons)
    return CAPTION_LIMIT if is_caption else TEXT_LIMIT


def _button(_: Translator, button: AnnouncementButton, announcement: int, *, is_read: bool) -> Button:
    match button.action:
        case Action.READ:
            label = _.plain("✓ You have read it") if is_read else _.plain("I have read it")
            return Button(label, f"ann:read:{announcement}")
        case Action.REGISTRATION:
            return Button(_.plain("Take part"), "ann:go:registration")
        case Action.AGENDA:
            return Button(_.plain("Agenda"), "ann:go:agenda")
        case Action.LINK:
            return Button(button.label or "", url=button.url)


def _text(content: Content, markup: Mapping[str, Any]) -> Call:
    entities = {"entities": list(content.entities)} if content.entities else {}
    return Call("sendMessage", {"text": content.text, **entities, **markup})


def _caption(content: Content) -> dict[str, Any]:
    entities = {"caption_entities": list(content.entities)} if content.entities else {}
    return {"caption": content.text, **entities} if content.text else {}


def _method(medium: Medium) -> str:
    return f"send{medium.kind.capitalize()}"


def _album(content: Content) -> Call:
    first, *others = content.media[:ALBUM_LIMIT]
    media = [_as_input(first, _caption(content)), *(_as_input(other, {}) for other in others)]
    return Call("sendMediaGroup", {"media": media})


def _as_input(medium: Medium, caption: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": medium.kind, "media": medium.file_id, **caption}


def _album_corrections(call: Call, messages: Sequence[int], *, media_too: bool, is_all: bool) -> list[Call]:
    media = call.params["media"]
    if media_too:
        return [
            Call("editMessageMedia", {"message_id": at, "media": one}) for at, one in zip(messages, media, strict=False)
        ]
    caption = {name: value for name, value in media[0].items() if name.startswith("caption")}
    return [Call("editMessageCaption", {"message_id": messages[0], **caption})] if is_all else []


def _medium_correction(call: Call, kind: str, message: int, *, media_too: bool) -> Call:
    caption = {name: value for name, value in call.params.items() if name.startswith("caption")}
    markup = {name: value for name, value in call.params.items() if name == "reply_markup"}
    if media_too:
        media = {"type": kind, "media": call.params[kind], **caption}
        return Call("editMessageMedia", {"message_id": message, "media": media, **markup})
    return Call("editMessageCaption", {"message_id": message, **caption, **markup})
