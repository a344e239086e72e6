"""The Secretariat's desk as people meet it: what is sent there, what to expect, and what comes back."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from bot.desk.hours import Office
from bot.locales.catalogues import Translator
from handlers.views.locale import in_a_row
from handlers.views.message import Button, Message
from handlers.views.times import next_minute, time_of_day, weekday_moment
from handlers.views.welcome import desk_button, menu_button, paragraphs
from storage.records.durations import SECOND_US

FEEDBACK = "desk:feedback"
"""What the button under a request for feedback carries; a message that replies to one that has it is feedback."""


def ask_button(_: Translator, message_id: int) -> Button:
    """Sends a question that was asked to the Secretariat."""
    return Button(_.plain("Ask the Secretariat"), f"ask:{message_id}")


def reply_button(_: Translator) -> Button:
    """Under whatever the Secretariat writes."""
    return Button(_.plain("Reply to the Secretariat"), "desk:write")


def private_button(_: Translator, username: str, payload: str) -> Button:
    """Leads from a group to the private chat."""
    return Button(_.plain("Open a private chat"), url=f"https://t.me/{username}?start={payload}")


def prompt(_: Translator, question: tuple[str, int] | None = None) -> Message:
    """What comes next goes to the Secretariat; `question` is one that was asked a moment ago, with its message."""
    parts = [
        _("Write your message to the Secretariat now. It may also be a photo, a document or a voice message."),
        _("/cancel if you have changed your mind."),
    ]
    if question is None:
        return Message(paragraphs(*parts))
    text, message_id = question
    parts.append(_("Or send what you asked last: “{question}”", question=text))
    return Message(paragraphs(*parts), ((Button(_.plain("Send my last question"), f"ask:{message_id}"),),))


def question_sent(_: Translator, office: Office, now: int) -> Markup:
    """A question that the bot could not answer is at the desk."""
    return in_a_row(_, _("I have sent your question to the Secretariat."), *expectation(_, office, now))


def question_not_sent(_: Translator, again_at: int) -> Markup:
    """A question that the bot could not answer, of somebody of whom many are at the desk."""
    return _(
        "You have sent many messages to the Secretariat in a short time, so I have not sent this one. "
        "From {time} you can send it with the button.",
        time=next_minute(_, again_at),
    )


def message_not_sent(_: Translator, again_at: int) -> Message:
    """What somebody wrote to the Secretariat does not go, because there is much of theirs."""
    text = _(
        "You have sent many messages to the Secretariat in a short time, so I have not sent this one. "
        "Please send it again from {time}.",
        time=next_minute(_, again_at),
    )
    return Message(text, ((desk_button(_), menu_button(_)),))


def answer_comes_in_private(_: Translator) -> Markup:
    """Where a question was asked in a group."""
    return _("The answer comes to you in a private chat with me: please open it once.")


def message_sent(_: Translator, office: Office, now: int, *, went: bool) -> Message:
    """What somebody wrote to the Secretariat is on its way, or waits for it."""
    text = (
        in_a_row(_, _("Your message has gone to the Secretariat."), *expectation(_, office, now))
        if went
        else _("Your message is kept for the Secretariat, which sees it as soon as it works here.")
    )
    return Message(text, ((Button(_.plain("Write more"), "desk:write"), menu_button(_)),))


def expectation(_: Translator, office: Office, now: int) -> list[Markup]:
    """When an answer may come, as far as the Secretariat has said."""
    told = []
    if office.answer_within_hours:
        told.append(
            _.n(
                "It usually answers within {count} hour.",
                "It usually answers within {count} hours.",
                office.answer_within_hours,
            )
        )
    if not office.is_open(now):
        told.append(_opens(_, office, now))
    return told


def _opens(_: Translator, office: Office, now: int) -> Markup:
    opens = office.next_opening(now)
    if opens.date() == datetime.fromtimestamp(now / SECOND_US, opens.tzinfo).date():
        return _("Its office opens today at {time}.", time=time_of_day(_, opens))
    return _("Its office opens again {when}.", when=weekday_moment(_, opens))


def already_there(_: Translator) -> str:
    """A question that was sent before."""
    return _.plain("The Secretariat has this question already.")


def not_yours(_: Translator) -> str:
    """A press on the button under somebody else's question."""
    return _.plain("Only the person who asked this can send it to the Secretariat.")


def write_in_private(_: Translator) -> str:
    """A press in a group."""
    return _.plain("Please write to the Secretariat in a private chat with me.")


def ask_in_private(_: Translator, username: str) -> Message:
    """/ask in a group."""
    return Message(
        _("Please write to the Secretariat in a private chat with me."), ((private_button(_, username, "ask"),),)
    )


def cancelled(_: Translator, *, was_writing: bool) -> Message:
    """/cancel."""
    text = _("Nothing was sent to the Secretariat.") if was_writing else _("There is nothing to cancel.")
    return Message(text, ((menu_button(_),),))


def cannot_be_carried(_: Translator) -> Message:
    """A poll, a game and the like."""
    return Message(_("I cannot pass this on. Please send text, a photo, a document, or a voice or video message."))


def from_secretariat(_: Translator) -> Markup:
    """Over what the Secretariat writes."""
    return _("<b>The Secretariat:</b>")


def closed_unanswered(_: Translator) -> Message:
    """For a person whose question was closed without an answer."""
    return Message(
        _("The Secretariat has closed your question without an answer. If you still need one, please write again."),
        ((desk_button(_),),),
    )
