"""What became of an announcement, in detail: by Center, and as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from bot.announcements.report_file import CenterColumn, PeopleColumn, ReportWords
from bot.locales.catalogues import LANGUAGES, Translator
from handlers.views.announcement_board import back_button, heading
from handlers.views.export import keep_safe
from handlers.views.lists import turning_by
from handlers.views.locale import language_name, with_label
from handlers.views.message import Message
from handlers.views.numbers import number
from handlers.views.times import moment
from handlers.views.welcome import paragraphs
from storage.records.announcements import Announcement, CenterReading, Outcome

PAGE = 20
"""Lines of a page: they have no buttons."""


def by_center(
    _: Translator, announcement: Announcement, found: Sequence[CenterReading], page: int, count: int
) -> Message:
    """A page of Centers: how many of each got it, and have read it."""
    turned = turning_by(_, lambda to: f"ann:centers:{announcement.id}:{to}", page, count, PAGE)
    lines = [_line(_, one) for one in found]
    return Message(
        paragraphs(
            heading(_, announcement),
            _("Who has pressed “I have read it”. Centers where nobody has stand first."),
            Markup("\n").join(lines),
        ),
        (*turned, (back_button(_, announcement.id),)),
    )


def _line(_: Translator, one: CenterReading) -> Markup:
    read, reached = number(_, one.has_read), number(_, one.reached)
    mark = "✓ " if one.has_read else ""
    told = with_label(_, one.name or _("Without a Center"), _("{number} of {all}", number=read, all=reached))
    return Markup("{}{}").format(mark, told)


def report_words(_: Translator) -> ReportWords:
    """What stands in the file."""
    return ReportWords(
        language=_.language,
        people=_.plain("People"),
        centers=_.plain("Centers"),
        people_columns={
            PeopleColumn.NAME: _.plain("Name"),
            PeopleColumn.CENTER: _.plain("Center"),
            PeopleColumn.COUNTRY: _.plain("Country"),
            PeopleColumn.LANGUAGE: _.plain("Language"),
            PeopleColumn.OUTCOME: _.plain("Status"),
            PeopleColumn.REASON: _.plain("Reason"),
            PeopleColumn.SENT_AT: _.plain("Sent on (UTC)"),
            PeopleColumn.READ_AT: _.plain("Read on (UTC)"),
        },
        center_columns={
            CenterColumn.NAME: _.plain("Center"),
            CenterColumn.REACHED: _.plain("Sent"),
            CenterColumn.HAS_READ: _.plain("Read"),
        },
        outcomes=outcomes(_),
        languages={code: language_name(_, code) for code in LANGUAGES},
        no_center=_.plain("Without a Center"),
    )


def outcomes(_: Translator) -> Mapping[Outcome, str]:
    """What became of it at one person."""
    return {
        Outcome.PENDING: _.plain("Left"),
        Outcome.SENT: _.plain("Sent"),
        Outcome.BLOCKED: _.plain("Has blocked the bot"),
        Outcome.FAILED: _.plain("Failed"),
        Outcome.SKIPPED: _.plain("Not sent"),
        Outcome.RECALLED: _.plain("Recalled"),
        Outcome.STAYS: _.plain("Could not be recalled"),
    }


def caption(_: Translator, announcement: Announcement, people: int, now: int) -> Message:
    """With the file."""
    return Message(
        paragraphs(
            Markup("{}\n{}").format(heading(_, announcement), with_label(_, _.plain("People"), number(_, people))),
            _("As of {when}.", when=moment(_, now)),
            keep_safe(_),
        )
    )
