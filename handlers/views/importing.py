"""/import up to the dry run: the list is asked for, and its columns are confirmed."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.members.importing.fields import Target
from bot.members.importing.limits import FILE_BYTES_AT_MOST, ROWS_AT_MOST
from bot.members.importing.mapping import ColumnMapping
from bot.members.importing.runs import Place, can_be_read
from handlers.views.center_details import shortened
from handlers.views.import_faults import MEGABYTE, problem
from handlers.views.import_fields import offered, targets
from handlers.views.lists import page_within, turning_by
from handlers.views.locale import listed
from handlers.views.message import Button, Message, bold, column, pairs
from handlers.views.numbers import number
from handlers.views.welcome import paragraphs
from storage.records.imports import ImportRun, SeenSheet

COLUMNS_A_PAGE = 20
SHEETS_AT_MOST = 20
"""Sheets that have a button."""
HEADING_AT_MOST = 40
FILENAME_AT_MOST = 80
_LETTERS = 26


def in_private(_: Translator, username: str) -> Message:
    """In a group, nobody's list is opened."""
    return Message(
        _("I read lists in a private chat only."),
        ((Button(_.plain("Open a private chat"), url=f"https://t.me/{username}?start=import"),),),
    )


def ask_file(_: Translator) -> Message:
    """The list is what is sent next."""
    return Message(
        paragraphs(
            _("Send me the list of Centers or people as a file: XLSX or CSV, the columns in any order."),
            _(
                "I take up to {rows} rows and {megabytes} MB. First I show what I understand, then what would be "
                "changed. Nothing is changed before you confirm.",
                rows=number(_, ROWS_AT_MOST), megabytes=number(_, FILE_BYTES_AT_MOST // MEGABYTE),
            ),
            _("I know these columns: {columns}.", columns=listed(_, list(targets(_).values()))),
            _("A file from /export can be your sample. /cancel stops this."),
        )
    )  # fmt: skip


def offer(_: Translator) -> Message:
    """A file of the Secretariat's that may be a list, and was not asked for."""
    return Message(
        _("Is this a list of Centers or people? I can read it in: first you see what would be changed."),
        ((Button(_.plain("Look at the list"), "import:this"),),),
    )


def expected_no_more(_: Translator) -> Message:
    """/cancel while a list is awaited."""
    return Message(_("I am no longer waiting for a list. Nothing is changed."))


def busy(_: Translator) -> Message:
    """Another list while theirs is being read in."""
    return Message(_("Your list is being read in right now. Please wait until I say that it is done."))


def overview(_: Translator, run: ImportRun) -> Message:
    """The list as it is understood; one with a single sheet is shown at once."""
    if len(run.sheets) == 1:
        return sheet(_, run, 0, 0)
    rows = [
        Button(_sheet_label(_, run, place), f"import:{run.id}:sheet:{place}:0")
        for place in range(min(len(run.sheets), SHEETS_AT_MOST))
    ]
    return Message(
        paragraphs(
            _title(_, run),
            _("The file has several sheets. Open each to see how I understand it; those with ✓ are read in."),
            *_problems(_, run.sheets),
        ),
        (*column(rows), *_decisions(_, run)),
    )


def sheet(_: Translator, run: ImportRun, place: int, page: int) -> Message:
    """The columns of a sheet, and what each is read into."""
    shown = run.sheets[place]
    page = page_within(page, len(shown.headings), COLUMNS_A_PAGE)
    columns = range(page * COLUMNS_A_PAGE, min((page + 1) * COLUMNS_A_PAGE, len(shown.headings)))
    counted = number(_, shown.rows)
    rows = _.n("{shown} row", "{shown} rows", shown.rows, shown=counted)
    name = Markup("<b>{}</b>, ").format(shortened(shown.name, HEADING_AT_MOST)) if shown.name else Markup()
    lines = [_line(_, shown, one) for one in columns]
    return Message(
        paragraphs(
            _title(_, run),
            name + rows,
            Markup("\n").join(lines),
            *_problems(_, [shown]),
            _("Press a column that I understand wrongly."),
        ),
        (
            *pairs([_column_button(run, place, one) for one in columns]),
            *turning_by(_, lambda to: f"import:{run.id}:sheet:{place}:{to}", page, len(shown.headings), COLUMNS_A_PAGE),
            *_of_several(_, run, place),
            *_decisions(_, run),
        ),
    )


def choose_field(_: Translator, run: ImportRun, place: Place) -> Message:
    """What one column can be read into."""
    shown = run.sheets[place.sheet]
    called, now = targets(_), ColumnMapping.from_text(shown.mapping).targets[place.column]
    start = f"import:{run.id}:set:{place.sheet}:{place.column}"

    def buttons(those: Sequence[Target]) -> list[Button]:
        return [Button(f"✓ {called[one]}" if one == now else called[one], f"{start}:{one}") for one in those]

    nothing = Button(_.plain("Leave this column out"), f"{start}:none")
    back = Button(_.plain("Back"), f"import:{run.id}:sheet:{place.sheet}:{place.column // COLUMNS_A_PAGE}")
    return Message(
        _("What stands in this column?\n{column}", column=_heading(shown, place.column)),
        (
            *pairs(buttons(offered(of_center=True))),
            *pairs(buttons(offered(of_center=False))),
            (nothing,),
            (back,),
        ),
    )


def cancelled(_: Translator) -> Message:
    """The list is given up."""
    return Message(_("The list was not read in. Nothing is changed."))


def _title(_: Translator, run: ImportRun) -> Markup:
    return _("<b>List</b> {name}", name=shortened(run.filename, FILENAME_AT_MOST))


def _line(_: Translator, shown: SeenSheet, column_number: int) -> Markup:
    target = ColumnMapping.from_text(shown.mapping).targets[column_number]
    what = _("not read") if target is None else bold(targets(_)[target])
    return Markup("{} → {}").format(_heading(shown, column_number), what)


def _heading(shown: SeenSheet, column_number: int) -> str:
    heading = shortened(shown.headings[column_number], HEADING_AT_MOST)
    return f"{letters(column_number)}  {heading}"


def _column_button(run: ImportRun, place: int, column_number: int) -> Button:
    return Button(_heading(run.sheets[place], column_number), f"import:{run.id}:col:{place}:{column_number}")


def _sheet_label(_: Translator, run: ImportRun, place: int) -> str:
    shown = run.sheets[place]
    name = shortened(shown.name, HEADING_AT_MOST)
    return f"✓ {name}" if shown.is_read else name


def _of_several(_: Translator, run: ImportRun, place: int) -> tuple[tuple[Button, ...], ...]:
    if len(run.sheets) == 1:
        return ()
    is_read = run.sheets[place].is_read
    label = _.plain("Leave this sheet out") if is_read else _.plain("Read this sheet in")
    return (
        (Button(label, f"import:{run.id}:read:{place}:{int(not is_read)}"),),
        (Button(_.plain("All sheets"), f"import:{run.id}:show"),),
    )


def _problems(_: Translator, sheets: Sequence[SeenSheet]) -> list[Markup]:
    read = [one for one in sheets if one.is_read]
    faults = [ColumnMapping.from_text(one.mapping).fault for one in read]
    found = [problem(_, fault) for fault in dict.fromkeys(faults) if fault is not None]
    return found if read else [_("This is not read in as it stands.")]


def _decisions(_: Translator, run: ImportRun) -> tuple[tuple[Button, ...], ...]:
    cancel = Button(_.plain("Cancel"), f"import:{run.id}:cancel")
    check = Button(_.plain("Check the list"), f"import:{run.id}:check:{run.edition}")
    return ((check, cancel),) if can_be_read(run) else ((cancel,),)


def letters(column_number: int) -> str:
    """A column as spreadsheets call it: A, B, … Z, AA."""
    first, last = divmod(column_number, _LETTERS)
    return (letters(first - 1) if first else "") + chr(ord("A") + last)
