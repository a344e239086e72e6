"""A conversation that makes the bot say everything about exports, lists, statistics and the audit log.

Names and words of people are ⟦marked⟧, so that what is left bare is the bot's own.
"""

from __future__ import annotations

from bot.app import Running
from bot.locales.catalogues import Translator
from bot.members import centers, delegates
from bot.members.importing import runs
from bot.members.importing.plan import Effect, Part, Plan, Record, RowPlan
from bot.members.importing.runs import Received
from bot.members.roles import Rights
from bot.runtime.clock import MovableClock
from handlers.import_work import TROUBLE_S
from handlers.views import (
    answers,
    backups,
    desk_staff,
    import_result,
    importing,
    me_changes,
    merging,
    participation_words,
    request_reasons,
    requests,
)
from handlers.views.audit import what
from storage import audit
from storage.records.imports import ImportRun, ImportState, SeenSheet
from storage.records.members import (
    Center,
    CenterDetails,
    CenterKind,
    CenterState,
    DelegateDetails,
    DelegateState,
    Focus,
)
from storage.session import Transaction
from tests.chat import Json, People, Phone, until
from tests.desk import OWNER, by_bot, invited
from tests.handlers.seldom_conversation import said_seldom_of_a_conference
from tests.office import Rows, as_xlsx, data_of, next_document, now_reads, says_after

A_COUNTRY = "Kenya|Switzerland"
A_REGION = "Africa|Americas|Asia|Europe|Oceania"
A_MONTH = r"\w{3,4} \d{4}"
A_LETTER = r"\b[A-Z]{1,2}  "
"""What spreadsheets call a column."""
TOLD_BY_TABLES = f"{A_COUNTRY}|{A_REGION}|{A_MONTH}|{A_LETTER}"
"""Names of places and times, which no catalogue has."""
HEADINGS = "⟦Center⟧;⟦Given name⟧;⟦Family name⟧;⟦E-mail⟧"
LIST = f"{HEADINGS}\n⟦Center Q⟧;⟦Delegate⟧;⟦Quebec⟧;q@example.org\n⟦Center Q⟧;⟦Delegate⟧;;x@example.org\n"

PAUSE_S = 120.0
"""Nobody presses so many buttons without a pause: the bot would not read on."""


async def converse_about_the_office(bot: Running, people: People, clock: MovableClock) -> None:
    """Everything that the Secretariat does with the database as a whole."""
    owner = Phone(people, OWNER, OWNER)
    member = await people.person("⟦M⟧")
    joined = await member.start(await invited(owner))
    await member.reply_after(joined["message_id"])
    await filled(bot)
    await strangers(people)
    await exports(people, member)
    await statistics(member)
    await log(bot, member)
    clock.advance(PAUSE_S)
    await in_the_group(people, owner, member)
    await files(people, member)
    await lists(people, member)
    clock.advance(PAUSE_S)
    await guests(people, member)
    await sheets(people, member)
    await troubles(bot, people, owner, clock)


def said_seldom(t: Translator) -> None:
    """What is said only where something goes wrong that no conversation brings about."""
    run = ImportRun(1, 1, ImportState.CHECKED, "", "", (), "", None, 0, 0, 0)
    import_result.took_too_long(t, run)
    import_result.failed(t)
    participation_words.change_your_days(t)
    request_reasons.not_awaited(t)
    said_seldom_of_a_conference(t)
    request_reasons.only_in_reply(t)
    requests.may_be_known(t)
    request_reasons.sent_already(t)
    desk_staff.nobody_gets_it(t)
    answers.of_the_secretariat(t)
    importing.offer(t)
    says_otherwise = Part(Effect.UNCHANGED, Record(1, None), differing=("city",))
    import_result.done(t, Plan("", "", (RowPlan("", 1, "", says_otherwise),), (), (), (), ()))
    center = Center(1, CenterState.APPROVED, CenterDetails("A"), None, None, 0, 0, 0, 0)
    me_changes.without_focal_point(t, center, None, None)
    merging.has_absorbed(t, center, center, ["B"])
    backups.missing(t)
    backups.made_again(t)
    for act, after in (
        ("role.take", '{"role": "host"}'), ("center.edit", '{"name": "A"}'), ("database.export", "{}"),
        ("database.import", "{}"), ("log.export", "{}"), ("center.merge", "{}"), ("center.absorb", "{}"),
        ("participation.answer", '{"accepted": true}'), ("participation.answer", '{"accepted": false}'),
        ("participation.answer", '{"state": "registered"}'), ("nobody.knows", None),
    ):  # fmt: skip
        what(t, act, None, after)


