"""What a message answers a form with: words, a file, or a contact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from telegram import Message

from bot.forms.contacts import Phone
from bot.forms.files import File, SentFile
from bot.forms.form import Field
from bot.forms.reading import Circumstances, Outcome, Problem, Wrong


@dataclass(frozen=True, slots=True)
class SharedContact:
    """A contact with its phone number, of whomever. `is_on_telegram`: it is as Telegram knows it, with its country."""

    number: str
    is_on_telegram: bool


@dataclass(frozen=True, slots=True)
class SentPhoto:
    """A picture that is no file: Telegram has made it smaller, and cannot send it on as a document."""


Content: TypeAlias = str | SentFile | SentPhoto | SharedContact | None


def content_of(message: Message) -> Content:
    """What there is in a message that can be an answer; None if nothing."""
    if message.text is not None:
        return message.text
    if message.contact is not None:
        return SharedContact(message.contact.phone_number, is_on_telegram=message.contact.user_id is not None)
    if message.document is not None:
        file = message.document
        return SentFile(file.file_id, file.file_name or "", file.mime_type or "", file.file_size or 0)
    if message.photo:
        return SentPhoto()
    return None


def not_in_words(content: Content, field: Field, at: Circumstances) -> Outcome:
    """What something else than words comes to as the answer to a field."""
    kind = field.kind
    if isinstance(kind, Phone) and isinstance(content, SharedContact):
        # Telegram's own numbers begin with the code of a country; some apps leave the sign before it out.
        number = f"+{content.number.lstrip('+')}" if content.is_on_telegram else content.number
        return kind.read(number, at)
    if isinstance(kind, File):
        return kind.sent(content) if isinstance(content, SentFile) else Wrong(Problem.FILE_EXPECTED)
    return Wrong(Problem.WORDS_EXPECTED)
