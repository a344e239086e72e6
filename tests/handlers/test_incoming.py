"""What came in is read as python-telegram-bot reads it, whether a text and nothing more or anything else."""

from __future__ import annotations

from typing import Any

import pytest
import telegram
from hypothesis import given
from hypothesis import strategies as st

from handlers.incoming import mentions_of, update_of
from tests.conftest import TOKEN

USER = {"id": 5, "is_bot": False, "first_name": "Example"}
PRIVATE = {"id": 5, "type": "private", "first_name": "Example"}
TEXT = {"message_id": 7, "date": 1_790_000_000, "chat": PRIVATE, "from": USER, "text": "When is it?"}
BOT = telegram.Bot(TOKEN)

names = st.text(max_size=5)
yes = st.just(value=True)
chats = st.fixed_dictionaries(
    {"id": st.integers(-(2**52), 2**52), "type": st.sampled_from(["private", "group", "supergroup", "channel"])},
    optional={"title": names, "username": names, "first_name": names, "last_name": names, "is_forum": yes},
)
users = st.fixed_dictionaries(
    {"id": st.integers(1, 2**52), "is_bot": st.booleans(), "first_name": names},
    optional={"last_name": names, "username": names, "language_code": names, "is_premium": yes},
)
texts = st.fixed_dictionaries(
    {"message_id": st.integers(1), "date": st.integers(0, 4_000_000_000), "chat": chats, "from": users, "text": names}
)


def told(update: telegram.Update) -> list[object]:
    """All that handlers ask of an update."""
    message, user, chat = update.effective_message, update.effective_user, update.effective_chat
    return [update.to_dict(), message, user, chat, message and (message.date, message.chat_id, message.id)]


@given(texts)
def test_a_text_is_read_as_by_the_library(message: dict[str, Any]) -> None:
    raw = {"update_id": 1, "message": message}
    assert told(update_of(raw, BOT)) == told(telegram.Update.de_json(dict(raw), BOT))


@pytest.mark.parametrize(
    "raw",
    [
        {"message": TEXT | {"reply_to_message": TEXT}},
        {"message": TEXT | {"entities": [{"type": "bold", "offset": 0, "length": 4}]}},
        {"message": TEXT | {"what_comes_next_year": True}},
        {"message": TEXT | {"chat": PRIVATE | {"what_comes_next_year": True}}},
        {"message": TEXT | {"from": USER | {"what_comes_next_year": True}}},
        {"message": {key: value for key, value in TEXT.items() if key != "from"}},
        {"edited_message": TEXT},
        {"callback_query": {"id": "1", "from": USER, "chat_instance": "1", "data": "menu"}},
        {},
    ],
)
def test_anything_else_is_read_by_the_library(raw: dict[str, Any]) -> None:
    raw = {"update_id": 1, **raw}
    assert told(update_of(raw, BOT)) == told(telegram.Update.de_json(dict(raw), BOT))


def test_its_parts_know_the_bot() -> None:
    update = update_of({"update_id": 1, "message": TEXT}, BOT)
    assert update.message is not None
    assert {
        part.get_bot() for part in (update, update.message, update.message.chat, update.message.from_user) if part
    } == {BOT}


def test_what_it_was_made_of_stays_as_it_was() -> None:
    raw = {"update_id": 1, "message": {**TEXT, "chat": dict(PRIVATE), "from": dict(USER)}}
    update_of(raw, BOT)
    assert raw == {"update_id": 1, "message": TEXT}


@pytest.mark.parametrize("message", [[], "text", TEXT | {"chat": None}, TEXT | {"from": []}, TEXT | {"date": "x"}])
def test_what_is_none_of_telegrams_stops_only_itself(message: object) -> None:
    with pytest.raises((TypeError, AttributeError, ValueError)):
        telegram.Update.de_json({"update_id": 1, "message": message}, BOT).message.chat.id  # type: ignore[union-attr]  # noqa: B018
    with pytest.raises((TypeError, AttributeError, ValueError)):
        update_of({"update_id": 1, "message": message}, BOT).message.chat.id  # type: ignore[union-attr]  # noqa: B018


def named(**fields: Any) -> list[str]:
    message = update_of({"update_id": 1, "message": {**TEXT, **fields}}, BOT).message
    assert message is not None
    return mentions_of(message, "unigo_bot")


def test_the_bot_is_named_in_a_text_or_a_caption() -> None:
    mention = {"type": "mention", "offset": 3, "length": 10}
    assert named(text="Hi @UNIGO_bot", entities=[mention]) == ["@UNIGO_bot"]
    assert named(text=None, caption="Hi @unigo_bot", caption_entities=[mention]) == ["@unigo_bot"]
    assert not named(text="Hi @other_one", entities=[mention])


def test_what_is_marked_in_no_text_at_all_names_nobody() -> None:
    mention = {"type": "mention", "offset": 0, "length": 5}
    assert not named(text=None, caption_entities=[mention], entities=[mention])
