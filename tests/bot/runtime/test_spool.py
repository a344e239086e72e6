"""The spool: what is kept there survives a power cut, is nobody else's to read, and is found by its name alone."""

from __future__ import annotations

import io
import stat
import threading
import zipfile
from pathlib import Path
from typing import BinaryIO

import pytest

from bot.runtime.clock import MovableClock
from bot.runtime.spool import NotSpooledError, Spool, spool_folder
from storage.errors import StorageReadOnlyError
from storage.records import Call

CONTENT = bytes(range(256)) * 1000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return spool_folder(tmp_path / "bot.db")


@pytest.fixture
def spool(folder: Path, clock: MovableClock) -> Spool:
    return Spool(folder, clock)


async def read(spool: Spool, spooled: str) -> bytes:
    with await spool.open(spooled) as file:
        return file.read()


async def test_what_is_kept_is_found_again_also_by_another_process(
    spool: Spool, folder: Path, clock: MovableClock
) -> None:
    upload = await spool.keep(CONTENT, "centers.xlsx")
    assert upload.as_call({"caption": "All"}) == Call("sendDocument", {"caption": "All"}, upload)
    assert upload.filename == "centers.xlsx"
    assert await read(Spool(folder, clock), upload.spooled) == CONTENT


async def test_a_library_writes_into_the_file_itself_in_a_thread(spool: Spool) -> None:
    threads: list[threading.Thread] = []

    def write(file: BinaryIO) -> None:
        threads.append(threading.current_thread())
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("sheet.xml", "<sheet/>")

    upload = await spool.keep(write, "centers.xlsx")
    with zipfile.ZipFile(io.BytesIO(await read(spool, upload.spooled))) as archive:
        assert archive.read("sheet.xml") == b"<sheet/>"
    assert threads != [threading.main_thread()]


async def test_of_what_could_not_be_written_to_its_end_nothing_is_left(spool: Spool) -> None:
    def write(file: BinaryIO) -> None:
        file.write(b"half of it")
        raise ValueError("A fault of whoever writes.")

    with pytest.raises(ValueError, match="whoever writes"):
        await spool.keep(write, "centers.xlsx")
    assert await spool.names() == []


async def test_only_the_bots_user_can_read_it(spool: Spool, folder: Path) -> None:
    upload = await spool.keep(CONTENT, "a.txt")
    assert (_rights(folder), _rights(folder / upload.spooled)) == (0o700, 0o600)


async def test_no_name_leads_out_of_the_folder_or_into_another_header(spool: Spool) -> None:
    upload = await spool.keep(CONTENT, '../a\r\n"Center" \u202eÜ – пример.csv')
    assert upload.filename == "..aCenter Ü – пример.csv"
    assert await spool.names() == [upload.spooled]


async def test_what_was_discarded_is_not_there(spool: Spool) -> None:
    upload = await spool.keep(CONTENT, "a.txt")
    for _ in range(2):
        await spool.discard(upload.spooled)
    with pytest.raises(NotSpooledError):
        await spool.open(upload.spooled)


async def test_how_long_something_is_there_is_told_by_the_bots_clock(spool: Spool, clock: MovableClock) -> None:
    await spool.keep(CONTENT, "old.txt")
    clock.advance(3600)
    new = await spool.keep(CONTENT, "new.txt")
    now = clock.timestamp()
    assert len(await spool.names(kept_before=now - 60)) == 1
    assert new.spooled not in await spool.names(kept_before=now - 60)
    assert len(await spool.names()) == 2


async def test_a_folder_that_cannot_be_made_is_told_with_what_to_do(tmp_path: Path, clock: MovableClock) -> None:
    spool = Spool(_file(tmp_path / "a file in the place of the folder"), clock)
    with pytest.raises(StorageReadOnlyError, match=r"cannot be written \(.*Give the bot's user the right"):
        await spool.prepare()
    with pytest.raises(StorageReadOnlyError):
        await spool.keep(CONTENT, "a.txt")


def _rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _file(path: Path) -> Path:
    path.touch()
    return path


async def test_a_workshop_is_left_clean_and_counts_for_no_file(spool: Spool, folder: Path, clock: MovableClock) -> None:
    async with spool.workshop() as room:
        assert stat.S_IMODE(room.stat().st_mode) == 0o700
        (room / "a.csv").write_bytes(CONTENT)
        assert await spool.names() == []
        upload = await spool.keep_file(room / "a.csv", "list.csv")
    assert not room.exists()
    assert await read(spool, upload.spooled) == CONTENT
    async with spool.workshop() as half_made:  # a kill would leave it
        await Spool(folder, clock).prepare()
        assert not half_made.exists()
