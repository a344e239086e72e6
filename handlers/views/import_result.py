"""/import from the dry run on: how far it is, what would happen, what has happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.members.importing.plan import Counts, Effect, Plan, RowPlan
from bot.members.importing.report import ReportColumn, ReportWords
from handlers.views.center_details import labels, shortened
from handlers.views.export import keep_safe
from handlers.views.import_faults import reasons
from handlers.views.import_fields import targets
from handlers.views.importing import FILENAME_AT_MOST
from handlers.views.locale import with_label
from handlers.views.message import Button, Message
from handlers.views.numbers import number
from handlers.views.welcome import paragraphs
from storage.records.imports import ImportRun

REFUSED_SHOWN = 5
SHEET_AT_MOST = 20


def checking(_: Translator, run: ImportRun, done: int, rows: int) -> Message:
    """The dry run is under way; it can be given up."""
    far = _("{done} of {rows} rows", done=number(_, done), rows=number(_, rows))
    return Message(
        paragraphs(_("I check the list. Nothing is changed yet."), far),
        ((Button(_.plain("Cancel"), f"import:{run.id}:cancel"),),),
    )


def was_checked(_: Translator, rows: int) -> Message:
    """In the place of how far it is; the result comes below."""
    counted = number(_, rows)
    return Message(_.n("The list is checked: {shown} row.", "The list is checked: {shown} rows.", rows, shown=counted))


def applying(_: Translator) -> Message:
    """It is being done."""
    return Message(_("I am reading the list in: all of it or nothing. I will say when it is done."))


def report_caption(_: Translator, run: ImportRun) -> Message:
    """With the whole list, row by row."""
    return Message(
        paragraphs(
            _("Row by row: what would become of {name}.", name=shortened(run.filename, FILENAME_AT_MOST)), keep_safe(_)
        )
    )


def result(_: Translator, run: ImportRun, plan: Plan, *, was_stale: bool) -> Message:
    """What would happen, and whether it is to."""
    counts = plan.counts
    news = [_("The database has changed meanwhile, and with it what would happen. Please look again.")] * was_stale
    parts = [*news, _heading(_, counts), *_lines(_, plan), *_refused(_, plan)]
    if plan.changes_nothing:
        parts.append(_("There is nothing to read in: whatever can be taken is in the database already."))
        return Message(paragraphs(*parts))
    parts.append(_("Shall I read it in? All of it happens at once, or nothing."))
    yes = Button(_.plain("Read it in"), f"import:{run.id}:apply:{run.edition}")
    change = Button(_.plain("Change the columns"), f"import:{run.id}:back:{run.edition}")
    cancel = Button(_.plain("Cancel"), f"import:{run.id}:cancel")
    return Message(paragraphs(*parts), ((yes, cancel), (change,)))


def done(_: Translator, plan: Plan) -> Message:
    """It has happened."""
    return Message(
        paragraphs(
            _("The list is read in."),
            *_lines(_, plan),
            _("The new Centers are approved, and the new people are registered. /export gives you the database."),
        )
    )


def took_too_long(_: Translator, run: ImportRun) -> Message:
    """Nothing was kept."""
    again = Button(_.plain("Try again"), f"import:{run.id}:apply:{run.edition}")
    cancel = Button(_.plain("Cancel"), f"import:{run.id}:cancel")
    return Message(
        _("The list took too long, and nothing of it was read in. Try again at a quieter time, or send it in parts."),
        ((again, cancel),),
    )


def gone(_: Translator) -> Message:
    """The file is no longer to be had, or is another."""
    return Message(_("I cannot get the file from Telegram any more. Nothing is changed. Send it again with /import."))


def not_any_more(_: Translator) -> Message:
    """Whoever sent it may not read lists in any more."""
    return Message(_("The list was not read in: this is for the Secretariat only."))


def failed(_: Translator) -> Message:
    """Something unforeseen."""
    return Message(
        _("I am sorry: something went wrong on my side, and nothing of the list was read in. Begin again with /import.")
    )


def report_words(_: Translator) -> ReportWords:
    """What stands in the list of rows."""
    return ReportWords(
        language=_.language,
        name=_.plain("Rows"),
        columns=_columns(_),
        effects={
            Effect.CREATED: _.plain("new"),
            Effect.FILLED: _.plain("known; gaps filled"),
            Effect.UNCHANGED: _.plain("known; nothing new"),
        },
        reasons=reasons(_),
        targets=targets(_),
        fields=labels(_),
    )


def _columns(_: Translator) -> Mapping[ReportColumn, str]:
    return {
        ReportColumn.SHEET: _.plain("Sheet"),
        ReportColumn.ROW: _.plain("Row"),
        ReportColumn.NAME: _.plain("Name"),
        ReportColumn.REFUSED: _.plain("Why nothing of it is taken"),
        ReportColumn.LIKE_RECORD: _.plain("May be no."),
        ReportColumn.LIKE_ROW: _.plain("May be that of row"),
        ReportColumn.CENTER: _.plain("Center"),
        ReportColumn.CENTER_ID: _.plain("No. of the Center"),
        ReportColumn.DELEGATE: _.plain("Person"),
        ReportColumn.DELEGATE_ID: _.plain("No. of the person"),
        ReportColumn.FILLED: _.plain("Filled"),
        ReportColumn.DIFFERING: _.plain("Says something else; left as it is"),
        ReportColumn.LEFT_OUT: _.plain("Not understood; left out"),
    }


def _heading(_: Translator, counts: Counts) -> Markup:
    rows = number(_, counts.rows)
    return _.n(
        "<b>What would happen</b> ({shown} row)", "<b>What would happen</b> ({shown} rows)", counts.rows, shown=rows
    )


def _lines(_: Translator, plan: Plan) -> list[Markup]:
    counts = plan.counts
    told = (
        (counts.centers_created, _("New Centers: {number}", number=number(_, counts.centers_created))),
        (counts.centers_filled, _("Centers whose gaps are filled: {number}", number=number(_, counts.centers_filled))),
        (counts.delegates_created, _("New people: {number}", number=number(_, counts.delegates_created))),
        (
            counts.guests_created,
            _(
                "New people without a Center, as guests of the association: {number}",
                number=number(_, counts.guests_created),
            ),
        ),
        (
            counts.delegates_filled,
            _("People whose gaps are filled: {number}", number=number(_, counts.delegates_filled)),
        ),
        (counts.unchanged, _("Rows with nothing new: {number}", number=number(_, counts.unchanged))),
        (counts.refused, _("Rows that are not taken: {number}", number=number(_, counts.refused))),
        (
            counts.with_differing,
            _(
                "Rows that say something else than the database, which stays as it is: {number} ({fields})",
                number=number(_, counts.with_differing),
                fields=_named(labels(_), (row.differing for row in plan.rows)),
            ),
        ),
        (
            counts.with_cells_left_out,
            _(
                "Rows of which a cell is not understood, and left out: {number} ({fields})",
                number=number(_, counts.with_cells_left_out),
                fields=_named(targets(_), (row.left_out for row in plan.rows)),
            ),
        ),
    )
    lines = [line for count, line in told if count]
    return [Markup("\n").join(lines)] if lines else []


def _named(called: Mapping[Any, str], found: Iterable[Iterable[Any]]) -> str:
    """The fields of several rows, each once."""
    return ", ".join(dict.fromkeys(called[name] for names in found for name in names))


def _refused(_: Translator, plan: Plan) -> list[Markup]:
    """The first rows that are not taken, and why."""
    refused = [row for row in plan.rows if row.refused is not None]
    lines = [_refused_line(_, row) for row in refused[:REFUSED_SHOWN]]
    rest = len(refused) - len(lines)
    if rest:
        left = number(_, rest)
        lines.append(
            _.n("… and {shown} more, in the file above.", "… and {shown} more, in the file above.", rest, shown=left)
        )
    return [Markup("\n").join(lines)] if lines else []


def _refused_line(_: Translator, row: RowPlan) -> Markup:
    assert row.refused is not None  # noqa: S101 - only such rows come here
    where = _("Row {number}", number=number(_, row.number))
    if row.sheet:
        where = Markup("{}, {}").format(shortened(row.sheet, SHEET_AT_MOST), where)
    return with_label(_, where, reasons(_)[row.refused.reason])
