"""Which handler is for what, of reminders."""

from __future__ import annotations

from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.locales.catalogues import LANGUAGES
from handlers import desk_staff, reminders, schedule
from handlers.dispatch import Route
from storage.records.reminders import Anchor, Audience

RUNG = r"(?P<rung>[0-9]{1,9})"
EDITION = r"(?P<edition>[0-9]{1,9})"
KIND = rf"(?P<anchor>{'|'.join(Anchor)}):(?P<audience>{'|'.join(Audience)}):(?P<unit>days|minutes)"
LANGUAGE = rf"(?P<language>{'|'.join(LANGUAGES)})"


def commands() -> list[Route]:
    """The commands."""
    return [
        Route(CommandHandler("reminders", reminders.command)),
        Route(CommandHandler("schedule", schedule.command), concerns=desk_staff.in_private_or_group),
    ]


def buttons() -> list[Route]:
    """The buttons."""
    return [
        Route(CallbackQueryHandler(reminders.command, r"^reminders:show$")),
        Route(CallbackQueryHandler(reminders.mute, rf"^reminders:mute:(?P<anchor>{'|'.join(Anchor)})$")),
        Route(CallbackQueryHandler(reminders.be_earlier, r"^reminders:early:(?P<days>[0-9]{1,2})$")),
        Route(
            CallbackQueryHandler(reminders.set_night, r"^reminders:night:(?P<edge>from|to):(?P<minutes>[0-9]{1,4})$")
        ),
        Route(CallbackQueryHandler(schedule.show, r"^schedule:show:(?P<conference>[0-9]{1,9})$")),
        Route(CallbackQueryHandler(schedule.choose_kind, r"^schedule:add:(?P<conference>[0-9]{1,9})$")),
        Route(CallbackQueryHandler(schedule.add, rf"^schedule:add:(?P<conference>[0-9]{{1,9}}):{KIND}$")),
        Route(CallbackQueryHandler(schedule.ask_removing, rf"^schedule:unask:{RUNG}$")),
        Route(CallbackQueryHandler(schedule.remove, rf"^schedule:remove:{RUNG}:{EDITION}$")),
        Route(CallbackQueryHandler(schedule.show_rung, rf"^schedule:rung:{RUNG}$")),
        Route(CallbackQueryHandler(schedule.hold, rf"^schedule:hold:{RUNG}:{EDITION}$")),
        Route(
            CallbackQueryHandler(
                schedule.move, rf"^schedule:(?P<unit>days|minutes):{RUNG}:{EDITION}:(?P<by>[+-](1|5|7|60))$"
            )
        ),
        Route(CallbackQueryHandler(schedule.ask_sending, rf"^schedule:ask:{RUNG}$")),
        Route(CallbackQueryHandler(schedule.send, rf"^schedule:send:{RUNG}$")),
        Route(CallbackQueryHandler(schedule.choose_language, rf"^schedule:words:{RUNG}$")),
        Route(CallbackQueryHandler(schedule.preview, rf"^schedule:words:{RUNG}:{LANGUAGE}$")),
        Route(CallbackQueryHandler(schedule.write_words, rf"^schedule:write:{RUNG}:{LANGUAGE}$")),
        Route(CallbackQueryHandler(schedule.use_usual_words, rf"^schedule:usual:{RUNG}:{LANGUAGE}$")),
    ]
