"""How somebody's registration stands, how one registers, what links into Centers are, and which are registered."""

from __future__ import annotations

from bot.knowledge.words import questions, sentences
from bot.locales.catalogues import Translator
from bot.members import counting, registration
from bot.members.center_form import CENTER
from bot.members.counting import Sought
from bot.members.delegate_form import DELEGATE, GUEST
from handlers import form_steps
from handlers.turn import Desk, LiveTopic, Turn
from handlers.views import live_centers, live_registration
from handlers.views.message import Message
from storage import drafts

MY_REGISTRATION = "registration-status"
REGISTERS = frozenset({CENTER.id, DELEGATE.id, GUEST.id})
"""Forms by which somebody registers."""


async def my_registration(turn: Turn, t: Translator) -> Message:
    """How somebody's own registration stands, and that of their Center; of nobody else's, and not before others."""
    if not turn.is_private:
        return live_registration.in_private(t, turn.bot.username, f"topic_{MY_REGISTRATION}")
    now = await registration.of_person(turn.tx, turn.person.id)
    begun = [await form_steps.at(turn, draft.id) for draft in await drafts.of_person(turn.tx, turn.person.id)]
    unfinished = [one.shown(turn, t) for one in begun if one is not None and one.form.id in REGISTERS]
    return live_registration.status(t, now, unfinished)


async def how_to_register(turn: Turn, t: Translator) -> Message:
    """How one registers here, which is not how one becomes a member formally."""
    return live_registration.how(t, None if turn.is_private else turn.bot.username)


async def invitation_links(turn: Turn, t: Translator) -> Message:
    """Where a link into a Center comes from, for whoever has lost theirs."""
    return live_registration.links(t, None if turn.is_private else turn.bot.username)


async def look_for_centers(desk: Desk, question: str) -> Sought:
    """Which Centers a question is about."""
    asked = questions(question) or sentences(question) or (question,)
    return await counting.seek(desk.shelf.reader, asked, desk.places.countries)


async def registered_centers(turn: Turn, t: Translator) -> Message:
    """How many Centers there are, and which, of those that a question is about."""
    sought = turn.looked_up if isinstance(turn.looked_up, Sought) else Sought()
    found = await counting.count(turn.tx, sought.asked)
    username = None if turn.is_private else turn.bot.username
    return live_centers.centers(t, sought, found, turn.desk.places.countries, username)


TOPICS = (
    LiveTopic(MY_REGISTRATION, live_registration.status_title, my_registration),
    LiveTopic("registering", live_registration.how_title, how_to_register, to_anybody=live_registration.how),
    LiveTopic("invitation-links", live_registration.links_title, invitation_links, to_anybody=live_registration.links),
    LiveTopic(
        "member-list", live_centers.title, registered_centers, look_for_centers, to_anybody=live_centers.to_anybody
    ),
)
