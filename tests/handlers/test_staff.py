"""Who has which role: links that give one, taking it back, and who may do that."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.app import Running
from bot.members.roles import LINKS_AT_MOST
from bot.runtime.clock import MovableClock
from storage import audit
from tests.chat import People, buttons, until
from tests.conftest import StartBot
from tests.desk import OWNER, SECOND_OWNER, invited, labels, member_of, owner_of, running, says

DAY_S = 24 * 3600


async def acts(bot: Running) -> list[tuple[int, str, str]]:
    return [(entry.actor_id, entry.act, entry.object) for entry in await audit.latest(bot.database.reader)]


async def test_strangers_do_not_see_who_has_what(bot: Running, people: People) -> None:
    stranger = await people.person()
    assert (await stranger.ask("/staff"))["text"] == "This is for the Secretariat only."
    assert await acts(bot) == [(stranger.id, "refused", "staff")]


async def test_an_owner_sees_who_has_what_and_can_invite(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    listing = await owner.ask("/staff")
    assert listing["text"].startswith("Owners\n• ")
    assert "Owner 501" in listing["text"]
    assert "Secretariat\nNobody yet." in listing["text"]
    assert labels(listing) == ["Invite to the Secretariat"]


async def test_a_link_makes_a_member_and_the_owner_is_told(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    member = await member_of(people, owner)
    await says(owner, "Member A has opened your link")
    listing = await member.ask("/staff")
    assert "• Member A" in listing["text"]
    assert "reply_markup" not in listing, "only owners change roles"
    assert (member.id, "role.accept", f"person:{member.id}") in await acts(bot)


async def test_a_link_works_once(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    payload = await invited(owner)
    first, second = await people.person("First"), await people.person("Second")
    await asyncio.gather(first.start(payload), second.start(payload))

    async def texts() -> list[str]:
        said = [*(await first.from_bot()), *(await second.from_bot())]
        return said if len(said) == 2 else []

    said = sorted(await until(texts))
    assert said[0].startswith("Somebody has used this link already")
    assert said[1].startswith("You are a member of the Secretariat now.")
    taken = [act for _, act, _ in await acts(bot) if act == "role.accept"]
    assert taken == ["role.accept"]


async def test_each_reason_why_a_link_does_not_work_has_its_sentence(
    bot: Running, people: People, clock: MovableClock
) -> None:
    owner = await owner_of(people)
    stranger = await people.person("Stranger")

    async def opened(payload: str, by: object = stranger) -> str:
        message = await by.start(payload)  # type: ignore[attr-defined]
        return str((await by.reply_after(message["message_id"]))["text"])  # type: ignore[attr-defined]

    assert (await opened("role_nonsense")).startswith("I do not know this link.")
    own = await invited(owner)
    assert (await opened(own, owner)).startswith("This is your own link.")
    assert (await opened(own)).startswith("You are a member of the Secretariat now.")
    assert (await opened(own)).startswith("You have used this link already.")
    assert (await opened(await invited(owner))).startswith("You are a member of the Secretariat already")
    late = await invited(owner)
    clock.advance(7 * DAY_S + 1)
    other = await people.person("Other")
    assert (await opened(late, other)).startswith("The time of this link is over.")


async def test_a_link_can_be_revoked_and_then_does_not_work(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    payload = await invited(owner)
    shown = (await owner.messages())[-1]
    data = buttons(shown)["Revoke it"]
    assert await owner.press(shown, data) == {"answered": True, "show_alert": False}
    stranger = await people.person()
    message = await stranger.start(payload)
    assert (await stranger.reply_after(message["message_id"]))["text"].startswith("This link was revoked.")
    listing = await owner.ask("/staff")
    assert "Open invitations" not in listing["text"]
    again = await owner.press(listing, data, forged=True)
    assert again["text"] == "This has changed meanwhile. You see how it stands now."


async def test_no_more_invitations_are_made_than_can_be_shown_and_revoked(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    listing = await owner.ask("/staff")
    for _ in range(LINKS_AT_MOST):
        assert (await owner.press(listing, "staff:invite"))["show_alert"] is False
    refused = await owner.press(listing, "staff:invite")
    assert refused["text"] == f"{LINKS_AT_MOST} invitations are open already. Revoke one first."
    listing = await owner.ask("/staff")
    assert f"staff:revoke:{LINKS_AT_MOST + 1}" not in buttons(listing).values()
    await owner.press(listing, "staff:revoke:1")
    assert (await owner.press(listing, "staff:invite"))["show_alert"] is False


async def test_a_role_is_taken_back_after_a_second_press(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    member = await member_of(people, owner)
    listing = await owner.ask("/staff")
    await owner.press(listing, buttons(listing)["Remove Member A"])
    question = await until(lambda: _showing(owner, "Remove Member A from the Secretariat?"))
    await owner.press(question, buttons(question)["Yes, remove"])
    await says(member, "You are no longer a member of the Secretariat.")
    assert (await member.ask("/staff"))["text"] == "This is for the Secretariat only."
    assert (OWNER, "role.take", f"person:{member.id}") in await acts(bot)


async def test_two_owners_who_remove_the_same_member_do_it_once(bot: Running, people: People) -> None:
    owner, second = await owner_of(people), await owner_of(people, SECOND_OWNER)
    member = await member_of(people, owner)
    data = f"staff:remove:{member.id}"
    menus = [await phone.ask("/staff") for phone in (owner, second)]
    answers = await asyncio.gather(owner.press(menus[0], data, forged=True), second.press(menus[1], data, forged=True))
    assert sorted(answer.get("text", "") for answer in answers) == [
        "",
        "This has changed meanwhile. You see how it stands now.",
    ]
    assert len([act for _, act, _ in await acts(bot) if act == "role.take"]) == 1


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ("staff", "staff"),
        ("staff:invite", "link.make"),
        ("staff:revoke:1", "link:1"),
        ("staff:ask:501", "person:501"),
        ("staff:remove:501", "person:501"),
        ("desk:take:1:0", "thread:1"),
        ("desk:close:1", "thread:1"),
        ("desk:reopen:1", "thread:1"),
        ("desk:show:1", "thread:1"),
    ],
)
async def test_forged_presses_are_refused_and_noted(bot: Running, people: People, data: str, what: str) -> None:
    stranger = await people.person()
    menu = await stranger.ask("/start")
    answer = await stranger.press(menu, data, forged=True)
    assert answer["show_alert"] is True
    assert answer["text"] in {"This is for the Secretariat only.", "Only an owner of this bot can do that."}
    assert await acts(bot) == [(stranger.id, "refused", what)]
    assert len(await stranger.from_bot()) == 1


@pytest.mark.parametrize("data", ["staff:invite", "staff:revoke:1", "staff:ask:501", "staff:remove:501"])
async def test_members_cannot_do_what_owners_can(bot: Running, people: People, data: str) -> None:
    member = await member_of(people, await owner_of(people))
    listing = await member.ask("/staff")
    answer = await member.press(listing, data, forged=True)
    assert answer["text"] == "Only an owner of this bot can do that."


async def test_a_link_of_somebody_who_is_no_longer_an_owner_does_not_work(start_bot: StartBot, people: People) -> None:
    owner = await owner_of(people)
    async with running(start_bot):
        payload = await invited(owner)
    async with start_bot():
        stranger = await people.person()
        message = await stranger.start(payload)
        assert (await stranger.reply_after(message["message_id"]))["text"].startswith("This link was revoked.")


async def test_the_link_itself_is_kept_nowhere(bot: Running, people: People, tmp_path: Path) -> None:
    owner = await owner_of(people)
    token = (await invited(owner)).removeprefix("role_")

    def rows() -> str:
        connection = sqlite3.connect(tmp_path / "bot.db")
        try:
            tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return "\n".join(str(row) for table in tables for row in connection.execute(f"SELECT * FROM {table}"))  # noqa: S608
        finally:
            connection.close()

    await until(lambda: token not in rows())


async def test_who_works_here_has_a_menu_of_their_own(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    member = await member_of(people, owner)

    async def commands() -> list[str]:
        shown = await people.get(f"/commands?person_id={member.id}&chat_id={member.id}")
        return [command["command"] for command in shown["commands"]]

    async def has_staff() -> bool:
        theirs = ["waiting", "learned", "gaps", "stats", "export", "import", "audit", "staff"]
        return [name for name in await commands() if name in theirs] == theirs

    async def has_none() -> bool:
        return "staff" not in await commands()

    await until(has_staff)
    listing = await owner.ask("/staff")
    await owner.press(listing, f"staff:remove:{member.id}", forged=True)
    await until(has_none)


async def test_in_a_group_roles_are_not_shown(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    group = owner.within(await people.group(owner))
    reply = await group.ask("/staff")
    assert reply["text"] == "I show this in a private chat only."
    opened = await owner.start("staff")
    assert (await owner.reply_after(opened["message_id"]))["text"].startswith("Owners")


async def _showing(phone: object, words: str) -> object:
    messages = await phone.messages()  # type: ignore[attr-defined]
    return next((one for one in messages if one.get("text", "").startswith(words)), None)
