"""The commands of `unigo-bot`."""

from __future__ import annotations

import argparse
import asyncio
import errno
import os
import socket
import sys
from collections.abc import Callable, Coroutine, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import uvloop
from telegram.error import InvalidToken

from bot.cli_backup import add_commands
from bot.knowledge.loading import ContentError
from bot.locales.catalogues import LANGUAGES
from bot.runtime.clock import Clock
from bot.runtime.logs import Redactor, configure_logs
from bot.runtime.mailing import MailError
from bot.runtime.memory import settle
from bot.runtime.stopping import stoppable
from bot.setting_faults import CONFIG_VARIABLE
from bot.settings import DEFAULT_FILE, SettingsError, load_alarm, load_settings
from storage import inbox
from storage.database import connect, is_there, open_database, pending_migrations
from storage.errors import StorageError
from storage.migrate import migrate
from storage.session import Session, Transaction, load_sql

DEMO_PORT = 8081
PORT_AT_MOST = 65_535
ASIDE_AT_MOST = 1_000_000

EXPLAINED = (SettingsError, StorageError, ContentError, InvalidToken, MailError, OSError, ValueError)
"""What ends a command with a sentence for whoever typed it, rather than with a traceback for developers."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit status is 0, 1 if it could not be done, or 2 if it was typed wrongly."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.command(options)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has seen enough, as `head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python writes what is left when it ends
        return 1
    except EXPLAINED as error:
        return _explain(error)
    except BaseExceptionGroup as group:
        known = group.subgroup(lambda error: isinstance(error, EXPLAINED))
        if known is None:
            raise
        while isinstance(known, BaseExceptionGroup):
            known = known.exceptions[0]
        return _explain(known)
    except asyncio.CancelledError:  # stopped before it had begun
        return 0
    return status


def _explain(error: BaseException) -> int:
    told = str(error)
    if isinstance(error, OSError) and error.filename is not None and error.strerror:  # not "[Errno 2] …"
        told = f"{error.filename}: {error.strerror}."
    for line in Redactor(()).clean(told).splitlines():
        print(f"unigo-bot: {line}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="unigo-bot",
        description="The member bot of UNIGO, the UN Peacekeeping Forces Mission International.",
        epilog="Settings come from config.toml here (or --config) and UNIGO_… environment variables; "
        "config.example.toml explains each.",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], told: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=told, description=told)
        sub.set_defaults(command=run)
        return sub

    def with_config(sub: argparse.ArgumentParser) -> None:
        told = f"the settings (default: the file that {CONFIG_VARIABLE} names, or config.toml, if there)"
        default = os.environ.get(CONFIG_VARIABLE) or None
        sub.add_argument("--config", type=Path, metavar="FILE", default=default, help=told)

    def with_port(sub: argparse.ArgumentParser, told: str) -> None:
        # As text: only the command that is typed reads the variable, which other programs use too.
        default = os.environ.get("PORT") or str(DEMO_PORT)
        sub.add_argument("--port", type=_port, default=default, help=f"{told} (default: %(default)s)")

    demo = command("demo", _demo, "Try the bot in the browser: no token, no Telegram, nothing kept.")
    with_port(demo, "of the page")
    sandbox = command("sandbox", _sandbox, "Run the sandbox alone, for a bot that runs by itself.")
    with_port(sandbox, "to serve on")
    with_config(command("run", _run, "Run the bot on Telegram until it is stopped."))
    check = command("check", _check, "Check everything that the bot needs, and say what to mend.")
    check.add_argument("--mail", action="store_true", help="send the owners a test mail, too")
    with_config(check)
    with_config(command("stopped", _stopped, "Tell the owners by e-mail that the service has given up (for systemd)."))
    with_config(command("migrate", _migrate, "Bring the database to this version of the bot."))
    ask = command("ask", _ask, "Answer a question here, as the bot would.")
    ask.set_defaults(mistyped=ask.error)
    ask.add_argument("question", nargs="?", help="in your own words")
    ask.add_argument("--lang", default="en", choices=LANGUAGES, help="the reader's language (default: en)")
    ask.add_argument(
        "--jsonl",
        type=Path,
        metavar="FILE",
        help='answer each line {"id", "lang", "q"} of FILE (- for standard input) with a line '
        '{"id", "kind", "topic", "text"}',
    )
    aside = command("aside", _aside, "List the updates that could not be handled, or try them again.")
    aside.add_argument("--retry", metavar="ID", help="an update's number, or: all")
    with_config(aside)
    add_commands(command, with_config)
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > PORT_AT_MOST:
        raise argparse.ArgumentTypeError(f"must be a number from 0 to {PORT_AT_MOST}, but is {text!r}")
    return int(text)


def _run(options: argparse.Namespace) -> int:
    from bot.app import running_bot  # noqa: PLC0415 - what only one command needs is loaded by it alone
    from bot.parts import Parts  # noqa: PLC0415 - what only one command needs is loaded by it alone

    settings = load_settings(options.config)
    configure_logs(level=settings.logs.level, style=settings.logs.style, secrets=settings.secrets)

    async def run() -> None:
        async with stoppable() as until_stopped, running_bot(settings, Parts()) as running:
            settle()
            print(f"@{running.bot.username} is running. Ctrl-C stops it.", flush=True)
            await until_stopped()

    _run_async(run())
    return 0


def _demo(options: argparse.Namespace) -> int:
    from bot.demo import running_demo  # noqa: PLC0415

    configure_logs(level="warning", style="text", secrets=())

    async def run() -> None:
        async with stoppable() as until_stopped, running_demo(options.port) as (sandbox, _running):
            print(f"\n  The bot is running. Open this page and write to it:\n\n      {sandbox.base_url}\n")
            print("  Nothing leaves this computer, and nothing is kept. Ctrl-C ends it.\n", flush=True)
            await until_stopped()

    _run_on_port(run(), options.port)
    return 0


def _sandbox(options: argparse.Namespace) -> int:
    from bot.runtime.clock import MovableClock  # noqa: PLC0415
    from bot.sandbox.server import Sandbox  # noqa: PLC0415

    async def run() -> None:
        async with stoppable() as until_stopped, Sandbox(MovableClock(), port=options.port) as sandbox:
            print(f"The sandbox is running: {sandbox.base_url}", flush=True)
            await until_stopped()

    _run_on_port(run(), options.port)
    return 0


def _check(options: argparse.Namespace) -> int:
    from bot.doctor import examine  # noqa: PLC0415

    settings = load_settings(options.config)

    async def run() -> bool:
        is_well = True
        async for finding in examine(settings, options.config or DEFAULT_FILE, test_mail=options.mail):
            print(finding, flush=True)
            is_well &= finding.is_ok
        return is_well

    return 0 if _run_async(run()) else 1


def _stopped(options: argparse.Namespace) -> int:
    from bot.runtime.alarm_mail import stopped_mail  # noqa: PLC0415

    server = load_alarm(options.config).server()
    if server is None:
        raise ValueError("alarm.smtp_host: is empty, so nobody can be told.")
    faults: list[str] = []
    try:
        load_settings(options.config)
    except SettingsError as error:
        faults = error.faults
    now = Clock().now()
    mail = stopped_mail(socket.gethostname(), now, faults)
    _run_async(server.send(mail.subject, mail.text, now))
    return 0


def _migrate(options: argparse.Namespace) -> int:
    settings = load_settings(options.config)

    async def run() -> None:
        async with connect(settings.database.path) as conn:
            for step in await migrate(conn, Clock().now_us()):
                print(f"applied {step.version}: {step.name}")
        print(f"{settings.database.path} is up to date.")

    _run_async(run())
    return 0


def _ask(options: argparse.Namespace) -> int:
    from bot.asking import Asker  # noqa: PLC0415
    from bot.knowledge.loading import load_library  # noqa: PLC0415
    from bot.locales.catalogues import load_catalogues  # noqa: PLC0415

    if (options.question is None) == (options.jsonl is None):
        options.mistyped("give either a question or --jsonl FILE")
    asker = Asker(load_library(), load_catalogues())
    if options.jsonl is None:
        print(asker.ask(options.question, options.lang).text)
        return 0
    faults: list[str] = []

    def complain(fault: str) -> None:
        faults.append(fault)
        print(f"unigo-bot: {fault}", file=sys.stderr)

    with nullcontext(sys.stdin) if str(options.jsonl) == "-" else options.jsonl.open(encoding="utf-8-sig") as lines:
        for line in asker.ask_lines(lines, complain):
            print(line)
    return 1 if faults else 0


def _aside(options: argparse.Namespace) -> int:
    path = load_settings(options.config).database.path

    async def run() -> None:
        if not is_there(path) or await pending_migrations(path):
            raise StorageError(f"{path} is not there or not up to date; start the bot first.")
        async with connect(path, read_only=True) as conn:
            rows = await inbox.list_set_aside(Session(conn, load_sql()), at_most=ASIDE_AT_MOST)
        if options.retry is None:
            for row in rows:
                print(f"{row.update_id}  tried {row.tries} times  {' '.join(row.failure.split())}")
            print(f"{len(rows)} set aside.")
            return
        chosen = [row.update_id for row in rows if options.retry in {"all", str(row.update_id)}]
        if not chosen and options.retry != "all":
            raise ValueError(f"Nothing with the number {options.retry} was set aside.")

        async def retry(tx: Transaction) -> int:
            return sum([await inbox.retry(tx, update_id) for update_id in chosen])

        async with open_database(path, now_us=Clock().now_us()) as database:
            print(f"{await database.write(retry)} will be tried again; the running bot takes them up by itself.")

    _run_async(run())
    return 0


def _run_async(work: Coroutine[Any, Any, Any]) -> Any:
    return uvloop.run(work)


def _run_on_port(work: Coroutine[Any, Any, Any], port: int) -> None:
    try:
        _run_async(work)
    except OSError as error:
        what = {errno.EADDRINUSE: "is taken", errno.EACCES: "is not for everybody"}.get(error.errno or 0)
        if what is None:
            raise
        raise OSError(f"Port {port} {what}. Choose another: --port 8082, or PORT=8082.") from None


if __name__ == "__main__":
    sys.exit(main())
