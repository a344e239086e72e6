"""/me: what is kept about somebody, and what they do with it themselves."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Update

from bot.conferences import which
from bot.forms.form import Form
from bot.members import membership, registering
from bot.members.delegate_form import DELEGATE, GUEST, answers_of, details_of, fields_for
from bot.members.membership import LeadsError, NotRegisteredError
from bot.members.requests import DecidedError, NoSuchRequestError
from bot.members.roles import NotAllowedError
from bot.members.standing import Standing, StandingError, standing
from handlers import forms, joining_news
from handlers.staff import refuse_press
from handlers.turn import Kept, Refused, Turn
from handlers.views import joining as joining_views
from handlers.views import me as views
from handlers.views import me_changes as changes
from handlers.views import out_of_date, welcome
from handlers.views.center_details import NAME_AT_MOST, shortened
from handlers.views.delegate_form import CORRECTS, REMARK
from handlers.views.message import Message
from storage import drafts, own_data, participations, roles
from storage.records.conferences import Conference
from storage.records.drafts import Draft
from storage.records.members import Delegate
from storage.records.participations import ParticipationState

Handler = Callable[[Update, Turn], Coroutine[Any, Any, None]]


def as_registered(handler: Handler) -> Handler:
    """Presses of those who are not registered (any more), or who stand otherwise by now, say so."""

    @wraps(handler)
    async def guarded(update: Update, turn: Turn) -> None:
        try:
            await handler(update, turn)
        except NotRegisteredError:
            turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
            turn.show(await as_held(turn))
        except StandingError as why:
            turn.say(joining_views.not_now(turn.t, why))
        except NotAllowedError:
            await refuse_press(turn, "request", out_of_date.changed_toast(turn.t))
        except (DecidedError, NoSuchRequestError):
            turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
            turn.show(await as_held(turn))

    return guarded


async def show(_update: Update, turn: Turn) -> None:
    """/me."""
    if not turn.is_private:
        turn.say(views.in_private(turn.t, turn.bot.username))
        return
    turn.tell(turn.person.id, await as_held(turn))
    await _ask_to_agree(turn)


async def show_again(_update: Update, turn: Turn) -> None:
    """The button that leads (back) to it."""
    turn.show(await as_held(turn))
    await _ask_to_agree(turn)


@as_registered
async def edit(_update: Update, turn: Turn) -> None:
    """Change anything; the form begins with all of it."""
    record = await membership.own_record(turn.tx, turn.person.id)
    form = _form_of(record)
    await forms.begin(turn, form.id, subject=str(record.id), prefill=answers_of(record.details, form))


@as_registered
async def set_shown(_update: Update, turn: Turn) -> None:
    """Be shown to other members, or not, at once."""
    is_shown = _match(turn)["shown"] == "1"
    await membership.set_shown(turn.tx, is_shown=is_shown, by=turn.person.id, now=turn.now)
    turn.answer_press(changes.changed_toast(turn.t))
    turn.show(await as_held(turn))


@as_registered
async def zones(_update: Update, turn: Turn) -> None:
    """The time zones that are likely."""
    record = await membership.own_record(turn.tx, turn.person.id)
    own = await standing(turn.tx, turn.person.id)
    known = turn.desk.places.zones
    country = (own.center.details.country if own.center else None) or record.details.nationality
    likely = [] if country is None else known.likely_zones(country)
    current = record.details.time_zone
    offers = [(zone, known.name_of(zone, turn.t.language)) for zone in likely if zone != current]
    turn.show(changes.zones(turn.t, None if current is None else known.name_of(current, turn.t.language), offers))


@as_registered
async def choose_zone(_update: Update, turn: Turn) -> None:
    """A time zone's button: it is changed at once; another is asked for."""
    zone, record = _match(turn)["zone"], await membership.own_record(turn.tx, turn.person.id)
    if zone == "other":
        form = _form_of(record)
        prefill = answers_of(record.details, form)
        await forms.begin(turn, form.id, subject=str(record.id), prefill=prefill, only=("time_zone",))
        return
    if not turn.desk.places.zones.is_known(zone):
        turn.answer_press(welcome.outdated_button(turn.t), alert=True)
        return
    await membership.change(
        turn.tx, turn.desk.rights, {"time_zone": zone}, by=turn.person.id, now=turn.now, post=turn.post
    )
    turn.answer_press(changes.changed_toast(turn.t))
    turn.show(await as_held(turn))


@as_registered
async def agree(_update: Update, turn: Turn) -> None:
    """Agree to the notice as it is now."""
    if await membership.agree(turn.tx, _match(turn)["version"], by=turn.person.id, now=turn.now):
        turn.show(views.agreed(turn.t))
    else:
        turn.show(views.agree_again(turn.t))


