"""/schedule: the Secretariat sees and changes the ladder of reminders of a conference."""

from __future__ import annotations

from functools import wraps

from telegram import Update

from bot.conferences.which import next_conference
from bot.locales.catalogues import Translator
from bot.members import words
from bot.members.words import AwaitedWords, Purpose
from bot.reminders import ladder, scheduling
from bot.reminders.occasions import EVER
from bot.reminders.queueing import latest
from bot.reminders.scheduling import NoSuchRungError, RungSeen, RungShown, StaleRungError, TooManyRungsError
from bot.reminders.telling import told_to
from handlers import counted
from handlers.counted import Args
from handlers.listings import ask_again, await_words
from handlers.staff_guard import Handler, staff_only
from handlers.turn import Desk, Turn, match
from handlers.views import out_of_date, records, staff
from handlers.views import reminders as reminder_views
from handlers.views import schedule as views
from handlers.views.message import Message
from storage import reminders
from storage.records.reminders import Anchor, Audience, Rung
from storage.session import Session

SCHEDULE = "schedule"
RUNG = "schedule_rung"
SENDING = "schedule_sending"


def for_staff(handler: Handler) -> Handler:
    """Presses by others are refused and noted; those on what is gone or has changed say so."""

    @staff_only(lambda _turn: "schedule")
    @wraps(handler)
    async def guarded(update: Update, turn: Turn) -> None:
        try:
            await handler(update, turn)
        except NoSuchRungError:
            turn.answer_press(records.gone_toast(turn.t), alert=True)
        except StaleRungError:
            turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
            await _show(turn)

    return guarded


async def command(_update: Update, turn: Turn) -> None:
    """/schedule, of the conference that is next, or was last: what is asked after it goes on for a while."""
    if not await turn.desk.rights.is_staff(turn.tx, turn.person.id):
        turn.say(staff.only_staff(turn.t))
        return
    conference = await next_conference(turn.tx, turn.now) or await latest(turn.tx, turn.now)
    if conference is None:
        turn.say(views.no_conference(turn.t))
    else:
        await scheduling.need(turn.tx, turn.desk.rights, conference.id, by=turn.person.id)
        counted.say(turn, SCHEDULE, conference=conference.id)


@for_staff
async def show(_update: Update, turn: Turn) -> None:
    """The ladder of a conference."""
    conference = int(match(turn)["conference"])
    await scheduling.need(turn.tx, turn.desk.rights, conference, by=turn.person.id)
    counted.show(turn, SCHEDULE, conference=conference)


@for_staff
async def choose_kind(_update: Update, turn: Turn) -> None:
    """Before a rung is added, it is asked of what."""
    turn.show(views.choose_kind(turn.t, int(match(turn)["conference"]), ladder.KINDS))


@for_staff
async def add(_update: Update, turn: Turn) -> None:
    """A rung of a kind is added."""
    found, rights = match(turn), turn.desk.rights
    kind = ladder.kind(Anchor(found["anchor"]), Audience(found["audience"]), by_days=found["unit"] == "days")
    if kind is None:
        raise NoSuchRungError
    try:
        rung = await scheduling.add(turn.tx, rights, int(found["conference"]), kind, by=turn.person.id, now=turn.now)
    except TooManyRungsError:
        turn.answer_press(views.too_many_toast(turn.t), alert=True)
    else:
        await _show(turn, rung)


@for_staff
async def ask_removing(_update: Update, turn: Turn) -> None:
    """Before a rung is removed, it is asked."""
    turn.show(views.ask_removing(turn.t, await _seen(turn, _rung(turn))))


@for_staff
async def remove(_update: Update, turn: Turn) -> None:
    """A rung is removed."""
    edition, by = int(match(turn)["edition"]), turn.person.id
    conference = await scheduling.remove(turn.tx, turn.desk.rights, _rung(turn), edition, by=by, now=turn.now)
    counted.show(turn, SCHEDULE, conference=conference)


@for_staff
async def show_rung(_update: Update, turn: Turn) -> None:
    """A rung; whatever words were awaited are so no more."""
    await words.stop(turn.tx, turn.person.id, turn.chat_id)
    await _show(turn)


@for_staff
async def hold(_update: Update, turn: Turn) -> None:
    """Nothing goes out of this rung, or again."""
    edition = int(match(turn)["edition"])
    await scheduling.hold(turn.tx, turn.desk.rights, _rung(turn), edition, by=turn.person.id, now=turn.now)
    await _show(turn)


@for_staff
async def move(_update: Update, turn: Turn) -> None:
    """A rung comes earlier or later."""
    by, edition = int(match(turn)["by"]), int(match(turn)["edition"])
    days, minutes = (by, 0) if match(turn)["unit"] == "days" else (0, by)
    await scheduling.change(
        turn.tx, turn.desk.rights, _rung(turn), edition, days=days, minutes=minutes, by=turn.person.id, now=turn.now
    )
    await _show(turn)


