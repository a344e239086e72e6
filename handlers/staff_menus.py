"""The command menus of those who work here, in the chats where they do."""

from __future__ import annotations

from bot.locales.catalogues import Translator
from handlers.profile import commands
from handlers.turn import Turn
from storage.records import Person


def staff_commands(_: Translator) -> list[dict[str, str]]:
    """Of owners and members of the Secretariat, in their private chats."""
    return [
        *commands(_, in_groups=False),
        {"command": "pending", "description": _.plain("What waits for a decision")},
        {"command": "people", "description": _.plain("Delegates and guests")},
        {"command": "centers", "description": _.plain("Centers and their status")},
        {"command": "waiting", "description": _.plain("Who waits for an answer")},
        {"command": "learned", "description": _.plain("Answers for everyone")},
        {"command": "announce", "description": _.plain("Announcements")},
        {"command": "schedule", "description": _.plain("The reminders of a conference")},
        {"command": "gaps", "description": _.plain("What was asked and not answered")},
        {"command": "stats", "description": _.plain("The association in numbers")},
        {"command": "export", "description": _.plain("The database as a file")},
        {"command": "import", "description": _.plain("Read a list in")},
        {"command": "audit", "description": _.plain("What was done, and by whom")},
        {"command": "staff", "description": _.plain("Who has which role")},
    ]


def group_commands(_: Translator) -> list[dict[str, str]]:
    """Of the Secretariat's group."""
    return [
        {"command": "waiting", "description": _.plain("Who waits for an answer")},
        {"command": "take", "description": _.plain("Take this conversation")},
        {"command": "close", "description": _.plain("Close this conversation")},
        {"command": "reopen", "description": _.plain("Open this conversation again")},
        {"command": "pending", "description": _.plain("What waits for a decision")},
        {"command": "people", "description": _.plain("Delegates and guests")},
        {"command": "centers", "description": _.plain("Centers and their status")},
        {"command": "learn", "description": _.plain("Make this reply an answer for everyone")},
        {"command": "learned", "description": _.plain("Answers for everyone")},
        {"command": "gaps", "description": _.plain("What was asked and not answered")},
        {"command": "stats", "description": _.plain("The association in numbers")},
        {"command": "export", "description": _.plain("The database as a file")},
        {"command": "audit", "description": _.plain("What was done, and by whom")},
        *commands(_, in_groups=True),
    ]


async def menu_for(turn: Turn, person: Person | None = None) -> None:
    """Give somebody the menu that their role has today, in their private chat."""
    whose = person or turn.person
    scope = {"type": "chat", "chat_id": whose.id}
    if await turn.desk.rights.is_staff(turn.tx, whose.id):
        menu = staff_commands(turn.translator(whose.language))
        turn.call(whose.id, "setMyCommands", {"scope": scope, "commands": menu})
    else:
        turn.call(whose.id, "deleteMyCommands", {"scope": scope})


def menu_of_group(turn: Turn, chat_id: int, *, is_bound: bool) -> None:
    """Give a group the menu of the Secretariat's, or take it away."""
    scope = {"type": "chat", "chat_id": chat_id}
    if is_bound:
        menu = group_commands(turn.translator(turn.desk.default_language))
        turn.call(chat_id, "setMyCommands", {"scope": scope, "commands": menu})
    else:
        turn.call(chat_id, "deleteMyCommands", {"scope": scope})
