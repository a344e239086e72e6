"""What Telegram shows of the bot before one writes to it: its descriptions and its command menu."""

from __future__ import annotations

from typing import Any

import structlog
from telegram.error import TelegramError

from bot.locales.catalogues import DEFAULT_LANGUAGE, Catalogues, Translator
from bot.runtime.api import ApiBot
from bot.runtime.clock import Clock
from bot.runtime.pacing import backoff_s
from bot.runtime.refusals import RefusedError

log = structlog.stdlib.get_logger(__name__)

TRIES_AT_MOST = 10


def commands(_: Translator, *, in_groups: bool) -> list[dict[str, str]]:
    """The command menu, at most 256 characters a description."""
    private = {
        "start": _.plain("Topics to choose from"),
        "ask": _.plain("Write to the Secretariat"),
        "register": _.plain("Register a Center, or yourself"),
        "center": _.plain("Your Center and its delegates"),
        "join": _.plain("Join your Center"),
        "participate": _.plain("Take part in the conference"),
        "me": _.plain("See, change or erase what is kept about you"),
        "directory": _.plain("The Centers of the association"),
        "agenda": _.plain("The agenda of the next conference"),
        "calendar": _.plain("Calendar file"),
        "conference": _.plain("The next Annual Conference"),
        "conferences": _.plain("All Annual Conferences"),
        "reminders": _.plain("Which reminders you get, and when"),
        "language": _.plain("Choose your language"),
    }
    everywhere = {
        "help": _.plain("What this bot can do"),
        "privacy": _.plain("What is kept about you"),
    }
    shown = everywhere if in_groups else {**private, **everywhere}
    return [{"command": name, "description": text} for name, text in shown.items()]


def description(_: Translator) -> str:
    """Shown in an empty chat; at most 512 characters."""
    return _.plain(
        "Questions about UNIGO, the UN Peacekeeping Forces Mission International, answered from what the association "
        "has published. Press Start, then write your question."
    )


def short_description(_: Translator) -> str:
    """Shown on the bot's page; at most 120 characters."""
    return _.plain("Answers questions about UNIGO, the association of peace operations training Centers.")


def profile_calls(catalogues: Catalogues) -> list[tuple[str, dict[str, Any], str, dict[str, Any]]]:
    """For each part of the profile: how to read it, with what, how to set it, and what it should be.

    The default language is set without a language code: it is for everybody whose language has no texts.
    """
    calls: list[tuple[str, dict[str, Any], str, dict[str, Any]]] = []
    for language in sorted(catalogues.translated):
        _ = catalogues.translator(language)
        whom = {} if language == DEFAULT_LANGUAGE else {"language_code": language}
        calls += [
            ("getMyDescription", whom, "setMyDescription", {"description": description(_)}),
            ("getMyShortDescription", whom, "setMyShortDescription", {"short_description": short_description(_)}),
        ]
        for scope, in_groups in (("all_private_chats", False), ("all_group_chats", True)):
            read = {**whom, "scope": {"type": scope}}
            calls.append(("getMyCommands", read, "setMyCommands", {"commands": commands(_, in_groups=in_groups)}))
    return calls


async def set_profile(bot: ApiBot, catalogues: Catalogues, clock: Clock) -> None:
    """Set what differs from what is shown now: Telegram allows few such changes."""
    for getter, whom, setter, wanted in profile_calls(catalogues):
        for tries in range(1, TRIES_AT_MOST + 1):
            try:
                shown = await bot.call(getter, whom)
                if shown not in (wanted, wanted.get("commands")):
                    await bot.call(setter, {**whom, **wanted})
                break
            except TelegramError as error:
                wait_s = (isinstance(error, RefusedError) and error.retry_after_s) or backoff_s(tries, 0.0)
                log.warning("profile_not_set", method=setter, reason=str(error), wait_s=wait_s)
                await clock.sleep(wait_s)
