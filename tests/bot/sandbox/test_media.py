"""Photos, documents, albums: up, down, and again by their identifier."""

from __future__ import annotations

import io
import struct
import zlib

import aiohttp
import pytest
import telegram

from bot.sandbox.files import MAX_DOWNLOAD_BYTES, MAX_PHOTO_BYTES, FileStore
from bot.sandbox.images import dimensions

from .conftest import TOKEN, Calls, Json, People

ICS = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


def png(width: int = 1000, height: int = 500) -> bytes:
    """A picture in one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = (b"\0" + b"\0" * ((width + 7) // 8)) * height
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


async def upload(bot: Calls, method: str, kind: str, content: bytes, **fields: str) -> tuple[int, Json]:
    form = aiohttp.FormData(fields)
    form.add_field(kind, io.BytesIO(content), filename="Programme 1.ics" if kind == "document" else "a.png")
    async with bot.http.post(f"/bot{TOKEN}/{method}", data=form) as response:
        return response.status, await response.json()


async def test_a_document_by_the_bot(client: telegram.Bot, people: People, person: int) -> None:
    sent = await client.send_document(
        person, ICS, filename="Programme 1.ics", caption="<b>Day</b> 1", parse_mode="HTML"
    )
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type) == ("Programme 1.ics", "text/calendar")
    assert sent.document.file_size == len(ICS)
    assert (sent.caption, sent.caption_entities[0].type) == ("Day 1", "bold")
    file = await client.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == ICS
    async with people.http.get(f"/sandbox/files/{sent.document.file_id}") as response:
        assert await response.read() == ICS
        assert response.content_type == "text/calendar"
        assert "Programme%201.ics" in response.headers["Content-Disposition"]
    again = await client.send_document(person, sent.document.file_id)
    assert again.document == sent.document
    edited = await client.edit_message_caption(person, again.message_id, caption="Day 2")
    assert isinstance(edited, telegram.Message)
    assert (edited.caption, edited.document) == ("Day 2", sent.document)


async def test_a_photo_by_a_person(client: telegram.Bot, people: People, person: int) -> None:
    form = aiohttp.FormData({"kind": "photo", "caption": "Our /team"})
    form.add_field("file", png(), filename="team.png", content_type="image/png")
    async with people.http.post(f"/sandbox/persons/{person}/files", data=form) as response:
        assert response.status == 200, await response.text()
    (update,) = await client.get_updates(timeout=5)
    message = update.message
    assert message is not None
    assert [(size.width, size.height) for size in message.photo] == [(90, 45), (320, 160), (800, 400), (1000, 500)]
    assert len({size.file_unique_id for size in message.photo}) == 4
    assert (message.caption, message.caption_entities[0].type) == ("Our /team", "bot_command")
    file = await client.get_file(message.photo[-1])
    assert bytes(await file.download_as_bytearray()) == png()
    again = await client.send_photo(person, message.photo[0].file_id, has_spoiler=True)
    assert again.photo == message.photo
    assert again.has_media_spoiler is True


async def test_albums(client: telegram.Bot, people: People, person: int) -> None:
    photos = await client.send_media_group(
        person,
        [telegram.InputMediaPhoto(png(), caption="One"), telegram.InputMediaPhoto(png(10, 10))],
    )
    assert photos[0].media_group_id == photos[1].media_group_id is not None
    assert [(photo.caption, photo.photo[-1].width) for photo in photos] == [("One", 1000), (None, 10)]
    documents = await client.send_media_group(
        person,
        [
            telegram.InputMediaDocument(ICS, filename="a.ics"),
            telegram.InputMediaDocument(ICS, filename="b.ics"),
        ],
    )
    assert [message.document.file_name for message in documents if message.document] == ["a.ics", "b.ics"]
    by_identifier = [telegram.InputMediaPhoto(photo.photo[-1].file_id) for photo in photos]
    again = await client.send_media_group(person, by_identifier)
    assert [message.photo for message in again] == [message.photo for message in photos]


async def test_what_is_no_photo(bot: Calls, people: People, person: int) -> None:
    where = {"chat_id": str(person)}
    cases = [
        (b"no picture", 400, "Bad Request: IMAGE_PROCESS_FAILED"),
        (b"", 400, "Bad Request: file must be non-empty"),
        (png(2100, 100), 400, "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (png(8, 8) + b"\0" * MAX_PHOTO_BYTES, 400, "Bad Request: file is too big"),
    ]
    for content, status, description in cases:
        answer = await upload(bot, "sendPhoto", "photo", content, **where)
        assert answer == (status, {"ok": False, "error_code": status, "description": description})
    assert (await people.chat(person))["messages"] == []


async def test_a_document_is_not_sent_as_a_photo(bot: Calls, person: int) -> None:
    _, body = await upload(bot, "sendDocument", "document", ICS, chat_id=str(person))
    file_id = body["result"]["document"]["file_id"]
    refusal = await bot.refused("sendPhoto", chat_id=person, photo=file_id)
    assert refusal.description == "Bad Request: can't use file of type Document as Photo"


async def test_large_files(bot: Calls, person: int) -> None:
    _, body = await upload(bot, "sendDocument", "document", b"x" * (MAX_DOWNLOAD_BYTES + 1), chat_id=str(person))
    refusal = await bot.refused("getFile", file_id=body["result"]["document"]["file_id"])
    assert refusal.description == "Bad Request: file is too big"
    answer = await upload(bot, "sendDocument", "document", b"x" * (53 * 1024 * 1024), chat_id=str(person))
    assert answer == (413, {"ok": False, "error_code": 413, "description": "Request Entity Too Large"})


async def test_captions_are_counted_after_parsing(bot: Calls, person: int) -> None:
    where = {"chat_id": str(person), "parse_mode": "HTML"}
    status, _ = await upload(bot, "sendDocument", "document", ICS, **where, caption=f"<b>{'😀' * 512}</b>")
    assert status == 200
    answer = await upload(bot, "sendDocument", "document", ICS, **where, caption="😀" * 512 + "x")
    assert answer[1]["description"] == "Bad Request: message caption is too long"


async def test_stand_ins(client: telegram.Bot, people: People, person: int) -> None:
    for kind in ("stickers", "voices", "locations", "contacts"):
        await people.post(f"/persons/{person}/{kind}")
    messages = [update.message for update in await client.get_updates(timeout=5)]
    assert [
        next(kind for kind in ("sticker", "voice", "location", "contact") if getattr(message, kind))
        for message in messages
    ] == ["sticker", "voice", "location", "contact"]
    contact = messages[3].contact if messages[3] else None
    assert contact is not None
    assert contact.user_id == person


async def test_files_that_are_not_there(http: aiohttp.ClientSession, people: People) -> None:
    async with http.get(f"/file/bot{TOKEN}/documents/file_99.pdf") as response:
        assert response.status == 404
    async with http.get("/sandbox/files/unknown") as response:
        assert (response.status, await response.json()) == (404, {"error": "There is no file unknown."})


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (png(7, 9), (7, 9)),
        (b"GIF89a" + struct.pack("<HH", 7, 9), (7, 9)),
        (b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08" + struct.pack(">HH", 9, 7), (7, 9)),
        (b"RIFF\0\0\0\0WEBPVP8X" + b"\0" * 8 + b"\x06\0\0\x08\0\0", (7, 9)),
        (b"RIFF\0\0\0\0WEBPVP8 " + b"\0" * 10 + struct.pack("<HH", 7, 9), (7, 9)),
        (b"RIFF\0\0\0\0WEBPVP8L" + b"\0" * 5 + (6 | 8 << 14).to_bytes(4, "little"), (7, 9)),
        (b"\xff\xd8", None),
        (png(7, 9)[:18], None),
        (b"GIF89a\0\0\0\0", None),
        (b"", None),
        (b"%PDF-1.7", None),
    ],
)
def test_dimensions(content: bytes, size: tuple[int, int] | None) -> None:
    assert dimensions(content) == size


def test_the_same_seed_gives_the_same_identifiers() -> None:
    first, second, other = (FileStore(seed).add("document", b"x", "a.txt").file_id for seed in (1, 1, 2))
    assert first == second != other
