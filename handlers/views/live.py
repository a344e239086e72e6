"""What is answered from the database."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.desk.hours import Office
from bot.locales.catalogues import Translator
from handlers.views.desk import expectation, private_button
from handlers.views.desk_answers import once_an_album
from handlers.views.learned import shortened
from handlers.views.locale import in_a_row
from handlers.views.message import Message
from handlers.views.times import moment
from handlers.views.welcome import desk_button, menu_button, paragraphs
from storage.records.desk import AskedLetter

QUESTION_AT_MOST = 200
TOLD_AT_MOST = 5


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


def questions(_: Translator, letters: Sequence[AskedLetter], office: Office, now: int, *, is_seen: bool) -> Message:
    """What became of what somebody wrote to the Secretariat; `is_seen`: it has a group to see it in.

    What waits is told, and what was settled meanwhile; if nothing waits, what was written last.
    """
    shown = once_an_album(letters)
    waiting = [one for one in shown if one.settled_at is None]
    if not waiting:
        told = shown[-1:]
    else:
        told = [one for one in shown if one.settled_at is None or one.settled_at >= waiting[0].written_at]
    if len(told) == 1:
        parts = [*_quoted(_, told[0]), _standing(_, told[0], office, now, is_seen=is_seen)]
    else:
        kept = told[-TOLD_AT_MOST:]
        parts = [
            Markup("\n").join([*(_quoted(_, one) or [_("A message without words")]), _in_short(_, one, office)])
            for one in kept
        ]
        last = expectation(_, office, now) if is_seen else [_seen_later(_)]
        parts += [in_a_row(_, *last)] if last else []
    return Message(paragraphs(*parts), ((desk_button(_),), (menu_button(_),)))


def _seen_later(_: Translator) -> Markup:
    return _("The Secretariat sees your messages as soon as it works here.")


def _quoted(_: Translator, letter: AskedLetter) -> list[Markup]:
    return [_("“{words}”", words=shortened(letter.plain, QUESTION_AT_MOST))] if letter.plain.strip() else []


def _in_short(_: Translator, letter: AskedLetter, office: Office) -> Markup:
    if letter.settled_at is None:
        return _("Not answered yet. You wrote it on {when}.", when=moment(_, letter.written_at, office.zone))
    when = moment(_, letter.settled_at, office.zone)
    if letter.settled_as == "answered":
        return _("Answered on {when}.", when=when)
    return _("Closed without an answer on {when}.", when=when)


def _standing(_: Translator, letter: AskedLetter, office: Office, now: int, *, is_seen: bool) -> Markup:
    if letter.settled_at is not None:
        when = moment(_, letter.settled_at, office.zone)
        if letter.settled_as == "answered":
            return _("The Secretariat answered you on {when}. Its answer is further up in this chat.", when=when)
        return _("The Secretariat closed your question without an answer on {when}.", when=when)
    since = moment(_, letter.written_at, office.zone)
    if not is_seen:
        return _(
            "It has been kept for the Secretariat since {when}. "
            "It is seen there as soon as the Secretariat works here.",
            when=since,
        )
    waits = _("It has been with the Secretariat since {when} and is not answered yet.", when=since)
    return in_a_row(_, waits, *expectation(_, office, now))