@for_staff
async def ask_sending(_update: Update, turn: Turn) -> None:
    """Before a rung is sent, it is asked."""
    await _show(turn, screen=SENDING)


@for_staff
async def send(_update: Update, turn: Turn) -> None:
    """A rung is sent now."""
    people = await scheduling.send_now(turn.tx, turn.desk.rights, _rung(turn), by=turn.person.id, now=turn.now)
    turn.answer_press(views.sent_toast(turn.t, people))
    await _show(turn)


@for_staff
async def choose_language(_update: Update, turn: Turn) -> None:
    """The words are seen in one language at a time."""
    turn.show(views.choose_language(turn.t, await _seen(turn, _rung(turn))))


@for_staff
async def preview(_update: Update, turn: Turn) -> None:
    """A reminder as its readers see it."""
    turn.show(await _preview(turn, _rung(turn), match(turn)["language"]))


@for_staff
async def write_words(_update: Update, turn: Turn) -> None:
    """The button after which words are written."""
    language, rung = match(turn)["language"], await _needed(turn, _rung(turn))
    question = views.ask_words(turn.t, rung.id, language)
    await await_words(turn, Purpose.REMINDER, question, about=rung.id, state=language)


@for_staff
async def use_usual_words(_update: Update, turn: Turn) -> None:
    """The Secretariat's own words are dropped."""
    await _keep_words(turn, _rung(turn), match(turn)["language"], None)
    turn.show(await _preview(turn, _rung(turn), match(turn)["language"]))


async def take_words(turn: Turn, awaited: AwaitedWords, text: str) -> None:
    """The words were written. Raises NotAllowedError."""
    if len(text) > scheduling.WORDS_AT_MOST:
        ask_again(turn, awaited, views.too_long(turn.t))
        return
    await words.stop(turn.tx, turn.person.id, turn.chat_id)
    try:
        await _keep_words(turn, awaited.about, awaited.state, text)
        turn.say(await _preview(turn, awaited.about, awaited.state))
    except NoSuchRungError:
        turn.say(views.gone(turn.t))


async def _keep_words(turn: Turn, rung: int, language: str, text: str | None) -> None:
    rights, by = turn.desk.rights, turn.person.id
    await scheduling.set_words(turn.tx, rights, rung, language, text, by=by, now=turn.now)


async def _needed(turn: Turn, rung: int) -> Rung:
    return await scheduling.need_rung(turn.tx, turn.desk.rights, rung, by=turn.person.id)


async def _seen(turn: Turn, rung: int) -> RungSeen:
    return await scheduling.seen(turn.tx, turn.desk.rights, rung, by=turn.person.id, now=turn.now)


async def _show(turn: Turn, rung: int | None = None, *, screen: str = RUNG) -> None:
    shown = await _needed(turn, _rung(turn) if rung is None else rung)
    counted.show(turn, screen, rung=shown.id)


async def schedule_screen(session: Session, desk: Desk, t: Translator, args: Args) -> Message:
    """The ladder of a conference, with whom it reaches as things stand."""
    by, now = args["by"], desk.clock.now_us()
    shown = await scheduling.schedule(session, desk.rights, args["conference"], by=by, now=now)
    return views.schedule(t, shown, desk.places.zones)


async def rung_screen(session: Session, desk: Desk, t: Translator, args: Args) -> Message:
    """A rung, with what became of it."""
    return views.rung(t, await _counted(session, desk, args), desk.places.zones)


async def sending_screen(session: Session, desk: Desk, t: Translator, args: Args) -> Message:
    """Whether a rung is to be sent now, to so many."""
    return views.ask_sending(t, await _counted(session, desk, args))


async def _counted(session: Session, desk: Desk, args: Args) -> RungShown:
    return await scheduling.shown(session, desk.rights, args["rung"], by=args["by"], now=desk.clock.now_us())


async def _preview(turn: Turn, rung: int, language: str) -> Message:
    """As whoever looks at it would get it, in that language; before a session, the next one."""
    seen = await _seen(turn, rung)
    planned = None
    if seen.rung.anchor == Anchor.SESSION:
        coming = await reminders.sessions(turn.tx, seen.conference.id, starting_from=turn.now, until=EVER)
        planned = next(iter(coming), None)
    told = await told_to(turn.tx, turn.person.id, seen.rung, seen.conference, planned=planned, now=turn.now)
    as_read = reminder_views.reminder(turn.translator(language), told, turn.desk.places.zones)
    return views.preview(turn.t, as_read, rung, language, is_own=language in seen.words)


def _rung(turn: Turn) -> int:
    return int(match(turn)["rung"])
