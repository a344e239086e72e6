"""/stats: a picture and the numbers in words, for the Secretariat."""

from __future__ import annotations

from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from PIL import Image

from bot.app import Running
from bot.locales.catalogues import LANGUAGES, load_catalogues
from bot.members.chart import Chart, Key
from bot.members.statistics import Month, Share, Statistics
from bot.places.regions import Region
from handlers.views import statistics as views
from storage.records.members import Focus
from tests.chat import People, until
from tests.conftest import StartBot
from tests.desk import bound, member_of, owner_of, running, says
from tests.office import filled

CAPTION_AT_MOST = 1_024


@pytest.fixture
async def bot(start_bot: StartBot) -> AsyncIterator[Running]:
    async with running(start_bot) as bot:
        await filled(bot)
        yield bot


async def test_a_picture_and_what_its_numbers_are(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    member = await member_of(people, owner)
    shown = await member.ask("/stats")
    picture = await people.file(shown["photo"][-1]["file_id"])
    assert Image.open(BytesIO(picture)).size == (1080, 1350)
    caption = shown["caption"]
    assert "Centers: 1, in 1 country\nDelegates: 1\nGuests: 1\n" in caption
    assert "Centers by region\n1 – Africa: 1" in caption
    assert "Centers by focus\n2 – Police: 1" in caption
    details = (await says(member, "Registered in each month"))["text"]
    assert "Centers by kind of member\nTraining Center: 1" in details
    assert "🇰🇪 Kenya: 1" in details
    assert ": 0, 0" not in details, "months in which nobody registered"
    assert ": 1, 2\n" in details  # of this month; the guest and the active delegate
    assert "Centers that wait for approval: 1" in details
    group = member.within(await bound(people, owner, member))
    assert "photo" in await group.ask("/stats")

    async def nothing_left() -> bool:
        return await bot.spool.names() == []

    await until(nothing_left)


async def test_nobody_else_is_told(bot: Running, people: People) -> None:
    stranger = await people.person("Stranger")
    assert (await stranger.ask("/stats"))["text"] == "This is for the Secretariat only."
    assert await bot.spool.names() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_caption_has_room_under_a_picture(language: str) -> None:
    regions = tuple(Share(one, 9_999) for one in (*Region, None))
    focuses = tuple(Share(one, 9_999) for one in (*Focus, None))
    months = tuple(Month(2027, month, 9_999, 99_999) for month in range(1, 13))
    numbers = Statistics(
        centers=99_999, pending_centers=9_999, countries=193, by_region=regions, by_focus=focuses, by_kind=(),
        top_countries=(), delegates=999_999, guests=99_999, linked=999_999, pending_delegates=9_999, waiting=9_999,
        centers_by_month=months, delegates_by_month=months,
    )  # fmt: skip
    keys = [Key(number, share) for number, share in enumerate((*regions, *focuses), start=1)]
    chart = Chart(b"", tuple(keys[:6]), tuple(keys[6:]))
    caption = views.caption(load_catalogues().translator(language), numbers, chart, 1_805_000_000_000_000)
    assert len(caption.text.striptags()) < CAPTION_AT_MOST * 0.9
