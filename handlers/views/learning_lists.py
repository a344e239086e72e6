"""Lists of the Secretariat's about answers for everyone: the answers, and who asked the same."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.locales.catalogues import LANGUAGES, Translator
from handlers.views.learned import date, shortened
from handlers.views.learning import Card, back_button
from handlers.views.lists import PAGE, page_within, turning
from handlers.views.message import Button, Message, bold, column, pairs
from handlers.views.welcome import paragraphs
from storage.records.learned import LearnedAnswer, LearnedPhrasing, LearnedText


def asked_same(_: Translator, shown: Card, page: int) -> Message:
    """The questions that may be this one; each button says whether it is."""
    asked = [one for one in shown.asked if one.person_id is not None]
    page = page_within(page, len(asked))
    listed = list(enumerate(asked, start=1))[page * PAGE : (page + 1) * PAGE]
    number = shown.answer.id
    lines = [_question_line(_, place, one) for place, one in listed]
    toggles = [
        Button(
            f"✓ {place}" if one.is_same else f"– {place}",
            f"learn:toggle:{number}:{one.id}:{int(not one.is_same)}:{page}",
        )
        for place, one in listed
    ]
    rows = [tuple(toggles[start : start + 4]) for start in range(0, len(toggles), 4)]
    text = paragraphs(
        bold(shown.shown.question),
        _("These were asked. Those with ✓ are taken for the same question; press a number to change that."),
        Markup("\n").join(lines),
    )
    rows += turning(_, f"learn:same:{number}", page, len(asked))
    return Message(text, (*rows, (back_button(_, number),)))


def _question_line(_: Translator, place: int, one: LearnedPhrasing) -> Markup:
    line = Markup("{}{}. {} ({})").format(
        "✓ " if one.is_same else "", place, shortened(one.question, 150), LANGUAGES.get(one.language, one.language)
    )
    return line if one.told_at is None else line + ", " + _("has the answer")


def listing(
    _: Translator,
    state: str,
    entries: Sequence[tuple[LearnedAnswer, LearnedText]],
    counts: dict[str, int],
    page: int,
) -> Message:
    """The answers in a state, each with a button that opens it."""
    titles = {
        "published": _("<b>Answers for everyone</b>"),
        "draft": _("<b>Drafts of answers for everyone</b>"),
        "withdrawn": _("<b>Answers that were withdrawn</b>"),
    }
    lines = [_entry_line(_, answer, text) for answer, text in entries]
    parts = [titles[state], Markup("\n").join(lines) if lines else _nothing(_, state)]
    opening = column([Button(shortened(text.question), f"learn:show:{answer.id}") for answer, text in entries])
    labels = {
        "published": _.plain("Published ({count})", count=counts["published"]),
        "draft": _.plain("Drafts ({count})", count=counts["draft"]),
        "withdrawn": _.plain("Withdrawn ({count})", count=counts["withdrawn"]),
    }
    others = [Button(labels[one], f"learned:{one}:0") for one in labels if one != state and counts[one]]
    rows = [*opening, *turning(_, f"learned:{state}", page, counts[state]), *pairs(others)]
    return Message(paragraphs(*parts), tuple(rows))


def _entry_line(_: Translator, answer: LearnedAnswer, text: LearnedText) -> Markup:
    at_us = answer.published_at or answer.made_at
    return Markup("• {} ({})").format(shortened(text.question, 150), date(_, at_us))


def _nothing(_: Translator, state: str) -> Markup:
    if state != "published":
        return _("There are none.")
    return _(
        "There are none yet. When you have answered somebody in the group, the note under your answer makes one; "
        "or reply to your answer with /learn."
    )
