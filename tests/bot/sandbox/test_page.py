"""The chat page in a real Chromium: what is written, pressed, sent and shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bot.sandbox.page_fixtures import PHONE, Shown, needs_browser, open_page, picture

pytestmark = [pytest.mark.browser, needs_browser]

CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
HOSTILE = '<img src=x onerror="document.title=1"><b>bold?</b>&amp;'
"""Markup that must stay text wherever it is shown."""


async def begun(shown: Shown) -> int:
    """Press Start as the delegate; the delegate's chat."""
    await shown.column("Delegate A").get_by_role("button", name="Start", exact=True).click()
    message = await shown.world.bot.update("message")
    assert message["text"] == "/start"
    return shown.world.delegate


async def test_start_and_a_typed_message_reach_the_bot() -> None:
    async with open_page() as shown:
        world = shown.world
        await world.bot.call("setMyDescription", description="Ask about the association.")
        await shown.page.reload()
        await shown.column("Delegate A").get_by_text("Ask about the association.").wait_for()
        await begun(shown)
        await shown.write("Delegate A", "Who may come?")
        message = await world.bot.update("message")
        assert (message["text"], message["from"]["id"]) == ("Who may come?", world.delegate)
        await shown.message("Delegate A", "Who may come?").and_(shown.page.locator(".own")).wait_for()


async def test_formatting_comes_from_entities() -> None:
    async with open_page() as shown:
        chat_id = await begun(shown)
        text = (
            "\U0001f30d <b>bold <i>both</i></b> <u>under</u> <s>struck</s> <code>code</code> "
            "<tg-spoiler>secret</tg-spoiler> <a href='https://example.org/a'>link</a> /help\n"
            "<pre><code class='language-python'>print()</code></pre>\n<blockquote expandable>1\n2\n3\n4\n5</blockquote>"
        )
        await shown.world.bot.say(chat_id, text, parse_mode="HTML")
        message = shown.message("Delegate A", "struck")
        for tag, inside in {
            ":is(strong em, em strong)": "both",
            "u": "under",
            "s": "struck",
            "code >> nth=0": "code",
            "pre code": "print()",
            "figcaption": "python",
            "a[href='https://example.org/a']": "link",
            "button.in-text": "/help",
        }.items():
            assert await message.locator(tag).inner_text() == inside
        hidden = message.locator(".spoiler")
        await hidden.click()
        assert "shown" in (await hidden.get_attribute("class") or "")
        unfold = message.get_by_role("button", name="Show more")
        await unfold.click()
        await message.get_by_role("button", name="Show less").wait_for()
        await message.locator("button.in-text").click()
        assert (await shown.world.bot.update("message"))["text"] == "/help"


async def test_a_pressed_button_waits_for_its_answer() -> None:
    async with open_page() as shown:
        chat_id = await begun(shown)
        rows = [[{"text": "Yes", "callback_data": "yes"}, {"text": "Why?", "callback_data": "why"}]]
        await shown.world.bot.say(chat_id, "Will you come?", reply_markup={"inline_keyboard": rows})
        yes = shown.column("Delegate A").get_by_role("button", name="Yes")
        await yes.click()
        query = await shown.world.bot.update("callback_query")
        assert (query["data"], query["from"]["id"]) == ("yes", shown.world.delegate)
        assert await yes.get_attribute("aria-busy") == "true"
        await shown.world.bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Noted, thank you.")
        await shown.page.locator(".toast", has_text="Noted, thank you.").wait_for()
        await shown.page.locator("button.inline-button[aria-busy]").wait_for(state="detached")
        await shown.column("Delegate A").get_by_role("button", name="Why?").click()
        query = await shown.world.bot.update("callback_query")
        await shown.world.bot.call(
            "answerCallbackQuery", callback_query_id=query["id"], text="Read this.", show_alert=True
        )
        dialog = shown.page.get_by_role("dialog")
        await dialog.get_by_text("Read this.").wait_for()
        await shown.page.keyboard.press("Escape")
        await dialog.wait_for(state="detached")


