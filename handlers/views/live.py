"""What is answered from the database."""

from __future__ import annotations

from markupsafe import Markup

from bot.desk.hours import Office
from bot.locales.catalogues import Translator
from handlers.views.desk import expectation, private_button
from handlers.views.learned import shortened
from handlers.views.locale import in_a_row
from handlers.views.message import Message
from handlers.views.times import moment
from handlers.views.welcome import desk_button, menu_button, paragraphs
from storage.records import Thread

QUESTION_AT_MOST = 200


def my_question_title(_: Translator) -> str:
    """For a button."""
    return _.plain("What became of my question")


def told_in_private(_: Translator, username: str, payload: str) -> Message:
    """In a group: what is between a person and the Secretariat is nobody else's."""
    return Message(
        _("I tell you in a private chat what became of your question."), ((private_button(_, username, payload),),)
    )


def no_question(_: Translator) -> Message:
    """They have asked the Secretariat nothing, or it is deleted."""
    return Message(_("You have no question with the Secretariat."), ((desk_button(_),), (menu_button(_),)))


def question(_: Translator, thread: Thread, asked: str, office: Office, now: int, *, is_seen: bool) -> Message:
    """What became of the last thing that somebody wrote to the Secretariat; `is_seen`: it has a group to see it in."""
    quoted = [Markup("“{}”").format(shortened(asked, QUESTION_AT_MOST))] if asked.strip() else []
    parts = [*quoted, *_standing(_, thread, office, now, is_seen=is_seen)]
    return Message(paragraphs(*parts), ((desk_button(_),), (menu_button(_),)))


def _standing(_: Translator, thread: Thread, office: Office, now: int, *, is_seen: bool) -> list[Markup]:
    when = moment(_, thread.settled_at or 0, office.zone)
    if thread.state == "answered":
        return [_("The Secretariat answered you on {when}. Its answer is further up in this chat.", when=when)]
    if thread.state == "closed":
        return [_("The Secretariat closed your question without an answer on {when}.", when=when)]
    since = moment(_, thread.waiting_since, office.zone)
    if not is_seen:
        return [
            _(
                "It has been kept for the Secretariat since {when}. "
                "It is seen there as soon as the Secretariat works here.",
                when=since,
            )
        ]
    waits = _("It has been with the Secretariat since {when} and is not answered yet.", when=since)
    return [in_a_row(_, waits, *expectation(_, office, now))]
