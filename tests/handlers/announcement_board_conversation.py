"""A conversation that makes the board of an announcement, and what comes of one, say everything that they can say.

Names and words of people are ⟦marked⟧, so that what is left bare is the bot's own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.announcements.board import BoardShown, Pace
from bot.announcements.content import CAPTION_LIMIT, Content, Medium
from bot.app import Running
from bot.locales.catalogues import Translator
from bot.runtime.clock import MovableClock
from handlers.views import announcement_board as views
from storage.database import Database
from storage.records.announcements import Announcement, AnnouncementState, Outcome, Tally
from tests import reminding
from tests.chat import Json, People, Phone, buttons
from tests.composing import with_button
from tests.desk import OWNER, all_is_sent, by_bot
from tests.handlers.announcing_conversation import SECOND_FROM
from tests.office import now_reads
from tests.records import center, person, staff

PAUSE_S = 30
"""After which nobody has pressed too much."""
TEXT = "⟦Example announcement⟧"
TOLD_BY_TELEGRAM = "Wrong remote file identifier specified: wrong string length"
"""Why it does not take something, in its own words."""
LATER_US = 4_102_444_800_000_000
"""Nothing that is to happen then happens here."""
NO_SESSION = 999_999
"""Which nobody has starred: what is for those who have goes to nobody else."""
STANDS = {
    AnnouncementState.DRAFT: "It is a draft.",
    AnnouncementState.TEMPLATE: "It is a template.",
    AnnouncementState.WAITING: "It waits for a second member",
    AnnouncementState.SCHEDULED: "It is confirmed, and goes out",
    AnnouncementState.RUNNING: "It is being sent.",
    AnnouncementState.PAUSED: "It is paused.",
    AnnouncementState.STOPPED: "It was stopped.",
    AnnouncementState.ENDED: "What was sent is being changed.",
}
"""What the board says of a state."""
COUNTS = {
    Outcome.FAILED: "Why it failed",
    Outcome.BLOCKED: "Have blocked the bot",
    Outcome.SKIPPED: "Not sent",
    Outcome.STAYS: "Could not be recalled",
}
"""What the board says where something became of it at somebody."""
_NOTHING: dict[str, Any] = dict.fromkeys(Announcement.__dataclass_fields__)


async def converse_about_boards(bot: Running, people: People, clock: MovableClock) -> None:
    """Everything that has to do with announcements that were confirmed."""
    owner, reader = Phone(people, OWNER, OWNER), await people.person("⟦R⟧")
    await reader.ask("/start")
    await person(bot, await center(bot, name="⟦Center T⟧"), writes=reader, given_name="⟦G⟧", family_name="⟦F⟧")
    number = await an_announcement(bot, owner, reader)
    await every_state(bot, owner, clock, number)
    await every_outcome(bot, owner, clock, number)
    await what_comes_of_it(bot, owner, clock, number)
    await others_words(bot, owner, clock, number)
    await reading(bot, reader, number)
    press_gone = await owner.ask("/start")
    await press(bot, owner, clock, press_gone, "board:999")


async def an_announcement(bot: Running, owner: Phone, reader: Phone) -> int:
    """In two languages, with a button; it has reached one, and half a dozen wait."""
    database, now = bot.database, bot.now_us()
    number = await reminding.insert(
        database, "announcements", state="running", heading=TEXT, made_by=owner.id, confirmed_by=owner.id, made_at=now,
        started_at=now,
    )  # fmt: skip
    for language, content in (("en", Content(TEXT)), ("fr", Content(TEXT, media=(Medium("photo", "example"),)))):
        await reminding.insert(
            database, "announcement_texts",
            announcement=number, language=language, content=content.as_json(), accepted_at=now,
        )  # fmt: skip
    await reminding.insert(database, "announcement_buttons", announcement=number, place=0, action="read")
    await recipient(database, number, reader.id, state=Outcome.SENT, language="en", sent_at=now)
    await recipient(database, number, owner.id, state=Outcome.PENDING, todo="send", batch=0)
    return number


async def recipient(database: Database, announcement: int, person_id: int, **columns: object) -> None:
    await reminding.insert(
        database, "announcement_recipients", announcement=announcement, person_id=person_id, **columns
    )


async def every_state(bot: Running, owner: Phone, clock: MovableClock, number: int) -> None:
    """The board in each state, and while it runs at each pace."""
    screen = await owner.ask("/start")
    await press(bot, owner, clock, screen, f"board:{number}")
    await now_reads(owner, screen, "It is being sent.")
    for state in AnnouncementState:
        await reminding.execute(
            bot.database,
            "UPDATE announcements SET state = ?, send_at = ? WHERE id = ?", state, LATER_US, number,
        )  # fmt: skip
        await press(bot, owner, clock, screen, f"board:{number}")
        if words := STANDS.get(state):
            await now_reads(owner, screen, words)
    await press(bot, owner, clock, screen, f"stop:{number}")
    await now_reads(owner, screen, "Stop it for good?")
    for change, said in (
        ("UPDATE announcements SET state = 'ended', recalled_at = 1 WHERE id = ?", "recalled"),
        ("UPDATE announcements SET recalled_at = NULL, chases = id WHERE id = ?", "asked again"),
    ):
        await reminding.execute(bot.database, change, number)
        assert said in " ".join(buttons(await owner.ask("/announce")))
        clock.advance(PAUSE_S)
    await reminding.execute(bot.database, "UPDATE announcements SET chases = NULL WHERE id = ?", number)
    await every_card(bot, owner, clock, number)


async def every_card(bot: Running, owner: Phone, clock: MovableClock, number: int) -> None:
    """What stands on its card while it is sent, afterwards, and while it is recalled."""
    screen = await owner.ask("/start")
    for change, said in (
        ("UPDATE announcements SET state = 'running', is_official = 1 WHERE id = ?", "Left: "),
        ("UPDATE announcements SET state = 'ended', joins_until = 60000000 WHERE id = ?", "Those who joined later"),
        ("UPDATE announcements SET recalled_at = 1 WHERE id = ?", "Status: is being recalled"),
        (
            "UPDATE announcements SET recalled_at = NULL, is_official = 0, joins_until = NULL WHERE id = ?",
            "Status: sent",
        ),
    ):
        await reminding.execute(bot.database, change, number)
        await press(bot, owner, clock, screen, f"show:{number}")
        await now_reads(owner, screen, said)


def said_at_a_pace(t: Translator) -> None:
    """What stands on the board for a moment, how fast it goes and how long that takes; and when all is recalled."""
    announcement = Announcement(**{**_NOTHING, "state": AnnouncementState.RUNNING, "heading": TEXT})
    for left in (1, 2, 60, 3_000, 3_600, 100_000):
        tally = Tally({Outcome.SENT: 1, Outcome.PENDING: left}, left, 0)
        shown = BoardShown(
            announcement, tally, is_under_way=True, pace=Pace(1.0), asks_to_read=False, unread=0, reasons=()
        )
        views.board(t, shown, 0)
    recalled = replace(shown, announcement=replace(announcement, recalled_at=1), is_under_way=False)
    views.board(t, recalled, 0)
    views.board(t, replace(recalled, is_under_way=True), 0)


async def every_outcome(bot: Running, owner: Phone, clock: MovableClock, number: int) -> None:
    """What may have become of it at its readers."""
    screen = await owner.ask("/start")
    await reminding.execute(
        bot.database,
        "UPDATE announcements SET state = 'running', joins_until = ?, for_session = ? WHERE id = ?",
        LATER_US, NO_SESSION, number,
    )  # fmt: skip
    await reminding.execute(
        bot.database, "UPDATE announcement_recipients SET todo = NULL WHERE announcement = ?", number
    )
    await press(bot, owner, clock, screen, f"board:{number}")
    await now_reads(owner, screen, "gets it too.")
    await reminding.execute(
        bot.database, "UPDATE announcements SET joins_until = NULL, for_session = 0 WHERE id = ?", number
    )
    for outcome in Outcome:
        await reminding.execute(
            bot.database,
            "UPDATE announcement_recipients SET state = ?, failure = ? WHERE announcement = ? AND person_id = ?",
            outcome, "⟦Bad Request: example⟧", number, owner.id,
        )  # fmt: skip
        await press(bot, owner, clock, screen, f"board:{number}")
        if words := COUNTS.get(outcome):  # it says what is so when it goes out, which may be a moment later
            await now_reads(owner, screen, words)
    await reminding.execute(bot.database, "UPDATE announcements SET state = 'ended' WHERE id = ?", number)
    await press(bot, owner, clock, screen, f"pause:{number}")
    await now_reads(owner, screen, "It is sent.")
    await press(bot, owner, clock, screen, f"stop:{number}")
    await now_reads(owner, screen, "Stop it for good?")


async def what_comes_of_it(bot: Running, owner: Phone, clock: MovableClock, number: int) -> None:
    """By Center, as a file, asked again, recalled."""
    screen = await owner.ask("/start")
    await reminding.execute(
        bot.database,
        "UPDATE announcement_recipients SET state = 'sent', sent_at = 0 WHERE announcement = ? AND person_id = ?",
        number, owner.id,
    )  # fmt: skip
    for data, words in (
        (f"centers:{number}:0", "Without a Center"),
        (f"chase:{number}:0", "not pressed"),
        (f"every:{number}:0:2", "The next time is"),
        (f"every:{number}:0:0", "not pressed"),
        (f"sure:{number}:0:0", "How often they were asked so far"),
        (f"recall:{number}", "it is older and stays."),
    ):
        await press(bot, owner, clock, screen, data)
        await now_reads(owner, screen, words)
    await reminding.execute(
        bot.database, "UPDATE announcement_recipients SET language = 'en', sent_at = 0 WHERE announcement = ?", number
    )
    await press(bot, owner, clock, screen, f"recall:{number}")
    await press(bot, owner, clock, screen, f"file:{number}")
    await press(bot, owner, clock, screen, f"again:{number}:0:99")


async def others_words(bot: Running, owner: Phone, clock: MovableClock, number: int) -> None:
    """Corrected in one language, and not in another, whose picture there is not."""
    screen = await owner.ask("/start")
    await press(bot, owner, clock, screen, f"correct:{number}")
    await now_reads(owner, screen, "Which text do you want to correct?")
    await press(bot, owner, clock, screen, f"correct:{number}:en")
    await by_bot(owner, "Please write the whole text anew")
    await owner.ask("⟦Other words⟧")
    await by_bot(owner, "Above is how it looks.")
    await reminding.execute(
        bot.database, "UPDATE announcement_recipients SET language = 'fr' WHERE person_id = ?", owner.id
    )
    await press(bot, owner, clock, screen, f"correct:{number}:en")
    await owner.ask("⟦Still other words⟧")
    await by_bot(owner, "in the chat of")
    await press(bot, owner, clock, screen, f"correct:{number}:fr")
    await by_bot(owner, "Pictures and files stay as they are.")
    await owner.ask("⟦" + "x" * CAPTION_LIMIT + "⟧")
    await owner.ask("⟦Other words⟧")
    await by_bot(owner, "Telegram does not take this text.")
    await press(bot, owner, clock, screen, f"corrected:{number}:en:{'0' * 16}")
    await by_two(bot, owner, clock, number)


async def by_two(bot: Running, owner: Phone, clock: MovableClock, number: int) -> None:
    """Corrected in so many chats that a second member has to confirm it."""
    more = [await owner.people.person(f"⟦T{one}⟧") for one in range(SECOND_FROM)]
    for phone in more:
        await phone.ask("/start")
        await recipient(bot.database, number, phone.id, state=Outcome.PENDING)
    member = more[0]
    await staff(bot, member)
    await reminding.execute(
        bot.database, "UPDATE announcement_recipients SET state = 'pending' WHERE announcement = ?", number
    )
    screen = await owner.ask("/start")
    await press(bot, owner, clock, screen, f"correct:{number}:en")
    written = await owner.ask("⟦Words for many⟧")
    asked = await with_button(owner, f"ann:corrected:{number}", after=written["message_id"])
    await press(bot, owner, clock, asked, data_of_confirming(asked))
    await by_bot(owner, "It is not corrected yet.")
    wanted = await with_button(member, f"ann:corrected:{number}")
    await press(bot, member, clock, wanted, data_of_confirming(wanted))
    await by_bot(owner, "has confirmed your correction of")
    await asked_again_by_two(bot, owner, member, clock, number)


async def asked_again_by_two(bot: Running, owner: Phone, member: Phone, clock: MovableClock, number: int) -> None:
    """So many have not read it that a second member has to confirm that they are asked."""
    await reminding.execute(
        bot.database,
        "UPDATE announcement_recipients SET state = 'sent', todo = NULL, read_at = NULL WHERE announcement = ?", number,
    )  # fmt: skip
    screen = await owner.ask("/start")
    await press(bot, owner, clock, screen, f"sure:{number}:0:3")
    await now_reads(owner, screen, "Because it goes to so many")
    await press(bot, owner, clock, screen, f"every:{number}:0:3")
    await now_reads(owner, screen, "It is not sent yet.")
    wanted = await with_button(member, f"ann:every:{number}")
    await press(bot, member, clock, wanted, f"every:{number}:0:3")
    await by_bot(owner, "has confirmed it: those who have not read")
    await press(bot, owner, clock, screen, f"every:{number}:0:0")


def data_of_confirming(asked: Json) -> str:
    data = next(data for data in buttons(asked).values() if data.startswith("ann:corrected:"))
    return data.removeprefix("ann:")


async def reading(bot: Running, reader: Phone, number: int) -> None:
    """It is read, and replied to."""
    screen = await reader.ask("/start")
    await reader.press(screen, f"ann:read:{number}", forged=True)
    await reminding.execute(
        bot.database,
        "UPDATE announcement_recipients SET messages = ? WHERE announcement = ? AND person_id = ?",
        str(screen["message_id"]), number, reader.id,
    )  # fmt: skip
    await reader.ask("⟦On which floor?⟧", reply_to_message_id=screen["message_id"])


async def press(bot: Running, phone: Phone, clock: MovableClock, screen: Json, data: str) -> None:
    """Press what may be on another screen by now, and wait until that screen is sent."""
    await phone.press(screen, f"ann:{data}", forged=True)
    clock.advance(PAUSE_S)
    await all_is_sent(bot, clock)