async def filled(bot: Running) -> None:
    """A Center and its people."""

    async def work(tx: Transaction) -> None:
        now = bot.now_us()
        details = CenterDetails("⟦Center P⟧", kind=CenterKind.AGENCY, focus=Focus.MIXED, country="KE")
        center = await centers.add(tx, details, state=CenterState.APPROVED, by=None, now=now)
        await centers.add(tx, CenterDetails("⟦Center O⟧", country="CH"), state=CenterState.APPROVED, by=None, now=now)
        for number in range(2):
            person = DelegateDetails("⟦Delegate⟧", f"⟦P{number}⟧", email=f"p{number}@example.org")
            await delegates.add(tx, person, person_id=None, center=center, state=DelegateState.ACTIVE, now=now)
        for number in range(9):
            await audit.add(tx, OWNER, "delegate.shown", f"request:{number}", now=now)
        await audit.add(tx, 0, "center.lift", "person:-1", now=now)
        await audit.add(tx, -1, "center.lift", "center:1", now=now)
        await audit.add(tx, OWNER, "session.edit", "session:999", now=now)
        await audit.add(tx, OWNER, "refused", "list", now=now)

    await bot.database.write(work)


async def strangers(people: People) -> None:
    stranger = await people.person("⟦S⟧")
    menu = await stranger.ask("/start")
    for command in ("/export", "/import", "/stats", "/audit"):
        await stranger.ask(command)
    for data in ("export:show:0-------", "audit:show:..--", "import:1:show"):
        await stranger.press(menu, data, forged=True)


async def exports(people: People, member: Phone) -> None:
    screen = await member.ask("/export")
    for name in ("standing", "kind", "focus", "region", "is_guest"):
        await member.press(screen, f"export:pick:{name}:0-------", forged=True)
        await now_reads(member, screen, "Only: ")
    await member.press(screen, "export:country:0:0-------", forged=True)
    for choice in ("050000KE", "2-------", "000000--"):
        await member.press(screen, f"export:show:{choice}", forged=True)
    await now_reads(member, screen, "There is nothing to export with this choice.")
    await member.press(screen, "export:show:0-------", forged=True)
    await member.press(screen, "export:file:csv:00----KE", forged=True)
    await next_document(people, member, await next_document(people, member, screen))
    await member.press(screen, "export:show:9-------", forged=True)


async def statistics(member: Phone) -> None:
    shown = await member.ask("/stats")
    await says_after(member, shown, "Registered in each month")


async def log(bot: Running, member: Phone) -> None:
    screen = await member.ask("/audit")
    await member.press(screen, data_of(screen, "Earlier"))
    screen = await now_reads(member, screen, "Audit log")
    for act in ("acts", "time"):
        await member.press(screen, f"audit:{act}:{OWNER}..--", forged=True)
    await member.press(screen, "audit:show:.c1.a3", forged=True)
    await now_reads(member, screen, "Done to")
    await member.press(screen, f"audit:show:{OWNER}..--:5", forged=True)
    await now_reads(member, screen, "Done by")
    await member.press(screen, "audit:words:..--", forged=True)
    await now_reads(member, screen, "Write the name")
    await member.ask("⟦Center P⟧")
    await member.ask("/audit M")
    await member.ask("/audit ⟦Xylophone⟧")
    await member.press(screen, "audit:xlsx:..--", forged=True)


async def in_the_group(people: People, owner: Phone, member: Phone) -> None:
    group = member.within(await people.group(owner, member, title="⟦A⟧"))
    await owner.within(group.chat_id).ask("/bind")
    await group.ask("/import")
    screen = await group.ask("/audit")
    await group.press(screen, "audit:words:..--", forged=True)
    await group.press(screen, "import:1:show", forged=True)
    await owner.within(group.chat_id).ask("/unbind")


async def sent(people: People, member: Phone, content: str | bytes, name: str = "1") -> Json:
    """Send a list when asked for it; what the bot says to it."""
    await member.ask("/import")
    body = content.encode() if isinstance(content, str) else content
    message = await people.upload(member, body, name)
    return await member.reply_after(message["message_id"])


async def files(people: People, member: Phone) -> None:
    """What cannot be read in."""
    await sent(people, member, b"")
    sticker = await people.post(f"/persons/{member.id}/stickers", {})
    await member.reply_after(sticker["message_id"])
    await member.ask("/cancel")


