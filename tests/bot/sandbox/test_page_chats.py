"""Groups, topics and what else happens in chats, on the chat page in a real Chromium."""

from __future__ import annotations

import aiohttp
import pytest

from tests.bot.sandbox.page_fixtures import PHONE, TOKEN, Shown, needs_browser, open_page, picture

pytestmark = [pytest.mark.browser, needs_browser]


async def started(shown: Shown) -> int:
    """Let the delegate write to the bot once, so that the bot may write; the delegate's chat."""
    await shown.world.ask("POST", f"/persons/{shown.world.delegate}/start", payload="")
    await shown.message("Delegate A", "/start").wait_for()
    return shown.world.delegate


async def test_a_group_is_written_to_as_each_member_and_has_topics() -> None:
    async with open_page() as shown:
        world, page = shown.world, shown.page
        await page.get_by_role("button", name="Add a group").click()
        await page.get_by_label("Title").fill("Forum")
        await page.get_by_label("Kind").select_option(label="Supergroup with topics")
        await page.get_by_role("checkbox", name="مندوب ب").uncheck()
        await page.get_by_role("button", name="Create").click()
        await shown.column("Forum").wait_for()
        column = shown.column("Forum")
        await column.get_by_role("button", name="New topic").click()
        await page.get_by_label("Name", exact=True).fill("Registration")
        await page.get_by_role("button", name="Open the topic").click()
        await column.get_by_role("button", name="Registration", pressed=True).wait_for()
        await column.get_by_label("Write as").select_option(label="Delegate A")
        await column.get_by_role("button", name="Registration").click()
        await shown.write("Forum", "About registration")
        while "text" not in (message := await world.bot.update("message")):
            pass
        assert (message["chat"]["title"], message["from"]["id"]) == ("Forum", world.delegate)
        assert message["is_topic_message"]
        (forum,) = [chat for chat in (await world.ask("GET", "/state"))["chats"] if chat.get("title") == "Forum"]
        assert forum["members"] == [world.delegate, world.secretary]


async def test_an_upgraded_group_is_followed() -> None:
    async with open_page() as shown:
        world = shown.world
        column = shown.column("Secretariat’s group")
        await column.get_by_role("button", name="More", exact=True).click()
        await shown.page.get_by_role("menuitem", name="Make it a supergroup").click()
        await column.get_by_text("Supergroup · 1 person").wait_for()
        await shown.write("Secretariat’s group", "/help")
        while "text" not in (message := await world.bot.update("message")):
            pass
        assert message["chat"]["type"] == "supergroup"


async def test_who_is_writing_is_shown_until_the_message_comes() -> None:
    async with open_page() as shown:
        chat_id = await started(shown)
        await shown.world.bot.call("sendChatAction", chat_id=chat_id, action="typing")
        writing = shown.column("Delegate A").get_by_text("UNIGO is writing")
        await writing.wait_for()
        await shown.world.bot.say(chat_id, "Here it is.")
        await writing.wait_for(state="detached")


async def test_an_album_is_one_bubble_and_loses_a_picture_that_is_deleted() -> None:
    async with open_page() as shown:
        chat_id = await started(shown)
        form = aiohttp.FormData()
        form.add_field("chat_id", str(chat_id))
        form.add_field(
            "media",
            '[{"type":"photo","media":"attach://one","caption":"The hall"},{"type":"photo","media":"attach://two"}]',
        )
        for name in ("one", "two"):
            form.add_field(name, picture(), filename=f"{name}.png")
        url = f"{shown.world.sandbox.base_url}/bot{TOKEN}/sendMediaGroup"
        async with shown.world.http.post(url, data=form) as response:
            sent = (await response.json())["result"]
        bubble = shown.message("Delegate A", "The hall")
        await bubble.locator(".album img").nth(1).wait_for()
        await shown.world.bot.call("deleteMessage", chat_id=chat_id, message_id=sent[1]["message_id"])
        await bubble.locator(".album").wait_for(state="detached")
        assert await bubble.locator("img").count() == 1


async def test_reactions_are_given_and_taken_back() -> None:
    async with open_page() as shown:
        chat_id = await started(shown)
        await shown.world.bot.say(chat_id, "Good news")
        message = shown.message("Delegate A", "Good news")
        await message.click(button="right")
        await shown.page.get_by_role("menuitem", name="React with 👍").click()
        reaction = message.get_by_role("button", name="👍, 1")
        await reaction.click()
        await reaction.wait_for(state="detached")


async def test_an_inline_query_is_answered_and_a_result_sent() -> None:
    async with open_page() as shown:
        await started(shown)
        bot, column = shown.world.bot, shown.column("Delegate A")
        box = column.get_by_label("Message", exact=True)
        await box.fill(f"@{bot.username} confer")
        query = await bot.update("inline_query")
        assert query["query"] == "confer"
        result = {
            "type": "article",
            "id": "1",
            "title": "The Annual Conference",
            "input_message_content": {"message_text": "The conference is held each year."},
        }
        await bot.call("answerInlineQuery", inline_query_id=query["id"], results=[result])
        await column.get_by_role("option", name="The Annual Conference").click()
        await shown.message("Delegate A", "The conference is held each year.").wait_for()
        assert await box.input_value() == ""


async def test_a_failed_send_says_why_and_gives_the_text_back() -> None:
    async with open_page() as shown:
        await started(shown)
        await shown.write("Delegate A", "x" * 4097)
        await shown.page.locator(".toast.problem").wait_for()
        box = shown.column("Delegate A").get_by_label("Message", exact=True)
        assert await box.input_value() == "x" * 4097
        shown.problems.clear()


async def test_the_bot_is_removed_from_a_group_and_comes_back() -> None:
    async with open_page() as shown:
        column = shown.column("Secretariat’s group")
        without = column.get_by_text("without the bot")
        for item, status in [("Remove the bot", "kicked"), ("Add the bot", "member")]:
            await column.get_by_role("button", name="More", exact=True).click()
            await shown.page.get_by_role("menuitem", name=item).click()
            changed = await shown.world.bot.update("my_chat_member")
            assert changed["new_chat_member"]["status"] == status
            await without.wait_for(state="visible" if status == "kicked" else "hidden")


async def test_a_long_press_opens_the_menu_and_lifting_the_finger_leaves_it_open() -> None:
    async with open_page(PHONE, touch=True) as shown:
        chat_id = await started(shown)
        await shown.world.bot.say(chat_id, "Hold me")
        bubble = shown.message("Delegate A", "Hold me").locator(".bubble")
        await bubble.wait_for()
        box = await bubble.bounding_box()
        assert box is not None
        finger = {"x": box["x"] + 8, "y": box["y"] + 8}
        session = await shown.page.context.new_cdp_session(shown.page)
        await session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [finger]})
        reply = shown.page.get_by_role("menuitem", name="Reply")
        await reply.wait_for()
        await session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        await reply.tap()
        await shown.column("Delegate A").get_by_text("Reply to UNIGO").wait_for()
