"""Supergroups with topics."""

from __future__ import annotations

import pytest

from .conftest import Calls, People


@pytest.fixture
async def forum(people: People, bot: Calls, person: int) -> int:
    """A supergroup with topics in which the bot is an administrator."""
    chat = await people.post("/groups", title="Desk", type="supergroup", is_forum=True, members=[person])
    await bot.take()
    chat_id: int = chat["id"]
    return chat_id


async def test_the_bot_opens_a_topic_and_writes_in_it(people: People, bot: Calls, forum: int) -> None:
    topic = await bot.call("createForumTopic", chat_id=forum, name="Center 1")
    assert (topic["name"], topic["icon_color"]) == ("Center 1", 0x6FB9F0)
    thread_id = topic["message_thread_id"]
    created = await bot.taken("message")
    assert created["forum_topic_created"] == {"name": "Center 1", "icon_color": 0x6FB9F0}
    assert created["message_id"] == thread_id
    sent = await bot.say(forum, "hello", message_thread_id=thread_id)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread_id, True)
    assert sent["reply_to_message"]["message_id"] == thread_id
    assert sent["chat"]["is_forum"] is True
    reply = await bot.say(forum, "and", reply_parameters={"message_id": sent["message_id"]})
    assert reply["message_thread_id"] == thread_id
    chat = await people.chat(forum)
    assert chat["chat"]["topics"] == [{"message_thread_id": thread_id, "name": "Center 1", "is_closed": False}]


async def test_a_person_writes_in_a_topic(people: People, bot: Calls, person: int, forum: int) -> None:
    topic = await people.post(f"/groups/{forum}/topics", name="Visas", person_id=person)
    await bot.take()
    said = await people.say(person, "hello", chat_id=forum, message_thread_id=topic["message_thread_id"])
    assert await bot.taken("message") == said
    assert said["message_thread_id"] == topic["message_thread_id"]
    general = await people.say(person, "to all", chat_id=forum)
    assert "message_thread_id" not in general
    status, _ = await people.refused(
        "POST", f"/persons/{person}/messages", chat_id=forum, message_thread_id=99, text="x"
    )
    assert status == 404


async def test_topics_that_are_not_there(bot: Calls, forum: int) -> None:
    for thread_id in (1, 99):
        refusal = await bot.refused("sendMessage", chat_id=forum, text="x", message_thread_id=thread_id)
        assert refusal.description == "Bad Request: message thread not found"
    refusal = await bot.refused("closeForumTopic", chat_id=forum, message_thread_id=99)
    assert refusal.description == "Bad Request: TOPIC_ID_INVALID"


async def test_a_topic_is_renamed_closed_reopened_and_deleted(people: People, bot: Calls, forum: int) -> None:
    thread_id = (await bot.call("createForumTopic", chat_id=forum, name="One"))["message_thread_id"]
    where = {"chat_id": forum, "message_thread_id": thread_id}
    sent = await bot.say(forum, "hello", message_thread_id=thread_id)
    await bot.take()
    assert await bot.call("editForumTopic", **where, name="Two") is True
    assert (await bot.taken("message"))["forum_topic_edited"] == {"name": "Two"}
    refusal = await bot.refused("editForumTopic", **where, name="Two")
    assert refusal.description == "Bad Request: TOPIC_NOT_MODIFIED"
    assert await bot.call("closeForumTopic", **where) is True
    assert (await bot.taken("message"))["forum_topic_closed"] == {}
    assert (await bot.refused("closeForumTopic", **where)).description == "Bad Request: TOPIC_NOT_MODIFIED"
    assert await bot.call("reopenForumTopic", **where) is True
    assert (await bot.taken("message"))["forum_topic_reopened"] == {}
    assert await bot.call("deleteForumTopic", **where) is True
    refusal = await bot.refused("sendMessage", **where, text="x")
    assert refusal.description == "Bad Request: message thread not found"
    chat = await people.chat(forum)
    assert chat["chat"]["topics"] == []
    assert next(m for m in chat["messages"] if m["message_id"] == sent["message_id"])["deleted"] is True


async def test_only_administrators_manage_topics(people: People, bot: Calls, forum: int) -> None:
    thread_id = (await bot.call("createForumTopic", chat_id=forum, name="One"))["message_thread_id"]
    await bot.call("closeForumTopic", chat_id=forum, message_thread_id=thread_id)
    await people.post(f"/groups/{forum}/bot", is_admin=False)
    refusal = await bot.refused("createForumTopic", chat_id=forum, name="Two")
    assert refusal.description == "Bad Request: not enough rights to create a topic"
    refusal = await bot.refused("sendMessage", chat_id=forum, text="x", message_thread_id=thread_id)
    assert refusal.description == "Bad Request: TOPIC_CLOSED"


async def test_groups_without_topics(people: People, bot: Calls, person: int) -> None:
    chat = await people.post("/groups", title="Plain", type="supergroup", members=[person])
    refusal = await bot.refused("createForumTopic", chat_id=chat["id"], name="x")
    assert refusal.description == "Bad Request: the chat is not a forum"
    status, sentence = await people.refused("POST", f"/groups/{chat['id']}/topics", name="x", person_id=person)
    assert (status, sentence) == (409, "This group has no topics.")
