"""What was asked about somebody who is erased since concerns nobody else."""

from __future__ import annotations

from bot.app import Running
from storage.records.members import DelegateState
from tests.chat import Json, People, Phone, buttons
from tests.erasing import erased
from tests.records import becomes, center, person, person_now, press


async def newcomer(bot: Running, people: People) -> tuple[Phone, int]:
    """Somebody registers after another was erased."""
    phone = await people.person("Newcomer")
    await phone.ask("/start")
    return phone, await person(bot, await center(bot, name="Center B"), writes=phone)


async def on_the_card(bot: Running, people: People, owner: Phone, label: str) -> tuple[Phone, Json]:
    """The Secretariat presses a button on somebody's card: the person, and what is asked back."""
    phone = await people.person("Delegate")
    await phone.ask("/start")
    number = await person(bot, await center(bot), writes=phone)
    listed = await owner.ask("/people")
    await owner.press(listed, f"card:d{number}", forged=True)
    card = await becomes(owner, listed, "Status: ")
    await press(owner, card, label)
    return phone, await owner.reply_after(card["message_id"])


async def test_a_newcomer_is_not_suspended_for_one_who_is_erased(bot: Running, people: People, owner: Phone) -> None:
    phone, question = await on_the_card(bot, people, owner, "Suspend")
    data = buttons(question)["Suspend without a reason"]
    await erased(phone)
    _phone, number = await newcomer(bot, people)
    await owner.press(question, data, forged=True)
    await owner.ask("/people")  # the press is handled by then
    assert (await person_now(bot, number)).state == DelegateState.ACTIVE


async def test_a_newcomer_does_not_get_what_was_written_to_one_who_is_erased(
    bot: Running, people: People, owner: Phone
) -> None:
    phone, _question = await on_the_card(bot, people, owner, "Write to them")
    await erased(phone)
    other, _number = await newcomer(bot, people)
    await owner.ask("Your medical certificate has come.")
    await other.ask("Good morning")
    assert not [text for text in await other.from_bot() if "certificate" in text]
