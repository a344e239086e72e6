"""Which group is the Secretariat's: bound by owners only, followed, and missed when it is lost."""

from __future__ import annotations

import pytest

from bot.app import Running
from storage import audit, secretariat
from tests.chat import People, until
from tests.desk import bound, member_of, owner_of, says


async def group_of(bot: Running) -> int | None:
    group = await secretariat.bound(bot.database.reader)
    return None if group is None else group.chat_id


@pytest.mark.parametrize("command", ["/bind", "/unbind"])
async def test_somebody_else_is_refused_politely(bot: Running, people: People, command: str) -> None:
    owner = await owner_of(people)
    member = await member_of(people, owner)
    group = member.within(await people.group(owner, member))
    assert (await group.ask(command))["text"] == "I am sorry: only an owner of this bot can do that."
    assert await group_of(bot) is None
    assert (await audit.latest(bot.database.reader))[0].act == "refused"


@pytest.mark.parametrize("command", ["/bind", "/unbind"])
async def test_in_private_there_is_nothing_to_bind(bot: Running, people: People, command: str) -> None:
    owner = await owner_of(people)
    assert (await owner.ask(command))["text"] == "Please give this command in the group of the Secretariat."


async def test_an_owner_binds_and_lets_go(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    group_id = await bound(people, owner, is_forum=True)
    group = owner.within(group_id)
    assert await group_of(bot) == group_id
    assert (await group.ask("/bind"))["text"].startswith("This is the Secretariat's group already.")
    elsewhere = owner.within(await people.group(owner))
    assert (await elsewhere.ask("/unbind"))["text"] == "This is not the Secretariat's group."
    assert (await group.ask("/unbind"))["text"].startswith("This is no longer the Secretariat's group.")
    assert await group_of(bot) is None
    assert [entry.act for entry in await audit.latest(bot.database.reader)] == ["group.unbind", "group.bind"]


async def test_the_last_group_that_was_bound_counts_and_the_other_is_told(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    first = await bound(people, owner)
    second = await bound(people, owner)
    assert await group_of(bot) == second
    await says(owner.within(first), "Another group is the Secretariat's now")


async def test_the_group_has_a_menu_of_its_own(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    group_id = await bound(people, owner)

    async def has_menu() -> bool:
        shown = await people.get(f"/commands?person_id={owner.id}&chat_id={group_id}")
        names = [command["command"] for command in shown["commands"]]
        return names[:4] == ["waiting", "take", "close", "reopen"]

    await until(has_menu)


async def test_owners_are_told_when_the_bot_is_thrown_out(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    await owner.ask("/start")
    group_id = await bound(people, owner)
    await people.post(f"/groups/{group_id}/remove_bot")
    await says(owner, "I am no longer in the Secretariat's group “Secretariat”.")
    assert await group_of(bot) is None


async def test_a_group_that_is_upgraded_is_followed(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    group_id = await bound(people, owner, type="group")
    upgraded = int((await people.post(f"/groups/{group_id}/upgrade"))["id"])

    async def followed() -> bool:
        return await group_of(bot) == upgraded

    await until(followed)
