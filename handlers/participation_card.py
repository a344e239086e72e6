"""What somebody asks the Secretariat to change for them in a conference: Approve and Decline."""

from __future__ import annotations

from telegram import Update

from bot.conferences import participating, turnout
from bot.conferences.own_answer import ConferenceOffError
from bot.conferences.participating import StaleAnswerError
from bot.members.roles import NotAllowedError
from handlers.center import number_in
from handlers.staff import refuse_press
from handlers.turn import Turn
from handlers.views import participation as answers
from handlers.views import participation_card as views
from handlers.views import staff
from handlers.views.message import Message
from storage import conferences, delegates
from storage.records.participations import Participation

CARDS_AT_ONCE = 8
"""What is decided makes room for the next."""


async def approve(_update: Update, turn: Turn) -> None:
    """Do what was asked for."""
    await _decide(turn, approves=True)


async def refuse(_update: Update, turn: Turn) -> None:
    """Leave everything as it is."""
    await _decide(turn, approves=False)


async def show_all(_update: Update, turn: Turn) -> None:
    """The changes that wait, each as a card of its own."""
    number = number_in(turn, "conference")
    if not turn.is_private:
        turn.answer_press(staff.only_staff_toast(turn.t), alert=True)
        return
    try:
        waiting = await turnout.asked(turn.tx, turn.desk.rights, number, by=turn.person.id, at_most=CARDS_AT_ONCE)
    except NotAllowedError:
        await refuse_press(turn, f"conference:{number}", staff.only_staff_toast(turn.t))
        return
    if not waiting:
        turn.answer_press(views.not_open_toast(turn.t), alert=True)
    for found in waiting:
        conference = await conferences.by_id(turn.tx, found.conference)
        delegate = None if found.delegate is None else await delegates.by_id(turn.tx, found.delegate)
        if conference is not None and delegate is not None:
            turn.say(views.card(turn.t, conference, found, delegate))


async def _decide(turn: Turn, *, approves: bool) -> None:
    number, rights, by = number_in(turn, "participation"), turn.desk.rights, turn.person.id
    try:
        asked = await participating.asked_of(turn.tx, rights, number, by=by)
        await participating.decide(
            turn.tx, rights, number, number_in(turn, "asked_at"), approves=approves, by=by, now=turn.now, post=turn.post
        )
    except NotAllowedError:
        await refuse_press(turn, "participation", staff.only_staff_toast(turn.t))
    except StaleAnswerError:
        turn.answer_press(views.not_open_toast(turn.t), alert=True)
        turn.show(views.not_open(turn.t))
    except ConferenceOffError as why:
        turn.show(answers.not_possible(turn.t, why))
    else:
        if asked is not None:
            turn.show(await _settled(turn, asked, approves=approves))


async def _settled(turn: Turn, asked: Participation, *, approves: bool) -> Message:
    zone, by = turn.desk.office.zone, turn.person
    line = views.decided(turn.t, by.name, by.id, approves=approves, at=turn.now, zone=zone)
    conference = await conferences.by_id(turn.tx, asked.conference)
    delegate = None if asked.delegate is None else await delegates.by_id(turn.tx, asked.delegate)
    if conference is None or delegate is None:
        return Message(line)
    return views.settled(views.what(turn.t, conference, asked, delegate), line)
