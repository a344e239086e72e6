"""Every sentence that a person can read goes through the catalogues.

The real bot runs with catalogues that mark each sentence, ⟦like this⟧, and with content that is marked as well; what
fills a sentence's {fields} stays outside the marks. Then a conversation leads through everything that the bot can
say. Whatever it says that is not marked is a sentence that nobody could translate.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from gettext import NullTranslations
from types import SimpleNamespace

import aiohttp
import pytest
from babel import Locale
from babel.messages.pofile import read_po

from bot.app import Running
from bot.knowledge.library import Library, Shelf
from bot.knowledge.loading import load_library
from bot.locales import template
from bot.locales.catalogues import LANGUAGES, Catalogues, Translator
from bot.parts import Parts
from bot.runtime.clock import MovableClock
from bot.sandbox.server import Sandbox
from bot.settings import AnnouncementsPart, Handling
from bot.settings import People as PeopleSettings
from handlers.conversations import CONVERSATIONS
from handlers.live import LIVE
from handlers.views import answers, me
from storage import marks, questions
from tests.chat import Json, People, Phone, buttons, until
from tests.conftest import TOKEN, StartBot, telegram_for
from tests.desk import OWNER, all_is_sent
from tests.example_form import conversations
from tests.handlers.agenda_conversation import converse_about_agenda
from tests.handlers.agenda_edit_conversation import TOLD_OF_AN_AGENDA, converse_about_making_an_agenda
from tests.handlers.agenda_import_conversation import converse_about_reading_an_agenda_in
from tests.handlers.announcement_board_conversation import TOLD_BY_TELEGRAM, converse_about_boards, said_at_a_pace
from tests.handlers.announcing_conversation import SECOND_FROM, TOLD_IN_PREVIEWS, converse_about_announcing
from tests.handlers.announcing_conversation import said_seldom_of_announcements as said_of_announcements
from tests.handlers.centers_conversation import converse_about_centers
from tests.handlers.conference_conversation import TOLD_OF_CONFERENCES, converse_about_conferences
from tests.handlers.delegates_conversation import TOLD_BY_TABLES, converse_about_delegates
from tests.handlers.desk_conversation import converse_at_the_desk
from tests.handlers.floods_conversation import LIMITS, converse_about_floods
from tests.handlers.focal_conversation import converse_about_a_center
from tests.handlers.forms_conversation import TOLD_BY_BABEL, converse_about_forms
from tests.handlers.learning_conversation import converse_about_answers
from tests.handlers.lists_conversation import NAMES_OF_PLACES, converse_about_lists
from tests.handlers.live_conversation import WHAT_BECAME, converse_about_registrations
from tests.handlers.office_conversation import TOLD_BY_TABLES as TOLD_IN_THE_OFFICE
from tests.handlers.office_conversation import converse_about_the_office, said_seldom
from tests.handlers.participation_conversation import converse_about_taking_part
from tests.handlers.reminder_conversation import TOLD_BY_TABLES as TOLD_BEFORE_A_CONFERENCE
from tests.handlers.reminder_conversation import converse_about_reminders
from tests.handlers.told_conversation import converse_about_changes
from tests.unreadable import BREAKS, with_unreadable_topic

BOT_NAME = "unigo_test_bot"
FIELD = re.compile(r"\{[^{}]*\}")
MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
A_TIME = r"(\d+ \w{3,4}|\w+day), \d\d:\d\d \((UTC|Zurich)\)"
A_DAY = r"(\w+day, )?\d{1,2} \w+ \d{4}"
A_LINK = r"https://t\.me/\S+"
NAMES_OF_LANGUAGES = {Locale(reader).languages[code] for reader in LANGUAGES for code in LANGUAGES}
A_NAME = f"({'|'.join(NAMES_OF_LANGUAGES.union(LANGUAGES.values()))})"
NAMES = f"{A_NAME}((, | and ){A_NAME})*"
NOT_SENTENCES = re.compile(
    f"{A_LINK}|{A_TIME}|{A_DAY}|{BOT_NAME}|\\b({NAMES_OF_PLACES})\\b|{NAMES}|\\bDelegate\\b"
    f"|{TOLD_BY_BABEL}|{TOLD_BY_TABLES}|{TOLD_IN_THE_OFFICE}"
    f"|{TOLD_IN_PREVIEWS}|{TOLD_BEFORE_A_CONFERENCE}|{TOLD_OF_AN_AGENDA}|{TOLD_OF_CONFERENCES}|{TOLD_BY_TELEGRAM}"
)
"""Names are the same in every language, also that of whoever is called Delegate here; times are told by Babel."""
SEVERAL = "What is the AGM? What are the duties of the Secretariat?"
GOODBYE = "This was the last word."
TALK_AT_MOST_S = 600
"""All that there is to say takes its time where many tests are at work."""


class MarkedTranslations(NullTranslations):
    """Marks every sentence but not what fills its fields, and remembers the sentences."""

    def __init__(self) -> None:
        super().__init__()
        self.asked_for: set[str] = set()

    def gettext(self, message: str) -> str:
        self.asked_for.add(message)
        return f"⟦{FIELD.sub(lambda field: f'⟧{field[0]}⟦', message)}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.asked_for.add(msgid1)
        return self.gettext(msgid1 if n == 1 else msgid2)


def bare(text: str) -> str:
    """What in a text is neither marked nor a name; empty if all is well."""
    rest = NOT_SENTENCES.sub("", MARKED.sub("", text))
    return rest if any(c.isalpha() or c in "⟦⟧" for c in rest) else ""


def marked_library() -> Library:
    """The real content, with all that is shown of it marked, and an unreadable topic."""
    shelves = {language: _marked(shelf) for language, shelf in load_library().shelves.items()}
    return with_unreadable_topic(Library(shelves))


def _marked(shelf: Shelf) -> Shelf:
    topics = {
        topic.id: replace(
            topic,
            title=f"⟦{topic.title}⟧",
            body="⟦A paragraph with **bold words** in it.⟧\n\n- ⟦One⟧\n- ⟦**Two**⟧",
            source=f"⟦{topic.source}⟧",
        )
        for topic in shelf.topics.values()
    }
    unknowns = {gap.id: replace(gap, subject=f"⟦{gap.subject}⟧") for gap in shelf.unknowns.values()}
    return replace(shelf, topics=topics, unknowns=unknowns)


@pytest.fixture
def translations() -> MarkedTranslations:
    return MarkedTranslations()


@pytest.fixture
async def marked_bot(
    start_bot: StartBot, sandbox: Sandbox, clock: MovableClock, translations: MarkedTranslations
) -> AsyncIterator[Running]:
    catalogues = Catalogues(dict.fromkeys(LANGUAGES, translations))
    catalogues.translated = frozenset({"en", "fr"})  # the bot says something else to those who choose another
    parts = Parts(
        clock=clock,
        library=marked_library(),
        catalogues=catalogues,
        conversations={**CONVERSATIONS, **conversations("⟦{}⟧")},
    )
    tables = {
        "telegram": telegram_for(sandbox, set_profile=True),
        "handling": Handling(tries=1),
        "people": PeopleSettings(owners=(OWNER,)),
        "floods": LIMITS,
        "announcements": AnnouncementsPart(second_person_from=SECOND_FROM),
    }
    async with start_bot(parts, **tables) as running:
        yield running


class Told:
    """All that people have seen of the bot, in the order in which they saw it."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def add(self, kind: str, data: Json) -> bool:
        """Note an event of the sandbox; False if it is the last."""
        message = data.get("message", {})
        if kind == "callback_answer":
            self.texts.append(data.get("text") or "")
        elif kind in {"message", "edited"} and message.get("from", {}).get("is_bot"):
            self.texts += [message.get("text", ""), message.get("caption", ""), *buttons(message)]
        return bool(message.get("text") != GOODBYE)


