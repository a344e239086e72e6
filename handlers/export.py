"""/export: the database, or a part of it, as files for the Secretariat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from telegram import Update

from bot.locales.catalogues import Translator
from bot.members import export as database
from bot.members import export_choice
from bot.members.export import Made
from bot.members.export_choice import Counted, ExportChoice
from bot.members.roles import NotAllowedError
from bot.members.tables import FileForm
from handlers import counted
from handlers.counted import Args
from handlers.desk_staff import in_private_or_group
from handlers.rendering import translator_in
from handlers.staff import refuse_press
from handlers.turn import Desk, Turn, match
from handlers.views import export as views
from handlers.views import staff, welcome
from handlers.views.export_state import packed, unpacked
from handlers.views.export_words import export_words
from handlers.views.message import Message
from storage.records import Upload
from storage.records.durations import SECOND_US
from storage.session import Session

CHOICE = "export_choice"
EXPORT = "export"


@dataclass(frozen=True, slots=True)
class ExportFiles:
    """What was made of a choice, and when."""

    choice: ExportChoice
    made: Made
    uploads: tuple[Upload, ...]
    at: int


async def show(_update: Update, turn: Turn) -> None:
    """/export."""
    try:
        await turn.desk.rights.need_staff(turn.tx, turn.person.id)
    except NotAllowedError:
        turn.say(staff.only_staff(turn.t))
    else:
        counted.say(turn, CHOICE, choice=packed(ExportChoice()))


async def choose(_update: Update, turn: Turn) -> None:
    """A button by which something is chosen, or chosen otherwise."""
    found, choice = match(turn), unpacked(match(turn)["choice"])
    rights, by, countries = turn.desk.rights, turn.person.id, turn.desk.places.countries
    try:
        if choice is None or not await in_private_or_group(turn.tx, turn.incoming):
            turn.answer_press(welcome.outdated_button(turn.t), alert=True)
        elif found["act"] == "show":
            await rights.need_staff(turn.tx, by)
            counted.show(turn, CHOICE, choice=packed(choice))
        elif found["act"] == "country":
            codes = await export_choice.countries(turn.tx, rights, by)
            turn.show(views.choose_country(turn.t, choice, codes, int(found["page"]), countries))
        else:
            await rights.need_staff(turn.tx, by)
            turn.show(views.options(turn.t, choice, found["name"]))
    except NotAllowedError:
        await refuse_press(turn, EXPORT, staff.only_staff_toast(turn.t))


async def choice_screen(session: Session, desk: Desk, t: Translator, args: Args) -> Message:
    """What is chosen, with how many records that are."""
    choice = unpacked(args["choice"]) or ExportChoice()
    meant = await export_choice.count(session, desk.rights, args["by"], choice)
    return views.export(t, choice, meant, desk.places.countries)


async def make(update: Update, desk: Desk) -> ExportFiles | None:
    """Before the transaction: the files. Nothing for strangers, who may send any press, and in other groups."""
    user, query = update.effective_user, update.callback_query
    if user is None or query is None or not await in_private_or_group(desk.shelf.reader, update):
        return None
    *_rest, form, text = (query.data or "").split(":")
    choice = unpacked(text)
    if choice is None or not await desk.rights.is_staff(desk.shelf.reader, user.id):
        return None
    _ = await translator_in(desk.shelf.reader, desk, user.id)
    now, countries = desk.clock.now_us(), desk.places.countries
    async with desk.spool.workshop() as folder:
        made = await database.export(
            desk.shelf.counter, desk.rights, user.id, choice.wanted,
            words=export_words(_, choice, countries), countries=countries, form=FileForm(form), folder=folder, now=now,
        )  # fmt: skip
        day = datetime.fromtimestamp(now / SECOND_US, UTC).date().isoformat()
        uploads = [await desk.spool.keep_file(path, f"unigo-{path.stem}-{day}{path.suffix}") for path in made.paths]
    return ExportFiles(choice, made, tuple(uploads), now)


async def send(_update: Update, turn: Turn) -> None:
    """The buttons that give the files."""
    files: ExportFiles | None = turn.worked_out
    rights, by = turn.desk.rights, turn.person.id
    if files is None and await rights.is_staff(turn.tx, by):
        turn.answer_press(welcome.outdated_button(turn.t), alert=True)
        return
    try:
        await rights.need_staff(turn.tx, by)  # they may have lost the role while the files were made
        assert files is not None  # noqa: S101 - only strangers get none, who have no right
        await database.note(turn.tx, rights, by, files.choice.wanted, files.made, now=turn.now)
    except NotAllowedError:
        await refuse_press(turn, EXPORT, staff.only_staff_toast(turn.t))
        return
    turn.answer_press(views.one_moment(turn.t))
    for upload, meant in zip(files.uploads, _counted(files), strict=True):
        message = views.caption(turn.t, files.choice, meant, turn.desk.places.countries, files.at)
        turn.send(upload, message)


def _counted(files: ExportFiles) -> list[Counted]:
    """What is in each file."""
    wanted, made = files.choice.wanted, files.made
    centers = None if wanted.centers is None else made.centers
    delegates = None if wanted.delegates is None else made.delegates
    if len(files.uploads) == 1:
        return [Counted(centers, delegates)]
    return [Counted(centers, None), Counted(None, delegates)]
