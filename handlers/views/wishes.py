"""Where that is done which somebody asks for in words."""

from __future__ import annotations

from bot.knowledge.library import WishKind
from bot.locales.catalogues import Translator
from handlers.views import answers
from handlers.views.joining import me_button
from handlers.views.message import Button, Message, column
from handlers.views.welcome import desk_button, menu_button


def hint(_: Translator, wish: WishKind, *, is_private: bool) -> Message:
    """Where to do it, and the way to the Secretariat if that is not what was meant."""
    match wish:
        case "language":
            text, way = answers.answers_in(_), Button(_.plain("Language"), "language")
        case "data":
            text, way = answers.keeps(_), me_button(_)
        case "reminders":
            text = _("/reminders: there you choose which reminders and announcements you get, and when.")
            way = Button(_.plain("Reminders"), "reminders:show")
        case "registration":
            text = _(
                "/participate – withdraw from the conference, or change your answer\n"
                "/register – withdraw a Center’s registration while it waits\n"
                "/me – take back what you asked for, leave a Center, or erase what is kept"
            )
            way = me_button(_)
    ways = [way] if is_private else []  # in a group, it would be shown to all
    return Message(text, column([*ways, desk_button(_), menu_button(_)]))
