"""What owners are told of the daily backup."""

from __future__ import annotations

from bot.locales.catalogues import Translator
from handlers.views.message import Message
from handlers.views.welcome import paragraphs


def missing(_: Translator) -> Message:
    """There has been none for two days, or their folder is not to be read."""
    return Message(
        paragraphs(
            _("The daily backup does not work: none from the last two days can be found."),
            _(
                "Please ask whoever looks after the server to give the command <code>unigo-bot check</code> there: it "
                "says what is wrong. Most often the disk is full. People are served all the same."
            ),
        )
    )


def made_again(_: Translator) -> Message:
    """After that."""
    return Message(_("The daily backup is made again."))
