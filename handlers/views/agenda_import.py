"""An agenda that is read in from a file: asked for, what would happen, and what has happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from markupsafe import Markup

from bot.conferences.agenda_entries import SESSIONS_AT_MOST, Reason, Refused
from bot.conferences.agenda_import import FILE_BYTES_AT_MOST, AgendaPlan, Effect
from bot.locales.catalogues import Translator
from handlers.views.agenda_words import LABEL_AT_MOST, clash_lines, fields, first_of
from handlers.views.center_details import shortened
from handlers.views.import_faults import MEGABYTE
from handlers.views.import_result import SHEET_AT_MOST
from handlers.views.locale import listed, with_label
from handlers.views.message import Button, Message
from handlers.views.numbers import number
from handlers.views.welcome import paragraphs


def ask_file(_: Translator) -> Message:
    """The agenda is what is sent next."""
    return Message(
        paragraphs(
            _("Send me the agenda as a file: XLSX, CSV or iCalendar. First I show what would be changed."),
            _(
                "A sheet needs columns for the title, the day, the start and the end. It can have others for the room, "
                "segment, speakers, chair, description, language and id."
            ),
            _(
                "I take up to {number} sessions and {megabytes} MB.",
                number=number(_, SESSIONS_AT_MOST), megabytes=number(_, FILE_BYTES_AT_MOST // MEGABYTE),
            ),
            _("/cancel stops this."),
        )
    )  # fmt: skip


def not_a_file(_: Translator) -> Message:
    """Something else was sent while an agenda is awaited."""
    return Message(
        paragraphs(_("I am waiting for the agenda as a file: XLSX, CSV or iCalendar."), _("/cancel stops this."))
    )


def expected_no_more(_: Translator) -> Message:
    """/cancel while an agenda is awaited."""
    return Message(_("I am no longer waiting for the agenda. Nothing is changed."))


def left(_: Translator) -> Message:
    """The agenda is given up."""
    return Message(_("The agenda was not read in. Nothing is changed."))


def only_hosts(_: Translator) -> Message:
    """Sent by somebody who was a host when it was asked for."""
    return Message(_("Only the host and the Secretariat can do that."))


def dry_run(_: Translator, conference_id: int, plan: AgendaPlan, *, was_stale: bool = False) -> Message:
    """What would happen, and whether it is to."""
    news = [_("The agenda has changed meanwhile, and with it what would happen. Please look again.")] * was_stale
    parts = [*news, _("<b>What would happen to the agenda</b>"), _numbers(_, plan)]
    parts += first_of(list(_changes(_, plan))) + first_of([_refused(_, one) for one in plan.refused])
    parts += clash_lines(_, plan.clashes)
    if plan.changes_nothing:
        parts.append(_("There is nothing to read in: whatever can be taken is in the agenda already."))
        return Message(paragraphs(*parts))
    parts.append(_("Shall I read it in? All of it happens at once, or nothing."))
    yes = Button(_.plain("Read it in"), f"agenda:read:{conference_id}:{plan.edition}")
    return Message(paragraphs(*parts), ((yes, Button(_.plain("No"), f"agenda:unread:{conference_id}")),))


def done(_: Translator, conference_id: int, plan: AgendaPlan) -> Message:
    """It has happened."""
    show = Button(_.plain("Agenda"), f"agenda:show:{conference_id}")
    return Message(paragraphs(_("The agenda is read in."), _numbers(_, plan)), ((show,),))


def _numbers(_: Translator, plan: AgendaPlan) -> Markup:
    told = (
        (_.plain("New sessions"), plan.count(Effect.ADDED)),
        (_.plain("Changed sessions"), plan.count(Effect.CHANGED)),
        (_.plain("Sessions with nothing new"), plan.count(Effect.UNCHANGED)),
    )
    lines = [with_label(_, label, number(_, count)) for label, count in told if count]
    if plan.refused:
        lines.append(_("Rows that are not taken: {number}", number=number(_, len(plan.refused))))
    return Markup("\n").join(lines)


def _changes(_: Translator, plan: AgendaPlan) -> Iterator[Markup]:
    """Of each session that is changed, what of it."""
    called = {**fields(_), "starts_at": _.plain("Begins"), "ends_at": _.plain("Ends")}
    for step in plan.steps:
        if step.effect == Effect.CHANGED and step.seen is not None:
            before, after = asdict(step.seen.details), asdict(step.details)
            what = [called[name] for name in before if before[name] != after[name]]
            what += [_.plain("Cancelled")] * (step.state != step.seen.state)
            yield with_label(_, shortened(step.seen.title, LABEL_AT_MOST), listed(_, what))


def _refused(_: Translator, refused: Refused) -> Markup:
    where = _("Row {number}", number=number(_, refused.place.number))
    if refused.place.sheet:
        where = Markup("{}, {}").format(shortened(refused.place.sheet, SHEET_AT_MOST), where)
    return with_label(_, where, _reasons(_)[refused.reason])


def _reasons(_: Translator) -> Mapping[Reason, str]:
    return {
        Reason.NO_TITLE: _.plain("The title is missing."),
        Reason.NO_DAY: _.plain("The day is missing, or I do not understand it."),
        Reason.OTHER_DAY: _.plain("This is not a day of the conference."),
        Reason.NO_TIMES: _.plain("The start or the end is missing, or I do not understand it."),
        Reason.ENDS_FIRST: _.plain("It does not end after it begins."),
        Reason.TOO_LONG: _.plain("A text is too long."),
        Reason.UNKNOWN_WORD: _.plain("I do not understand the segment or the language."),
        Reason.TWICE: _.plain("The same session stands above."),
        Reason.REPEATS: _.plain("It repeats itself: each session needs its own entry."),
    }
