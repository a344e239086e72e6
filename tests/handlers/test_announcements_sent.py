"""An announcement reaches whom it is meant for, as it was composed, once; it is paused, stopped, begun later."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

import pytest

from bot.announcements import sending
from bot.announcements.audience import Audience
from bot.announcements.content import TEXT_LIMIT, Content, Medium
from bot.app import Running
from bot.members.roles import NotAllowedError
from bot.runtime.clock import MovableClock
from bot.settings import Delivery
from storage import announcements, outbox
from storage.records.announcements import Action, AnnouncementButton, AnnouncementState, Outcome
from storage.records.durations import HOUR_US
from tests.announcements import (
    RIGHTS,
    announced,
    begun,
    composed,
    found,
    is_settled,
    paused,
    recipient,
    resumed,
    sent,
    state_of,
)
from tests.chat import People, buttons, met, until
from tests.conftest import StartBot
from tests.desk import OWNER, says

pytestmark = pytest.mark.usefixtures("hastened")

READ = AnnouncementButton(Action.READ)
ENDED, PAUSED, STOPPED = AnnouncementState.ENDED, AnnouncementState.PAUSED, AnnouncementState.STOPPED


async def test_everybody_gets_their_own_language_else_english(bot: Running, people: People) -> None:
    english, french = await met(people), await met(people, language="fr")
    russian = await met(people, language="ru")
    texts = {"en": Content("In English"), "fr": Content("En bon français")}
    number = await composed(bot.database, texts)
    await begun(bot, number)
    assert await state_of(bot, number, ENDED) == ENDED
    assert [len(await announced(one, "In English")) for one in (english, french, russian)] == [1, 0, 1]
    assert len(await announced(french, "En bon français")) == 1
    tally = await announcements.tally(bot.database.reader, number)
    assert (tally.by_outcome, tally.left) == ({Outcome.SENT: 3}, 0)
    reached = await recipient(bot, number, french)
    message = (await announced(french, "En bon français"))[0]
    assert (reached.language, reached.messages) == ("fr", (message["message_id"],))


async def test_an_official_notice_says_so_in_the_language_that_it_is_written_in(bot: Running, people: People) -> None:
    russian = await met(people, language="ru")
    mark = "Official notice\n\n"
    text = "x" * (TEXT_LIMIT - len(mark))
    number = await composed(bot.database, {"en": Content(text)}, is_official=True, buttons=[READ])
    await begun(bot, number)
    assert await state_of(bot, number, ENDED) == ENDED
    [message] = await announced(russian, text)
    assert message["text"] == mark + text
    assert list(buttons(message)) == ["Прочитано"]


async def test_without_english_everybody_gets_what_there_is(bot: Running, people: People) -> None:
    phone = await met(people)
    number = await composed(bot.database, {"es": Content("Solo en español")})
    await begun(bot, number)
    await says(phone, "Solo en español")


async def test_formatting_and_buttons_are_as_they_were_composed(bot: Running, people: People) -> None:
    phone = await met(people)
    bold = {"type": "bold", "offset": 4, "length": 6}
    link = AnnouncementButton(Action.LINK, "The site", "https://site.example/")
    number = await composed(bot.database, {"en": Content("The <office> moves", (bold,))}, buttons=(READ, link))
    await begun(bot, number)
    message = await says(phone, "The <office> moves")
    assert message["entities"] == [bold]
    assert buttons(message) == {"I have read it": f"ann:read:{number}", "The site": "https://site.example/"}


async def test_of_an_album_with_buttons_all_messages_are_known(bot: Running, people: People) -> None:
    phone = await met(people)
    files = [(await people.document(phone))["document"]["file_id"] for _ in range(2)]
    media = tuple(Medium("document", file_id) for file_id in files)
    number = await composed(bot.database, {"en": Content("Two papers", media=media)}, buttons=(READ,))
    await begun(bot, number)
    words = await says(phone, "Two papers")
    await is_settled(bot, number)
    album = [one["message_id"] for one in await phone.messages() if one.get("media_group_id")]
    assert len(album) == 2
    reached = await recipient(bot, number, phone)
    assert (reached.state, reached.messages) == (Outcome.SENT, (*album, words["message_id"]))


async def test_who_has_blocked_the_bot_is_marked_and_left_out_next_time(bot: Running, people: People) -> None:
    phone, other = await met(people), await met(people)
    await people.post(f"/persons/{phone.id}/block")
    number = await sent(bot, "Number one")
    await is_settled(bot, number)
    assert (await recipient(bot, number, phone)).state == Outcome.BLOCKED
    assert (await recipient(bot, number, other)).state == Outcome.SENT
    second = await sent(bot, "Number two")
    await is_settled(bot, second)
    tally = await announcements.tally(bot.database.reader, second)
    assert tally.by_outcome == {Outcome.SENT: 1}


async def test_what_is_refused_has_failed_with_the_reason(bot: Running, people: People) -> None:
    phone = await met(people)
    number = await composed(bot.database, {"en": Content("A picture", media=(Medium("photo", "nonsense"),))})
    await begun(bot, number)
    await is_settled(bot, number)
    assert (await recipient(bot, number, phone)).state == Outcome.FAILED


async def test_what_is_recorded_at_the_second_try_is_recorded_whole(
    bot: Running, people: People, clock: MovableClock, capsys: pytest.CaptureFixture[str]
) -> None:
    phone = await met(people)
    await people.fault("slow", method="sendMessage", chat_id=phone.id, delay_s=60, times=1)
    number = await composed(bot.database, {"en": Content("Read this")})
    await begun(bot, number)

    async def is_under_way() -> bool:
        return any(call.get("fault") == "slow" for call in await people.calls("sendMessage"))

    await until(is_under_way)
    await bot.database.writer._conn.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(bot.database.path, isolation_level=None, check_same_thread=False)) as other:
        # In a thread: the bot may be in the middle of a transaction, and ends it meanwhile.
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
        clock.advance(60)
        await until(lambda: "result_not_recorded" in capsys.readouterr().out)
        assert (await recipient(bot, number, phone)).todo == "send"
        other.execute("ROLLBACK")

    async def is_over() -> bool:
        clock.advance(5)
        return (await found(bot.database, number)).state == ENDED

    await until(is_over)
    assert (await recipient(bot, number, phone)).state == Outcome.SENT
    assert len(await announced(phone, "Read this")) == 1


async def test_paused_it_goes_to_nobody_and_resumed_to_everybody_once(start_bot: StartBot, people: People) -> None:
    slow = Delivery(per_second=4, private_per_second=1000)
    async with start_bot(delivery=slow) as bot:
        phones = [await met(people, f"Delegate {number}") for number in range(8)]
        number = await sent(bot, "To all")

        async def reached() -> int:
            return sum([len(await announced(phone, "To all")) for phone in phones])

        async def some() -> bool:
            return await reached() >= 2

        await until(some)
        assert await paused(bot, number)
        assert not await paused(bot, number)

        async def all_put_back() -> bool:
            tally = await announcements.tally(bot.database.reader, number)
            return tally.left > 0 and (await outbox.counts(bot.database.reader))[0] == 0

        await until(all_put_back)
        before = await reached()
        assert before < len(phones)
        assert await resumed(bot, number)
        assert await state_of(bot, number, ENDED) == ENDED
        assert [len(await announced(phone, "To all")) for phone in phones] == [1] * len(phones)


async def test_stopped_it_goes_to_nobody_any_more(start_bot: StartBot, people: People) -> None:
    async with start_bot(delivery=Delivery(per_second=4, private_per_second=1000)) as bot:
        phones = [await met(people, f"Delegate {number}") for number in range(6)]
        number = await sent(bot, "To all")

        async def some() -> bool:
            return (await announcements.tally(bot.database.reader, number)).by_outcome.get(Outcome.SENT, 0) >= 1

        await until(some)
        now = bot.now_us()
        assert await bot.database.write(lambda tx: sending.stop(tx, RIGHTS, OWNER, number, now))
        await is_settled(bot, number)
        tally = await announcements.tally(bot.database.reader, number)
        reached = sum([len(await announced(phone, "To all")) for phone in phones])
        assert tally.by_outcome == {Outcome.SENT: reached, Outcome.SKIPPED: len(phones) - reached}
        assert reached < len(phones)
        assert not await resumed(bot, number)


async def test_it_begins_at_its_time(bot: Running, people: People, clock: MovableClock) -> None:
    phone = await met(people)
    at = bot.now_us() + HOUR_US
    number = await composed(bot.database, {"en": Content("Later")}, state=AnnouncementState.SCHEDULED, send_at=at)
    await sending.feed(bot.database, bot.now_us())
    assert (await found(bot.database, number)).state == AnnouncementState.SCHEDULED
    clock.advance(3_601)
    await says(phone, "Later")


async def test_who_joins_until_its_date_gets_it_too(bot: Running, people: People, clock: MovableClock) -> None:
    first = await met(people)
    until_then = bot.now_us() + 2 * HOUR_US
    number = await sent(bot, "For all to come", joins_until=until_then)
    await says(first, "For all to come")
    second = await met(people)
    clock.advance(90)
    await says(second, "For all to come")
    clock.advance(7_200)
    assert await state_of(bot, number, ENDED) == ENDED
    third = await met(people)
    clock.advance(90)
    await sending.feed(bot.database, bot.now_us())
    assert await announced(third, "For all to come") == []
    assert len(await announced(first, "For all to come")) == 1


async def test_two_who_confirm_at_once_send_it_once(bot: Running, people: People) -> None:
    phone = await met(people)
    number = await composed(bot.database, {"en": Content("Once")})
    now = bot.now_us()
    begins = [bot.database.write(lambda tx: sending.begin(tx, RIGHTS, OWNER, number, now)) for _ in range(3)]
    assert sorted(await asyncio.gather(*begins)) == [False, False, True]
    assert await state_of(bot, number, ENDED) == ENDED
    assert len(await announced(phone, "Once")) == 1


async def test_only_the_secretariat_sends(bot: Running, people: People) -> None:
    phone = await met(people)
    number = await composed(bot.database, {"en": Content("Not allowed")})
    with pytest.raises(NotAllowedError):
        await bot.database.write(lambda tx: sending.begin(tx, RIGHTS, phone.id, number, 1))


async def test_nobody_but_the_audience_gets_it(bot: Running, people: People) -> None:
    english, french = await met(people), await met(people, language="fr")
    number = await sent(bot, "For readers of French", audience=Audience(language=("fr",)))
    await says(french, "For readers of French")
    assert await state_of(bot, number, ENDED) == ENDED
    assert await announced(english, "For readers of French") == []
