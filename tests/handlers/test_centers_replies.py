"""Words for a decision that reply to something else than the question, or to nothing: none is lost in silence."""

from __future__ import annotations

from bot.runtime.clock import MovableClock
from storage.records.members import Request, RequestState
from tests.centers import card_of, press, put, request_now
from tests.chat import Json, People, Phone
from tests.conftest import StartBot
from tests.desk import Secretariat, answer, asked_at, running, says, secretariat

TOO_LONG = "That is too long: please write at most 1,000 characters."
ONLY_IN_REPLY = "I take it only as a reply."
DECLINED = "It is declined, and I will tell them so with your words."


async def asked(office: Secretariat, people: People) -> tuple[Phone, Request, Json]:
    """Somebody who has registered Center A, the request, and the question why it is declined."""
    phone = await people.person("Applicant A")
    request = await put(office.bot, phone)
    await press(office.group, await card_of(office.group, "Center A"), "Decline")
    return phone, request, await says(office.group, "Decline “🇨🇭 Center A”?")


async def reply(chat: Phone, to: Json, words: str) -> Json:
    return await chat.ask(words, reply_to_message_id=to["message_id"])


async def test_a_reason_may_reply_to_the_complaint_about_the_one_before(start_bot: StartBot, people: People) -> None:
    async with running(start_bot) as bot:
        office = await secretariat(bot, people)
        phone, _request, prompt = await asked(office, people)
        first = await reply(office.group, prompt, "x" * 4_000)
        assert first["text"] == TOO_LONG
        second = await reply(office.group, first, "x" * 1_001)
        assert second["text"] == TOO_LONG
    async with running(start_bot):
        assert (await reply(office.group, first, "Not ours."))["text"] == DECLINED
        assert "The Secretariat writes: “Not ours.”" in (await says(phone, "has declined"))["text"]


async def test_a_reason_that_replies_to_nothing_is_told_how(office: Secretariat, people: People) -> None:
    phone, request, _prompt = await asked(office, people)
    await office.owner.within(office.group.chat_id).write("Shall we?")  # another's words are none of this
    await office.group.write("// They are no training center.")
    hint = await office.group.ask("They are no training center.")
    assert ONLY_IN_REPLY in hint["text"]
    assert (await request_now(office.bot, request)).state == RequestState.OPEN
    await office.group.write("Just talk.")  # once is enough
    assert (await reply(office.group, hint, "No training center."))["text"] == DECLINED
    await says(phone, "The Secretariat has declined")
    assert sum(ONLY_IN_REPLY in text for text in await office.group.from_bot()) == 1


async def test_talk_long_after_the_question_is_talk(office: Secretariat, people: People, clock: MovableClock) -> None:
    _phone, _request, prompt = await asked(office, people)
    clock.advance(11 * 60.0)
    await office.group.write("Just talk.")
    assert (await reply(office.group, prompt, "Not ours."))["text"] == DECLINED
    assert not any(ONLY_IN_REPLY in text for text in await office.group.from_bot())


async def test_what_is_written_in_somebodys_topic_goes_to_them(office: Secretariat, people: People) -> None:
    delegate, copy = await asked_at(office, "What do we need?")
    await asked(office, people)
    await answer(office, copy, "Nothing.")
    await says(delegate, "Nothing.")
    assert not any(ONLY_IN_REPLY in text for text in await office.group.from_bot())


async def test_a_second_reply_is_told_that_it_is_decided(office: Secretariat, people: People) -> None:
    _phone, _request, prompt = await asked(office, people)
    await reply(office.group, prompt, "Not ours.")
    again = await reply(office.group, prompt, "Not ours, really.")
    assert again["text"] == "You have decided this already; nothing more was done."
    other = await reply(office.owner.within(office.group.chat_id), prompt, "Why?")
    assert other["text"].startswith("Member A has declined this already, ")
