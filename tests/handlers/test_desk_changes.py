"""What becomes of the desk when its group changes, or the bot stops in the middle."""

from __future__ import annotations

from typing import Any

from bot.app import Running
from storage import desk, outbox
from storage import secretariat as known
from tests.chat import People, until
from tests.conftest import StartBot
from tests.desk import (
    UNKNOWN,
    Secretariat,
    answer,
    asked,
    bound,
    member_of,
    owner_of,
    running,
    says,
    secretariat,
)


async def test_what_waits_goes_to_the_group_that_is_bound_later(bot: Running, people: People) -> None:
    phone = await people.person("Delegate A")
    assert "I have kept your question for the Secretariat." in (await phone.ask(UNKNOWN))["text"]
    kept = await phone.ask("/ask And one more thing.")
    assert kept["text"].startswith("Your message is kept for the Secretariat")
    document = await people.document(phone, caption="zqx wvy list")
    await phone.reply_after(document["message_id"])
    owner = await owner_of(people)
    member = await member_of(people, owner)
    group = member.within(await bound(people, owner, member, is_forum=True))
    await says(group, "And one more thing.")
    said = [one.get("text") for one in await group.messages() if one.get("text") in {UNKNOWN, "And one more thing."}]
    assert said == [UNKNOWN, "And one more thing."]


async def test_another_group_gets_what_still_waits(office: Secretariat) -> None:
    phone, copy = await asked(office)
    await asked(office, "Do you have vacancies?", name="Delegate C")
    await answer(office, copy, "In June.")
    await says(phone, "In June.")
    second = await bound(office.people, office.owner, office.member, is_forum=True)
    moved = await says(office.member.within(second), "Do you have vacancies?")
    assert moved["text"] == "Do you have vacancies?"
    assert not [one for one in await office.member.within(second).messages() if one.get("text") == UNKNOWN]


async def test_a_topic_that_was_deleted_is_made_anew(office: Secretariat) -> None:
    phone, copy = await asked(office)
    await _bot_call(office, "deleteForumTopic", message_thread_id=copy["message_thread_id"])
    await phone.ask("Do you have vacancies?")
    anew = await says(office.group, "Do you have vacancies?")
    assert anew["message_thread_id"] != copy["message_thread_id"]
    await answer(office, anew, "In June.")
    await says(phone, "In June.")


async def test_where_the_bot_may_not_make_topics_it_goes_on_without(bot: Running, people: People) -> None:
    office = await secretariat(bot, people, is_forum=True, bot_is_admin=False)
    phone, copy = await asked(office)
    assert "Delegate A" in copy["text"]
    await says(office.group, "I may not open topics here")
    await answer(office, copy, "In June.", reply_to_message_id=copy["message_id"])
    await says(phone, "In June.")
    await people.post(f"/groups/{office.group.chat_id}/bot", {"is_admin": True})
    await office.owner.within(office.group.chat_id).write("/bind")

    async def uses_topics() -> bool:
        group = await known.bound(bot.database.reader)
        return group is not None and group.uses_topics

    await until(uses_topics)
    await phone.ask("Do you have vacancies?")
    assert (await says(office.group, "Do you have vacancies?")).get("is_topic_message") is True


async def test_a_group_that_is_upgraded_goes_on(bot: Running, people: People) -> None:
    office = await secretariat(bot, people, type="group", is_forum=False)
    phone, _ = await asked(office)
    upgraded = int((await people.post(f"/groups/{office.group.chat_id}/upgrade"))["id"])
    there = office.member.within(upgraded)
    anew = await says(there, UNKNOWN)
    await there.write("In June.", reply_to_message_id=anew["message_id"])
    await says(phone, "The Secretariat:\nIn June.")


async def test_the_same_update_twice_is_carried_once(office: Secretariat) -> None:
    await office.people.fault("duplicate_update", probability=1.0)
    phone, copy = await asked(office)
    await answer(office, copy, "In June.")
    await says(phone, "In June.")
    await phone.ask("/help")
    assert len([text for text in await phone.from_bot() if "In June." in text]) == 1
    assert len([one for one in await office.group.messages() if one.get("text") == UNKNOWN]) == 1


async def test_nothing_is_lost_when_the_bot_stops_in_the_middle(start_bot: StartBot, people: People) -> None:
    async with running(start_bot) as bot:
        office = await secretariat(bot, people)
        fault = await people.fault("502", chat_id=office.group.chat_id)
        phone = await people.person("Delegate A")
        await phone.ask(UNKNOWN)
    await phone.write("Do you have vacancies?")
    await people.delete(f"/faults/{fault}")
    async with running(start_bot) as bot:
        copy = await says(office.group, "Do you have vacancies?")
        await says(office.group, UNKNOWN)
    await answer(office, copy, "In June.")
    async with running(start_bot) as bot:
        await says(phone, "The Secretariat:\nIn June.")
        assert (await outbox.counts(bot.database.reader))[1] == 0
        thread = await desk.thread_of(bot.database.reader, phone.id)
        assert thread is not None
        assert thread.state == "answered"


async def _bot_call(office: Secretariat, method: str, **params: Any) -> Any:
    """A call with the bot's own token, as an administrator's doing that the sandbox has no button for."""
    return await office.bot.bot.call(method, {"chat_id": office.group.chat_id, **params})
