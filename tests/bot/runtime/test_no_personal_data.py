"""No name, word, number or address of a person stands in a log, whatever fails, at the level of most detail."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
import structlog

from bot.app import Running
from bot.parts import Parts
from bot.runtime.logs import configure_logs
from bot.runtime.trace import trace, unquoted
from bot.settings import Floods, Handling
from bot.settings import People as PeopleSettings
from storage import outbox
from storage.errors import StatementError
from storage.records import Call, Failure, FollowUp, NewMessage, Rendered
from storage.session import Session, Transaction
from tests.chat import People, Phone, buttons, until
from tests.conftest import TOKEN, StartBot
from tests.desk import OWNER, answer, by_bot, owner_of, says, secretariat
from tests.office import data_of, says_after
from tests.unreadable import BREAKS, with_unreadable_topic

FIRST, LAST, USERNAME = "Eulalia-Example", "Quux-Example", "eulalia_example_1"
MAIL, NUMBER = "eulalia@mail.example", "+41 00 555 01 23"
ASKED = "Who pays for the flowers in the hall?"
LETTER = f"Please write to {MAIL} or call {NUMBER}."
REPLY = "The porter feeds the fish every Tuesday."
PRIVATE = (FIRST, LAST, USERNAME, MAIL, NUMBER, NUMBER.replace(" ", ""), "flowers", "porter", "fish", BREAKS, "46.94")


def fail_with_words() -> None:
    """Fail with words of the person's."""
    nobody: dict[str, str] = {}
    try:
        raise LookupError(nobody[FIRST])
    except KeyError as error:
        raise ValueError(f"{BREAKS} for {MAIL}") from error


async def fails_to_render(_session: Session, _chat_id: int, args: Mapping[str, Any]) -> Call | None:
    raise ValueError(f"no such name: {args['name']}")


async def fails_to_follow(_tx: Transaction, _chat_id: int, args: Mapping[str, Any], result: Any) -> None:
    text = result.reason if isinstance(result, Failure) else result["text"]
    raise LookupError(f"{args['name']} was told {text}")


class UnreadableLabels(dict[str, Sequence[str]]):
    """What kinds of Centers are called: to look it up fails with words of the person's."""

    def get(self, *_: Any) -> Any:
        fail_with_words()


@pytest.fixture(params=["json", "text"])
def logged(request: pytest.FixtureRequest) -> Iterator[StringIO]:
    """All that is logged, at the level of most detail; the process's logs are as before afterwards."""
    root, hook = logging.getLogger(), sys.excepthook
    handlers, level = root.handlers, root.level
    stream = StringIO()
    configure_logs(level="debug", style=request.param, secrets=(TOKEN,), stream=stream)
    yield stream
    sys.excepthook = hook
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


async def converse(bot: Running, people: People, phone: Phone) -> None:
    """Questions, letters both ways, files, a place and a contact."""
    office = await secretariat(bot, people)
    await phone.start()
    await phone.ask(ASKED)
    copy = await says(office.group, "flowers")
    await answer(office, copy, REPLY)
    await by_bot(phone, REPLY)
    await phone.ask(f"/ask {LETTER}")
    await says(office.group, MAIL)
    await people.document(phone, caption=LETTER)
    for kind, content in (
        ("locations", {"latitude": 46.948, "longitude": 7.447}),
        ("contacts", {"phone_number": NUMBER, "first_name": FIRST}),
    ):
        sent = await people.post(f"/persons/{phone.id}/{kind}", content)
        await phone.reply_after(sent["message_id"])
    offer = await phone.ask("/language")
    await phone.press(offer, next(iter(buttons(offer).values())))


async def fail_everywhere(bot: Running, phone: Phone, logged: StringIO) -> None:
    """A handler, a place and a contact in it, a renderer, a follow-up of each kind, and a refused message."""
    await phone.write(BREAKS)
    await until(lambda: "update_set_aside" in logged.getvalue())
    name = {"name": f"{FIRST} {LAST}"}
    queued = [
        NewMessage(phone.chat_id, Rendered("fails", name)),
        NewMessage(phone.chat_id, Call("sendMessage", {"text": LETTER}), follow_up=FollowUp("fails", name)),
        NewMessage(
            phone.chat_id,
            Call("sendMessage", {"text": f"<{FIRST}>{LETTER}</{FIRST}>", "parse_mode": "HTML"}),
            on_failure=FollowUp("fails", name),
        ),
    ]

    async def work(tx: Transaction) -> None:
        for message in queued:
            outbox.add(tx, message, bot.now_us())

    await bot.database.write(work)
    bot.wake_delivery()
    await until(lambda: logged.getvalue().count("follow_up_failed") == 2)


