"""What is said while the Secretariat writes an answer for everyone: its question, its words, a translation."""

from __future__ import annotations

from markupsafe import Markup

from bot.learning.answers import ANSWER_AT_MOST, QUESTION_AT_MOST
from bot.locales.catalogues import LANGUAGES, Translator
from handlers.views.learning import Card, back_button
from handlers.views.locale import language_name
from handlers.views.message import Button, Message, pairs
from handlers.views.welcome import paragraphs


def translate(_: Translator, shown: Card) -> Message:
    """The languages that an answer can be translated into."""
    there = {text.language for text in shown.texts}
    missing = [
        Button(name, f"learn:part:{shown.answer.id}:translation:{code}")
        for code, name in LANGUAGES.items()
        if code not in there
    ]
    return Message(_("Into which language do you translate it?"), (*pairs(missing), (back_button(_, shown.answer.id),)))


def prompt(_: Translator, shown: Card, part: str, language: str) -> Message:
    """What staff write next."""
    name = language_name(_, language)
    match part:
        case "question":
            ask = _("Write the question in {language}, as people would ask it.", language=name)
        case "answer":
            ask = _("Write the answer in {language}. Bold, italics and links are kept.", language=name)
        case _translation:
            ask = _("Write it in {language}: the question in the first line, the answer below it.", language=name)
    text = shown.shown
    now = text.question if part == "question" else text.plain if part == "answer" else f"{text.question}\n{text.plain}"
    parts = [ask, *([Markup("<code>{}</code>").format(now)] if now else []), _("/cancel leaves it as it is.")]
    return Message(paragraphs(*parts), ((back_button(_, shown.answer.id),),))


def saved(_: Translator, *, is_published: bool) -> Markup:
    """A part was written."""
    return _("Changed: people get it like this from now on.") if is_published else _("It is in the draft now.")


def cancelled(_: Translator, answer_id: int) -> Message:
    """/cancel while something is written for an answer."""
    return Message(_("It stays as it was."), ((back_button(_, answer_id),),))


def too_long(_: Translator) -> Message:
    """What was written does not fit."""
    return Message(
        _(
            "This is too long: a question has at most {question} characters, an answer {answer}. "
            "Please write it shorter.",
            question=QUESTION_AT_MOST,
            answer=ANSWER_AT_MOST,
        )
    )


def too_long_toast(_: Translator) -> str:
    """A reply that is too long for an answer for everyone."""
    return _.plain("This reply is too long for an answer for everyone. Please write a shorter one.")


def two_lines(_: Translator) -> Message:
    """A translation without its question, or without its answer."""
    return Message(_("Please write the question in the first line and the answer below it, in one message."))


def words_only(_: Translator) -> Message:
    """Something else than text."""
    return Message(_("An answer for everyone is text. Please write it in words, or give /cancel."))
