"""Everything about somebody as a file for them, and how it is erased."""

from __future__ import annotations

from bot.locales.catalogues import Translator
from bot.members.privacy import BACKUPS_DAYS
from handlers.views.joining import me_button
from handlers.views.message import Button, Message
from handlers.views.times import duration
from handlers.views.welcome import paragraphs


def file(_: Translator) -> Message:
    """What stands under the file with everything."""
    return Message(_("Everything that I keep about you. Only you have this file."), ((me_button(_),),))


def ask_erasure(_: Translator, *, is_owner: bool) -> Message:
    """The first step: what goes, and what stays without the person."""
    return Message(
        paragraphs(
            _("<b>Erase everything about you?</b>"),
            _(
                "What goes: your registration, your roles and your place in your Center, what you asked and wrote "
                "to the Secretariat, its answers to you, unfinished forms, your name and number."
            ),
            _(
                "What stays, without you: Centers that you registered, questions and answers that were published "
                "for everyone, decisions, counts, and the log of what was done."
            ),
            _(
                "I replace what you wrote in the Secretariat's group, and your details wherever they were looked at. "
                "I cannot delete pictures and files there that are older than two days, "
                "nor lists and files in which you were named, nor anything that stands in your own chats."
            ),
            _("Backups hold it {days} longer.", days=duration(_, BACKUPS_DAYS)),
            *([_("You are an owner of this bot: that stands in its settings, and stays.")] if is_owner else []),
        ),
        ((Button(_.plain("Go on"), "me:erase:sure"),), (Button(_.plain("Keep everything"), "me"),)),
    )


def last_question(_: Translator, at_s: int) -> Message:
    """The second step."""
    return Message(
        _("This cannot be undone. If you may need it, get the file first. Erase everything now?"),
        (
            (Button(_.plain("Erase everything now"), f"me:erase:now:{at_s}"),),
            (Button(_.plain("Get it as a file"), "me:export"), Button(_.plain("Keep everything"), "me")),
        ),
    )


def erased(_: Translator) -> Message:
    """The last word."""
    return Message(
        paragraphs(
            _("✓ Everything about you is erased."),
            _(
                "I do not know you any more. If you write to me again, we begin anew. "
                "You can delete this chat, too: what stands in it is yours alone."
            ),
        )
    )


def replaced(_: Translator) -> Message:
    """What stands in the place of a message that showed what was erased."""
    return Message(_("Erased: whoever this was about has had all of their data erased."))


def topic_name(_: Translator) -> str:
    """What the topic of somebody is called who had everything erased."""
    return _.plain("Erased")