@asynccontextmanager
async def listening(sandbox: Sandbox, people: People) -> AsyncIterator[Told]:
    """Notes whatever the bot says within the block, with what it edits and the notes on presses."""
    told = Told()
    async with (
        asyncio.timeout(TALK_AT_MOST_S),
        asyncio.TaskGroup() as tasks,
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout()) as session,  # the limit above is the only one
        session.get(f"{sandbox.base_url}/sandbox/events") as stream,
    ):
        assert (await stream.content.readline()).startswith(b": connected")

        async def listen() -> None:
            kind = ""
            async for line in stream.content:
                name, _, value = line.decode().rstrip("\n").partition(": ")
                if name == "event":
                    kind = value
                elif name == "data" and not told.add(kind, json.loads(value)):
                    return

        listener = tasks.create_task(listen())
        yield told
        await (await people.person()).write(GOODBYE)
        await listener


async def converse_in_private(people: People, phone: Phone, library: Library) -> None:
    """Everything that one can write to the bot."""
    for text in ("/start", "/help", "/privacy", "/language", "/nonsense"):
        await phone.ask(text)
    for payload in ("topic_agm", "topic_gone", "language"):
        await phone.ask(f"/start {payload}")
    shelf = library.shelves["en"]
    one_by_reason = {gap.reason: gap for gap in shelf.unknowns.values()}
    of_the_bot = [shelf.unknowns[name] for name in ("database-details", "languages")]
    to_ask = [gap.questions[0] for gap in (*one_by_reason.values(), *of_the_bot)]
    to_ask += [talk.questions[0] for talk in shelf.smalltalk.values()]
    to_ask += [phrasings[0] for phrasings in shelf.wishes.values()]
    to_ask += ["What is the AGM?", shelf.wishes["misunderstood"][0], SEVERAL, "zqx vrtl wvy", WHAT_BECAME, BREAKS]
    for question in to_ask:
        await phone.ask(question)
    for kind in ("stickers", "voices", "locations", "contacts"):
        sent = await people.post(f"/persons/{phone.id}/{kind}", {})
        await phone.reply_after(sent["message_id"])


