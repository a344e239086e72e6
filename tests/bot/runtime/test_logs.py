"""Logs: one event a line, and no secret in any of them, however it comes there."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Literal

import pytest
import structlog

from bot.runtime.logs import HIDDEN, Redactor, configure_logs

TOKEN = "1234567890:EXAMPLE-token-for-tests-only-0000"
SECRET = "a-webhook-secret_of-our-own"
URL = f"https://api.telegram.org/bot{TOKEN}/sendMessage"

Style = Literal["json", "text"]


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Logs are the process's: what a test sets up is undone."""
    root = logging.getLogger()
    handlers, level, hook = root.handlers, root.level, sys.excepthook
    yield
    sys.excepthook = hook
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture(params=["json", "text"])
def style(request: pytest.FixtureRequest) -> Style:
    chosen: Style = request.param
    return chosen


@pytest.fixture
def stream(style: Style) -> StringIO:
    stream = StringIO()
    configure_logs(level="debug", style=style, secrets=(TOKEN, SECRET, ""), stream=stream)
    return stream


def connect() -> None:
    raise ConnectionError(f"cannot reach {URL}")


def fail() -> None:
    """An error with the token in its text, in its cause, and in a note."""
    try:
        connect()
    except ConnectionError as error:
        later = RuntimeError(f"gave up on {URL} with {SECRET}")
        later.add_note(f"the note names {TOKEN} too")
        raise later from error


def structured() -> None:
    structlog.stdlib.get_logger("bot.some").warning("refused", url=URL, headers={"secret": SECRET}, parts=[TOKEN])


def structured_failure() -> None:
    try:
        fail()
    except RuntimeError:
        structlog.stdlib.get_logger("bot.some").exception("failed", url=URL)


def failure_as_a_value() -> None:
    try:
        fail()
    except RuntimeError as error:
        structlog.stdlib.get_logger("bot.some").error("failed", exc_info=error, reason=str(error), error=error)


def plain() -> None:
    logging.getLogger("some.library").info("GET %s with %r", URL, {"token": TOKEN, "secret": SECRET})


def plain_failure() -> None:
    try:
        fail()
    except RuntimeError:
        logging.getLogger("some.library").exception("GET %s failed", URL)


def escaped() -> None:
    logging.getLogger("some.library").info("GET %s", URL.replace(":", "%3A"))


def anothers() -> None:
    logging.getLogger("some.library").info("POST /bot7654321:%s/getMe", TOKEN.partition(":")[2])


@pytest.mark.parametrize(
    "happen", [structured, structured_failure, failure_as_a_value, plain, plain_failure, escaped, anothers]
)
def test_no_secret_stands_in_a_log(stream: StringIO, happen: Callable[[], None]) -> None:
    happen()
    told = stream.getvalue()
    assert HIDDEN in told
    for secret in (TOKEN, TOKEN.partition(":")[2], SECRET):
        assert secret not in told


def test_a_failure_is_told_with_its_traceback(stream: StringIO) -> None:
    structured_failure()
    for expected in ("Traceback", "in fail", "RuntimeError: gave up on", "ConnectionError: cannot reach"):
        assert expected in stream.getvalue()


@pytest.mark.parametrize("happen", [structured, structured_failure, plain, plain_failure])
def test_as_json_each_event_is_one_line(happen: Callable[[], None]) -> None:
    stream = StringIO()
    configure_logs(level="info", style="json", secrets=(TOKEN,), stream=stream)
    happen()
    (line,) = stream.getvalue().splitlines()
    told = json.loads(line)
    assert {"event", "level", "logger", "timestamp"} <= told.keys()
    assert ("exception" in told) == ("failure" in happen.__name__)


def test_only_what_is_as_grave_as_the_level_is_logged_and_chatty_libraries_less() -> None:
    stream = StringIO()
    configure_logs(level="warning", style="text", secrets=(), stream=stream)
    log = structlog.stdlib.get_logger("bot.some")
    log.info("too light")
    log.warning("grave enough")
    assert "too light" not in stream.getvalue()
    assert "grave enough" in stream.getvalue()
    configure_logs(level="debug", style="text", secrets=(), stream=stream)
    logging.getLogger("aiosqlite").debug("every statement, with what people wrote")
    logging.getLogger("telegram.ext").debug("every call")
    assert "every" not in stream.getvalue()


def test_logs_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(level="info", style="text", secrets=())
    structlog.stdlib.get_logger("bot.some").info("an event")
    told = capsys.readouterr()
    assert (told.out, "an event" in told.err) == ("", True)


def test_a_record_that_cannot_be_written_gives_nothing_away(style: Style, capsys: pytest.CaptureFixture[str]) -> None:
    stream = StringIO()
    configure_logs(level="info", style=style, secrets=(TOKEN,), stream=stream)  # here: without pytest's own handlers
    template = "GET %s %s"  # one argument more than there is
    logging.getLogger("some.library").info(template, URL)
    assert stream.getvalue().startswith("A log record of some.library could not be written")
    assert TOKEN not in capsys.readouterr().err + stream.getvalue()


def test_what_is_no_token_stays() -> None:
    line = "at 2030-05-01T10:20:30Z update 1234567890 took 12:34:56, a:b, 99:short"
    assert Redactor([]).clean(line) == line
    assert Redactor([]).clean(f"bot{TOKEN}/getMe") == f"bot{HIDDEN}/getMe"
