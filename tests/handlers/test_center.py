"""/center: a Center as its focal point, its delegates, the Secretariat and strangers see it."""

from __future__ import annotations

import pytest

from bot.app import Running
from bot.members import curating, registering, requests
from bot.members.roles import Role
from storage import audit, delegates, roles
from storage import centers as kept_centers
from storage.records.members import CenterState, RequestState
from storage.session import Transaction
from tests.chat import People, buttons
from tests.desk import labels, owner_of
from tests.handlers.focal import becomes, center_led_by, delegate, desk, press
from tests.leaders import DETAILS, OWNER, RIGHTS

HOSTILE = "<b>\"Center\" & 'A'</b>\u202e\u200b 🕊 =1+1"
SHOWN = HOSTILE.replace("\u202e", "")
"""Marks that turn what stands behind them are left out."""


async def test_the_focal_point_sees_the_center_and_what_can_be_done(bot: Running, people: People) -> None:
    phone, other = await people.person("Focal"), await people.person("Other")
    center = await center_led_by(bot, phone)
    await delegate(bot, center, other)
    shown = await desk(phone)
    assert shown["text"] == (
        "Official name: Center A\nKind of member: Training Center\nFocus: Mixed\nCountry: 🇨🇭 Switzerland\n"
        "City: Example City\nE-mail: office@a.example.org\nName of the head: Head A\n\n"
        "Focal point: Focal\nYou are its focal point."
    )
    assert buttons(shown) == {
        "Edit": f"center:edit:{center}",
        "Invite": f"center:invite:{center}",
        "Delegates (1)": f"center:people:{center}:0",
        "Focal point, deputies": f"center:leaders:{center}",
    }


async def test_a_delegate_sees_who_looks_after_the_center_and_who_agreed_to_be_shown(
    bot: Running, people: People
) -> None:
    lead, phone = await people.person("Focal"), await people.person("Other")
    center = await center_led_by(bot, lead)
    await delegate(bot, center, phone, "Not shown")
    record = await delegate(bot, center, None, "Shown")
    before = await desk(phone)
    assert before["text"].endswith("Focal point: Focal\nYou are one of its delegates.")
    assert labels(before) == ["Ask the Secretariat"]
    await bot.database.write(lambda tx: delegates.set_shown(tx, record, is_shown=True, now=1))
    listed = await press(phone, await desk(phone), "Delegates (1)")
    assert listed["text"] == "Delegates of “Center A” who agreed to be shown:\n\n• Delegate Shown"
    assert labels(listed) == ["Back to the Center"]


async def test_somebody_without_a_center_is_led_to_one(bot: Running, people: People) -> None:
    phone = await people.person()
    shown = await desk(phone)
    assert shown["text"].startswith("You have no Center here yet.")
    assert list(buttons(shown).values())[:2] == ["register", "register:delegate"]


async def test_who_leads_several_chooses(bot: Running, people: People) -> None:
    phone = await people.person("Focal")
    for name in ("Center A", "Center B"):
        await center_led_by(bot, phone, name=name)
    choice = await desk(phone)
    assert labels(choice) == ["🇨🇭 Center A", "🇨🇭 Center B"]
    shown = await press(phone, choice, "🇨🇭 Center B")
    assert shown["text"].startswith("Official name: Center B\n")


async def test_what_is_not_approved_is_shown_as_it_stands(bot: Running, people: People) -> None:
    phone = await people.person("Applicant")
    await phone.ask("/start")

    async def register(tx: Transaction) -> int:
        def post(_message: object) -> None:
            """Nobody is shown anything here."""

        request = await registering.register(tx, RIGHTS, DETAILS, by=phone.id, now=bot.now_us(), post=post)
        return request.id

    number = await bot.database.write(register)
    shown = await desk(phone)
    assert "It waits for the Secretariat's approval." in shown["text"]
    assert buttons(shown)["Change something"] == f"mine:change:{number}"

    async def decide(tx: Transaction) -> None:
        found = await requests.find(tx, number)
        await requests.decide(
            tx, RIGHTS, number, RequestState.DECLINED, edition=found.edition, by=OWNER, reason="Not ours", now=2,
            post=lambda _message: None,
        )  # fmt: skip

    await bot.database.write(decide)
    shown = await desk(phone)
    assert "It was declined." in shown["text"]
    assert "“Not ours”" in shown["text"]
    assert "Register a Center" in buttons(shown)


async def test_the_secretariat_sees_any_center(bot: Running, people: People) -> None:
    lead, owner = await people.person("Focal"), await owner_of(people)
    center = await center_led_by(bot, lead)
    opened = await owner.start(f"center_{center}")
    shown = await owner.reply_after(opened["message_id"])
    assert shown["text"].startswith("Official name: Center A\n")
    assert "Edit" in labels(shown)


@pytest.mark.parametrize(
    "payload", ["center_9999", "center_", "center_x", "center_-1", "center_9999999999999", "centers"]
)
async def test_links_that_lead_nowhere(bot: Running, people: People, payload: str) -> None:
    phone = await people.person()
    opened = await phone.start(payload)
    assert (await phone.reply_after(opened["message_id"]))["text"]


async def test_in_a_group_nothing_is_shown(bot: Running, people: People) -> None:
    phone = await people.person("Focal")
    center = await center_led_by(bot, phone)
    group = phone.within(await people.group(phone))
    shown = await group.ask("/center@unigo_test_bot")
    assert buttons(shown) == {"Open a private chat": "https://t.me/unigo_test_bot?start=center"}
    await group.press(shown, f"center:people:{center}:0", forged=True)
    again = await group.reply_after(shown["message_id"])
    assert buttons(again) == {"Open a private chat": f"https://t.me/unigo_test_bot?start=center_{center}"}


