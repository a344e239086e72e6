"""/people and /centers: what is looked for is found, and forgotten again."""

from __future__ import annotations

import pytest

from bot.app import Running
from bot.runtime.clock import MovableClock
from storage import searches
from storage.records.members import CenterState
from storage.session import Transaction
from tests.chat import Phone, buttons, until
from tests.records import becomes, center, entries, person, press

DAY_S = 24 * 3600


@pytest.mark.parametrize(
    "words", ["Center B", "centre b", "Nairobi Center B", "office@center-b.example", "Kenya", "Center B Kenya", "Kenia"]
)
async def test_words_behind_the_command_are_looked_for(bot: Running, owner: Phone, words: str) -> None:
    await center(bot, name="Center B", email="office@center-b.example")
    await center(bot, name="Academy of Examples", country="FR", city="Paris", email=None, website=None, short_name=None)
    listing = await owner.ask(f"/centers {words}")
    assert entries(listing)[0] == "🇰🇪 Center B", listing["text"]


async def test_words_find_whatever_state_it_is_in(bot: Running, owner: Phone) -> None:
    await center(bot, CenterState.DECLINED, name="Lost Academy")
    listing = await owner.ask("/centers lost academy")
    assert "• Lost Academy, Nairobi, declined" in listing["text"]


async def test_the_search_button_waits_for_the_next_message(bot: Running, owner: Phone) -> None:
    await person(bot, family_name="Zebra", given_name="Example")
    listing = await owner.ask("/people")
    await press(owner, listing, "Search")
    asked = await owner.reply_after(listing["message_id"])
    assert asked["text"].startswith("Whom are you looking for?")
    found = await owner.ask("zebre")
    assert entries(found) == ["Zebra, Example"]
    assert "Looked for: “zebre”" in found["text"]
    # Its pages and filters know what was looked for.
    await press(owner, found, "Status")
    await press(owner, found, "has left")
    nothing = await becomes(owner, found, "Nothing was found.")
    assert "Looked for: “zebre”" in nothing["text"]


async def test_a_search_is_given_up_with_cancel(bot: Running, owner: Phone) -> None:
    listing = await owner.ask("/people")
    await press(owner, listing, "Search")
    await owner.reply_after(listing["message_id"])
    assert (await owner.ask("/cancel"))["text"] == "All right. Nothing was changed."


async def test_buttons_of_an_old_search_say_so(bot: Running, owner: Phone) -> None:
    await center(bot)
    found = await owner.ask("/centers center a")

    async def forget(tx: Transaction) -> int:
        return await searches.forget_old(tx, before=bot.now_us() + 1, at_most=100)

    assert await bot.database.write(forget) == 1
    data = next(data for data in buttons(found).values() if data.startswith("pick:"))
    await owner.press(found, data)
    again = await owner.press(found, data.replace("pick:state:", "list:"), forged=True)
    assert again["text"] == "This list is out of date. Please look for it again."


async def test_what_was_looked_for_is_forgotten(bot: Running, owner: Phone, clock: MovableClock) -> None:
    await owner.ask("/people somebody")
    assert await searches.words(bot.database.reader, 1) == "somebody"
    clock.advance(31 * DAY_S)

    async def gone() -> bool:
        clock.advance(3600)
        return await searches.words(bot.database.reader, 1) is None

    await until(gone)
