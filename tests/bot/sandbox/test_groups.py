"""Groups: what a bot sees there, how it comes and goes, and migration."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from .conftest import OTHER_TOKEN, Calls, Json, People


@dataclass(frozen=True)
class Group:
    id: int
    owner: int
    member: int


@pytest.fixture
async def group(people: People, bot: Calls) -> Group:
    """A group with two persons and the bot, as a plain member."""
    owner = await people.person("Secretariat", started=False)
    member = await people.person("Delegate A", started=False, username="delegate_a")
    chat = await people.post("/groups", title="Conference", members=[owner, member])
    await bot.take()
    return Group(chat["id"], owner, member)


async def heard(bot: Calls) -> list[str]:
    return [update["message"].get("text", "?") for update in await bot.take()]


async def test_a_new_group_tells_the_bot(people: People, bot: Calls, person: int) -> None:
    chat = await people.post("/groups", title="Conference", members=[person])
    assert chat["id"] < 0
    assert (chat["type"], chat["members"], chat["bots"]) == ("group", [person], [4242])
    joined, created = await bot.take()
    change = joined["my_chat_member"]
    assert [change[f"{when}_chat_member"]["status"] for when in ("old", "new")] == ["left", "member"]
    assert change["from"]["id"] == person
    assert created["message"]["group_chat_created"] is True
    assert created["message"]["chat"] == {"id": chat["id"], "title": "Conference", "type": "group"}


async def test_privacy_mode(people: People, bot: Calls, group: Group) -> None:
    said = [
        "a private talk",
        "/help",
        "/help@unigo_test_bot now",
        "/help@another_bot",
        "what says @unigo_test_bot to this?",
        "@another_bot?",
        "later /help",
        "later /help@unigo_test_bot",
    ]
    for text in said:
        await people.say(group.member, text, chat_id=group.id)
    assert await heard(bot) == [said[1], said[2], said[4], said[7]]
    own = await bot.say(group.id, "Any questions?")
    await people.say(group.member, "me", chat_id=group.id, reply_to_message_id=own["message_id"])
    talk = (await people.chat(group.id))["messages"][1]
    await people.say(group.member, "you", chat_id=group.id, reply_to_message_id=talk["message_id"])
    assert await heard(bot) == ["me"]


async def test_without_privacy_mode_a_bot_hears_everything(people: People, bot: Calls, group: Group) -> None:
    await people.post("/bots", token=bot.token, can_read_all_group_messages=True)
    await people.say(group.member, "a private talk", chat_id=group.id)
    assert await heard(bot) == ["a private talk"]
    assert (await bot.call("getMe"))["can_read_all_group_messages"] is True


async def test_an_administrator_hears_everything(people: People, bot: Calls, group: Group) -> None:
    await people.post(f"/groups/{group.id}/bot", is_admin=True)
    assert (await bot.taken("my_chat_member"))["new_chat_member"]["status"] == "administrator"
    await people.say(group.member, "a private talk", chat_id=group.id)
    assert await heard(bot) == ["a private talk"]
    administrators = await bot.call("getChatAdministrators", chat_id=group.id)
    assert [one["status"] for one in administrators] == ["creator", "administrator"]


async def test_a_bare_command_goes_to_the_bot_that_spoke_last(people: People, bot: Calls, group: Group) -> None:
    other = await people.post("/bots", token=OTHER_TOKEN, username="another_bot")
    second = Calls(bot.http, OTHER_TOKEN)
    await people.post(f"/groups/{group.id}/bot", bot_id=other["id"])
    await bot.take()
    await second.take()
    await second.say(group.id, "I am here")
    await people.say(group.member, "/help", chat_id=group.id)
    assert (await heard(bot), await heard(second)) == ([], ["/help"])
    await bot.say(group.id, "So am I")
    assert await heard(second) == [], "bots do not hear each other"
    await people.say(group.member, "/help", chat_id=group.id)
    assert (await heard(bot), await heard(second)) == (["/help"], [])


async def test_members_come_and_go(people: People, bot: Calls, group: Group) -> None:
    newcomer = await people.person("Delegate C", started=False)
    chat = await people.post(f"/groups/{group.id}/members", person_id=newcomer)
    assert chat["members"] == [group.owner, group.member, newcomer]
    assert [one["id"] for one in (await bot.taken("message"))["new_chat_members"]] == [newcomer]
    assert await bot.call("getChatMemberCount", chat_id=group.id) == 4
    assert (await bot.call("getChatMember", chat_id=group.id, user_id=newcomer))["status"] == "member"
    await people.delete(f"/groups/{group.id}/members/{newcomer}")
    assert (await bot.taken("message"))["left_chat_member"]["id"] == newcomer
    assert (await bot.call("getChatMember", chat_id=group.id, user_id=newcomer))["status"] == "left"
    status, _ = await people.refused("POST", f"/persons/{newcomer}/messages", chat_id=group.id, text="x")
    assert status == 409


async def test_a_removed_bot_is_refused(people: People, bot: Calls, group: Group) -> None:
    await people.post(f"/groups/{group.id}/remove_bot")
    left, change = await bot.take()
    assert left["message"]["left_chat_member"]["id"] == 4242
    assert change["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    refusal = await bot.refused("sendMessage", chat_id=group.id, text="x")
    assert (refusal.status, refusal.description) == (403, "Forbidden: bot was kicked from the group chat")
    await people.say(group.member, "/help", chat_id=group.id)
    assert await bot.updates() == []
    await people.post(f"/groups/{group.id}/bot")
    await bot.say(group.id)


async def test_a_bot_leaves(people: People, bot: Calls, group: Group) -> None:
    assert await bot.call("leaveChat", chat_id=group.id) is True
    refusal = await bot.refused("sendMessage", chat_id=group.id, text="x")
    assert (refusal.status, refusal.description) == (403, "Forbidden: bot is not a member of the group chat")


async def test_a_group_that_the_bot_was_never_in(people: People, bot: Calls, person: int) -> None:
    chat = await people.post("/groups", title="Others", members=[person], with_bot=False)
    refusal = await bot.refused("sendMessage", chat_id=chat["id"], text="x")
    assert (refusal.status, refusal.description) == (400, "Bad Request: chat not found")


async def test_migration(people: People, bot: Calls, group: Group) -> None:
    old = await bot.say(group.id, "before")
    chat = await people.post(f"/groups/{group.id}/upgrade")
    assert chat["type"] == "supergroup"
    assert str(chat["id"]).startswith("-100")
    to, from_ = [update["message"] for update in await bot.take()]
    assert (to["chat"]["id"], to["migrate_to_chat_id"]) == (group.id, chat["id"])
    assert (from_["chat"]["id"], from_["migrate_from_chat_id"]) == (chat["id"], group.id)
    refusal = await bot.refused("sendMessage", chat_id=group.id, text="x")
    assert refusal.body == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": chat["id"]},
    }
    await bot.say(chat["id"], "after")
    assert old["message_id"] == 2
    status, sentence = await people.refused("POST", f"/persons/{group.member}/messages", chat_id=group.id, text="x")
    assert (status, sentence) == (409, f"The group was upgraded; it is chat {chat['id']} now.")
    status, _ = await people.refused("POST", f"/groups/{group.id}/upgrade")
    assert status == 409


async def test_a_plain_member_may_not_pin_or_delete(people: People, bot: Calls, group: Group) -> None:
    said = await people.say(group.member, "/help", chat_id=group.id)
    where = {"chat_id": group.id, "message_id": said["message_id"]}
    refusal = await bot.refused("deleteMessage", **where)
    assert refusal.description == "Bad Request: message can't be deleted"
    refusal = await bot.refused("pinChatMessage", **where)
    assert refusal.description == "Bad Request: not enough rights to manage pinned messages in the chat"
    await people.post(f"/groups/{group.id}/bot", is_admin=True)
    assert await bot.call("pinChatMessage", **where) is True
    assert await bot.call("deleteMessage", **where) is True


async def test_selective_keyboards(people: People, bot: Calls, group: Group) -> None:
    keyboard = {"keyboard": [[{"text": "Yes"}]], "selective": True}
    await bot.say(group.id, "@delegate_a?", reply_markup=keyboard)

    async def keyboard_of(person_id: int) -> Json | None:
        shown: Json | None = (await people.chat(group.id, person_id=person_id))["reply_keyboard"]
        return shown

    assert await keyboard_of(group.member) == keyboard
    assert await keyboard_of(group.owner) is None
    await bot.say(group.id, "Thank you", reply_markup={"remove_keyboard": True})
    assert await keyboard_of(group.member) is None


async def test_get_chat(bot: Calls, group: Group) -> None:
    chat = await bot.call("getChat", chat_id=group.id)
    assert (chat["id"], chat["title"], chat["type"]) == (group.id, "Conference", "group")
    assert chat["permissions"]["can_send_messages"] is True
