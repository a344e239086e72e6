"""What is wrong with a list that is to be read in, or with its columns: a sentence each."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.members.importing.faults import FileFault
from bot.members.importing.limits import COLUMNS_AT_MOST, FILE_BYTES_AT_MOST, ROWS_AT_MOST
from bot.members.importing.mapping import MappingFault
from bot.members.importing.plan import Reason
from handlers.views.message import Message
from handlers.views.numbers import number
from handlers.views.welcome import paragraphs

MEGABYTE = 1024 * 1024


def unreadable(
    _: Translator, fault: FileFault, *, rows: int = ROWS_AT_MOST, file_bytes: int = FILE_BYTES_AT_MOST
) -> Message:
    """Why a file cannot be read in; another is awaited. `rows` and `file_bytes` are how much is taken."""
    why = _file_faults(_, rows, file_bytes)[fault]
    return Message(paragraphs(why, _("Nothing is changed. Send another file, or /cancel.")))


def not_a_file(_: Translator) -> Message:
    """Something else was sent while a list is awaited."""
    return Message(
        paragraphs(_("I am waiting for a list: a file with rows and columns, XLSX or CSV."), _("/cancel stops this."))
    )


def not_fetched(_: Translator) -> Message:
    """Telegram does not give the file now."""
    return Message(_("Telegram does not give me this file at the moment. Please send it again in a minute."))


def problem(_: Translator, fault: MappingFault) -> Markup:
    """What is missing among the columns."""
    match fault:
        case MappingFault.NO_NAME:
            return _("No column is the name of a Center or of a person: say which one is.")
        case MappingFault.HALF_A_NAME:
            return _("Given names and family names belong together: say which column is the other one.")


def reasons(_: Translator) -> Mapping[Reason, str]:
    """Why nothing of a row is taken."""
    return {
        Reason.NO_NAME: _.plain("There is no name, neither of a Center nor of a person."),
        Reason.HALF_A_NAME: _.plain("The given name or the family name is missing."),
        Reason.NAME_TOO_LONG: _.plain("A name is longer than 200 characters."),
        Reason.MAYBE_SAME_CENTER: _.plain("The Center may be one that is known: name it the same, or more exactly."),
        Reason.MAYBE_SAME_PERSON: _.plain("The person may be one who is known: write the same name or the e-mail."),
        Reason.EMAIL_OF_ANOTHER: _.plain("The e-mail address belongs to somebody else."),
        Reason.CENTER_NOT_APPROVED: _.plain("The Center is not approved, or is suspended."),
        Reason.NOT_ACTIVE: _.plain("The person has left, is suspended, or waits for approval."),
        Reason.OTHER_CENTER: _.plain("The person is known in another Center, or in none."),
    }


def _file_faults(_: Translator, rows: int, file_bytes: int) -> Mapping[FileFault, Markup]:
    megabytes = number(_, file_bytes // MEGABYTE)
    return {
        FileFault.EMPTY: _("There is nothing in this file."),
        FileFault.TOO_LARGE: _("This file is too large: I take up to {megabytes} MB.", megabytes=megabytes),
        FileFault.UNPACKS_TOO_LARGE: _("Too much is packed into this file. Save only the list, without pictures."),
        FileFault.NOT_A_TABLE: _("This is not a list: it is neither XLSX nor CSV, whatever its name says."),
        FileFault.OLD_EXCEL: _("This is an old Excel file (XLS). Save it as XLSX and send that."),
        FileFault.OTHER_SPREADSHEET: _("I do not read this kind of spreadsheet. Save it as XLSX and send that."),
        FileFault.PASSWORD: _("This file is protected by a password. Save it without one and send that."),
        FileFault.DAMAGED: _("This file is damaged: I cannot read it."),
        FileFault.ONE_COLUMN: _("This file has only one column. A list needs one for each piece of information."),
        FileFault.TOO_MANY_COLUMNS: _(
            "This file has too many columns: I take up to {number}.", number=number(_, COLUMNS_AT_MOST)
        ),
        FileFault.TOO_MANY_ROWS: _(
            "This file has too many rows: I take up to {number} at a time. Send it in parts.",
            number=number(_, rows),
        ),
        FileFault.CELL_TOO_LONG: _("A cell of this file is too long."),
        FileFault.NO_HEADINGS: _(
            "I find no headings in this file. Above each column, a row must say what it is, such as “Family name”."
        ),
        FileFault.NO_SESSIONS: _(
            "I find no sessions in this file. A sheet needs columns for the title, the day, the start and the end."
        ),
    }
