"""What is set of an announcement beside what it says: buttons, when it is sent, who joins later, paid speed."""

from __future__ import annotations

from collections.abc import Callable

from telegram import Update

from bot.announcements import composing
from bot.announcements.board import NoSuchAnnouncementError
from bot.announcements.composed import Composed
from bot.announcements.composing import NotOpenError, StaleAnnouncementError, TooManyLinksError
from bot.announcements.content import Content, length
from bot.announcements.options_form import JOINS, LINK, SEND_AT, joins_until, send_at
from bot.forms.reading import Moment
from bot.locales.catalogues import Translator
from bot.members.roles import NotAllowedError
from handlers import forms
from handlers.announcing_guard import for_composers, number_in, open_in
from handlers.announcing_screens import show_menu, show_speed
from handlers.turn import Conversation, Refused, Turn, match
from handlers.views import announce as views
from handlers.views import announce_options as option_views
from handlers.views.announcement import longest, mark_length
from handlers.views.form_problems import past
from handlers.views.message import Message
from storage import delegates
from storage.records.announcements import Action, Announcement
from storage.records.drafts import Answers, Draft


@for_composers
async def buttons(_update: Update, turn: Turn) -> None:
    """Its buttons."""
    turn.show(views.buttons(turn.t, await open_in(turn)))


@for_composers
async def set_button(_update: Update, turn: Turn) -> None:
    """A button is wanted, or not."""
    action, is_on, number = Action(match(turn)["action"]), match(turn)["on"] == "1", number_in(turn)
    await composing.set_button(turn.tx, turn.desk.rights, number, action, is_on=is_on, by=turn.person.id, now=turn.now)
    turn.show(views.buttons(turn.t, await open_in(turn)))


@for_composers
async def add_link(_update: Update, turn: Turn) -> None:
    """The form in which a link is added."""
    shown = await open_in(turn)
    try:
        composing.need_room(shown)
    except TooManyLinksError:
        turn.answer_press(str(views.links_at_most(turn.t)), alert=True)
        turn.show(views.buttons(turn.t, shown))
        return
    await forms.begin(turn, LINK.id, subject=str(shown.announcement.id))


@for_composers
async def remove_links(_update: Update, turn: Turn) -> None:
    """No links any more."""
    await composing.remove_links(turn.tx, turn.desk.rights, number_in(turn), by=turn.person.id, now=turn.now)
    turn.show(views.buttons(turn.t, await open_in(turn)))


@for_composers
async def set_official(_update: Update, turn: Turn) -> None:
    """An official notice goes to everybody; its readers see that it is one."""
    shown, is_on = await open_in(turn), match(turn)["on"] == "1"
    over = _over(turn, shown) if is_on else None
    if over is None:
        await _set(turn, "official", is_official=is_on)
    else:
        turn.say(views.too_long(turn.t, *over))


@for_composers
async def when(_update: Update, turn: Turn) -> None:
    """When it is sent."""
    turn.show(option_views.when(turn.t, await open_in(turn), turn.desk.places.zones))


@for_composers
async def set_now(_update: Update, turn: Turn) -> None:
    """As soon as it is confirmed."""
    await _set(turn, "send_at", send_at=None)


@for_composers
async def set_time(_update: Update, turn: Turn) -> None:
    """The form in which the time is said."""
    await _begin_dated(turn, SEND_AT.id)


@for_composers
async def joins(_update: Update, turn: Turn) -> None:
    """Whether those get it who come to belong to the audience later."""
    turn.show(option_views.joins(turn.t, await open_in(turn), turn.desk.places.zones))


@for_composers
async def nobody_joins(_update: Update, turn: Turn) -> None:
    """Only those who belong to the audience when it is sent."""
    await _set(turn, "joins", joins_until=None)


@for_composers
async def set_joins(_update: Update, turn: Turn) -> None:
    """The form in which the last day is said."""
    await _begin_dated(turn, JOINS.id)


