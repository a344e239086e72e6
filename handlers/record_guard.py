"""Who may press what belongs to lists and records: the Secretariat, in private and in its group."""

from __future__ import annotations

from functools import wraps

from telegram import Update

from bot.announcements.board import NoSuchAnnouncementError
from bot.members.centers import NoSuchCenterError, StaleCenterError
from bot.members.delegates import NoSuchDelegateError, StaleDelegateError
from bot.members.listing import OldSearchError
from handlers.record_cards import card, is_center
from handlers.staff_guard import Handler, staff_only
from handlers.turn import Turn, match
from handlers.views import listings, out_of_date, records


def for_staff(handler: Handler) -> Handler:
    """Presses by others are refused and noted; those on what is gone or has changed say so."""

    @staff_only(_what)
    @wraps(handler)
    async def guarded(update: Update, turn: Turn) -> None:
        try:
            await handler(update, turn)
        except (NoSuchCenterError, NoSuchDelegateError, NoSuchAnnouncementError):
            turn.answer_press(records.gone_toast(turn.t), alert=True)
        except (StaleCenterError, StaleDelegateError):
            turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
            turn.show(await card(turn, match(turn)["key"]))
        except OldSearchError:
            turn.answer_press(listings.search_is_old_toast(turn.t), alert=True)

    return guarded


def _what(turn: Turn) -> str:
    """What was to be seen or done, for the log."""
    found = match(turn).groupdict()
    if "announcement" in found:
        return f"announcement:{found['announcement']}"
    key = found.get("key")
    if key is None:
        return "list"
    return f"{'center' if is_center(key) else 'delegate'}:{key[1:]}"