async def press_everything(people: People, sandbox: Sandbox, phone: Phone) -> None:
    """Every kind of button, also those that mean nothing any more."""
    choice = await phone.ask("purpose members")
    assert "none" in buttons(choice).values(), "the bot was expected to be unsure"
    await phone.press(choice, "none")
    for data in ("menu", "help", "language", "topic:agm"):
        await phone.press(await with_buttons(sandbox, phone, data), data)
    for data in ("language:fr", "language:es", "language:en", "none"):  # what is pressed is edited
        message = await with_buttons(sandbox, phone, data)
        await phone.press(message, data)
        await until(partial(changed, phone, message))
    for data in ("language:xx", "topic:gone", "topic:broken", "nonsense"):
        toast = await phone.press(await with_buttons(sandbox, phone, data), data)
        assert toast["show_alert"] is True


async def with_buttons(sandbox: Sandbox, phone: Phone, data: str) -> Json:
    """A message of the bot's with a button, as a former version of it may have sent it."""
    keyboard = {"inline_keyboard": [[{"text": "⟦old⟧", "callback_data": data}]]}
    body = {"chat_id": phone.chat_id, "text": "⟦old⟧", "reply_markup": keyboard}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{sandbox.base_url}/bot{TOKEN}/sendMessage", json=body) as response,
    ):
        return dict((await response.json())["result"])


async def changed(phone: Phone, message: Json) -> bool:
    now = {shown["message_id"]: shown.get("text") for shown in await phone.messages()}
    return bool(now[message["message_id"]] != message["text"])


async def converse_in_a_group(phone: Phone) -> None:
    """What the bot says in groups."""
    for text in ("/start", "/help", "/privacy", "/language", "/nonsense"):
        await phone.ask(f"{text}@{BOT_NAME}")
    for text in ("", "What is the AGM?", "zqx vrtl wvy"):
        await phone.ask(f"@{BOT_NAME} {text}")


async def profile_texts(people: People, group_id: int, language: str) -> list[str]:
    """The command menus and the descriptions, as a person with this language sees them."""
    phone = await people.person(language=language)

    async def seen(chat_id: int) -> Json:
        return dict(await people.get(f"/commands?person_id={phone.id}&chat_id={chat_id}"))

    async def both() -> list[Json]:
        menus = [await seen(phone.chat_id), await seen(group_id)]
        return menus if all(menu["commands"] for menu in menus) else []

    texts = []
    for menu in await until(both):
        texts += [menu["description"], menu["short_description"]]
        texts += [command["description"] for command in menu["commands"]]
    return texts