@for_composers
async def speed(_update: Update, turn: Turn) -> None:
    """What paid speed is and costs."""
    show_speed(turn, (await open_in(turn)).announcement.id)


@for_composers
async def set_speed(_update: Update, turn: Turn) -> None:
    """Paid speed, or not."""
    await _set(turn, "speed", is_paid=match(turn)["on"] == "1")


async def confirm_link(turn: Turn, draft: Draft) -> Message:
    """The link was said."""
    number, answers = int(draft.subject), LINK.visible(draft).answers
    try:
        await composing.add_link(
            turn.tx, turn.desk.rights, number, answers["label"], answers["url"], by=turn.person.id, now=turn.now
        )
    except TooManyLinksError:  # somebody has added one meanwhile: it says so
        pass
    except (NotAllowedError, NoSuchAnnouncementError, NotOpenError, StaleAnnouncementError):
        return views.not_open(turn.t)
    return views.buttons(turn.t, await composing.composed(turn.tx, number))


async def confirm_time(turn: Turn, draft: Draft) -> Message | Refused:
    """The time was said."""
    answers = SEND_AT.visible(draft).answers
    at = send_at(answers)
    if at <= turn.now:
        return _past(turn, answers)
    return await _save(
        turn, draft, "send_at", send_at=at, time_zone=answers["time_zone"], saved=option_views.time_saved
    )


async def confirm_joins(turn: Turn, draft: Draft) -> Message | Refused:
    """The last day was said."""
    answers = JOINS.visible(draft).answers
    until = joins_until(answers)
    if until <= turn.now:
        return _past(turn, answers)
    return await _save(turn, draft, "joins", joins_until=until, time_zone=answers["time_zone"])


def _past(turn: Turn, answers: Answers) -> Refused:
    """The time has come while the form lay there."""
    return Refused(past(turn.t, Moment(turn.now, answers["time_zone"]), turn.desk.places.zones), "day")


def _over(turn: Turn, shown: Composed) -> tuple[int, int] | None:
    """How long a version is, and how long it may be, where saying that it is an official notice is too much."""
    for language in shown.languages:
        content = shown.content(language) or Content("")
        at_most = longest(content, has_buttons=bool(shown.buttons)) - mark_length(turn.translator(language))
        if length(content.text) > at_most:
            return length(content.text), at_most
    return None


async def _set(turn: Turn, field: str, **changes: object) -> None:
    number = number_in(turn)
    shown = await composing.change(turn.tx, turn.desk.rights, number, field, by=turn.person.id, now=turn.now, **changes)
    show_menu(turn, shown.announcement.id)


async def _save(
    turn: Turn,
    draft: Draft,
    field: str,
    *,
    saved: Callable[[Translator, Announcement], Message] = option_views.saved,
    **changes: object,
) -> Message:
    number, rights, by = int(draft.subject), turn.desk.rights, turn.person.id
    try:
        shown = await composing.change(turn.tx, rights, number, field, by=by, now=turn.now, **changes)
        return saved(turn.t, shown.announcement)
    except (NotAllowedError, NoSuchAnnouncementError, NotOpenError, StaleAnnouncementError):
        return views.not_open(turn.t)


async def _begin_dated(turn: Turn, form: str) -> None:
    """A form with a day; the zone is known, is shown with it, and can be changed."""
    shown = await open_in(turn)
    own = await delegates.of_person(turn.tx, turn.person.id)
    zone = shown.announcement.time_zone or (own.details.time_zone if own else None) or str(turn.desk.office.zone)
    await forms.begin(turn, form, subject=str(shown.announcement.id), prefill={"time_zone": zone})


CONVERSATIONS = {
    LINK.id: Conversation(LINK, option_views.link_words, confirm_link),
    SEND_AT.id: Conversation(SEND_AT, option_views.time_words, confirm_time),
    JOINS.id: Conversation(JOINS, option_views.joins_words, confirm_joins),
}
"""For `handlers.conversations`."""
