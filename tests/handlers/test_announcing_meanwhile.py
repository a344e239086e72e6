"""What is asked of a member of the Secretariat in private and in the group waits side by side."""

from __future__ import annotations

import pytest

from storage.records.members import RequestState
from tests.centers import card_of, has_become, press, put, request_now
from tests.chat import Json, People
from tests.composing import TEXT, begin, written
from tests.desk import UNKNOWN, Secretariat, says
from tests.learning import drafted, privately

DECLINED = "It is declined, and I will tell them so with your words."


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


async def asks_in_the_group(office: Secretariat, what: str) -> None:
    """Something is asked of the member in the group, and waits there for words."""
    if what == "/start":
        await office.group.ask("/start")
    elif what == "a reason":
        await put(office.bot, await office.people.person("Applicant A"))
        await asked_why(office)
    else:
        await press(office.group, await office.group.ask("/centers"), "Search")
        await says(office.group, "Which Center are you looking for?")


IN_THE_GROUP = pytest.mark.parametrize("what", ["/start", "a reason", "a search"])


@IN_THE_GROUP
async def test_a_question_in_the_group_ends_no_letter_to_the_secretariat(office: Secretariat, what: str) -> None:
    assert (await office.member.ask("/ask"))["text"].startswith("Write your message to the Secretariat now.")
    await asks_in_the_group(office, what)
    assert (await office.member.ask("When was it founded?"))["text"].startswith("Your message has gone")


@IN_THE_GROUP
async def test_a_question_in_the_group_ends_no_form(office: Secretariat, what: str) -> None:
    menu = await office.member.ask("/register")
    await press(office.member, menu, "A Center")
    assert "What is the official name" in (await office.member.reply_after(menu["message_id"]))["text"]
    await asks_in_the_group(office, what)
    assert "Does it have a short name" in (await office.member.ask("Example Center"))["text"]


@IN_THE_GROUP
async def test_a_question_in_the_group_ends_no_answer_for_everybody(office: Secretariat, what: str) -> None:
    await drafted(office)
    private = await privately(office)
    await press(office.member, private, "Change the answer")
    await says(office.member, "Write the answer in English")
    await asks_in_the_group(office, what)
    assert "Behind the hall." in (await office.member.ask("Behind the hall."))["text"]


async def test_a_question_sent_from_a_group_ends_no_letter_to_the_secretariat(office: Secretariat) -> None:
    await office.member.ask("/ask")
    unknown = await office.group.ask(f"@unigo_test_bot {UNKNOWN}")
    await press(office.group, unknown, "Ask the Secretariat")
    assert (await office.member.ask("When was it founded?"))["text"].startswith("Your message has gone")


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
