"""The doctor: is everything there that the bot needs? Each line says ok, or what to do."""

from __future__ import annotations

import os
import socket
import zoneinfo
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from telegram.error import TelegramError

from bot.knowledge.classifier import examples, fingerprint, load_classifier
from bot.knowledge.embedding import load_embedder, why_missing
from bot.knowledge.loading import ContentError, load_library
from bot.locales.catalogues import load_catalogues
from bot.runtime.alarm_mail import trial_mail
from bot.runtime.api import make_bot
from bot.runtime.backups import LATE_AFTER, BackupRules, ahead, backups_in, latest
from bot.runtime.clock import Clock
from bot.runtime.mailing import MailError, MailServer
from bot.runtime.refusals import RefusedError
from bot.runtime.spool import spool_folder
from bot.settings import Settings, SettingsError, require_token
from storage import about
from storage.database import connect, pending_migrations
from storage.errors import StorageError
from storage.migrate import known_migrations
from storage.session import Session, load_sql

ZONES = ("UTC", "Africa/Nairobi", "America/New_York", "Asia/Kathmandu", "Pacific/Apia")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's."""

    what: str
    is_ok: bool
    told: str

    def __str__(self) -> str:
        return f"{'ok  ' if self.is_ok else 'MEND'}  {self.what}: {self.told}"


async def examine(settings: Settings, source: str, *, test_mail: bool = False) -> AsyncIterator[Finding]:
    """Look at everything; `source` says where the settings came from, `test_mail` whether a mail is sent."""
    yield Finding("configuration", is_ok=True, told=source)
    for finding in await _token(settings):
        yield finding
    yield _folder(settings.database.path)
    yield _spool(settings.database.path)
    yield await _migrations(settings.database.path)
    yield _backups(settings.backups.rules(settings.database.path), Clock().now())
    content = _content()
    yield content
    if content.is_ok:
        yield _meaning()
    yield _zones()
    yield await _alarm(settings.alarm.server(), test_mail=test_mail)


async def _token(settings: Settings) -> list[Finding]:
    try:
        require_token(settings)
    except SettingsError as error:
        return [_bad(str(error))]
    bot = make_bot(settings.telegram.token.get_secret_value(), settings.telegram.base_url, connections=1)
    try:
        await bot.initialize()
        return [await _owner(settings, bot.id, bot.username), _inline(is_on=bot.supports_inline_queries)]
    except RefusedError as error:
        if error.is_passing or error.retry_after_s is not None:
            return [_bad(f"Telegram could not tell ({error}). Try again in a minute.")]
        return [_bad(f"Telegram refuses it ({error}). Copy it anew from @BotFather.")]
    except TelegramError as error:
        return [_bad(f"it could not be tried: {error} Check this machine's connection.")]
    finally:
        await bot.shutdown()


def _bad(told: str) -> Finding:
    return Finding("token", is_ok=False, told=told)


def _inline(*, is_on: bool) -> Finding:
    """Without inline mode the bot works, but nobody can share a Center from it."""
    if is_on:
        return Finding("inline mode", is_ok=True, told="on: Centers can be shared in any chat")
    told = "off, so Centers cannot be shared in other chats. To turn it on, write /setinline to @BotFather."
    return Finding("inline mode", is_ok=True, told=told)


async def _owner(settings: Settings, bot_id: int, username: str) -> Finding:
    """The token is good; is the database this bot's?"""
    path = settings.database.path
    try:
        owner = await _owner_of(path)
    except StorageError:
        owner = None  # told by the lines on the database
    if owner is not None and owner[0] != bot_id:
        told = f"it is @{username}'s, but the database {path} belongs to @{owner[1]}. Use another database.path."
        return Finding("token", is_ok=False, told=told)
    return Finding("token", is_ok=True, told=f"this is @{username}")


async def _owner_of(path: Path) -> tuple[int, str] | None:
    """The id and the name of the bot that a database belongs to; None if it is new."""
    if await pending_migrations(path):
        return None
    async with connect(path, read_only=True) as conn:
        return await about.owner(Session(conn, load_sql()))


def _folder(path: Path) -> Finding:
    folder = path.absolute().parent
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    target = path if path.exists() else existing
    if not os.access(target, os.W_OK) or not os.access(existing, os.W_OK):
        return Finding("database", is_ok=False, told=f"{target} cannot be written. Give the bot's user the right to.")
    return Finding(
        "database", is_ok=True, told=str(path) if path.exists() else f"{path} will be made at the first start"
    )


