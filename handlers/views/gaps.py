"""What people asked and nobody has answered, for the Secretariat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from bot.learning.gaps import LOOKED_BACK_DAYS, Asked, Gap
from bot.locales.catalogues import LANGUAGES, Translator
from handlers.views.learned import date, shortened
from handlers.views.lists import PAGE, turning
from handlers.views.message import Button, Message, bold, column
from handlers.views.welcome import paragraphs

WORDINGS_AT_MOST = 10
"""What a phone's screen holds."""


def listing(_: Translator, gaps: Sequence[Gap], page: int) -> Message:
    """A page of the gaps, each with a button that opens it."""
    heading = _("<b>What was asked and not answered</b>")
    if not gaps:
        return Message(
            paragraphs(heading, _("There is nothing from the last {days} days.", days=LOOKED_BACK_DAYS)),
        )
    listed = gaps[page * PAGE : (page + 1) * PAGE]
    lines = [_line(_, gap) for gap in listed]
    opening = [
        Button(shortened(gap.latest.question), f"gaps:open:{gap.latest.kind}:{gap.latest.id}:{page}") for gap in listed
    ]
    parts = [
        heading,
        _("Of the last {days} days; what most people asked stands first.", days=LOOKED_BACK_DAYS),
        Markup("\n").join(lines),
    ]
    return Message(paragraphs(*parts), (*column(opening), *turning(_, "gaps", page, len(gaps))))


def _line(_: Translator, gap: Gap) -> Markup:
    last = date(_, gap.latest.at)
    asked_by = _.n("{count} person, last on {date}", "{count} people, last on {date}", gap.people, date=last)
    return Markup("• {} ({})").format(shortened(gap.latest.question, 150), asked_by)


def opened(_: Translator, gap: Gap, topics: Mapping[str, str], page: int) -> Message:
    """One gap: how it was put, what became of it, and the way to an answer. `topics` has titles by id."""
    lines = [_wording(_, one, topics) for one in gap.asked[:WORDINGS_AT_MOST]]
    more = len(gap.asked) - len(lines)
    parts = [
        bold(shortened(gap.latest.question, 300)),
        Markup("\n").join(lines),
        *([_.n("… and {count} more.", "… and {count} more.", more)] if more else []),
        _("If you write an answer and publish it, those who asked are told, and whoever asks next gets it at once."),
    ]
    write = Button(_.plain("Write an answer"), f"learn:write:{gap.latest.kind}:{gap.latest.id}")
    return Message(paragraphs(*parts), ((write,), (Button(_.plain("Back"), f"gaps:{page}"),)))


def _wording(_: Translator, one: Asked, topics: Mapping[str, str]) -> Markup:
    return Markup("• {} ({}): {}").format(
        shortened(one.question, 150), LANGUAGES.get(one.language, one.language), _fate(_, one, topics)
    )


def _fate(_: Translator, one: Asked, topics: Mapping[str, str]) -> Markup:
    match one.state:
        case "waiting":
            return _("waits for an answer")
        case "closed":
            return _("was closed without an answer")
        case _other:
            title = topics.get(one.topic or "")
            return _("the answer did not help") if title is None else _("“{topic}” did not help", topic=title)


def filled(_: Translator) -> str:
    """It was answered meanwhile."""
    return _.plain("This has been answered in the meantime.")
