"""The Secretariat opens a conference, or enters one that is over."""

from __future__ import annotations

from datetime import timedelta

from bot.app import Running
from bot.conferences import moments
from bot.runtime.clock import MovableClock
from storage import conferences
from storage.records.conferences import Entitled
from tests import conferences as example
from tests import records, reminding
from tests.chat import People, buttons
from tests.desk import owner_of
from tests.handlers.conferencing import begun, changed_line, finished, logged, opened, turned
from tests.participants import delegate


async def test_the_secretariat_opens_a_conference(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    step = await begun(owner, await owner.ask("/conference"), "conf:open")
    first = moments.today("UTC", bot.now_us()) + timedelta(days=200)
    assert "Host country" in step["text"]
    await owner.ask("Kenya")
    await owner.ask(first.isoformat())
    assert "cannot be before the first" in (await owner.ask((first - timedelta(days=1)).isoformat()))["text"]
    assert "longer than a month" in (await owner.ask((first + timedelta(days=700)).isoformat()))["text"]
    zone = await owner.ask((first + timedelta(days=2)).isoformat())
    assert "Nairobi" in buttons(zone)
    await owner.ask("Nairobi")
    await owner.ask("Example City")
    await owner.ask("Example theme")
    assert "after the last day" in (await owner.ask((first + timedelta(days=9)).isoformat()))["text"]
    assert "This day is past." in (await owner.ask("2020-03-12"))["text"]
    asked = await owner.ask((first - timedelta(days=30)).isoformat())
    assert "The first day is past" not in asked["text"]
    late = await changed_line(owner, asked, "Last day to register", (first + timedelta(days=9)).isoformat())
    assert "after the last day" in late["text"]
    asked = await owner.ask((first - timedelta(days=30)).isoformat())
    asked = await changed_line(owner, asked, "Languages", "English, French")
    asked = await changed_line(owner, asked, "Places", "150")
    told = await finished(owner, asked, "Open it")
    assert told["text"].startswith(f"The conference is open.\n\nAnnual Conference {first.year}\n")
    [conference] = await conferences.latest(bot.database.reader, at_most=2)
    details = conference.details
    assert (details.host_country, details.starts_on, details.time_zone) == ("KE", first, "Africa/Nairobi")
    assert (details.city, details.languages, details.capacity) == ("Example City", ("en", "fr"), 150)
    assert details.register_by == first - timedelta(days=30)
    assert len(await logged(bot, "conference.open")) == 1


async def test_one_that_is_over_is_entered_and_nobody_is_told(
    bot: Running, people: People, clock: MovableClock
) -> None:
    center = await records.center(bot)
    focal = await delegate(bot, people, center)
    await records.lead(bot, focal, center)
    owner = await owner_of(people)
    await begun(owner, await owner.ask("/conference"), "conf:open")
    first = moments.today(example.ZONE, bot.now_us()) - timedelta(days=5)
    for answer in ("Kenya", first.isoformat(), (first + timedelta(days=2)).isoformat(), "Nairobi", "City A", "Theme A"):
        await owner.ask(answer)
    summary = await owner.ask((first - timedelta(days=30)).isoformat())
    assert "The first day is past. Is the year right?" in summary["text"]
    told = await finished(owner, summary, "Open it")
    assert told["text"].startswith(
        "The conference is entered. It is over, so nobody is reminded of it.\n\nAnnual Conference"
    )
    [conference] = await conferences.latest(bot.database.reader, at_most=2)
    assert conference.details.starts_on == first
    await example.with_agm(bot.database, conference, bot.now_us(), entitled=Entitled.FOCAL_POINTS)
    menu = await turned(owner, await owner.ask("/conferences"), f"conf:manage:{conference.id}", "change?", forged=True)
    step = await begun(owner, menu, f"conf:edit:{conference.id}")
    earlier = (first - timedelta(days=1)).isoformat()
    told = await finished(owner, await changed_line(owner, step, "First day", earlier), "Save")
    assert told["text"].startswith("Saved.")
    before = await focal.from_bot()
    clock.advance(36 * 3600)
    await reminding.Year(bot, people, clock, conference.year, conference.id).is_looked_at()
    assert await focal.from_bot() == before
    assert await reminding.states(bot.database, focal.id) == []


async def test_two_on_the_same_days_are_pointed_out(bot: Running, people: People) -> None:
    other = await opened(bot)
    owner = await owner_of(people)
    await begun(owner, await owner.ask("/conferences"), "conf:open")
    days = (other.details.starts_on.isoformat(), other.details.ends_on.isoformat())
    for answer in ("Ghana", *days, "Accra", "Example City", "Example theme"):
        await owner.ask(answer)
    told = await finished(owner, await owner.ask(days[0]), "Open it")
    assert f"Annual Conference {other.year} is on some of the same days." in told["text"]


async def test_others_open_none(bot: Running, people: People) -> None:
    phone = await people.person()
    reply = await phone.ask("/conference")
    assert "only" in (await phone.press(reply, "conf:open", forged=True))["text"]
    assert await conferences.count(bot.database.reader) == 0
    assert await logged(bot, "refused") == ["conference "]
