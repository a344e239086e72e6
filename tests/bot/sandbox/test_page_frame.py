"""The chat page as a whole in a real Chromium: sizes, keys, the clock, who is there, lost connections, long chats."""

from __future__ import annotations

import pytest

from bot.runtime.clock import MovableClock
from bot.sandbox.server import Sandbox
from tests.bot.sandbox.page_fixtures import (
    PHONE,
    TOKEN,
    Shown,
    chromium,
    needs_browser,
    open_page,
    peopled_world,
    shown_page,
)

pytestmark = [pytest.mark.browser, needs_browser]

DAY_S = 86_400
LONG_CHAT = 2_000
MOST_DRAWN = 400
"""Messages that may stand in the page at once, however long the chat is."""
FAST_ENOUGH_MS = 3_000
AT_BOTTOM = "node => node.scrollHeight - node.scrollTop - node.clientHeight < 60"


async def started(shown: Shown) -> int:
    """Let the delegate write to the bot once, so that the bot may write; the delegate's chat."""
    await shown.world.ask("POST", f"/persons/{shown.world.delegate}/start", payload="")
    await shown.message("Delegate A", "/start").wait_for()
    return shown.world.delegate


async def test_the_first_sight_shows_everybody_side_by_side() -> None:
    async with open_page() as shown:
        titles = await shown.page.locator("section.column:visible .who-title").all_inner_texts()
        assert titles == ["Delegate A", "مندوب ب", "Secretariat", "Secretariat’s group"]
        assert await shown.page.get_by_text("nothing leaves this computer").is_visible()


@pytest.mark.parametrize("dark", [False, True])
async def test_a_phone_shows_one_column_without_sideways_scrolling(dark: bool) -> None:  # noqa: FBT001
    async with open_page(PHONE, dark=dark) as shown:
        chat_id = await started(shown)
        rows = [[{"text": "A rather long label for a button", "callback_data": str(n)} for n in range(3)]]
        await shown.world.bot.say(chat_id, "W" * 300, reply_markup={"inline_keyboard": rows})
        await shown.message("Delegate A", "WWW").wait_for()
        page = shown.page
        assert await page.locator("section.column:visible").count() == 1
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        box = await page.locator(".composer textarea:visible").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE[1]
        await page.get_by_label("Chats", exact=True).get_by_role("button", name="Secretariat’s group").click()
        assert await page.locator("section.column:visible .who-title").inner_text() == "Secretariat’s group"
        await page.get_by_role("button", name="Clock and tools").click()
        await page.get_by_role("button", name="Forward one day").wait_for()
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


async def test_unread_messages_are_counted_where_one_does_not_look() -> None:
    async with open_page(PHONE) as shown:
        await shown.world.ask("POST", f"/persons/{shown.world.secretary}/start", payload="")
        await shown.world.bot.say(shown.world.secretary, "A question has come in.")
        await shown.world.bot.say(shown.world.secretary, "And another one.")
        tab = shown.page.get_by_label("Chats", exact=True).get_by_role("button", name="Secretariat 2 unread")
        await tab.click()
        await shown.message("Secretariat", "And another one.").wait_for()
        assert await shown.page.locator(".tab .badge").count() == 0


async def test_a_conversation_with_keys_only() -> None:
    async with open_page() as shown:
        keys = shown.page.keyboard
        await keys.press("Alt+1")
        await keys.press("Enter")
        bot = shown.world.bot
        assert (await bot.update("message"))["text"] == "/start"
        rows = [[{"text": "Answer", "callback_data": "answer"}]]
        await bot.say(shown.world.delegate, "Welcome", reply_markup={"inline_keyboard": rows})
        await shown.message("Delegate A", "Welcome").wait_for()
        await keys.type("Good")
        await keys.press("Shift+Enter")
        await keys.type("morning")
        await keys.press("Enter")
        assert (await bot.update("message"))["text"] == "Good\nmorning"
        await shown.message("Delegate A", "morning").wait_for()
        await keys.press("ArrowUp")
        await keys.type("!")
        await keys.press("Enter")
        assert (await bot.update("edited_message"))["text"] == "Good\nmorning!"
        await shown.column("Delegate A").get_by_role("button", name="Answer").focus()
        await keys.press("Enter")
        query = await bot.update("callback_query")
        await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Thank you")
        await shown.page.locator(".toast", has_text="Thank you").wait_for()
        await shown.message("Delegate A", "Welcome").focus()
        await keys.press("Enter")
        await shown.page.get_by_role("menuitem", name="Reply").wait_for()
        await keys.press("Escape")
        await shown.page.locator("[role=menu]").wait_for(state="detached")
        await keys.press("F6")
        assert await shown.page.evaluate("document.activeElement.closest('.column')?.innerText.includes('مندوب')")


