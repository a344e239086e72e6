"""What is asked of a member of the Secretariat in private and in the group waits side by side."""

from __future__ import annotations

from storage.records.members import RequestState
from tests.centers import card_of, has_become, press, put, request_now
from tests.chat import Json, People
from tests.composing import TEXT, begin, written
from tests.desk import Secretariat, says

DECLINED = "It is declined, and I tell them so with your words."


async def asked_why(office: Secretariat, name: str = "Center A") -> Json:
    """The question in the group why a Center is declined."""
    await press(office.group, await card_of(office.group, name), "Decline")
    return await says(office.group, f"Decline “🇨🇭 {name}”?")


async def answered(office: Secretariat, prompt: Json) -> str:
    """What is said to a reason in the group."""
    return str((await office.group.ask("Not ours.", reply_to_message_id=prompt["message_id"]))["text"])


async def test_who_declines_in_the_group_goes_on_with_an_announcement(office: Secretariat, people: People) -> None:
    await put(office.bot, await people.person("Applicant A"))
    await begin(office.member)
    prompt = await asked_why(office)
    await press(office.group, prompt, "Decline without a reason")
    await has_become(office.group, prompt, "It is declined")
    assert "Written in: English" in (await written(office.member, TEXT))["text"]


async def test_a_reason_in_the_group_is_not_the_text_of_an_announcement(office: Secretariat, people: People) -> None:
    await put(office.bot, await people.person("Applicant A"))
    await begin(office.member)
    assert await answered(office, await asked_why(office)) == DECLINED
    assert "Written in: English" in (await written(office.member, TEXT))["text"]


async def test_who_announces_something_still_gives_the_reason(office: Secretariat, people: People) -> None:
    await put(office.bot, await people.person("Applicant A"))
    prompt = await asked_why(office)
    await begin(office.member)
    await written(office.member, TEXT)
    assert await answered(office, prompt) == DECLINED


async def test_a_command_in_private_ends_nothing_in_the_group(office: Secretariat, people: People) -> None:
    await put(office.bot, await people.person("Applicant A"))
    prompt = await asked_why(office)
    for command in ("/cancel", "/start", "/ask", "/cancel"):
        await office.member.ask(command)
    assert await answered(office, prompt) == DECLINED


async def test_a_form_in_private_ends_nothing_in_the_group(office: Secretariat, people: People) -> None:
    await put(office.bot, await people.person("Applicant A"))
    prompt = await asked_why(office)
    menu = await office.member.ask("/register")
    await press(office.member, menu, "A Center")
    await office.member.reply_after(menu["message_id"])
    assert await answered(office, prompt) == DECLINED


async def test_a_command_in_the_group_ends_only_what_is_asked_there(office: Secretariat, people: People) -> None:
    request = await put(office.bot, await people.person("Applicant A"))
    await begin(office.member)
    prompt = await asked_why(office)
    assert (await office.group.ask("/cancel"))["text"].startswith("Nothing was decided.")
    assert "nothing was decided" in await answered(office, prompt)
    assert (await request_now(office.bot, request)).state == RequestState.OPEN
    assert "Written in: English" in (await written(office.member, TEXT))["text"]


async def test_a_command_in_the_group_is_of_whoever_writes_it(office: Secretariat, people: People) -> None:
    await put(office.bot, await people.person("Applicant A"))
    prompt = await asked_why(office)
    await office.owner.within(office.group.chat_id).write("/cancel")
    assert await answered(office, prompt) == DECLINED


async def test_what_is_decided_in_the_group_is_asked_no_more_in_private(office: Secretariat, people: People) -> None:
    await put(office.bot, await people.person("Applicant A"))
    await press(office.member, await office.member.ask("/pending"), "🇨🇭 Center A")
    await press(office.member, await card_of(office.member, "Center A"), "Decline")
    await says(office.member, "Write the reason now")
    await press(office.group, await asked_why(office), "Decline without a reason")
    assert (await office.member.ask("/cancel"))["text"] == "There is nothing to cancel."


async def test_an_older_question_in_private_that_a_press_answers_ends_no_later_one(
    office: Secretariat, people: People
) -> None:
    await put(office.bot, await people.person("Applicant A"))
    await press(office.member, await office.member.ask("/pending"), "🇨🇭 Center A")
    await press(office.member, await card_of(office.member, "Center A"), "Decline")
    prompt = await says(office.member, "Write the reason now")
    await begin(office.member)
    await press(office.member, prompt, "Decline without a reason")
    await has_become(office.member, prompt, "It is declined")
    assert "Written in: English" in (await written(office.member, TEXT))["text"]
