"""A conversation that makes composing an announcement say everything that it can say.

Names and words of people are ⟦marked⟧, so that what is left bare is the bot's own.
"""

from __future__ import annotations

from bot.announcements.content import Content, Medium
from bot.app import Running
from bot.conferences import moments
from bot.locales.catalogues import Translator
from bot.members.roles import Role
from bot.runtime.clock import MovableClock
from handlers.views import announce, announce_confirm, announce_options, announcement
from storage import roles
from storage.records.announcements import Action, AnnouncementButton
from storage.records.durations import DAY_US
from storage.session import Transaction
from tests import conferences
from tests.chat import Json, People, Phone, buttons
from tests.composing import sent_file, with_button, with_links
from tests.desk import OWNER, all_is_sent, by_bot, shown
from tests.records import center, staff

PAUSE_S = 30
"""After which nobody has pressed too much."""
SECOND_FROM = 3
TEXT = "⟦The conference is in May⟧"
TOLD_IN_PREVIEWS = r"https://report\.example\.org|\bUTC\b"
"""An address, and a time zone."""
BLOCKS = ("who", "focus", "kind", "region", "country", "language", "conference", "takes_part", "session", "unread")


def said_seldom_of_announcements(_: Translator) -> None:
    """What it takes a fault of Telegram's to hear, or a Secretariat of one."""
    announce.refused(_, "en", "⟦reason⟧", "⟦place⟧")
    announce_options.cost(_, 100)
    album = Content("", media=(Medium("photo", "a"), Medium("photo", "b")))
    announcement.calls(album, [AnnouncementButton(Action.READ)], _, 1, is_official=False)
    announcement.keyboard([AnnouncementButton(Action.READ)], _, 1, is_read=True)
    announce_confirm.nobody_else(_)


async def converse_about_announcing(bot: Running, people: People, clock: MovableClock) -> None:
    """From the first word to the last confirmation."""
    owner, member = Phone(people, OWNER, OWNER), await people.person("⟦M⟧")
    await member.ask("/start")
    await staff(bot, member)
    group = owner.within(await people.group(owner, title="⟦A⟧"))
    for command in ("/bind", "/announce"):
        await group.ask(command)
    screen = await Screen.begun(bot, owner, clock)
    await what_it_says(bot, screen)
    await its_buttons(bot, screen)
    await whom_it_is_for(bot, screen)
    await when_it_goes(bot, screen)
    await it_goes(screen, member)
    few = await used_again(screen)
    await of_few(bot, few)
    await what_there_is(few)
    reminders = await member.ask("/reminders")
    await member.press(reminders, "ann:wish:official", forged=True)


class Screen:
    """The screen of one announcement, on which anything is pressed."""

    def __init__(self, bot: Running, phone: Phone, clock: MovableClock, number: int, message: Json) -> None:
        self.bot, self.phone, self.clock, self.number, self.message = bot, phone, clock, number, message

    @classmethod
    async def begun(cls, bot: Running, phone: Phone, clock: MovableClock) -> Screen:
        """A new announcement, with nothing in it yet."""
        listing = await phone.ask("/announce")
        await phone.press(listing, "ann:new", forged=True)
        asked = await shown(phone, lambda one: one["message_id"] > listing["message_id"] and bool(buttons(one)))
        number = next(int(data.split(":")[2]) for data in buttons(asked).values() if data.startswith("ann:write"))
        return cls(bot, phone, clock, number, listing)

    async def press(self, act: str, rest: str = "", by: Phone | None = None) -> None:
        """Press a button of this announcement, whatever is on the screen."""
        data = f"ann:{act}:{self.number}{':' if rest else ''}{rest}"
        await (by or self.phone).press(self.message, data, forged=True)
        self.clock.advance(PAUSE_S)
        await all_is_sent(self.bot, self.clock)

    async def write(self, language: str, text: str) -> Json:
        """A version that is asked for; the menu behind its preview."""
        await self.press("write", language)
        written = await self.phone.write(text)
        return await with_button(self.phone, "ann:ask:", after=written["message_id"])

    async def fill_in(self, *answers: str) -> None:
        """Answer a form, and save it."""
        for answer in answers:
            await self.phone.ask(answer)
            self.clock.advance(PAUSE_S)
        form = await shown(self.phone, lambda one: any(data.endswith(":confirm") for data in buttons(one).values()))
        await self.phone.press(form, next(data for data in buttons(form).values() if data.endswith(":confirm")))
        self.clock.advance(PAUSE_S)


async def what_it_says(bot: Running, screen: Screen) -> None:
    """Versions, and what cannot be one."""
    owner = screen.phone
    await screen.press("ask")  # it says nothing yet
    await screen.press("write", "en")
    await owner.people.post(f"/persons/{owner.id}/contacts", {})
    await by_bot(owner, "This cannot be announced.")
    for picture in range(11):
        await sent_file(owner, "photo", picture, media_group_id="⟦7⟧")
    await by_bot(owner, "An album has at most")
    await screen.write("en", TEXT)
    for act, rest in (("texts", ""), ("text", "en"), ("look", "en"), ("test", ""), ("text", "fr"), ("untext", "fr")):
        await screen.press(act, rest)
    await screen.write("en", f"⟦{'x' * 4_090}⟧")
    await screen.press("official", "1")
    await by_bot(owner, "and Telegram takes")
    await screen.write("en", TEXT)
    await screen.press("official", "1")


async def its_buttons(bot: Running, screen: Screen) -> None:
    """Every kind of button."""
    await screen.press("buttons")
    for action in ("read", "registration", "agenda"):
        await screen.press("button", f"{action}:1")
    await screen.press("link")
    await screen.fill_in("⟦Report⟧", "report.example.org")
    await screen.press("show")
    await with_links(bot, screen.number, "⟦A⟧", "⟦B⟧", "⟦C⟧", by=OWNER)
    await screen.press("link")
    await screen.press("unlink")


