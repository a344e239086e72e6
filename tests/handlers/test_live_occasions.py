"""Which conference a question means: that of last year, of a year to come, the one after next."""

from __future__ import annotations

from datetime import date

import pytest

from bot.app import Running
from bot.conferences import moments
from storage import questions
from tests.chat import People
from tests.handlers.conferencing import opened


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "what was the theme last year"),
        ("en", "theme of the last conference?"),
        ("en", "which topic did the previous conference have"),
        ("fr", "quel était le thème l'année dernière"),
        ("es", "cuál fue el tema el año pasado"),
        ("ru", "какая была тема в прошлом году"),
        ("ar", "ما كان موضوع المؤتمر العام الماضي"),
        ("zh", "去年的主题是什么"),
    ],
)
async def test_last_year_is_not_the_next_one(bot: Running, people: People, language: str, question: str) -> None:
    this_year = moments.today("UTC", bot.now_us()).year
    coming = date(this_year + 1, 3, 10)
    await opened(bot, starts_on=coming, ends_on=coming)
    phone = await people.person(language=language)
    assert "Example theme" not in (await phone.ask(question))["text"]
    before = date(this_year - 1, 3, 10)
    await opened(bot, starts_on=before, ends_on=before, theme="Theme of last year")
    assert "Theme of last year" in (await phone.ask(question))["text"]


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "who hosted the conference last year"),
        ("zh", "去年谁主办的"),
        ("en", "which country hosted first"),
        ("en", "theme of the conference after next"),
        ("fr", "qui a accueilli la conférence il y a deux ans"),
    ],
)
async def test_what_is_not_entered_of_another_one_is_kept(
    bot: Running, people: People, language: str, question: str
) -> None:
    this_year = moments.today("UTC", bot.now_us()).year
    coming = date(this_year + 1, 3, 10)
    await opened(bot, starts_on=coming, ends_on=coming)
    reply = await (await people.person(language=language)).ask(question)
    assert str(coming.year) not in reply["text"]
    assert len(await questions.waiting(bot.database.reader)) == 1


@pytest.mark.parametrize(
    ("language", "question", "away"),
    [
        ("en", "was there a conference this year", 0),
        ("en", "is there a conference this year?", 0),
        ("en", "where will it be in two years", 2),
        ("fr", "y a-t-il une conférence cette année", 0),
        ("es", "dónde será dentro de dos años", 2),
        ("ru", "где будет конференция через два года", 2),
        ("zh", "后年在哪里开会", 2),
        ("ar", "هل هناك مؤتمر هذا العام", 0),
    ],
)
async def test_of_a_year_without_one_that_is_told_before_the_next(
    bot: Running, people: People, language: str, question: str, away: int
) -> None:
    this_year = moments.today("UTC", bot.now_us()).year
    coming = date(this_year + 1, 3, 10)
    await opened(bot, starts_on=coming, ends_on=coming)
    reply = await (await people.person(language=language)).ask(question)
    first_line, *rest = reply["text"].splitlines()
    assert str(this_year + away) in first_line
    assert str(coming.year) not in first_line
    assert str(coming.year) in " ".join(rest)


async def test_the_year_that_is_named_is_told_without_more(bot: Running, people: People) -> None:
    coming = date(moments.today("UTC", bot.now_us()).year + 1, 3, 10)
    await opened(bot, starts_on=coming, ends_on=coming)
    reply = await (await people.person()).ask("when is the conference next year")
    assert reply["text"].startswith(f"Annual Conference {coming.year}")


async def test_the_one_after_next_is_told_when_it_is_entered(bot: Running, people: People) -> None:
    year = moments.today("UTC", bot.now_us()).year
    for away, theme in ((1, "Theme one"), (2, "Theme two")):
        day = date(year + away, 3, 10)
        await opened(bot, starts_on=day, ends_on=day, theme=theme)
    phone = await people.person()
    assert "Theme two" in (await phone.ask("theme of the conference after next"))["text"]
    assert "Theme one" in (await phone.ask("theme of the next conference"))["text"]


async def test_when_the_agm_is_not_entered_the_days_of_its_conference_are_told(bot: Running, people: People) -> None:
    conference = await opened(bot)
    reply = await (await people.person()).ask("When is the AGM?")
    assert f"Annual Conference {conference.year}" in reply["text"]
