"""The hosts of a conference: what they may do, and the links that make them hosts."""

from __future__ import annotations

import pytest

from bot.app import Running
from bot.members.roles import LINKS_AT_MOST
from storage import conferences
from storage.records.conferences import NoteTopic
from tests.chat import People, buttons
from tests.desk import member_of, owner_of, says
from tests.handlers.conferencing import LINK, begun, changed_line, finished, host_of, logged, now_is, opened, turned


async def test_a_host_changes_what_is_the_hosts(bot: Running, people: People) -> None:
    conference = await opened(bot)
    owner, number = await owner_of(people), conference.id
    host = await host_of(bot, people, owner, conference)
    await says(owner, "Host A has opened your link and is a host of “Annual Conference")
    menu = await turned(host, await host.ask("/conference"), f"conf:manage:{number}", "want to change?")
    assert f"conf:cancel:{number}" not in buttons(menu).values()
    step = await begun(host, menu, f"conf:edit:{number}")
    assert "First day" not in step["text"]
    told = await finished(host, await changed_line(host, step, "Theme", "Their theme"), "Save")
    assert "Theme: Their theme" in told["text"]
    listed = await turned(host, menu, f"conf:notes:{number}", "What do you want to write about?")
    await begun(host, listed, f"conf:write:{number}:dress")
    assert (await finished(host, await host.ask("Uniform."), "Save"))["text"].startswith("Saved.")
    assert (await conferences.notes(bot.database.reader, number)) == {NoteTopic.DRESS: "Uniform."}


@pytest.mark.parametrize("data", ["cancel", "cancelled", "restore", "hosts", "invite"])
async def test_a_host_does_not_do_what_is_the_secretariats(bot: Running, people: People, data: str) -> None:
    conference = await opened(bot)
    host = await host_of(bot, people, await owner_of(people), conference)
    shown = await host.ask("/conference")
    toast = await host.press(shown, f"conf:{data}:{conference.id}", forged=True)
    assert toast["text"] == "This is for the Secretariat only."
    assert await now_is(bot, conference) == conference
    assert await logged(bot, "refused") == [f"conference:{conference.id} "]


@pytest.mark.parametrize("data", ["manage", "edit", "notes", "cancelled", "hosts", "invite"])
async def test_the_host_of_another_conference_is_refused(bot: Running, people: People, data: str) -> None:
    mine, other = await opened(bot), await opened(bot)
    host = await host_of(bot, people, await owner_of(people), mine)
    shown = await host.ask("/conference")
    toast = await host.press(shown, f"conf:{data}:{other.id}", forged=True)
    assert toast["text"] == "Only the host and the Secretariat can do that."
    assert await logged(bot, "refused") == [f"conference:{other.id} "]


async def test_the_role_is_taken_back(bot: Running, people: People) -> None:
    conference = await opened(bot)
    owner, number = await owner_of(people), conference.id
    host = await host_of(bot, people, owner, conference)
    shown = await host.ask("/conference")
    menu = await turned(owner, await owner.ask("/conference"), f"conf:manage:{number}", "want to change?")
    listed = await turned(owner, menu, f"conf:hosts:{number}", "Host A")
    asked = await turned(owner, listed, f"conf:askhost:{number}:{host.id}", "Remove Host A from the hosts?")
    await turned(owner, asked, f"conf:unhost:{number}:{host.id}", "Nobody yet.")
    await says(host, "You are no longer a host of “Annual Conference")
    assert (await host.press(shown, f"conf:manage:{number}"))["text"].startswith("Only the host")


async def test_a_link_of_a_former_member_of_the_secretariat_is_void(bot: Running, people: People) -> None:
    conference = await opened(bot)
    owner = await owner_of(people)
    member = await member_of(people, owner)
    listed = await turned(member, await member.ask("/conference"), f"conf:hosts:{conference.id}", "Hosts", forged=True)
    await member.press(listed, f"conf:invite:{conference.id}")
    found = LINK.search((await says(member, "This link makes whoever opens it first a host"))["text"])
    assert found is not None
    staff = await owner.ask("/staff")
    await owner.press(staff, f"staff:remove:{member.id}", forged=True)
    await says(member, "You are no longer a member of the Secretariat.")
    phone = await people.person()
    start = await phone.start(found[1])
    assert (await phone.reply_after(start["message_id"]))["text"].startswith("This link was revoked.")


async def test_links_are_listed_revoked_and_not_for_whoever_made_them(bot: Running, people: People) -> None:
    conference = await opened(bot)
    owner, number = await owner_of(people), conference.id
    listed = await turned(owner, await owner.ask("/conference"), f"conf:hosts:{number}", "Hosts", forged=True)
    await owner.press(listed, f"conf:invite:{number}")
    given = await says(owner, "This link makes whoever opens it first a host")
    found = LINK.search(given["text"])
    assert found is not None
    start = await owner.start(found[1])
    assert "the person who is to be a host" in (await owner.reply_after(start["message_id"]))["text"]
    listed = await turned(owner, listed, f"conf:hosts:{number}", "No. 1: works once", forged=True)
    await owner.press(listed, f"conf:revoke:{number}:1")
    phone = await people.person()
    start = await phone.start(found[1])
    assert (await phone.reply_after(start["message_id"]))["text"].startswith("This link was revoked.")
    assert await logged(bot, "link.revoke") == ["link:1 "]


async def test_no_more_hosts_are_invited_than_links_can_be_shown(bot: Running, people: People) -> None:
    conference = await opened(bot)
    owner, number = await owner_of(people), conference.id
    listed = await turned(owner, await owner.ask("/conference"), f"conf:hosts:{number}", "Hosts", forged=True)
    for _ in range(LINKS_AT_MOST):
        assert (await owner.press(listed, f"conf:invite:{number}"))["show_alert"] is False
    refused = await owner.press(listed, f"conf:invite:{number}")
    assert refused["text"] == f"{LINKS_AT_MOST} invitations are open already. Revoke one first."


async def test_in_a_group_nothing_is_managed(bot: Running, people: People) -> None:
    conference = await opened(bot)
    owner = await owner_of(people)
    group = owner.within(await people.group(owner))
    shown = await group.ask("/conference")
    assert f"conf:manage:{conference.id}" not in buttons(shown).values()
    await group.press(shown, f"conf:manage:{conference.id}", forged=True)
    assert (await group.reply_after(shown["message_id"]))["text"] == "I show this in a private chat only."
    start = await owner.start(f"conference_{conference.id}")
    assert f"conf:manage:{conference.id}" in buttons(await owner.reply_after(start["message_id"])).values()