@pytest.mark.timeout(TALK_AT_MOST_S)
async def test_every_sentence_can_be_translated(
    marked_bot: Running, sandbox: Sandbox, people: People, clock: MovableClock, translations: MarkedTranslations
) -> None:
    phone = await people.person()
    group_id = await people.group(phone)
    async with listening(sandbox, people) as told:
        await converse_in_private(people, phone, load_library())
        await press_everything(people, sandbox, phone)
        await converse_in_a_group(phone.within(group_id))
        await converse_at_the_desk(marked_bot, people, clock)
        await converse_about_answers(marked_bot, people, clock)
        await converse_about_registrations(marked_bot, people)
        await converse_about_forms(marked_bot, people, clock)
        await converse_about_centers(marked_bot, people, clock)
        await converse_about_floods(people, clock)
        await converse_about_delegates(marked_bot, people, clock)
        await converse_about_a_center(marked_bot, people, clock)
        await converse_about_lists(marked_bot, people, clock)
        await converse_about_the_office(marked_bot, people, clock)
        await converse_about_conferences(marked_bot, people, clock)
        await converse_about_taking_part(marked_bot, people, clock)
        await converse_about_reminders(marked_bot, people, clock)
        await converse_about_changes(marked_bot, people, clock)
        await converse_about_agenda(marked_bot, people, clock)
        await converse_about_reading_an_agenda_in(marked_bot, people, clock)
        await converse_about_making_an_agenda(marked_bot, people, clock)
        await converse_about_announcing(marked_bot, people, clock)
        await converse_about_boards(marked_bot, people, clock)
        await all_is_sent(marked_bot, clock)
    said_seldom(Translator("en", translations))
    said_of_announcements(Translator("en", translations))
    said_at_a_pace(Translator("en", translations))
    several = dict.fromkeys(("questions", "letters", "drafts", "marks", "acts"), 2)
    me.besides(Translator("en", translations), several)  # nobody here has so much of everything
    answers.looked_up(Translator("en", translations))  # said on the command line only
    for topic in LIVE.values():
        topic.title(Translator("en", translations))  # said where it is one of several topics that may be meant
        if topic.to_anybody is not None:
            topic.to_anybody(Translator("en", translations))
    told.texts += [text for language in ("en", "fr", "ru") for text in await profile_texts(people, group_id, language)]
    theirs = await asked(marked_bot)
    assert {text for text in told.texts if bare(theirs.sub("", text))} == set()
    # The proof is only as good as the conversation: a new sentence needs a step that makes the bot say it.
    assert sentences_of_the_template() - translations.asked_for == set()
    assert translations.asked_for - sentences_of_the_template() == set()
    assert await kept_of_what_was_said(marked_bot) == set()


async def kept_of_what_was_said(bot: Running) -> set[str]:
    """What messages hold that are out: for a screen of every sort, nothing of its words."""
    columns = "method, renderer, params, args, follow_up_args, on_failure_args, upload_filename"
    rows = await bot.database.reader.all(SimpleNamespace(sql=f"SELECT {columns} FROM outbox WHERE state <> 'queued'"))  # noqa: S608 - columns
    assert rows
    return {str(dict(row)) for row in rows if any(row[name] is not None for name in columns.split(", ")[2:])}


async def asked(bot: Running) -> re.Pattern[str]:
    """What people asked, which the Secretariat is shown."""
    reader = bot.database.reader
    found = [one.question for one in await questions.unanswered(reader, after=0, at_most=1_000)]
    found += [one.question for one in await marks.unhelpful(reader, after=0, at_most=1_000)]
    return re.compile("|".join(re.escape(question) for question in sorted(found, key=len, reverse=True)))


def sentences_of_the_template() -> set[str]:
    with template.TEMPLATE.open("rb") as file:
        messages = [message.id for message in read_po(file) if message.id]
    return {sentence for message in messages for sentence in ([message] if isinstance(message, str) else message)}


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("⟦Good day.⟧", ""),
        ("• ⟦One⟧\n• ⟦Two⟧ 7 – 2026-11", ""),
        (f"✓ Español ⟦in⟧ @{BOT_NAME}", ""),
        ("", ""),
        ("Good day.", "Good day."),
        ("⟦Source: ⟧the page⟦⟧", "the page"),
        ("⟦cut", "⟦cut"),
    ],
)
def test_what_is_not_marked_is_seen(text: str, rest: str) -> None:
    assert bare(text) == rest
