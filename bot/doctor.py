"""The doctor: is everything there that the bot needs? Each line says ok, or what to do."""

from __future__ import annotations

import socket
import zoneinfo
from collections.abc import AsyncIterator, Collection
from datetime import UTC, datetime
from pathlib import Path

from telegram.error import TelegramError

from bot import doctor_files
from bot.doctor_files import Finding
from bot.knowledge.classifier import examples, fingerprint, load_classifier
from bot.knowledge.embedding import load_embedder, why_missing
from bot.knowledge.loading import ContentError, load_library
from bot.locales.catalogues import load_catalogues
from bot.runtime.alarm_mail import trial_mail
from bot.runtime.api import make_bot, not_accepted
from bot.runtime.clock import Clock
from bot.runtime.mailing import MailError, MailServer
from bot.runtime.refusals import RefusedError
from bot.settings import Settings, SettingsError, require_token
from storage import about
from storage.database import connect, pending_migrations
from storage.errors import StorageError
from storage.migrate import known_migrations, made_at
from storage.records.durations import SECOND_US
from storage.session import Session, load_sql

__all__ = ["Finding", "examine"]

ZONES = ("UTC", "Africa/Nairobi", "America/New_York", "Asia/Kathmandu", "Pacific/Apia")


async def examine(settings: Settings, file: Path, *, test_mail: bool = False) -> AsyncIterator[Finding]:
    """Look at everything; the settings came from `file`, if it is there. `test_mail` says whether a mail is sent."""
    yield doctor_files.configuration(file)
    yield doctor_files.secrets(settings, file)
    for finding in await _token(settings):
        yield finding
    yield _owners(settings.people.owners)
    path, backups = settings.database.path, settings.backups.rules(settings.database.path)
    yield doctor_files.database(path)
    yield doctor_files.spool(path)
    yield await _migrations(path)
    yield doctor_files.backups(backups, Clock().now(), await _begun(path))
    yield doctor_files.room(path, backups)
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
        return [_bad(f"{not_accepted(settings.telegram.base_url)} (It said: {error}.)")]
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


def _owners(owners: Collection[int]) -> Finding:
    """Without an owner the bot answers, but nobody can make anybody the Secretariat."""
    if owners:
        return Finding("owners", is_ok=True, told=f"{len(owners)}")
    told = "nobody owns the bot, so nobody can make anybody a member of the Secretariat. Write /me to the bot: it tells"
    return Finding("owners", is_ok=False, told=f"{told} your number for people.owners. Then start the bot anew.")


async def _begun(path: Path) -> datetime | None:
    """Since when there is the database; None if it is not there, or cannot be read, which other lines tell."""
    try:
        if await pending_migrations(path):
            return None
        async with connect(path, read_only=True) as conn:
            at = await made_at(conn)
    except StorageError:
        return None
    return datetime.fromtimestamp(at / SECOND_US, UTC)


async def _owner_of(path: Path) -> tuple[int, str] | None:
    """The id and the name of the bot that a database belongs to; None if it is new."""
    if await pending_migrations(path):
        return None
    async with connect(path, read_only=True) as conn:
        return await about.owner(Session(conn, load_sql()))


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
