"""Two questions of the form that registers a Center, for the peers: as long, and with as many buttons, as ours."""

from __future__ import annotations

NAME = (
    "A few questions about your Center, about five minutes. The Secretariat then approves the registration.\n\n"
    "Nothing is lost if you stop in between: /register goes on where you were.\n\n"
    "<i>Registering a Center · 1 of 11</i>\n"
    "<b>What is the official name of your Center?</b>\n"
    "As it stands on its letterhead, in its own language or in English."
)
NAME_BUTTONS = ("Pause",)
NAME_TAKEN = "Official name: {} ✓"
SHORT_NAME = (
    "<i>Registering a Center · 2 of 11</i>\n"
    "<b>Does it have a short name or an abbreviation?</b>\n"
    "The one that others know it by. Skip this if there is none."
)
SHORT_NAME_BUTTONS = ("Back", "Skip", "Pause")
