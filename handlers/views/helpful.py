"""The question whether an answer helped, and what follows."""

from __future__ import annotations

from dataclasses import replace

from bot.locales.catalogues import Translator
from handlers.views.message import Button, Message
from handlers.views.welcome import menu_button


def with_question(_: Translator, answer: Message, message_id: int) -> Message:
    """An answer with the question whether it helped under it; `message_id` is what was asked."""
    row = (
        Button(_.plain("This helped"), f"helpful:yes:{message_id}"),
        Button(_.plain("This did not help"), f"helpful:no:{message_id}"),
    )
    return replace(answer, buttons=(row, *answer.buttons))


def thanks(_: Translator) -> str:
    """It helped."""
    return _.plain("Thank you.")


def offer(_: Translator, message_id: int) -> Message:
    """It did not help."""
    return Message(
        _("I am sorry that this did not help. The Secretariat can answer you."),
        ((Button(_.plain("Send my question to the Secretariat"), f"helpful:send:{message_id}"),), (menu_button(_),)),
    )