def _spool(database: Path) -> Finding:
    folder = spool_folder(database)
    existing = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    if not existing.is_dir():
        return Finding(
            "files", is_ok=False, told=f"{existing} is no folder. Move it away; files to be sent wait there."
        )
    if not os.access(existing, os.R_OK | os.W_OK | os.X_OK):
        told = f"{existing} cannot be written; files to be sent wait there. Give the bot's user the right to."
        return Finding("files", is_ok=False, told=told)
    return Finding(
        "files", is_ok=True, told=str(folder) if folder.exists() else f"{folder} will be made at the first start"
    )


def _backups(rules: BackupRules, now: datetime) -> Finding:
    """Whether they are made, and whether the last one is recent. A new bot has none yet."""
    if not rules.are_made:
        return Finding("backups", is_ok=True, told="none are made: backups.keep_daily is 0")
    existing = next(place for place in (rules.folder, *rules.folder.absolute().parents) if place.exists())
    if not existing.is_dir() or not os.access(existing, os.R_OK | os.W_OK | os.X_OK):
        told = f"{existing} cannot be written. Give the bot's user the right to, or set backups.folder."
        return Finding("backups", is_ok=False, told=told)
    made = backups_in(rules.folder)
    if future := ahead(made, now):
        files = ", ".join(made[at].name for at in sorted(future))
        told = f"these in {rules.folder} are dated in the future: {files}. If `date` is wrong, set the clock right."
        return Finding("backups", is_ok=False, told=f"{told} If it is right, delete them: the bot never does.")
    last = latest(made, now)
    if last is None:
        return Finding("backups", is_ok=True, told=f"the bot makes one each day in {rules.folder}; none is there yet")
    told = f"the last one in {rules.folder} is of {last:%d %B %Y, %H:%M} UTC"
    if last < now - LATE_AFTER:
        told += ". Is the bot running? Look for backup_failed in its log."
    return Finding("backups", is_ok=last >= now - LATE_AFTER, told=told)


async def _migrations(path: Path) -> Finding:
    try:
        pending = await pending_migrations(path)
    except StorageError as error:
        return Finding("migrations", is_ok=False, told=str(error))
    if pending and len(pending) < len(known_migrations()):
        told = f"{len(pending)} to apply. `unigo-bot migrate` does it, and so does the next start."
        return Finding("migrations", is_ok=True, told=told)
    return Finding("migrations", is_ok=True, told=f"version {len(known_migrations())}")


def _content() -> Finding:
    try:
        library = load_library()
    except ContentError as error:
        return Finding("content", is_ok=False, told=f"mend these files: {error}")
    topics = len(library.menu("en")), len(library.shelf("en").topics)
    languages = ", ".join(sorted(load_catalogues().translated))
    return Finding("content", is_ok=True, told=f"{topics[1]} topics, {topics[0]} on the menu; languages: {languages}")


def _meaning() -> Finding:
    reason = why_missing()
    if reason is not None:
        told = f"answers go by words alone, and fewer questions are understood: {reason}"
        return Finding("understanding", is_ok=True, told=told)
    classifier, embedder = load_classifier(), load_embedder()
    if classifier is None or embedder is None:
        return Finding("understanding", is_ok=False, told="nothing was trained. Run: python -m bot.knowledge.training")
    if classifier.fingerprint != fingerprint(examples(load_library()), embedder.name):
        told = "the content has changed since it was trained. Run: python -m bot.knowledge.training"
        return Finding("understanding", is_ok=False, told=told)
    return Finding("understanding", is_ok=True, told=f"by meaning ({embedder.name}) and by words")


def _zones() -> Finding:
    missing = [zone for zone in ZONES if zone not in zoneinfo.available_timezones()]
    if missing:
        told = f"unknown: {', '.join(missing)}. Install the package tzdata."
        return Finding("time zones", is_ok=False, told=told)
    return Finding("time zones", is_ok=True, told=f"{len(zoneinfo.available_timezones())} known")


async def _alarm(server: MailServer | None, *, test_mail: bool) -> Finding:
    """Without a mail server the bot works, but nobody is told when it does not."""
    if server is None:
        told = "nobody gets an e-mail when the bot is not well. Fill in [alarm] in the settings."
        return Finding("alarm", is_ok=not test_mail, told=told)
    try:
        if not test_mail:
            await server.try_login()
            return Finding("alarm", is_ok=True, told=f"{server.host} takes mail; `unigo-bot check --mail` sends a test")
        now = Clock().now()
        mail = trial_mail(socket.gethostname(), now)
        await server.send(mail.subject, mail.text, now)
    except MailError as error:
        return Finding("alarm", is_ok=False, told=f"{error} Check [alarm] in the settings.")
    return Finding("alarm", is_ok=True, told="a test mail was sent; see whether it arrived")
