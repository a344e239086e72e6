"""The people of a Center: its delegates, who wants to join, and its deputies."""

from __future__ import annotations

from collections.abc import Callable

from telegram import Update

from bot.locales.catalogues import Translator
from bot.members import leading
from bot.members.delegates import NoSuchDelegateError
from bot.members.leading import LeaderStaysError, LeadsAlreadyError, NotOnTelegramError, TooManyDeputiesError
from bot.members.roles import Role
from handlers.center import center_in, for_leaders, number_in, show_change, zone_of
from handlers.turn import Turn
from handlers.views import center_people as views
from handlers.views.lists import PAGE, page_within
from handlers.views.message import Message
from storage import delegates, handovers, invitations, people, requests, roles
from storage.delegates import DelegateFilter
from storage.records.members import Center, Delegate, DelegateState


@for_leaders
async def show(_update: Update, turn: Turn) -> None:
    """A page of a Center's delegates; those who do not lead it see who agreed to be shown."""
    number = center_in(turn)
    shown = await leading.overview(turn.tx, turn.desk.rights, number, by=turn.person.id, now=turn.now)
    page = page_within(number_in(turn, "page"), shown.delegates)
    if shown.part.leads:
        wanted = DelegateFilter(state=DelegateState.ACTIVE, center=number)
        found = await delegates.page(turn.tx, wanted, at_most=PAGE, skipped=page * PAGE)
    else:
        found = await delegates.shown_of(turn.tx, number, at_most=PAGE, skipped=page * PAGE)
    turn.show(views.people(turn.t, shown, found, page))


@for_leaders
async def show_person(_update: Update, turn: Turn) -> None:
    """A delegate."""
    center, delegate = await _found(turn)
    turn.show(await _card(turn, center, delegate))


@for_leaders
async def ask_removal(_update: Update, turn: Turn) -> None:
    """The step before somebody is removed."""
    center, delegate = await _found(turn)
    turn.show(views.ask_removal(turn.t, delegate, center))


@for_leaders
async def remove(_update: Update, turn: Turn) -> None:
    """Remove somebody from the Center."""
    center, delegate = await _found(turn)
    try:
        await leading.remove(turn.tx, turn.desk.rights, center.id, delegate.id, by=turn.person.id, now=turn.now)
    except LeaderStaysError:
        turn.answer_press(views.leader_stays_toast(turn.t), alert=True)
        turn.show(await _card(turn, center, delegate))
        return
    turn.show(views.removed(turn.t, delegate, center))
    await tell(turn, delegate.person_id, lambda t: views.you_were_removed(t, center))


@for_leaders
async def show_joining(_update: Update, turn: Turn) -> None:
    """Who wants to join."""
    center, _part = await leading.need_leader(turn.tx, turn.desk.rights, turn.person.id, center_in(turn))
    waiting = await requests.joining(turn.tx, center.id)
    page = page_within(number_in(turn, "page"), len(waiting))
    found = []
    for request in waiting[page * PAGE : (page + 1) * PAGE]:
        delegate = None if request.delegate is None else await delegates.by_id(turn.tx, request.delegate)
        if delegate is not None:
            found.append((request, delegate))
    turn.show(views.joining(turn.t, center, found, page, len(waiting), turn.now))


@for_leaders
async def show_leaders(_update: Update, turn: Turn) -> None:
    """Who leads the Center."""
    await _show_leaders(turn)


@for_leaders
async def appoint(_update: Update, turn: Turn) -> None:
    """Make a delegate a deputy."""
    center, delegate = await _found(turn)
    rights = turn.desk.rights
    try:
        await leading.appoint(turn.tx, rights, center.id, delegate.id, by=turn.person.id, now=turn.now)
    except TooManyDeputiesError:
        turn.answer_press(views.too_many_deputies_toast(turn.t), alert=True)
        return
    except NotOnTelegramError:
        turn.answer_press(views.not_on_telegram_toast(turn.t), alert=True)
        return
    except LeadsAlreadyError:
        pass  # the card shows it
    else:
        turn.answer_press(views.appointed_toast(turn.t))
        await tell(turn, delegate.person_id, lambda t: views.you_are_deputy(t, center))
    turn.show(await _card(turn, center, delegate))


@for_leaders
async def dismiss(_update: Update, turn: Turn) -> None:
    """Take the role of a deputy back."""
    center, _part = await leading.need_leader(turn.tx, turn.desk.rights, turn.person.id, center_in(turn))
    number = number_in(turn, "person")
    if not await leading.dismiss(turn.tx, turn.desk.rights, center.id, number, by=turn.person.id, now=turn.now):
        await show_change(turn, center.id)
        return
    turn.answer_press(views.dismissed_toast(turn.t))
    await _show_leaders(turn)
    await tell(turn, number, lambda t: views.you_are_no_deputy(t, center))


async def show_leaders_again(turn: Turn) -> None:
    """Who leads the Center, in the place of the message whose button was pressed."""
    await _show_leaders(turn)


async def tell(turn: Turn, person_id: int | None, message: Callable[[Translator], Message]) -> None:
    """Tell somebody else, in their language, if they can be written to."""
    person = None if person_id is None or person_id == turn.person.id else await people.find(turn.tx, person_id)
    if person is not None and person.unreachable_since is None:
        turn.tell(person.id, message(turn.translator(person.language)))


async def _show_leaders(turn: Turn) -> None:
    number, rights = center_in(turn), turn.desk.rights
    center, _part = await leading.need_leader(turn.tx, rights, turn.person.id, number)
    shown = await leading.overview(turn.tx, rights, number, by=turn.person.id, now=turn.now)
    names = [await name_of_person(turn, one.to_person) for one in shown.handovers]
    turn.show(views.leaders(turn.t, shown, await zone_of(turn, turn.person.id, center), names))


async def name_of_person(turn: Turn, person_id: int) -> str:
    """What somebody registered with, or else what Telegram shows."""
    record = await delegates.of_person(turn.tx, person_id)
    if record is not None:
        return record.details.full_name
    person = await people.find(turn.tx, person_id)
    return str(person_id) if person is None else person.name.full or str(person_id)


async def _found(turn: Turn) -> tuple[Center, Delegate]:
    """The delegate that a button is about, for those who lead the Center. Raises as `leading.need_leader` does."""
    center, _part = await leading.need_leader(turn.tx, turn.desk.rights, turn.person.id, center_in(turn))
    try:
        return center, await leading.delegate_of(turn.tx, center.id, number_in(turn, "delegate"))
    except NoSuchDelegateError:
        turn.answer_press(views.gone_toast(turn.t), alert=True)
        raise


async def _card(turn: Turn, center: Center, delegate: Delegate) -> Message:
    number, scope = delegate.person_id, str(center.id)
    link = await invitations.of_delegate(turn.tx, delegate.id)
    offers = await handovers.of_center(turn.tx, center.id, turn.now)
    shown = views.Shown(
        delegate,
        leads_as_focal_point=number is not None and await roles.has(turn.tx, number, Role.FOCAL_POINT, scope),
        leads_as_deputy=number is not None and await roles.has(turn.tx, number, Role.DEPUTY, scope),
        link=None if link is None or link.expires_at <= turn.now else link,
        offered=next((one for one in offers if one.to_person == number), None),
    )
    part = await leading.part_in(turn.tx, turn.desk.rights, turn.person.id, center.id)
    zone = await zone_of(turn, turn.person.id, center)
    return views.person(turn.t, shown, center, part, turn.desk.places.countries, zone)
