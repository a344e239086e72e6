"""Inviting to a Center: links for one person, for somebody on the list, and the link to share."""

from __future__ import annotations

import asyncio
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

from PIL import Image

from bot.app import Running
from bot.members import invitations
from bot.members.roles import Role, fingerprint
from bot.runtime.clock import MovableClock
from storage import delegates, roles
from storage import invitations as kept
from storage.records.members import Invitation
from tests.chat import Json, People, Phone, buttons, until
from tests.conftest import StartBot
from tests.delegates import joined
from tests.desk import labels, running
from tests.forms import SUMMARY, asks
from tests.handlers.focal import becomes, center_led_by, delegate, desk, press, said

DAY_S = 24 * 3600.0


async def menu(phone: Phone) -> Json:
    return await press(phone, await desk(phone), "Invite", "Whom do you want to invite")


async def named(phone: Phone, name: str) -> Json:
    """Ask for a link for one person, up to the summary."""
    shown = await menu(phone)
    await phone.press(shown, buttons(shown)["For one person"])
    await asks(phone, "Who is to join “Center A”?")
    await phone.write(name)
    return await asks(phone, SUMMARY)


async def made(phone: Phone, name: str = "Delegate B") -> tuple[Json, Json]:
    """A link for one person: what is said of it, and the picture."""
    summary = await named(phone, name)
    await phone.press(summary, buttons(summary)["Make the link"])
    told = await said(phone, "This link is for", after=summary["message_id"])
    picture = await said(phone, "You are invited to join", after=told["message_id"])
    await said(phone, "I will tell you as soon as somebody has joined.", after=picture["message_id"])
    return told, picture


def url_in(picture: Json) -> str:
    return next(word for word in str(picture["caption"]).split() if word.startswith("https://t.me/"))


async def open_links(bot: Running, center: int) -> list[Invitation]:
    return await kept.of_center(bot.database.reader, center, bot.now_us())


async def test_a_link_for_one_person_with_words_and_a_picture_to_pass_on(bot: Running, people: People) -> None:
    phone = await people.person("Focal")
    center = await center_led_by(bot, phone)
    told, picture = await made(phone)
    assert told["text"].startswith("This link is for Delegate B, who joins “Center A” with it. It works once, until ")
    assert "(Zurich)" in told["text"], "in the time of the reader, here that of the Center's country"
    url = url_in(picture)
    assert picture["caption"].startswith(
        f"You are invited to join “Center A” as one of its delegates. Open this link in Telegram:\n\n{url}\n\n"
    )
    share = urlsplit(buttons(told)["Share"])
    assert (share.netloc, share.path) == ("t.me", "/share/url")
    assert parse_qs(share.query) == {
        "url": [url], "text": ["You are invited to join “Center A” as one of its delegates."]
    }  # fmt: skip
    content = await people.file(picture["photo"][-1]["file_id"])
    with Image.open(BytesIO(content)) as image:
        assert image.format == "PNG"
        assert image.width == image.height > 300
    [kept_link] = await open_links(bot, center)
    invitation = await kept.by_hash(bot.database.reader, fingerprint(url.partition("=join_")[2]))
    assert invitation == kept_link
    assert (kept_link.label, kept_link.kind) == ("Delegate B", "personal")


async def test_nothing_is_left_of_the_link_once_it_is_given(bot: Running, people: People) -> None:
    phone = await people.person("Focal")
    await center_led_by(bot, phone)
    _told, picture = await made(phone)
    token = url_in(picture).partition("=join_")[2]

    async def nothing_left() -> bool:
        rows = await bot.database.reader.all(bot.database.reader.sql.own_data.waiting_messages, person_id=phone.id)
        return token not in str([dict(row) for row in rows]) and await bot.spool.names() == []

    await until(nothing_left)


async def test_the_invited_open_the_link_and_it_is_theirs_alone(bot: Running, people: People) -> None:
    phone, first, second = [await people.person(name) for name in ("Focal", "First", "Second")]
    center = await center_led_by(bot, phone)
    _told, picture = await made(phone)
    payload = url_in(picture).partition("start=")[2]
    opened = await first.start(payload)
    offer = await first.reply_after(opened["message_id"])
    assert offer["text"].startswith("You are invited to join “Center A” as a delegate.")
    [link] = await open_links(bot, center)
    await bot.database.write(lambda tx: invitations.use(tx, link.id, first.id, bot.now_us()))
    opened = await second.start(payload)
    assert "Somebody has used this link already" in (await second.reply_after(opened["message_id"]))["text"]