async def test_the_clock_moves_forward_and_dates_follow() -> None:
    async with open_page() as shown:
        chat_id = await started(shown)
        clock = shown.page.get_by_label("Clock of the sandbox")
        await clock.get_by_text("the time of this computer").wait_for()
        await clock.get_by_role("button", name="Forward one day").click()
        await clock.get_by_text("1 d ahead").wait_for()
        shown_clock = await shown.world.ask("GET", "/clock")
        assert DAY_S <= shown_clock["offset_s"] < DAY_S + 60
        await shown.world.bot.say(chat_id, "Reminder")
        await shown.message("Delegate A", "Reminder").wait_for()
        days = await shown.column("Delegate A").locator(".day").all_inner_texts()
        assert days == ["Yesterday", "Today"]
        await clock.get_by_role("button", name="Set…").click()
        await shown.page.get_by_label("Date and time").fill("2060-05-01T08:00")
        await shown.page.get_by_role("button", name="Set", exact=True).click()
        await clock.get_by_text("Sat, 1 May 2060").or_(clock.get_by_text("Sat 1 May 2060")).wait_for()


async def test_blocking_and_coming_back() -> None:
    async with open_page() as shown:
        await started(shown)
        column = shown.column("Delegate A")
        await column.get_by_role("button", name="More", exact=True).click()
        await shown.page.get_by_role("menuitem", name="Block the bot").click()
        await column.get_by_text("has blocked the bot").wait_for()
        assert (await shown.world.bot.update("my_chat_member"))["new_chat_member"]["status"] == "kicked"
        assert not await column.get_by_label("Message", exact=True).is_visible()
        await column.get_by_role("button", name="Unblock and restart").click()
        await column.get_by_label("Message", exact=True).wait_for()
        assert (await shown.world.bot.update("message"))["text"] == "/start"


async def test_arabic_reads_from_right_to_left() -> None:
    async with open_page() as shown:
        world = shown.world
        await world.ask("POST", f"/persons/{world.arabic}/start", payload="")
        await world.bot.say(world.arabic, "أهلاً وسهلاً")
        text = shown.message("مندوب ب", "أهلاً").locator(".text")
        assert await text.evaluate("node => getComputedStyle(node).direction") == "rtl"
        await world.bot.say(world.arabic, "المواضيع – /start")
        command = shown.message("مندوب ب", "المواضيع").get_by_role("button", name="/start")
        assert await command.evaluate("node => getComputedStyle(node).direction") == "ltr"
        box = shown.column("مندوب ب").get_by_label("Message", exact=True)
        await box.fill("متى المؤتمر؟")
        assert await box.evaluate("node => getComputedStyle(node).direction") == "rtl"
        await box.fill("When is it?")
        assert await box.evaluate("node => getComputedStyle(node).direction") == "ltr"


async def test_faults_are_set_and_cleared() -> None:
    async with open_page() as shown:
        page, world = shown.page, shown.world
        await page.get_by_role("button", name="Faults on demand").click()
        await page.get_by_label("What goes wrong").select_option("slow")
        await page.get_by_label("In which calls").fill("sendMessage")
        await page.get_by_label("Delay, seconds").fill("0.5")
        await page.get_by_role("button", name="Add this fault").click()
        await page.locator(".faults b", has_text="Slow answer").wait_for()
        (fault,) = (await world.ask("GET", "/faults"))["faults"]
        assert (fault["kind"], fault["method"], fault["delay_s"]) == ("slow", "sendmessage", 0.5)
        await page.get_by_role("button", name="Clear all").click()
        await page.get_by_text("None: everything works.").wait_for()
        assert (await world.ask("GET", "/faults"))["faults"] == []