async def test_edits_and_deletions_are_seen_live() -> None:
    async with open_page() as shown:
        chat_id = await begun(shown)
        bot = shown.world.bot
        message_id = await bot.say(chat_id, "First wording")
        await shown.message("Delegate A", "First wording").wait_for()
        await bot.call("editMessageText", chat_id=chat_id, message_id=message_id, text="Second wording")
        edited = shown.message("Delegate A", "Second wording")
        await edited.get_by_text("edited").wait_for()
        assert await shown.message("Delegate A", "First wording").count() == 0
        await bot.call("deleteMessage", chat_id=chat_id, message_id=message_id)
        await edited.wait_for(state="detached")


async def test_a_calendar_file_can_be_downloaded(tmp_path: Path) -> None:
    async with open_page() as shown:
        chat_id = await begun(shown)
        await shown.world.bot.send_file("sendDocument", chat_id, "document", "sessions.ics", CALENDAR)
        card = shown.column("Delegate A").get_by_role("link", name="Download sessions.ics")
        assert "Calendar file" in await card.inner_text()
        async with shown.page.expect_download() as downloading:
            await card.click()
        download = await downloading.value
        assert download.suggested_filename == "sessions.ics"
        kept = tmp_path / download.suggested_filename
        await download.save_as(kept)
        assert kept.read_bytes() == CALENDAR


@pytest.mark.parametrize(("method", "kind"), [("sendDocument", "document"), ("sendPhoto", "photo")])
async def test_a_file_has_its_caption_and_its_buttons_below(method: str, kind: str) -> None:
    async with open_page(PHONE) as shown:
        chat_id = await begun(shown)
        markup = json.dumps({"inline_keyboard": [[{"text": "As CSV", "callback_data": "csv"}]]})
        with_caption = {"caption": "All <b>Centers</b>", "parse_mode": "HTML", "reply_markup": markup}
        await shown.world.bot.send_file(method, chat_id, kind, "centers.png", picture(), **with_caption)
        column = shown.column("Delegate A")
        await column.get_by_text("All Centers").wait_for()
        if kind == "document":
            card = column.get_by_role("link", name="Download centers.png")
            assert (await card.inner_text()).split("\n") == ["centers.png", f"{len(picture())} B"]
        else:
            await column.get_by_role("button", name="Photo: All Centers. Enlarge").wait_for()
        await column.get_by_role("button", name="As CSV").click()
        assert (await shown.world.bot.update("callback_query"))["data"] == "csv"


async def test_photos_both_ways(tmp_path: Path) -> None:
    async with open_page() as shown:
        chat_id = await begun(shown)
        await shown.world.bot.send_file("sendPhoto", chat_id, "photo", "hall.png", picture())
        await shown.column("Delegate A").get_by_role("button", name="Enlarge").click()
        await shown.page.locator("dialog img.large-photo").wait_for()
        await shown.page.keyboard.press("Escape")
        badge = tmp_path / "badge.png"
        badge.write_bytes(picture())
        column = shown.column("Delegate A")
        async with shown.page.expect_file_chooser() as choosing:
            await column.get_by_role("button", name="Attach").click()
            await shown.page.get_by_role("menuitem", name="Photo").click()
        await (await choosing.value).set_files(badge)
        await column.locator(".strip").get_by_text("badge.png").wait_for()
        await shown.write("Delegate A", "For the badge")
        message = await shown.world.bot.update("message")
        assert message["caption"] == "For the badge"
        assert message["photo"][-1]["width"] == 64


async def test_reply_keyboard_is_pressed_and_goes() -> None:
    async with open_page() as shown:
        chat_id = await begun(shown)
        bot = shown.world.bot
        keys = [[{"text": "Military"}, {"text": "Civilian"}], [{"text": "My number", "request_contact": True}]]
        await bot.say(chat_id, "Which segment?", reply_markup={"keyboard": keys, "resize_keyboard": True})
        keyboard = shown.column("Delegate A").get_by_label("Keyboard of the bot")
        await keyboard.get_by_role("button", name="Civilian").click()
        assert (await bot.update("message"))["text"] == "Civilian"
        await keyboard.get_by_role("button", name="My number").click()
        assert "phone_number" in (await bot.update("message"))["contact"]
        await bot.say(chat_id, "Thank you.", reply_markup={"remove_keyboard": True})
        await keyboard.wait_for(state="hidden")


