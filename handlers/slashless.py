"""Commands whose slash was left out: "register", "agenda"."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.knowledge.deciding import Finding
from handlers import agenda, basics, center, directory, joining, me, participation, programme, registering, reminders
from handlers.basics import Handler
from handlers.turn import Turn

_COMMANDS: Mapping[str, Handler] = MappingProxyType(
    {
        "agenda": agenda.show_next_agenda,
        "center": center.show,
        "directory": directory.show,
        "join": joining.show,
        "language": basics.language,
        "me": me.show,
        "participate": participation.participate,
        "privacy": basics.privacy,
        "programme": programme.programme,
        "register": registering.show,
        "reminders": reminders.command,
    }
)
"""Those that show or ask something, and whose names hardly mean anything else."""
_AROUND = " .!/\\"


async def takes(turn: Turn) -> bool:
    """Do what a command does whose name is all that somebody has written; False if it is none."""
    message, finding = turn.message, turn.worked_out
    if message is None or message.text is None or not turn.is_private or turn.incoming.edited_message is not None:
        return False
    handle = _COMMANDS.get(message.text.strip(_AROUND).casefold())
    if handle is None or (isinstance(finding, Finding) and finding.follows is not None):
        return False
    await handle(turn.incoming, turn)
    return True