@as_registered
async def ask_leave(_update: Update, turn: Turn) -> None:
    """The step before somebody leaves; a focal point is told first what that means."""
    number = int(_match(turn)["center"]) or None
    own = await standing(turn.tx, turn.person.id)
    led = next((led for led in own.led if led.center.id == number), None)
    if led is not None and led.role == "focal_point":
        turn.show(changes.ask_leave_alone(turn.t, led.center))
        return
    is_in = own.is_active and (own.center.id if own.center else None) == number
    if not is_in and led is None:
        raise NotRegisteredError
    turn.show(changes.ask_leave(turn.t, led.center if led is not None else own.center))


@as_registered
async def leave(_update: Update, turn: Turn) -> None:
    """Leave."""
    number = int(_match(turn)["center"]) or None
    try:
        done = await membership.leave(
            turn.tx, center_id=number, hands_role_back=bool(_match(turn)["alone"]),
            by=turn.person.id, now=turn.now, post=turn.post,
        )  # fmt: skip
    except LeadsError as leads:
        turn.show(changes.ask_leave_alone(turn.t, leads.center))
        return
    turn.show(changes.left(turn.t, done.center))
    delegate = done.standing.delegate
    if done.center is not None and delegate is not None and delegate.center == done.center.id:
        await joining_news.tell_left(turn, delegate, done.center)
    if done.center is not None and done.was_focal_point:
        name = turn.person.name.full if delegate is None else delegate.details.full_name
        await joining_news.tell_alone(turn, done.center, shortened(name, NAME_AT_MOST))


@as_registered
async def withdraw(_update: Update, turn: Turn) -> None:
    """Take back what one has asked for."""
    await membership.withdraw(turn.tx, int(_match(turn)["request"]), by=turn.person.id, now=turn.now, post=turn.post)
    turn.show(changes.taken_back(turn.t))


@as_registered
async def fix(_update: Update, turn: Turn) -> None:
    """Correct what the Secretariat has asked for, and nothing else."""
    request = await membership.correctable(turn.tx, int(_match(turn)["request"]), turn.person.id)
    record = await membership.own_record(turn.tx, turn.person.id)
    await forms.begin(
        turn, GUEST.id,
        subject=str(record.id), prefill=answers_of(record.details, GUEST), only=fields_for(request.fields),
        context={CORRECTS: request.id, REMARK: request.reason},
    )  # fmt: skip


async def confirm_change(turn: Turn, draft: Draft) -> Message | Refused | Kept:
    """The form with somebody's own details was confirmed."""
    corrects, by = draft.context.get(CORRECTS), turn.person.id
    before, details = details_of(draft.given), details_of(draft.answers)  # what was missing is not among what was given
    wanted = {name: getattr(details, name) for name in membership.differences(before, details)}
    try:
        if corrects is not None:
            await membership.correct(
                turn.tx, turn.desk.rights, int(corrects), wanted, by=by, now=turn.now, post=turn.post
            )
            return changes.sent_again(turn.t)
        record = await membership.own_record(turn.tx, by)
        if str(record.id) != draft.subject:
            return changes.not_registered(turn.t)
        await membership.change(turn.tx, turn.desk.rights, wanted, by=by, now=turn.now, post=turn.post)
    except NotRegisteredError:
        return changes.not_registered(turn.t)
    except (DecidedError, NoSuchRequestError, NotAllowedError):
        return await as_held(turn)
    except StandingError as why:
        return joining_views.not_now(turn.t, why)
    return changes.changed(turn.t)


async def as_held(turn: Turn) -> Message:
    """Everything that is kept about whoever's turn it is."""
    number = turn.person.id
    rows = await own_data.of_person(turn.tx, number)
    counts = {name: len(rows[name]) for name in ("questions", "letters", "marks", "acts")}
    counts["drafts"] = len(await drafts.of_person(turn.tx, number))
    names = [holder.role for holder in await roles.of_person(turn.tx, number)]
    own = await standing(turn.tx, number)
    registers = await registering.own(turn.tx, number)
    held = views.Held(
        turn.person, own, names, counts, *await _conference(turn, own),
        registering=registers if registers is not None and registers.request is not None else None,
    )  # fmt: skip
    return views.page(turn.t, held, turn.desk.places.countries)


async def _conference(turn: Turn, own: Standing) -> tuple[Conference | None, ParticipationState | None]:
    """The next conference that they can answer to, and what they have answered."""
    conference = await which.next_conference(turn.tx, turn.now) if own.is_active else None
    if conference is None or own.delegate is None:
        return None, None
    found = await participations.of_delegate(turn.tx, conference.id, own.delegate.id)
    return conference, None if found is None else found.state


async def _ask_to_agree(turn: Turn) -> None:
    """Whoever agreed to an older notice is asked once."""
    record = (await standing(turn.tx, turn.person.id)).delegate
    if record is None or record.state not in membership.CHANGEABLE or record.privacy_version is None:
        return
    if await membership.is_to_be_asked(turn.tx, record):
        turn.say(views.agree_again(turn.t))


def _form_of(record: Delegate) -> Form:
    return GUEST if record.is_guest else DELEGATE


def _match(turn: Turn) -> Any:
    assert turn.matches  # noqa: S101 - these handlers are routed by patterns
    return turn.matches[0]
