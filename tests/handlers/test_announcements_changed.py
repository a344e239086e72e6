"""What was sent is corrected where it is, and recalled where Telegram still allows that."""

from __future__ import annotations

import pytest

from bot.announcements import correcting, recalling, sending
from bot.announcements.content import Content, Medium
from bot.app import Running
from bot.members.roles import NotAllowedError
from bot.runtime.clock import MovableClock
from storage import announcements
from storage.records.announcements import Action, AnnouncementButton, AnnouncementState, Outcome
from storage.records.durations import HOUR_US, MINUTE_US, SECOND_US
from storage.session import Transaction
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
from tests.desk import OWNER, says

pytestmark = pytest.mark.usefixtures("hastened")

HOURS_S = 3_600


async def corrected(bot: Running, number: int, language: str, content: Content) -> int:
    """As the Secretariat does it; in how many chats it is to be edited."""

    async def work(tx: Transaction) -> int:
        await announcements.set_text(tx, number, language, content.as_json())
        return await correcting.begin(tx, RIGHTS, OWNER, number, language, now=bot.now_us())

    return await bot.database.write(work)


async def recalled(bot: Running, number: int) -> bool:
    return await bot.database.write(lambda tx: recalling.begin(tx, RIGHTS, OWNER, number, bot.now_us()))


async def test_a_correction_is_seen_where_the_text_was_sent_in_its_language(bot: Running, people: People) -> None:
    english, french = await met(people), await met(people, language="fr")
    read = AnnouncementButton(Action.READ)
    number = await composed(bot.database, {"en": Content("On Friday"), "fr": Content("Vendredi")}, buttons=(read,))
    await begun(bot, number)
    await is_settled(bot, number)
    bold = {"type": "bold", "offset": 3, "length": 6}
    assert await corrected(bot, number, "en", Content("On Monday", (bold,))) == 1
    message = await says(english, "On Monday")
    assert (message["entities"], list(buttons(message))) == ([bold], ["I have read it"])
    await is_settled(bot, number)
    assert await announced(english, "On Friday") == []
    assert len(await announced(french, "Vendredi")) == 1
    assert (await recipient(bot, number, english)).text_edition == 1
    assert (await announcements.tally(bot.database.reader, number)).by_outcome == {Outcome.SENT: 2}


async def test_a_caption_is_corrected(bot: Running, people: People) -> None:
    phone = await met(people)
    paper = Medium("document", (await people.document(phone))["document"]["file_id"])
    number = await composed(bot.database, {"en": Content("The paper", media=(paper,))})
    await begun(bot, number)
    await says(phone, "The paper")
    await is_settled(bot, number)
    await corrected(bot, number, "en", Content("The right paper", media=(paper,)))
    assert (await says(phone, "The right paper"))["document"]


async def test_corrected_while_it_is_paused_everybody_has_the_correction_in_the_end(
    bot: Running, people: People
) -> None:
    first = await met(people)
    number = await sent(bot, "On Friday", joins_until=bot.now_us() + HOUR_US)
    await says(first, "On Friday")
    assert await paused(bot, number)
    await is_settled(bot, number)
    assert await corrected(bot, number, "en", Content("On Monday")) == 1
    await says(first, "On Monday")
    second = await met(people)
    assert await resumed(bot, number)
    assert await sending.feed(bot.database, bot.now_us() + 2 * MINUTE_US) >= 0
    await says(second, "On Monday")
    assert await announced(second, "On Friday") == []


async def test_a_correction_of_what_is_on_its_way_reaches_it_too(bot: Running, people: People) -> None:
    phone = await met(people)
    await people.fault("slow", method="sendMessage", delay_s=1.0, times=1)
    number = await sent(bot, "On Friday")

    async def is_sending() -> bool:
        is_slow = "slow" in [call.get("fault") for call in await people.calls("sendMessage")]
        return is_slow and (await recipient(bot, number, phone)).batch is not None

    await until(is_sending)
    await corrected(bot, number, "en", Content("On Monday"))
    await says(phone, "On Monday")
    await is_settled(bot, number)
    assert await announced(phone, "On Friday") == []
    assert len(await announced(phone, "On Monday")) == 1


