"""Buttons of forms that are pressed twice, too late, by somebody else, or were never there."""

from __future__ import annotations

import asyncio

import pytest

from bot.app import Running
from bot.runtime.clock import MovableClock
from handlers.form_presses import ACTS
from tests.chat import People, Phone, buttons, until
from tests.desk import says
from tests.forms import asks, begin, confirmed, drafts_of, fill_in, press

OVER = "This form is finished or was discarded."
OUTDATED = "This button is out of date. See below where you are."


async def test_a_double_tap_is_one(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    focus = await phone.ask("Center A")
    data = buttons(focus)["Civilian"]
    taps = await asyncio.gather(*[phone.press(focus, data, forged=True) for _tap in range(2)])
    assert [tap.get("text", "") for tap in taps] == ["", ""]
    await asks(phone, "Which languages")
    assert len([text for text in await phone.from_bot() if "Which languages" in text]) == 1


async def test_confirming_twice_does_it_once(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    summary = await fill_in(phone)
    data = buttons(summary)["Send it"]
    taps = await asyncio.gather(*[phone.press(summary, data, forged=True) for _tap in range(3)])
    assert sorted(tap.get("text", "") for tap in taps)[1:] == ["This form is finished or was discarded."] * 2
    assert len(await confirmed(bot)) == 1


async def test_a_button_of_a_form_that_is_over_is_none_of_the_next_one(bot: Running, people: People) -> None:
    phone = await people.person()
    first = await begin(phone)
    await phone.write("/cancel")
    await press(phone, await asks(phone, "Shall I keep what you have filled in"), "Discard")
    await says(phone, "is discarded")
    await begin(phone)
    assert (await phone.press(first, buttons(first)["Pause"], forged=True))["text"] == OVER
    assert [draft.state for draft in await drafts_of(bot, phone)] == ["active"]


async def test_an_old_button_shows_where_one_is(bot: Running, people: People, clock: MovableClock) -> None:
    phone = await people.person()
    await begin(phone)
    focus = await phone.ask("Center A")
    await press(phone, focus, "Civilian")
    await asks(phone, "Which languages")
    clock.advance(10.0)
    toast = await phone.press(focus, buttons(focus)["Police"], forged=True)
    assert toast["text"] == OUTDATED
    await until(lambda: _times(phone, "Which languages", 2))
    assert (await drafts_of(bot, phone))[0].answers["focus"] == "civilian"


async def _times(phone: Phone, words: str, times: int) -> bool:
    return len([text for text in await phone.from_bot() if words in text]) == times


async def test_an_old_button_of_a_paused_form_offers_to_go_on(
    bot: Running, people: People, clock: MovableClock
) -> None:
    phone = await people.person()
    first = await begin(phone)
    await press(phone, first, "Pause")
    clock.advance(10.0)
    toast = await phone.press(first, buttons(first)["Pause"], forged=True)
    assert toast["text"] == OUTDATED
    await press(phone, await asks(phone, "You have not finished “Example”"), "Continue")
    await asks(phone, "What is it called?")


async def test_a_stranger_presses_nothing(bot: Running, people: People) -> None:
    phone, stranger = await people.person(), await people.person()
    question = await begin(phone)
    there = await begin(stranger, "small")
    for data in buttons(question).values():
        toast = await stranger.press(there, data, forged=True)
        assert toast["text"] == "This form is finished or was discarded."
    assert [draft.state for draft in await drafts_of(bot, phone)] == ["active"]


@pytest.mark.parametrize("step", ["What is it called?", "Which languages", "Which country", "Is this right?"])
async def test_forged_presses_lead_nowhere_else(bot: Running, people: People, step: str) -> None:
    phone = await people.person()
    await begin(phone)
    question = await fill_in(phone, up_to=step)
    [before] = await drafts_of(bot, phone)
    for value in ("", ":", ":ZZ", ":name", ":99999", ":../x", ":Etc/GMT-3"):
        for act in {*ACTS, "nonsense"} - {"confirm", "discard", "over", "change", "skip", "keep", "back"}:
            [draft] = await drafts_of(bot, phone)
            await phone.press(question, f"form:{draft.id}:{draft.revision}:{act}{value}", forged=True)
    [draft] = await drafts_of(bot, phone)
    await phone.press(question, f"form:{draft.id}:{draft.revision}:resume", forged=True)
    await asks(phone, step)
    assert (await drafts_of(bot, phone))[0].answers == before.answers
    await fill_in(phone, since=step)


async def test_what_is_not_complete_cannot_be_confirmed(bot: Running, people: People) -> None:
    phone = await people.person()
    question = await begin(phone)
    toast = await phone.press(question, buttons(question)["Pause"].replace("pause", "confirm"), forged=True)
    assert toast["text"] == OUTDATED
    await asks(phone, "What is it called?")
    assert await confirmed(bot) == []
    assert await says(phone, "This is an example.")
