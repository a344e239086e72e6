"""Questions in groups: whoever mentions the bot is answered, in the same topic, and nobody else."""

from __future__ import annotations

from bot.app import Running
from tests.chat import People
from tests.conftest import TOKEN
from tests.questions import in_group


async def test_in_a_group_only_mentions_and_commands_are_answered(bot: Running, people: People) -> None:
    group = await in_group(people)
    await group.write("When was it founded?")
    reply = await group.ask("@unigo_test_bot what is the AGM?")
    assert "Annual General Meeting" in reply["text"]
    assert reply["reply_to_message"]["text"] == "@unigo_test_bot what is the AGM?"
    reply = await group.ask("/help@unigo_test_bot")
    assert reply["text"].startswith("In this group I answer when I am mentioned")
    assert len(await group.from_bot()) == 2


async def test_a_bot_that_reads_all_of_a_group_still_keeps_quiet(bot: Running, people: People) -> None:
    await people.post("/bots", {"token": TOKEN, "can_read_all_group_messages": True})
    group = await in_group(people)
    await group.write("When was it founded?")
    await group.write("/nonsense")
    await group.write("/nonsense@another_bot")
    await group.write("@another_bot when was it founded?")
    await group.ask("@unigo_test_bot thanks")
    assert await group.from_bot() == ["You are welcome."]


async def test_in_a_topic_the_reply_stays_in_the_topic(bot: Running, people: People) -> None:
    group = await in_group(people, is_forum=True)
    topic = await people.post(f"/groups/{group.chat_id}/topics", {"name": "Questions", "person_id": group.id})
    reply = await group.ask("@unigo_test_bot what is the AGM?", message_thread_id=topic["message_thread_id"])
    assert reply["message_thread_id"] == topic["message_thread_id"]


async def test_a_mention_alone_is_told_how_to_ask(bot: Running, people: People) -> None:
    group = await in_group(people)
    reply = await group.ask("@unigo_test_bot")
    assert "write @unigo_test_bot and your question" in reply["text"]


async def test_an_unknown_command_in_a_group_is_told_that_a_mention_is_needed(bot: Running, people: People) -> None:
    group = await in_group(people)
    assert (await group.ask("/nosuch@unigo_test_bot"))["text"].startswith("In this group I answer when I am mentioned")


async def test_a_mention_in_a_caption_is_not_part_of_the_question(bot: Running, people: People) -> None:
    group = await in_group(people)
    sent = await people.document(group, caption="@unigo_test_bot thanks")
    assert (await group.reply_after(sent["message_id"]))["text"] == "You are welcome."