async def test_recalled_it_is_gone(bot: Running, people: People) -> None:
    phones = [await met(people) for _ in range(3)]
    number = await sent(bot, "A mistake")
    await is_settled(bot, number)
    assert [len(await announced(phone, "A mistake")) for phone in phones] == [1, 1, 1]
    assert await recalled(bot, number)
    assert not await recalled(bot, number)
    await is_settled(bot, number)
    assert [await announced(phone, "A mistake") for phone in phones] == [[], [], []]
    assert (await announcements.tally(bot.database.reader, number)).by_outcome == {Outcome.RECALLED: 3}
    assert await corrected(bot, number, "en", Content("Too late")) == 0


async def test_what_is_older_than_two_days_stays(bot: Running, people: People, clock: MovableClock) -> None:
    early, late = await met(people), None
    number = await sent(bot, "A mistake", joins_until=bot.now_us() + 100 * HOURS_S * SECOND_US)
    await says(early, "A mistake")
    await is_settled(bot, number)
    clock.advance(47 * HOURS_S)
    late = await met(people)
    clock.advance(90)
    await says(late, "A mistake")
    await is_settled(bot, number)
    clock.advance(2 * HOURS_S)
    assert await recalled(bot, number)
    await is_settled(bot, number)
    assert (await recipient(bot, number, early)).state == Outcome.STAYS
    assert (await recipient(bot, number, late)).state == Outcome.RECALLED
    assert len(await announced(early, "A mistake")) == 1
    assert await announced(late, "A mistake") == []
    assert (await found(bot.database, number)).state == AnnouncementState.STOPPED


@pytest.mark.parametrize("is_recalled_first", [False, True])
async def test_an_album_whose_words_could_not_be_sent_is_recalled_too(
    bot: Running, people: People, clock: MovableClock, *, is_recalled_first: bool
) -> None:
    phone = await met(people)
    files = [(await people.document(phone))["document"]["file_id"] for _ in range(2)]
    album = Content("Two papers", media=tuple(Medium("document", file_id) for file_id in files))
    number = await composed(bot.database, {"en": album}, buttons=(AnnouncementButton(Action.READ),))
    await people.fault("500", method="sendMessage", chat_id=phone.id)
    await begun(bot, number)

    async def is_half_there() -> bool:
        return len((await recipient(bot, number, phone)).messages) == 2

    async def is_over() -> bool:
        clock.advance(300)
        return (await announcements.tally(bot.database.reader, number)).left == 0

    await until(is_half_there)
    if is_recalled_first:
        assert await recalled(bot, number)
        await until(is_over)
    else:
        await until(is_over)
        assert (await recipient(bot, number, phone)).state == Outcome.FAILED
        assert await recalled(bot, number)
        await until(is_over)
    assert (await recipient(bot, number, phone)).state == Outcome.RECALLED
    assert [one for one in await phone.messages() if one.get("media_group_id") and not one.get("deleted")] == []


async def test_what_telegram_does_not_delete_stays(bot: Running, people: People) -> None:
    phone = await met(people)
    number = await sent(bot, "A mistake")
    await state_of(bot, number, AnnouncementState.ENDED)
    await people.post(f"/persons/{phone.id}/block")
    assert await recalled(bot, number)
    await is_settled(bot, number)
    assert (await recipient(bot, number, phone)).state == Outcome.STAYS


async def test_only_the_secretariat_corrects_and_recalls(bot: Running, people: People) -> None:
    phone = await met(people)
    number = await sent(bot, "Mine")
    with pytest.raises(NotAllowedError):
        await bot.database.write(lambda tx: recalling.begin(tx, RIGHTS, phone.id, number, 1))
    with pytest.raises(NotAllowedError):
        await bot.database.write(lambda tx: correcting.begin(tx, RIGHTS, phone.id, number, "en", now=1))