async def test_nothing_of_a_rich_conversation_stands_in_a_log(
    start_bot: StartBot, people: People, parts: Parts, logged: StringIO
) -> None:
    phone = await people.person(FIRST, last_name=LAST, username=USERNAME)
    breaks = replace(
        parts,
        library=with_unreadable_topic(parts.library, fail_with_words),
        answerer=None,
        renderers={"fails": fails_to_render},
        follow_ups={"fails": fails_to_follow},
    )
    owners = PeopleSettings(owners=(OWNER,))
    async with start_bot(breaks, handling=Handling(tries=2), people=owners, floods=Floods()) as bot:
        await converse(bot, people, phone)
        await fail_everywhere(bot, phone, logged)
        for _ in range(150):  # and a flood
            await phone.write(LETTER)
        await until(lambda: "not_read_for_now" in logged.getvalue())
        logging.getLogger("some.library").debug("every row: %s", PRIVATE)
    told = logged.getvalue()
    # It is told what failed and where,
    for event in ("update_failed", "update_set_aside", "renderer_failed", "message_refused", "not_read_for_now"):
        assert event in told
    for place in ("KeyError", "ValueError", "LookupError", "fails_to_render", "fails_to_follow", "in fail_with_words"):
        assert place in told
    # and nothing of whom it concerned.
    escaped = [json.dumps(text)[1:-1] for text in PRIVATE]
    assert [text for text in (*PRIVATE, *escaped, TOKEN, TOKEN.partition(":")[2]) if text in told] == []


async def test_nothing_of_a_list_that_cannot_be_read_in_stands_in_a_log(
    start_bot: StartBot, people: People, parts: Parts, logged: StringIO
) -> None:
    assert parts.lists is not None
    breaks = replace(parts, lists=replace(parts.lists, labels=UnreadableLabels()))
    async with start_bot(breaks, people=PeopleSettings(owners=(OWNER,))):
        owner = await owner_of(people)
        await owner.ask("/import")
        rows = f"Center;Type;Given name;Family name;E-mail\nCenter A;Academy;{FIRST};{LAST};{MAIL}\n"
        message = await people.upload(owner, rows.encode(), "list.csv")
        screen = await owner.reply_after(message["message_id"])
        await owner.press(screen, data_of(screen, "Check the list"))
        await says_after(owner, screen, "something went wrong on my side")
    told = logged.getvalue()
    assert "import_failed" in told
    assert "in fail_with_words" in told
    assert [text for text in PRIVATE if text in told] == []


def test_a_trace_shows_what_led_to_a_failure_and_no_text_but_the_storages() -> None:
    with pytest.raises(ExceptionGroup) as raised:
        grouped()
    told = trace(raised.value)
    assert [kind for kind in ("KeyError", "ValueError", "ExceptionGroup", "StatementError") if kind in told] != []
    assert told.index("KeyError") < told.index("ValueError")
    assert "in grouped" in told
    assert "StatementError: UNIQUE constraint failed: people.id" in told
    assert FIRST not in told


def grouped() -> None:
    found: list[Exception] = [StatementError("UNIQUE constraint failed: people.id")]
    nobody: dict[str, str] = {}
    try:
        found.append(LookupError(nobody[FIRST]))
    except KeyError as error:
        later = ValueError(FIRST)
        later.__cause__ = error
        found.append(later)
    raise ExceptionGroup(FIRST, found)


def test_a_trace_of_errors_that_led_to_each_other_ends() -> None:
    one, other = ValueError(FIRST), KeyError(FIRST)
    one.__cause__, other.__cause__ = other, one
    assert trace(one) == "KeyError\nValueError"


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("Bad Request: chat not found", "Bad Request: chat not found"),
        ("Forbidden: bot can't initiate conversation with a user", None),
        (f'Bad Request: can\'t parse entities: Unsupported start tag "{FIRST}" at byte offset 0', "start tag […] at"),
        (f"Bad Request: inline keyboard button URL '{MAIL}' is invalid: Wrong HTTP URL", "URL […] is invalid"),
        (f"Bad Request: unclosed “{FIRST}", "unclosed […]"),
    ],
)
def test_what_the_bot_api_quotes_is_left_out(reason: str, told: str | None) -> None:
    assert (told or reason) in unquoted(reason)
    assert FIRST not in unquoted(reason)
    assert MAIL not in unquoted(reason)


async def test_the_bots_own_texts_on_a_failed_update_are_kept_where_the_log_points_to(
    start_bot: StartBot, people: People, parts: Parts
) -> None:
    """What the log leaves out is not lost: `unigo-bot aside` shows it."""
    phone = await people.person()
    breaks = replace(parts, library=with_unreadable_topic(parts.library, fail_with_words), answerer=None)
    async with start_bot(breaks, handling=Handling(tries=1)) as bot:
        await phone.ask(BREAKS)
        rows: Any = await bot.database.writer._conn.execute_fetchall(
            "SELECT failure FROM inbox WHERE state = 'set_aside'"
        )
    assert [row[0] for row in rows] == [f"ValueError: {BREAKS} for {MAIL}"]