async def test_a_suspended_center_can_be_looked_at(bot: Running, people: People) -> None:
    phone = await people.person("Focal")
    center = await center_led_by(bot, phone)
    shown = await desk(phone)
    await bot.database.write(
        lambda tx: kept_centers.set_state(tx, center, before=CenterState.APPROVED, state=CenterState.SUSPENDED, now=1)
    )
    for data in (f"center:edit:{center}", f"center:invite:{center}", f"center:share:{center}"):
        toast = await phone.press(shown, data, forged=True)
        assert toast["text"] == "The Secretariat has suspended this Center, so this is not possible now."
    now = await desk(phone)
    assert "The Secretariat has suspended this Center." in now["text"]
    assert "Edit" not in labels(now)


EVERY_BUTTON = (
    "center:show:{c}", "center:edit:{c}", "center:invite:{c}", "center:personal:{c}", "center:replace:{c}:{d}",
    "center:listed:{c}:0", "center:for:{c}:{d}:0", "center:share:{c}", "center:shared:{c}:0", "center:links:{c}:0",
    "center:revoke:{c}:1:0", "center:people:{c}:0", "center:person:{c}:{d}", "center:ask:{c}:{d}",
    "center:remove:{c}:{d}", "center:joining:{c}:0", "center:leaders:{c}", "center:appoint:{c}:{d}",
    "center:dismiss:{c}:{p}", "center:handover:{c}:{d}", "center:offer:{c}:{d}:1", "center:withdraw:{c}:1",
)  # fmt: skip


@pytest.mark.parametrize("beside", [0, 7], ids=["a Center", "no Center"])
async def test_a_strangers_forged_press_is_refused_and_logged(bot: Running, people: People, beside: int) -> None:
    lead, member, stranger = [await people.person(name) for name in ("Focal", "Member", "Stranger")]
    center = await center_led_by(bot, lead)
    record = await delegate(bot, center, member)
    shown = await stranger.ask("/center")
    about = center + beside
    for pattern in EVERY_BUTTON:
        toast = await stranger.press(shown, pattern.format(c=about, d=record, p=member.id), forged=True)
        assert toast["text"] == "This is for those who look after this Center, and you do not, or no longer.", pattern
    refused = [
        one for one in await audit.latest(bot.database.reader) if (one.act, one.actor_id) == ("refused", stranger.id)
    ]
    assert {one.object for one in refused} == {f"center:{about}"}
    assert len(refused) == len(EVERY_BUTTON)
    after = await delegates.by_id(bot.database.reader, record)
    assert after is not None
    assert after.center == center
    assert await bot.spool.names() == [], "nothing was made for them"


async def test_old_buttons_of_a_former_focal_point_say_so(bot: Running, people: People) -> None:
    phone = await people.person("Focal")
    center = await center_led_by(bot, phone)
    shown = await desk(phone)
    await bot.database.write(lambda tx: roles.take(tx, phone.id, Role.FOCAL_POINT, str(center)))
    toast = await phone.press(shown, f"center:invite:{center}")
    assert (toast["show_alert"], toast["text"]) == (
        True,
        "This is for those who look after this Center, and you do not, or no longer.",
    )
    await becomes(phone, shown, "You have no Center here yet.")


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.DEPUTY])
async def test_while_suspended_nobody_leads_and_afterwards_they_do_again(
    bot: Running, people: People, role: Role
) -> None:
    phone, member = await people.person("Leader"), await people.person("Member")
    center = await center_led_by(bot, phone if role == Role.FOCAL_POINT else await people.person("Focal"))
    own, record = await delegate(bot, center, phone, "Leader"), await delegate(bot, center, member)
    await bot.database.write(lambda tx: roles.give(tx, phone.id, role, scope=str(center), given_by=OWNER, now=1))
    shown = await desk(phone)
    assert "Invite" in labels(shown)
    await bot.database.write(lambda tx: curating.suspend_person(tx, RIGHTS, own, None, by=OWNER, now=2))
    for pattern in EVERY_BUTTON:
        toast = await phone.press(shown, pattern.format(c=center, d=record, p=member.id), forged=True)
        assert toast["text"] == "This is for those who look after this Center, and you do not, or no longer.", pattern
    await becomes(phone, shown, "Your registration is suspended.")
    assert "Your registration is suspended." in (await desk(phone))["text"]
    refused = [
        one for one in await audit.latest(bot.database.reader) if (one.act, one.actor_id) == ("refused", phone.id)
    ]
    assert len(refused) == len(EVERY_BUTTON)
    await bot.database.write(lambda tx: curating.lift_person(tx, RIGHTS, own, by=OWNER, now=3))
    again = await desk(phone)
    assert "Invite" in labels(again)
    await press(phone, again, "Invite", "Whom")


async def test_a_name_can_be_anything(bot: Running, people: People) -> None:
    phone = await people.person("Focal")
    center = await center_led_by(bot, phone, name=HOSTILE, city="=cmd()", head_name="\u200fשם\u200f")
    await delegate(bot, center, None, HOSTILE)
    shown = await desk(phone)
    assert SHOWN in shown["text"]
    assert "=cmd()" in shown["text"]
    listed = await press(phone, shown, "Delegates (1)")
    card = await press(phone, listed, next(label for label in labels(listed) if "Center" in label), SHOWN)
    asked = await press(phone, card, "Remove from the Center", SHOWN)
    assert "from the list of" in asked["text"]