async def lists(people: People, member: Phone) -> None:
    """A list from its columns to its end, and once more."""
    screen = await sent(people, member, LIST.replace("⟦Center⟧;⟦Given name⟧", "⟦Zzz⟧;⟦Yyy⟧"))
    await now_reads(member, screen, "belong together")
    for column, target in ((0, "center_name"), (1, "given_name")):
        await member.press(screen, f"import:{_number(screen)}:col:0:{column}", forged=True)
        await now_reads(member, screen, "What stands in this column?")
        await member.press(screen, f"import:{_number(screen)}:set:0:{column}:{target}", forged=True)
    screen = await now_reads(member, screen, "Press a column")
    await member.press(screen, data_of(screen, "Cancel"))
    await now_reads(member, screen, "was not read in")
    for _time in range(2):
        screen = await sent(people, member, LIST)
        await member.press(screen, data_of(screen, "Check the list"))
        result = await says_after(member, screen, "What would happen")
    await member.press(result, f"import:{_number(screen)}:check:0", forged=True)
    await member.press(result, data_of(result, "Read it in"))
    await says_after(member, result, "The list is read in.")
    filled_in = (
        LIST.replace("⟦Delegate⟧;;", "⟦Delegate⟧;⟦Romeo⟧;").replace("⟦E-mail⟧", "⟦Phone⟧").replace("x@", "+2547")
    )
    for content in (LIST, filled_in):
        screen = await sent(people, member, content)
        await member.press(screen, data_of(screen, "Check the list"))
        await says_after(member, screen, "What would happen")


async def guests(people: People, member: Phone) -> None:
    """A list with somebody who has no Center."""
    screen = await sent(people, member, "⟦Given name⟧;⟦Family name⟧\n⟦G⟧;⟦Golf⟧\n")
    await member.press(screen, data_of(screen, "Check the list"))
    result = await says_after(member, screen, "as guests of the association")
    await member.press(result, data_of(result, "Cancel"))


async def sheets(people: People, member: Phone) -> None:
    """A file of several sheets, and one with too many mistakes to show."""
    wrong: Rows = [["⟦Given name⟧", "⟦Family name⟧"], *(["⟦D⟧", None, None] for _row in range(7))]
    book: dict[str, Rows] = {"⟦One⟧": wrong, "⟦Two⟧": [["⟦Country⟧", "⟦Phone⟧"], ["⟦K⟧", "1"]]}
    screen = await sent(people, member, await as_xlsx(book))
    number = _number(screen)
    for data in (f"import:{number}:sheet:1:0", f"import:{number}:read:1:1", f"import:{number}:read:1:0"):
        await member.press(screen, data, forged=True)
    await now_reads(member, screen, "This is not read in as it stands.")
    await member.press(screen, f"import:{number}:show", forged=True)
    screen = await now_reads(member, screen, "several sheets")
    await member.press(screen, data_of(screen, "Check the list"))
    await says_after(member, screen, "more, in the file above")


async def troubles(bot: Running, people: People, owner: Phone, clock: MovableClock) -> None:
    """Telegram does not give the file; the database changes; the role is lost."""
    member = await people.person("⟦T⟧")
    joined = await member.start(await invited(owner))
    await member.reply_after(joined["message_id"])
    await people.fault("502", method="getFile")
    await sent(people, member, LIST)
    await people.delete("/faults")
    screen = await sent(people, member, LIST.replace("Quebec", "Sierra").replace("q@", "s@"))
    await member.press(screen, data_of(screen, "Check the list"))
    result = await says_after(member, screen, "What would happen")
    await held_up(people, member, result, "Read it in")
    await sent(people, member, LIST)
    await taken_by_another(bot)
    clock.advance(TROUBLE_S)
    result = await says_after(member, result, "has changed meanwhile")
    await member.press(await sent(people, member, LIST), "import:999:show", forged=True)
    sheet = SeenSheet("", ("⟦Center⟧", "⟦City⟧"), 1, "center_name,center_city")

    async def work(tx: Transaction) -> int:
        received = Received("gone", "1", (sheet,))
        return (await runs.begin(tx, Rights(()), received, by=member.id, now=bot.now_us())).id

    number = await bot.database.write(work)
    screen = await member.ask("/start")
    await member.press(screen, f"import:{number}:check:0", forged=True)
    await by_bot(member, "I cannot get the file from Telegram any more.")
    screen = await sent(people, member, LIST.replace("Quebec", "Tango").replace("q@", "t@"))
    await held_up(people, member, screen, "Check the list")
    await owner.press(await owner.ask("/staff"), f"staff:remove:{member.id}", forged=True)
    clock.advance(TROUBLE_S)
    await by_bot(member, "The list was not read in: this is for")


async def held_up(people: People, phone: Phone, screen: Json, label: str) -> None:
    """Press, and let Telegram fail the worker, so that it tries again later."""
    asked = len(await people.calls("getFile"))
    await people.fault("502", method="getFile")
    await phone.press(screen, data_of(screen, label))

    async def has_failed() -> bool:
        return len(await people.calls("getFile")) > asked

    await until(has_failed)
    await people.delete("/faults")


async def taken_by_another(bot: Running) -> None:
    async def work(tx: Transaction) -> None:
        person = DelegateDetails("⟦Somebody⟧", "⟦Else⟧", email="s@example.org")
        await delegates.add(
            tx, person, person_id=None, center=None, state=DelegateState.ACTIVE, is_guest=True, now=bot.now_us()
        )

    await bot.database.write(work)


def _number(screen: Json) -> int:
    return int(data_of(screen, "Cancel").split(":")[1])