async def test_a_double_tap_makes_one_link(bot: Running, people: People) -> None:
    phone = await people.person("Focal")
    center = await center_led_by(bot, phone)
    summary = await named(phone, "Delegate B")
    data = buttons(summary)["Make the link"]
    await asyncio.gather(*(phone.press(summary, data) for _ in range(4)))
    await said(phone, "I will tell you as soon as", after=summary["message_id"])
    assert len(await open_links(bot, center)) == 1
    assert len(await people.calls("sendPhoto")) == 1


async def test_making_a_link_goes_on_after_a_restart(start_bot: StartBot, people: People) -> None:
    phone = await people.person("Focal")
    async with running(start_bot) as bot:
        center = await center_led_by(bot, phone)
        summary = await named(phone, "Delegate B")
    async with running(start_bot) as bot:
        await phone.press(summary, buttons(summary)["Make the link"])
        await said(phone, "You are invited to join", after=summary["message_id"])
        assert [one.label for one in await open_links(bot, center)] == ["Delegate B"]


async def test_somebody_on_the_list_is_invited_by_a_press(bot: Running, people: People) -> None:
    phone = await people.person("Focal")
    center = await center_led_by(bot, phone)
    record = await delegate(bot, center, None, "Of The List")
    shown = await menu(phone)
    listed = await press(phone, shown, "For someone on your list (1)")
    data = buttons(listed)["Delegate Of The List"]
    assert data == f"center:for:{center}:{record}:0"
    await phone.press(listed, data)
    told = await said(phone, "This link is for Delegate Of The List")
    [link] = await open_links(bot, center)
    assert (link.delegate, link.replaces) == (record, False)
    toast = await phone.press(listed, data)  # the old button, again
    assert toast["text"] == "This has changed meanwhile. You see how it stands now."
    assert await open_links(bot, center) == [link]
    again = await press(phone, await press(phone, await menu(phone), "For someone"), "Back")
    assert "Invitations (1)" in labels(again)
    await phone.press(told, buttons(told)["Revoke it"])
    await becomes(phone, told, "No invitation is open.")
    assert await open_links(bot, center) == []


async def test_somebody_who_has_joined_meanwhile_is_not_invited_again(bot: Running, people: People) -> None:
    phone, other = await people.person("Focal"), await people.person("Other")
    center = await center_led_by(bot, phone)
    record = await delegate(bot, center, None, "Of The List")
    listed = await press(phone, await menu(phone), "For someone")
    await other.ask("/start")
    await bot.database.write(lambda tx: delegates.link(tx, record, other.id, 5))
    toast = await phone.press(listed, f"center:for:{center}:{record}:0")
    assert toast["text"] == "This has changed meanwhile. You see how it stands now."
    assert await open_links(bot, center) == []


async def test_a_link_to_share_is_made_replaced_and_ended(bot: Running, people: People, clock: MovableClock) -> None:
    phone = await people.person("Focal")
    center = await center_led_by(bot, phone)
    shown = await press(phone, await menu(phone), "A link to share", "There is no link to share at the moment.")
    await phone.press(shown, buttons(shown)["Make a link to share"])
    picture = await said(phone, "You are invited to join", after=shown["message_id"])
    await said(phone, "With this link, anybody can join “Center A” until")
    clock.advance(2 * DAY_S)
    toast = await phone.press(shown, buttons(shown)["Make a link to share"])
    assert toast["show_alert"], "there is one by now"
    shown = await press(phone, await menu(phone), "A link to share", "There is a link to share.")
    assert "0 people have joined with it." in shown["text"]
    await phone.press(shown, buttons(shown)["Make another link"])
    second = await said(phone, "You are invited to join", after=shown["message_id"])
    assert url_in(second) != url_in(picture)
    [link] = await open_links(bot, center)
    shown = await press(phone, await menu(phone), "A link to share", "There is a link to share.")
    ended = await press(phone, shown, "End it", "No invitation is open.")
    assert buttons(ended)["Invite"] == f"center:invite:{center}"
    assert await open_links(bot, center) == []
    after = await kept.by_id(bot.database.reader, link.id)
    assert after is not None
    assert after.revoked_by == phone.id


