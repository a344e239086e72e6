"""What an announcement comes to: versions, messages, time and cost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.announcements.composed import Composed
from bot.announcements.content import Content, Medium, folded, heading
from bot.announcements.limits import Limits, stars
from storage.records.announcements import (
    Action,
    Announcement,
    AnnouncementButton,
    AnnouncementState,
    AnnouncementText,
)

PLAIN = Announcement(
    1, AnnouncementState.DRAFT, is_official=False, is_paid=False, audience="{}", heading="", made_by=1,
    confirmed_by=None, seconded_by=None, made_at=0, send_at=None, time_zone=None, joins_until=None, chases=None,
    chase_every_days=None, chase_at=None, started_at=None, ended_at=None, recalled_at=None, text_edition=0, edition=0,
    board_chat=None, board_message=None,
)  # fmt: skip
PHOTO = Medium("photo", "a")
READ = (AnnouncementButton(Action.READ),)


def composed(*languages: str, media: tuple[Medium, ...] = (), buttons: tuple[AnnouncementButton, ...] = ()) -> Composed:
    content = Content("Example", media=media).as_json()
    return Composed(PLAIN, tuple(AnnouncementText(one, content, None) for one in languages), buttons)


@pytest.mark.parametrize(
    ("written", "reads", "gets"),
    [(("en", "fr"), "fr", "fr"), (("en", "fr"), "ru", "en"), (("es", "fr"), "ru", "es"), ((), "en", None)],
)
def test_a_reader_gets_their_own_version_else_the_english_one(
    written: tuple[str, ...], reads: str, gets: str | None
) -> None:
    assert composed(*written).language_for(reads) == gets


@pytest.mark.parametrize(
    ("media", "buttons", "count"),
    [((), READ, 1), ((PHOTO,), READ, 1), ((PHOTO, PHOTO), (), 2), ((PHOTO, PHOTO), READ, 3)],
)
def test_each_picture_of_an_album_is_a_message(
    media: tuple[Medium, ...], buttons: tuple[AnnouncementButton, ...], count: int
) -> None:
    assert composed("en", media=media, buttons=buttons).messages == count


def test_the_mark_differs_with_all_that_a_reader_sees() -> None:
    shown = composed("en")
    others = [
        replace(shown, announcement=replace(PLAIN, is_official=True)),
        replace(shown, buttons=READ),
        composed("en", media=(PHOTO,)),
    ]
    assert len({one.mark("en") for one in (shown, *others)}) == 4
    assert replace(shown, announcement=replace(PLAIN, edition=7)).mark("en") == shown.mark("en")


@pytest.mark.parametrize(("messages", "cost"), [(0, 0), (1, 1), (10, 1), (11, 2), (100_000, 10_000)])
def test_each_message_costs_a_tenth_of_a_star(messages: int, cost: int) -> None:
    assert stars(messages) == cost


def test_how_long_it_takes_and_who_has_to_agree() -> None:
    limits = Limits(500, 30.0)
    assert (limits.takes_s(3_000, is_paid=False), limits.takes_s(3_000, is_paid=True)) == (100, 3)
    assert (limits.needs_second(500), limits.needs_second(501)) == (False, True)
    assert not Limits(0).needs_second(1_000_000)


def test_words_are_found_without_accents_and_capitals() -> None:
    assert folded("  La Conférence\n de NAIROBI ") == "la conference de nairobi"
    assert heading(Content("")) == "–"
    assert len(heading(Content("word " * 100))) == 60
