"""Which press is the second tap of a double one."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Update

from handlers.second_taps import PEOPLE_AT_MOST, WITHIN_US, SecondTaps

NOW = 1_000_000_000_000


def pressed(number: int, data: str = "me", *, person: int = 7, message: int = 5) -> Update:
    chat = {"id": person, "type": "private"}
    query: dict[str, Any] = {
        "id": str(number), "from": {"id": person, "is_bot": False, "first_name": "A"}, "chat_instance": "1",
        "data": data, "message": {"message_id": message, "date": 1, "chat": chat},
    }  # fmt: skip
    return Update.de_json({"update_id": number, "callback_query": query}, None)


@pytest.mark.parametrize(
    ("second", "later_us", "is_second"),
    [
        (pressed(2), 0, True),
        (pressed(2), WITHIN_US, True),
        (pressed(2), WITHIN_US + 1, False),
        (pressed(2), -1, False),
        (pressed(2, "menu"), 0, False),
        (pressed(2, message=6), 0, False),
        (pressed(2, person=8), 0, False),
    ],
)
def test_the_same_button_by_the_same_person_soon_after(second: Update, later_us: int, *, is_second: bool) -> None:
    taps = SecondTaps()
    assert not taps.is_one(pressed(1), NOW)
    assert taps.is_one(second, NOW + later_us) is is_second


def test_an_update_that_is_handled_again_is_not_its_own_second() -> None:
    taps = SecondTaps()
    assert [taps.is_one(pressed(1), NOW) for _try in range(3)] == [False, False, False]
    assert [taps.is_one(pressed(2), NOW) for _try in range(2)] == [True, True]


def test_what_is_no_press_is_none() -> None:
    assert not SecondTaps().is_one(Update(1), NOW)


def test_of_many_people_the_latest_are_remembered() -> None:
    taps = SecondTaps()
    for person in range(1, PEOPLE_AT_MOST + 2):
        taps.is_one(pressed(person, person=person), NOW)
    again = [taps.is_one(pressed(-person, person=person), NOW) for person in (PEOPLE_AT_MOST + 1, 1)]
    assert again == [True, False]
