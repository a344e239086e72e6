"""Which handler is for what, of announcements."""

from __future__ import annotations

from dataclasses import fields

from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.announcements.audience import Audience
from bot.locales.catalogues import LANGUAGES
from handlers import (
    announcement_readers,
    announcing_audience,
    announcing_compose,
    announcing_confirm,
    announcing_lists,
    announcing_options,
    desk_staff,
)
from handlers.dispatch import Route

ONE = r"(?P<announcement>[0-9]{1,9})"
EDITION = r"(?P<edition>[0-9]{1,9})"
LANGUAGE = rf"(?P<language>{'|'.join(LANGUAGES)})"
BLOCK = rf"(?P<block>{'|'.join(one.name for one in fields(Audience))})"
ON = r"(?P<on>[01])"


def commands() -> list[Route]:
    """The commands."""
    return [Route(CommandHandler("announce", announcing_lists.command), concerns=desk_staff.in_private_or_group)]


def buttons() -> list[Route]:
    """The buttons."""
    return [*_of_lists(), *_of_texts(), *_of_the_audience(), *_of_options(), *_of_confirming(), *_of_readers()]


def _of_lists() -> list[Route]:
    after = r"(:(?P<kind>sent|planned|drafts|templates)(:(?P<after>[0-9]{1,9}))?)?"
    return [
        Route(CallbackQueryHandler(announcing_lists.show, rf"^ann:list{after}$")),
        Route(CallbackQueryHandler(announcing_lists.ask_words, r"^ann:find$")),
        Route(CallbackQueryHandler(announcing_lists.again, rf"^ann:again:{ONE}$")),
        Route(CallbackQueryHandler(announcing_lists.keep, rf"^ann:keep:{ONE}$")),
    ]


def _of_texts() -> list[Route]:
    return [
        Route(CallbackQueryHandler(announcing_compose.new, r"^ann:new$")),
        Route(CallbackQueryHandler(announcing_compose.show, rf"^ann:show:{ONE}$")),
        Route(CallbackQueryHandler(announcing_compose.texts, rf"^ann:texts:{ONE}$")),
        Route(CallbackQueryHandler(announcing_compose.text, rf"^ann:text:{ONE}:{LANGUAGE}$")),
        Route(CallbackQueryHandler(announcing_compose.write, rf"^ann:write:{ONE}:{LANGUAGE}$")),
        Route(CallbackQueryHandler(announcing_compose.look, rf"^ann:look:{ONE}:{LANGUAGE}$")),
        Route(CallbackQueryHandler(announcing_compose.remove, rf"^ann:untext:{ONE}:{LANGUAGE}$")),
        Route(CallbackQueryHandler(announcing_compose.test, rf"^ann:test:{ONE}$")),
        Route(CallbackQueryHandler(announcing_compose.ask_discarding, rf"^ann:drop:{ONE}$")),
        Route(CallbackQueryHandler(announcing_confirm.discard, rf"^ann:dropped:{ONE}$")),
    ]


def _of_the_audience() -> list[Route]:
    value, page = r"(?P<value>[A-Za-z0-9_-]{1,24})", r"(:(?P<page>[0-9]{1,3}))?"
    return [
        Route(CallbackQueryHandler(announcing_audience.show, rf"^ann:audience:{ONE}$")),
        Route(CallbackQueryHandler(announcing_audience.block, rf"^ann:block:{ONE}:{BLOCK}{page}$")),
        Route(CallbackQueryHandler(announcing_audience.pick, rf"^ann:pick:{ONE}:{BLOCK}:{value}:{ON}{page}$")),
        Route(CallbackQueryHandler(announcing_audience.everybody, rf"^ann:everybody:{ONE}$")),
        Route(CallbackQueryHandler(announcing_audience.ask_country, rf"^ann:land:{ONE}$")),
    ]


def _of_options() -> list[Route]:
    action = r"(?P<action>read|registration|agenda)"
    return [
        Route(CallbackQueryHandler(announcing_options.buttons, rf"^ann:buttons:{ONE}$")),
        Route(CallbackQueryHandler(announcing_options.set_button, rf"^ann:button:{ONE}:{action}:{ON}$")),
        Route(CallbackQueryHandler(announcing_options.add_link, rf"^ann:link:{ONE}$")),
        Route(CallbackQueryHandler(announcing_options.remove_links, rf"^ann:unlink:{ONE}$")),
        Route(CallbackQueryHandler(announcing_options.set_official, rf"^ann:official:{ONE}:{ON}$")),
        Route(CallbackQueryHandler(announcing_options.when, rf"^ann:when:{ONE}$")),
        Route(CallbackQueryHandler(announcing_options.set_time, rf"^ann:time:{ONE}$")),
        Route(CallbackQueryHandler(announcing_options.set_now, rf"^ann:now:{ONE}$")),
        Route(CallbackQueryHandler(announcing_options.joins, rf"^ann:joins:{ONE}$")),
        Route(CallbackQueryHandler(announcing_options.set_joins, rf"^ann:until:{ONE}$")),
        Route(CallbackQueryHandler(announcing_options.nobody_joins, rf"^ann:alone:{ONE}$")),
        Route(CallbackQueryHandler(announcing_options.speed, rf"^ann:speed:{ONE}$")),
        Route(CallbackQueryHandler(announcing_options.set_speed, rf"^ann:pace:{ONE}:{ON}$")),
    ]


def _of_confirming() -> list[Route]:
    count = announcing_confirm.count
    return [
        Route(CallbackQueryHandler(announcing_confirm.ask, rf"^ann:ask:{ONE}$"), prepare=count),
        Route(CallbackQueryHandler(announcing_confirm.confirm, rf"^ann:send:{ONE}:{EDITION}$"), prepare=count),
        Route(CallbackQueryHandler(announcing_confirm.second, rf"^ann:second:{ONE}:{EDITION}$")),
        Route(CallbackQueryHandler(announcing_confirm.give_back, rf"^ann:return:{ONE}:{EDITION}$")),
        Route(CallbackQueryHandler(announcing_confirm.take_back, rf"^ann:back:{ONE}$")),
        Route(CallbackQueryHandler(announcing_confirm.look, rf"^ann:all:{ONE}$")),
    ]


def _of_readers() -> list[Route]:
    return [
        Route(CallbackQueryHandler(announcement_readers.go, r"^ann:go:(?P<where>registration|agenda)$")),
        Route(CallbackQueryHandler(announcement_readers.wish, r"^ann:wish:(?P<which>all|official)$")),
    ]