async def test_open_invitations_with_their_age_and_time_are_revoked_once(
    bot: Running, people: People, clock: MovableClock
) -> None:
    phone = await people.person("Focal")
    center = await center_led_by(bot, phone, country=None)
    for number in range(9):
        told, _picture = await made(phone, f"Delegate {number}")
    clock.advance(3 * DAY_S)
    listed = await press(phone, await desk(phone), "Invitations (9)", "9 open invitations")
    assert "• Delegate 0: made 3 days ago, works until " in listed["text"]
    assert "(UTC)" in listed["text"], "nothing is known of where the reader is"
    assert "Next" in labels(listed)
    second = await press(phone, listed, "Next", "Delegate 8")
    toast = await phone.press(second, buttons(second)["Revoke: Delegate 8"])
    assert toast["text"] == "The link works no longer."
    await becomes(phone, second, "8 open invitations")
    toast = await phone.press(told, buttons(told)["Revoke it"])
    assert toast["text"] == "This link was used or revoked already."
    clock.advance(30 * DAY_S)
    assert await open_links(bot, center) == []


async def test_a_link_of_another_center_is_not_revoked_by_a_forged_press(bot: Running, people: People) -> None:
    phone, other = await people.person("Focal"), await people.person("Other")
    await center_led_by(bot, phone)
    center = await center_led_by(bot, other)
    told, _picture = await made(phone)
    [link] = await open_links(bot, 1)
    toast = await other.press(await desk(other), f"center:revoke:{center}:{link.id}:0", forged=True)
    assert toast["show_alert"]
    assert await open_links(bot, 1) == [link]
    assert told["text"].startswith("This link is for")


async def test_a_delegate_is_replaced_by_a_link(bot: Running, people: People) -> None:
    phone, other = await people.person("Focal"), await people.person("Other")
    center = await center_led_by(bot, phone)
    record = await delegate(bot, center, other, "Former")
    card = await press(phone, await press(phone, await desk(phone), "Delegates"), "Delegate Former")
    await phone.press(card, buttons(card)["Replace by somebody else"])
    await asks(phone, "Who is to take the place?")
    await phone.write("Delegate New")
    summary = await asks(phone, SUMMARY)
    await phone.press(summary, buttons(summary)["Make the link"])
    await said(phone, "Delegate Former keeps the place until the link is used.", after=summary["message_id"])
    [link] = await open_links(bot, center)
    assert (link.delegate, link.replaces, link.label) == (record, True, "Delegate New")
    card = await press(phone, card, "All delegates")
    card = await press(phone, card, "Delegate Former")
    assert "A link to take this place is open until" in card["text"]


async def test_from_the_press_of_the_focal_point_to_the_new_delegate(bot: Running, people: People) -> None:
    phone, former, new = [await people.person(name) for name in ("Focal", "Former", "New")]
    center = await center_led_by(bot, phone)
    record = await delegate(bot, center, former, "Former")
    card = await press(phone, await press(phone, await desk(phone), "Delegates"), "Delegate Former")
    await phone.press(card, buttons(card)["Replace by somebody else"])
    await asks(phone, "Who is to take the place?")
    await phone.write("Delegate New")
    summary = await asks(phone, SUMMARY)
    await phone.press(summary, buttons(summary)["Make the link"])
    picture = await said(phone, "You are invited to join", after=summary["message_id"])
    await joined(new, url_in(picture).partition("start=")[2])
    await said(phone, "Major Given A Family A has joined “Center A” in the place of Delegate Former.")
    await said(former, "Somebody else has your place as a delegate of “Center A” now.")
    after = await delegates.by_id(bot.database.reader, record)
    assert after is not None
    assert after.center is None
    listed = await press(phone, await desk(phone), "Delegates (1)")
    assert "Major Given A Family A" in labels(listed)


async def test_who_loses_the_role_while_naming_somebody_makes_no_link(bot: Running, people: People) -> None:
    phone = await people.person("Focal")
    center = await center_led_by(bot, phone)
    summary = await named(phone, "Delegate B")
    await bot.database.write(lambda tx: roles.take(tx, phone.id, Role.FOCAL_POINT, str(center)))
    await phone.press(summary, buttons(summary)["Make the link"])
    await said(phone, "You cannot invite anybody to this Center now", after=summary["message_id"])
    assert await open_links(bot, center) == []


async def test_a_name_on_a_link_can_be_anything(bot: Running, people: People) -> None:
    phone = await people.person("Focal")
    await center_led_by(bot, phone)
    hostile = "<a href='tg://user?id=1'>x</a> & \u202e=1"
    told, _picture = await made(phone, hostile)
    assert "<a href='tg://user?id=1'>x</a> & =1" in told["text"]
    assert not [one for one in told.get("entities", []) if one["type"] == "text_link"]