async def whom_it_is_for(bot: Running, screen: Screen) -> None:
    """Every building block."""
    owner = screen.phone
    opened = await conferences.opened(bot.database, bot.now_us(), theme="⟦Theme⟧", city="⟦City⟧")
    for letter in "AB":
        await center(bot, name=f"⟦Center {letter} with nobody⟧")
    await screen.press("pick", f"conference:{opened.id}:1")
    for block in BLOCKS:
        await screen.press("block", block)
    await screen.press("audience")
    await screen.press("everybody")
    await screen.press("audience")
    for country in ("Guinea", "⟦Nowhere⟧", "Kenya"):
        await screen.press("land")
        await owner.ask(country)
    await screen.press("everybody")
    await screen.press("pick", f"conference:{opened.id}:1")
    await screen.press("pick", "takes_part:wait_listed:1")
    await screen.press("ask")
    await screen.press("everybody")


async def when_it_goes(bot: Running, screen: Screen) -> None:
    """The time, those who join later, and speed."""
    owner = screen.phone
    for act in ("when", "joins", "speed"):
        await screen.press(act)
    tomorrow = moments.local(bot.now_us() + DAY_US, "UTC")
    await screen.press("time")
    await owner.ask("2020-01-01")
    await by_bot(owner, "This is past. It is now")
    await screen.fill_in(tomorrow.date().isoformat(), "10:00")
    await screen.press("until")
    form = await shown(owner, lambda one: any(data.endswith(":pause") for data in buttons(one).values()))
    await owner.press(form, next(data for data in buttons(form).values() if data.endswith(":pause")))
    await owner.ask("/start")
    await by_bot(owner, "You have not finished “Who joins later”.")
    await screen.press("until")
    await screen.fill_in("2099-01-01")
    await screen.press("pace", "1")
    for act in ("show", "when", "joins", "speed"):
        await screen.press(act)


async def it_goes(screen: Screen, member: Phone) -> None:
    """Confirmed by one, by two, at once and at its time."""
    owner, clock = screen.phone, screen.clock
    before = (await owner.messages())[-1]["message_id"]
    await screen.press("ask")  # it has changed since it was seen: it is shown, and the menu behind it
    assert await with_button(owner, "ann:ask:", after=before)
    asked = await confirmed(screen)
    seen = await with_button(member, f"ann:second:{screen.number}")
    yes = next(data for data in buttons(seen).values() if data.startswith("ann:second"))
    await owner.press(asked, yes, forged=True)
    await screen.press("show")
    await member.press(seen, yes.replace("second", "return"))
    await by_bot(owner, "wants this announcement to be changed")
    await confirmed(screen)
    again = await with_button(member, f"ann:second:{screen.number}", after=seen["message_id"])
    await member.press(again, next(data for data in buttons(again).values() if data.startswith("ann:second")))
    await by_bot(owner, "has confirmed your announcement")
    await screen.press("show")
    await screen.press("back")
    clock.advance(3 * 24 * 3600)
    await screen.press("ask")  # its time is past
    await screen.press("now")
    asked = await confirmed(screen)
    last = await with_button(member, f"ann:second:{screen.number}", after=again["message_id"])
    await member.press(last, next(data for data in buttons(last).values() if data.startswith("ann:second")))
    await screen.press("show")
    await screen.press("audience")


async def used_again(screen: Screen) -> Screen:
    """Another that says the same."""
    await screen.press("again")
    another = Screen(screen.bot, screen.phone, screen.clock, screen.number + 1, screen.message)
    await another.press("ask")
    await with_button(screen.phone, f"ann:ask:{another.number}", after=screen.message["message_id"])
    return another


async def of_few(bot: Running, screen: Screen) -> None:
    """One that goes to so few that nobody else has to confirm it."""
    opened = await conferences.opened(bot.database, bot.now_us(), theme="⟦Theme⟧", city="⟦City⟧")

    async def work(tx: Transaction) -> None:
        await roles.give(tx, screen.phone.id, Role.HOST, scope=str(opened.id), given_by=0, now=bot.now_us())

    await bot.database.write(work)
    await screen.press("pick", f"conference:{opened.id}:1")
    await screen.press("pick", "who:hosts:1")
    await confirmed(screen)


async def confirmed(screen: Screen) -> Json:
    """What is asked before it is sent is confirmed."""
    await screen.press("ask")
    asked = await with_button(screen.phone, f"ann:send:{screen.number}")
    await screen.phone.press(asked, next(data for data in buttons(asked).values() if data.startswith("ann:send")))
    screen.clock.advance(PAUSE_S)
    return asked


async def what_there_is(screen: Screen) -> None:
    """Lists, templates, and what is thrown away."""
    owner, clock = screen.phone, screen.clock
    await screen.press("keep")
    await screen.press("again")
    listing = await with_button(owner, "ann:new", after=(await owner.write("/announce"))["message_id"])
    await owner.press(listing, "ann:list:templates", forged=True)  # on the other, a board may be kept up to date
    clock.advance(PAUSE_S)
    kept = f"ann:show:{screen.number + 1}"
    await owner.press(await with_button(owner, kept), kept)
    clock.advance(PAUSE_S)
    for data in ("ann:list:drafts", "ann:find"):
        await owner.press(listing, data, forged=True)
        clock.advance(PAUSE_S)
    await owner.ask("⟦Nothing of the kind⟧")
    draft = Screen(screen.bot, owner, clock, screen.number + 2, screen.message)
    await draft.press("drop")
    await draft.press("write", "en")
    await draft.press("dropped")
    await owner.ask(TEXT)
