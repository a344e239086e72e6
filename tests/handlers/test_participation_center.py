"""Those who lead a Center see who has answered, remind, and say that nobody comes."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from babel.dates import format_interval

from bot.app import Running
from bot.members.roles import Role
from bot.runtime.clock import MovableClock
from storage.records.conferences import Conference
from storage.records.members import CenterState
from tests import records
from tests.chat import Json, People, Phone, buttons
from tests.desk import owner_of, says
from tests.forms import asks
from tests.participants import ONLINE, answered, becomes, conference, delegate, labels, press, state
from tests.records import data_of

DAY_S = 24 * 3600.0


@dataclass(frozen=True)
class Scene:
    """A Center with its focal point, who is no delegate, and two delegates, of whom the first has answered."""

    held: Conference
    center: int
    focal: Phone
    first: Phone
    second: Phone


@pytest.fixture
async def scene(bot: Running, people: People) -> Scene:
    held, center = await conference(bot), await records.center(bot)
    focal = await people.person("Focal")
    await focal.ask("/start")
    await records.lead(bot, focal, center)
    first = await delegate(bot, people, center, "Delegate A")
    second = await delegate(bot, people, center, "Delegate B")
    await records.person(bot, center, given_name="Delegate C", family_name="Example")
    await answered(first, held)
    return Scene(held, center, focal, first, second)


async def opened(scene: Scene) -> Json:
    """The Center's answers, from its card."""
    card = await scene.focal.ask("/center")
    await press(scene.focal, card, f"Annual Conference {scene.held.year}")
    return await becomes(scene.focal, card, "No answer yet: 2")


async def test_a_focal_point_sees_who_has_answered(scene: Scene) -> None:
    shown = await opened(scene)
    assert "Taking part: 1\nWill not come: 0\nNo answer yet: 2" in shown["text"]
    assert [line for line in shown["text"].splitlines() if line.startswith("•")] == [
        "• Delegate B Example: No answer yet",
        "• Delegate C Example: No answer yet",
        "• Delegate A Example: In person",
    ]


async def test_a_long_list_has_pages(bot: Running, scene: Scene) -> None:
    for number in range(30):
        await records.person(bot, scene.center, given_name=f"Delegate {number:02}", family_name="Zeta")
    card = await scene.focal.ask("/center")
    await press(scene.focal, card, "Annual Conference")
    await becomes(scene.focal, card, "No answer yet: 32")
    await press(scene.focal, card, "Next")
    await becomes(scene.focal, card, "Delegate A Example: In person")


async def test_who_has_not_answered_is_reminded_once_a_day(
    bot: Running, people: People, scene: Scene, clock: MovableClock
) -> None:
    shown = await opened(scene)
    third = await delegate(bot, people, scene.center, "Delegate D", language="fr")
    assert (await press(scene.focal, shown, "Remind"))["text"] == "I am reminding them now."
    asked = await says(scene.second, "Your Center waits for your answer")
    assert f"part:show:{scene.held.id}" in buttons(asked).values()
    held = scene.held.details
    await says(third, format_interval(held.starts_on, held.ends_on, "yMMMd", locale="fr"))
    assert "less than a day ago" in (await press(scene.focal, shown, "Remind"))["text"]
    clock.advance(DAY_S)
    assert (await press(scene.focal, shown, "Remind"))["text"] == "I am reminding them now."
    await scene.second.press(asked, f"part:show:{scene.held.id}")
    await asks(scene.second, "How will you take part?")
    assert not any("waits for your answer" in text for text in await scene.first.from_bot())


async def test_there_may_be_nobody_to_remind(bot: Running, scene: Scene) -> None:
    shown = await opened(scene)
    await answered(scene.second, scene.held, ONLINE)
    assert "nobody whom I can remind" in (await press(scene.focal, shown, "Remind"))["text"]
    assert await state(bot, scene.held, scene.second) == "registered"


async def test_a_center_does_not_come_and_takes_that_back(bot: Running, scene: Scene) -> None:
    shown = await opened(scene)
    remind = buttons(shown)["Remind those who have not answered"]
    await press(scene.focal, shown, "Our Center will not come this year")
    await becomes(scene.focal, shown, "1 of its delegates is registered.")
    await press(scene.focal, shown, "Our Center will not come")
    await becomes(scene.focal, shown, "has said that it does not come")
    assert await state(bot, scene.held, scene.first) == "registered"
    assert "has changed meanwhile" in (await scene.focal.press(shown, remind, forged=True))["text"]
    gone = f"part:gone:{scene.held.id}:{scene.center}"
    assert "has changed meanwhile" in (await scene.focal.press(shown, gone, forged=True))["text"]
    await press(scene.focal, shown, "Our Center comes after all")
    assert await data_of(scene.focal, shown, "Remind those who have not answered") == remind
    assert (scene.focal.id, "center.absent") in await records.acts(bot, f"center:{scene.center}")
    assert (scene.focal.id, "center.present") in await records.acts(bot, f"center:{scene.center}")


async def test_whoever_is_registered_is_withdrawn_as_well_and_told(bot: Running, scene: Scene) -> None:
    shown = await opened(scene)
    await press(scene.focal, shown, "Our Center will not come this year")
    await becomes(scene.focal, shown, "1 of its delegates is registered.")
    await press(scene.focal, shown, "Withdraw them as well")
    await becomes(scene.focal, shown, "Withdrawn")
    await says(scene.first, "so you are not registered any more")
    assert await state(bot, scene.held, scene.first) == "withdrawn"


async def test_after_the_last_day_only_the_secretariat_withdraws_all(
    bot: Running, people: People, scene: Scene, clock: MovableClock
) -> None:
    owner = await owner_of(people)
    shown = await opened(scene)
    clock.advance(61 * DAY_S)
    await press(scene.focal, shown, "Our Center will not come this year")
    asked = await becomes(scene.focal, shown, "please ask the Secretariat for it")
    assert "Withdraw them as well" not in labels(asked)
    everybody = f"part:allgone:{scene.held.id}:{scene.center}"
    assert "please ask the Secretariat" in (await scene.focal.press(shown, everybody, forged=True))["text"]
    assert await state(bot, scene.held, scene.first) == "registered"
    menu = await owner.ask("/start")
    await owner.press(menu, everybody, forged=True)
    await says(scene.first, "so you are not registered any more")


@pytest.mark.parametrize("act", ["center", "remind", "away", "gone", "allgone", "back"])
async def test_others_have_no_right_to_it(bot: Running, people: People, scene: Scene, act: str) -> None:
    stranger = await people.person("Stranger")
    menu = await stranger.ask("/start")
    other = await records.center(bot, name="Center B")
    await records.lead(bot, stranger, other, Role.DEPUTY)
    data = f"part:{act}:{scene.held.id}:{scene.center}"
    for phone in (stranger, scene.first):
        message = menu if phone is stranger else await phone.ask("/start")
        toast = await phone.press(message, data, forged=True)
        assert toast["text"].startswith("This is for those who look after this Center")
    assert await state(bot, scene.held, scene.first) == "registered"
    assert (stranger.id, "refused") in await records.acts(bot, f"center:{scene.center}")


async def test_a_suspended_center_does_nothing(bot: Running, people: People, scene: Scene) -> None:
    other = await records.center(bot, CenterState.SUSPENDED, name="Center B")
    await records.lead(bot, scene.focal, other)
    menu = await scene.focal.ask("/start")
    toast = await scene.focal.press(menu, f"part:gone:{scene.held.id}:{other}", forged=True)
    assert "has suspended this Center" in toast["text"]
