"""Inline mode: a Center's public card in any chat, and nothing kept of whoever asks."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.app import Running
from bot.runtime.aftermath import InlineAnswer
from handlers import inline
from storage import people as met
from storage.records.members import CenterState
from tests.chat import WAIT_S, Json, People, Phone, buttons, until
from tests.desk import owner_of
from tests.records import center, person


async def typed(phone: Phone, query: str, offset: str = "") -> Json:
    """What is offered for a query."""
    asked = await phone.people.post(f"/persons/{phone.id}/inline", {"query": query, "offset": offset})
    found: Json = await phone.people.get(f"/inline/{asked['inline_query_id']}?wait={WAIT_S}")
    return {"id": asked["inline_query_id"], **found}


def titles(found: Json) -> list[str]:
    return [one["title"] for one in found["results"]]


async def test_centers_are_offered_and_shared_in_any_chat(bot: Running, people: People) -> None:
    number = await center(bot)
    await person(bot, number, family_name="Secret")
    await center(bot, CenterState.PENDING, name="Center P")
    await center(bot, CenterState.SUSPENDED, name="Center S")
    phone = await people.person("Stranger")
    found = await typed(phone, "centr a")
    (offered,) = found["results"]
    assert (offered["title"], offered["description"]) == ("🇰🇪 Center A", "Nairobi, 🇰🇪 Kenya")
    group = phone.within(await people.group(phone))
    chosen = {"chat_id": group.chat_id, "result_id": offered["id"]}
    sent = await people.post(f"/persons/{phone.id}/inline/{found['id']}/choose", chosen)
    assert sent["text"].startswith("Official name: Center A")
    assert "Secret" not in sent["text"]
    assert buttons(sent) == {"Open in the directory": f"https://t.me/unigo_test_bot?start=directory_{number}"}


async def test_without_words_the_first_centers_and_what_to_do_are_shown(bot: Running, people: People) -> None:
    for number in range(25):
        await center(bot, name=f"Center {number:02}")
    phone = await people.person()
    found = await typed(phone, "")
    assert titles(found) == [f"🇰🇪 Center {number:02}" for number in range(20)]
    assert found["button"] == {"text": "Write the name of a Center or a country", "start_parameter": "directory"}
    rest = await typed(phone, "", found["next_offset"])
    assert titles(rest) == [f"🇰🇪 Center {number:02}" for number in range(20, 25)]
    assert rest["next_offset"] == ""


async def test_a_withdrawn_center_disappears_soon(bot: Running, people: People) -> None:
    number = await center(bot)
    phone, owner = await people.person(), await owner_of(people)
    assert titles(await typed(phone, "center")) == ["🇰🇪 Center A"]
    await owner.press(await owner.ask("/centers"), f"curate:bare:c{number}", forged=True)
    assert titles(await typed(phone, "center")) == []
    params = InlineAnswer("1", (), {}, "", inline.CACHED_S).as_call().params
    assert params["is_personal"] is True, "each sees their own language"
    assert params["cache_time"] <= 60, "Telegram shows it no longer than that"


@pytest.mark.parametrize("query", ["<b>", "x" * 256, "\u202e", "zqxv", "%s {name}", "مركز", "=1+1", "_" * 200])
async def test_whatever_is_typed_there_is_an_answer(bot: Running, people: People, query: str) -> None:
    found = await typed(await people.person(), query)
    assert found["answered"] is True
    assert found["results"] == []


@pytest.mark.parametrize("offset", ["x", "-1", "9" * 30, "²"])
async def test_odd_offsets_do_no_harm(bot: Running, people: People, offset: str) -> None:
    await center(bot)
    assert (await typed(await people.person(), "center", offset))["answered"] is True


async def test_hostile_names_are_shared_harmlessly(bot: Running, people: People) -> None:
    await center(bot, name="<b>Bold</b> & " + "x" * 480)
    phone = await people.person()
    found = await typed(phone, "bold")
    chosen = {"chat_id": phone.chat_id, "result_id": found["results"][0]["id"]}
    sent = await people.post(f"/persons/{phone.id}/inline/{found['id']}/choose", chosen)
    assert "Official name: <b>Bold</b> & xxx" in sent["text"]


async def test_the_language_is_that_of_whoever_asks(bot: Running, people: People) -> None:
    await center(bot)
    found = await typed(await people.person(language="fr"), "center")
    assert found["results"][0]["description"] == "Nairobi, 🇰🇪 Kenya"
    spanish = await typed(await people.person(language="es"), "Kenia")
    assert titles(spanish) == ["🇰🇪 Center A"]


async def test_nothing_is_kept_of_whoever_asks(bot: Running, people: People, tmp_path: Path) -> None:
    await center(bot)
    phone = await people.person("Somebody Unknown", id=987_654_321)
    await typed(phone, "some words of mine")

    def rows() -> str:
        connection = sqlite3.connect(tmp_path / "bot.db")
        try:
            tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return "\n".join(str(row) for table in tables for row in connection.execute(f"SELECT * FROM {table}"))  # noqa: S608
        finally:
            connection.close()

    await until(lambda: "words of mine" not in rows())
    assert "987654321" not in rows()
    assert "Somebody Unknown" not in rows()
    assert await met.find(bot.database.reader, phone.id) is None


async def test_many_queries_disturb_nobody(bot: Running, people: People) -> None:
    await center(bot)
    flooding, other = await people.person(), await people.person()
    asked = [people.post(f"/persons/{flooding.id}/inline", {"query": f"center {number}"}) for number in range(200)]
    await asyncio.gather(*asked)
    assert "AGM" in (await other.ask("What is the AGM?"))["text"]
    assert titles(await typed(other, "center")) == ["🇰🇪 Center A"]
    assert await flooding.from_bot() == []


async def test_an_answer_that_is_refused_is_no_matter(bot: Running, people: People) -> None:
    await center(bot)
    phone = await people.person()
    await people.fault("500", method="answerInlineQuery")
    await people.post(f"/persons/{phone.id}/inline", {"query": "center"})
    await until(lambda: people.calls("answerInlineQuery"))
    assert "AGM" in (await phone.ask("What is the AGM?"))["text"]