async def test_reply_edit_and_forward_from_the_menu() -> None:
    async with open_page() as shown:
        chat_id = await begun(shown)
        bot, page = shown.world.bot, shown.page
        question = await bot.say(chat_id, "Your name?")
        await shown.message("Delegate A", "Your name?").click(button="right")
        await page.get_by_role("menuitem", name="Reply").click()
        await shown.write("Delegate A", "Delgate")
        message = await bot.update("message")
        assert message["reply_to_message"]["message_id"] == question
        await shown.message("Delegate A", "Delgate").locator(".quote", has_text="Your name?").wait_for()
        await shown.message("Delegate A", "Delgate").click(button="right")
        await page.get_by_role("menuitem", name="Edit").click()
        await shown.write("Delegate A", "Delegate")
        assert (await bot.update("edited_message"))["text"] == "Delegate"
        await shown.message("Delegate A", "Your name?").first.click(button="right")
        await page.get_by_role("menuitem", name="Forward to…").click()
        await page.get_by_role("dialog").get_by_role("button", name="UNIGO").click()
        assert "forward_origin" in await bot.update("message")
        await shown.column("Delegate A").get_by_text("Forwarded from").wait_for()


async def test_a_deep_link_starts_the_bot_with_its_payload() -> None:
    async with open_page() as shown:
        chat_id = await begun(shown)
        bot = shown.world.bot
        url = f"https://t.me/{bot.username}?start=invite_7"
        await bot.say(chat_id, "Come in", reply_markup={"inline_keyboard": [[{"text": "Open", "url": url}]]})
        await shown.column("Delegate A").get_by_role("button", name="Open").click()
        assert (await bot.update("message"))["text"] == "/start invite_7"


async def test_other_links_are_asked_about_first() -> None:
    async with open_page() as shown:
        chat_id = await begun(shown)
        await shown.world.bot.say(chat_id, "See https://example.org/terms")
        await shown.column("Delegate A").get_by_role("link", name="https://example.org/terms").click()
        dialog = shown.page.get_by_role("dialog")
        await dialog.get_by_text("https://example.org/terms").wait_for()
        await dialog.get_by_role("button", name="Stay here").click()
        assert len(shown.page.context.pages) == 1


async def test_commands_menu_and_completion() -> None:
    async with open_page() as shown:
        await begun(shown)
        commands = [
            {"command": "help", "description": "What this bot can do"},
            {"command": "language", "description": "Choose a language"},
        ]
        await shown.world.bot.call("setMyCommands", commands=commands)
        column = shown.column("Delegate A")
        box = column.get_by_label("Message", exact=True)
        await box.press_sequentially("/la")
        await column.get_by_role("option", name="/language").wait_for()
        await column.get_by_role("option", name="/help").wait_for(state="hidden")  # which went with "/" alone
        assert await column.get_by_role("option").count() == 1
        await box.press("ArrowDown")
        await box.press("Enter")
        assert await box.input_value() == "/language "
        await box.press("Enter")
        assert (await shown.world.bot.update("message"))["text"] == "/language"
        await column.get_by_role("button", name="Commands of the bot").click()
        await column.get_by_role("option", name="/help").click()
        assert (await shown.world.bot.update("message"))["text"] == "/help"


async def test_markup_in_names_and_texts_is_harmless() -> None:
    async with open_page() as shown:
        world = shown.world
        chat_id = await begun(shown)
        person = await world.ask("POST", "/persons", first_name=HOSTILE, username="hostile_one")
        await world.ask("POST", f"/groups/{world.group}/members", person_id=person["id"])
        await world.ask("POST", f"/persons/{person['id']}/messages", chat_id=world.group, text=HOSTILE)
        await world.bot.say(chat_id, HOSTILE)
        await world.bot.send_file("sendDocument", chat_id, "document", "a<b>.txt", b"x")
        rows = [[{"text": HOSTILE, "callback_data": "x"}]]
        await world.bot.say(chat_id, "Buttons", reply_markup={"inline_keyboard": rows})
        await shown.column("Delegate A").locator(".inline-button", has_text="onerror").wait_for()
        group = shown.column("Secretariat’s group")
        assert await group.locator(".message .text").last.inner_text() == HOSTILE
        assert await group.locator(".sender").last.inner_text() == HOSTILE
        assert await shown.message("Delegate A", "onerror").first.locator(".text").inner_text() == HOSTILE
        assert await shown.page.locator('img[src="x"]').count() == 0
        assert await shown.page.title() == "UNIGO bot — sandbox"