async def test_a_persona_is_added_and_can_start() -> None:
    async with open_page() as shown:
        page = shown.page
        await page.get_by_role("button", name="Add a persona").click()
        await page.get_by_label("First name").fill("Focal point")
        await page.get_by_role("dialog").get_by_role("button", name="Add", exact=True).click()
        await shown.column("Focal point").get_by_role("button", name="Start", exact=True).click()
        message = await shown.world.bot.update("message")
        assert (message["from"]["first_name"], message["text"]) == ("Focal point", "/start")


async def test_scrolled_up_one_stays_there_and_is_told_of_news() -> None:
    async with open_page() as shown:
        chat_id = await started(shown)
        for number in range(40):
            await shown.world.bot.say(chat_id, f"Line {number}")
        await shown.message("Delegate A", "Line 39").wait_for()
        column = shown.column("Delegate A")
        scroller = column.locator(".scroll")
        assert await scroller.evaluate(AT_BOTTOM)
        await scroller.hover()
        await shown.page.mouse.wheel(0, -600)
        await shown.page.wait_for_function(f"node => !({AT_BOTTOM})(node)", arg=await scroller.element_handle())
        await shown.world.bot.say(chat_id, "News")
        chip = column.get_by_role("button", name="1 new message")
        await chip.wait_for()
        assert not await scroller.evaluate(AT_BOTTOM)
        await chip.click()
        await chip.wait_for(state="hidden")
        assert await scroller.evaluate(AT_BOTTOM)


async def test_a_long_chat_stays_quick() -> None:
    async with peopled_world() as world, chromium() as browser:
        await world.ask("POST", f"/persons/{world.delegate}/start", payload="")
        for number in range(LONG_CHAT):
            await world.bot.say(world.delegate, f"Message number {number}")
        async with shown_page(browser, world) as shown:
            await shown.message("Delegate A", f"Message number {LONG_CHAT - 1}").wait_for()
            messages = shown.column("Delegate A").locator(".message")
            assert await messages.count() <= MOST_DRAWN
            before = await shown.page.evaluate("performance.now()")
            for number in range(100):
                await world.bot.say(world.delegate, f"Later {number}")
            await shown.message("Delegate A", "Later 99").wait_for()
            assert await shown.page.evaluate("performance.now()") - before < FAST_ENOUGH_MS
            assert await messages.count() <= MOST_DRAWN
            oldest = shown.message("Delegate A", "/start")
            scroller = await shown.column("Delegate A").locator(".scroll").element_handle()
            while await oldest.count() == 0:
                drawn = await messages.count()
                await scroller.evaluate("node => { node.scrollTop = 0; }")
                await shown.page.wait_for_function(
                    "([node, drawn]) => node.querySelectorAll('.message').length > drawn", arg=[scroller, drawn]
                )
            assert await messages.count() == LONG_CHAT + 101


async def test_a_lost_sandbox_is_announced_and_found_again() -> None:
    async with peopled_world() as world, chromium() as browser, shown_page(browser, world) as shown:
        await started(shown)
        port = int(world.sandbox.base_url.rpartition(":")[2])
        await world.sandbox.stop()
        banner = shown.page.get_by_role("alert").filter(has_text="does not answer")
        await banner.wait_for()
        async with Sandbox(MovableClock(), port=port):
            await world.ask("POST", "/bots", token=TOKEN, username=world.bot.username, first_name="UNIGO")
            await world.ask("POST", "/persons", first_name="Delegate Z")
            await banner.wait_for(state="hidden")
            await shown.column("Delegate Z").wait_for()
            assert await shown.column("Delegate A").count() == 0
            await shown.column("Delegate Z").get_by_role("button", name="Start", exact=True).click()
            await shown.message("Delegate Z", "/start").wait_for()
            shown.problems = [one for one in shown.problems if "net::ERR" not in one]
