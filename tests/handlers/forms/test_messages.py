"""What is sent as an answer: files, contacts, stickers, forwarded and edited messages."""

from __future__ import annotations

import io
from typing import Any

import aiohttp
import pytest
from PIL import Image

from bot.app import Running
from tests.chat import Json, People, Phone
from tests.forms import asks, begin, drafts_of, fill_in, press, turned_into


@pytest.mark.parametrize("kind", ["stickers", "voices", "locations", "contacts"])
async def test_what_is_not_words(bot: Running, people: People, kind: str) -> None:
    phone = await people.person()
    await begin(phone)
    sent = await people.post(f"/persons/{phone.id}/{kind}", {})
    reply = await phone.reply_after(sent["message_id"])
    assert reply["text"].startswith("I cannot read this. Please write the answer in words.")
    assert "What is it called?" in reply["text"]


@pytest.mark.parametrize(
    ("number", "whose"), [("41446681800", "on Telegram"), ("41446681800", "not there"), ("044 668 18 00", "not there")]
)
async def test_a_contact_is_a_phone_number(bot: Running, people: People, number: str, whose: str) -> None:
    """One's own or another's, as Telegram knows it or as it stands in somebody's address book."""
    phone = await people.person()
    await begin(phone)
    await fill_in(phone, up_to="phone number")
    contact = {"phone_number": number} | ({"user_id": phone.id + 1} if whose == "on Telegram" else {})
    await people.post(f"/persons/{phone.id}/contacts", contact)
    await asks(phone, "When do you arrive?")
    assert (await drafts_of(bot, phone))[0].answers["phone"] == "+41446681800"


async def test_a_contact_without_a_number_that_can_be_called(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    await fill_in(phone, up_to="phone number")
    sent = await people.post(f"/persons/{phone.id}/contacts", {"phone_number": "118"})
    assert "phone number" in (await phone.reply_after(sent["message_id"]))["text"]


async def test_files(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    await fill_in(phone, up_to="send the letter")
    await people.document(phone)
    await asks(phone, "This file is of another kind. I can take PDF, JPG, JPEG or PNG.")
    await people.upload(phone, picture(), "a.png", kind="photo")
    await asks(phone, "Here I need a file. Please send it as a document.")
    await upload(phone, "letter.pdf", "application/pdf", 1_000_001)
    await asks(phone, "This file is too large: it may have 1 MB at most.")
    await upload(phone, "letter.pdf", "application/pdf", 10)
    await asks(phone, "Is there anything else?")
    letter = (await drafts_of(bot, phone))[0].answers["letter"]
    assert {**letter, "file_id": ""} == {
        "file_id": "",
        "name": "letter.pdf",
        "mime_type": "application/pdf",
        "size_bytes": 10,
    }


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("1", (10, 10)).save(file, "PNG")
    return file.getvalue()


async def upload(phone: Phone, name: str, mime_type: str, size_bytes: int) -> Json:
    form = aiohttp.FormData({"kind": "document", "chat_id": str(phone.chat_id)})
    form.add_field("file", b"x" * size_bytes, filename=name, content_type=mime_type)
    async with phone.people.session.post(f"/sandbox/persons/{phone.id}/files", data=form) as response:
        assert response.status == 200, await response.text()
        return dict(await response.json())


async def test_an_album_is_replied_to_once(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    for _file in range(3):
        await people.document(phone, media_group_id="7")
    await phone.ask("Center A")
    said = [text for text in await phone.from_bot() if text.startswith("I cannot read this.")]
    assert len(said) == 1


async def test_a_forwarded_text_is_an_answer(bot: Running, people: People) -> None:
    phone = await people.person()
    source = await phone.write("Center A")
    await begin(phone)
    await phone.write("", forward_from={"chat_id": phone.chat_id, "message_id": source["message_id"]})
    await asks(phone, "Whom does it train?")
    assert (await drafts_of(bot, phone))[0].answers == {"name": "Center A"}


async def edit(phone: Phone, message: Json, text: str) -> None:
    body: dict[str, Any] = {"chat_id": phone.chat_id, "message_id": message["message_id"], "text": text}
    await phone.people.post(f"/persons/{phone.id}/edits", body)


async def test_an_edited_answer_is_corrected(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    name = await phone.write("Center A")
    await asks(phone, "Whom does it train?")
    await edit(phone, name, "Center B")
    question = await asks(phone, "Changed. Name: Center B ✓")
    assert "Whom does it train?" in question["text"]
    await edit(phone, name, "x" * 41)
    question = await asks(phone, "This is too long")
    assert "It stays as it was. Name: Center B ✓" in question["text"]
    assert (await drafts_of(bot, phone))[0].answers == {"name": "Center B"}
    await press(phone, question, "Pause")
    await turned_into(phone, question, "is paused")
    await edit(phone, name, "Center C")
    await asks(phone, "Changed. Name: Center C ✓")
    [draft] = await drafts_of(bot, phone)
    assert (draft.state, draft.answers) == ("paused", {"name": "Center C"})


async def test_an_edit_of_what_was_wrong_is_the_answer(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    await fill_in(phone, up_to="Which country")
    country = await phone.write("Atlantis")
    await asks(phone, "I do not know this country.")
    await edit(phone, country, "Switzerland")
    await asks(phone, "e-mail address")


async def test_an_edit_that_hides_the_present_question_leads_on(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    await phone.ask("Center A")
    focus = await phone.write("police")
    await asks(phone, "How many police schools")
    await edit(phone, focus, "civilian")
    await asks(phone, "Which languages")
