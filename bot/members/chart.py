"""The numbers as a picture that reads on a phone.

There is no word in it, so that it needs no fonts for six languages: each bar has a number, and the message under the
picture says what that stands for (docs/decisions/0012).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from bot.members.statistics import Month, Share, Statistics

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

WIDTH, HEIGHT = 1080, 1350
"""Pixels: as tall as a picture is shown on a phone held upright."""
_MARGIN = 60
_GAP = 34
_BAR = 58
_KEY_WIDTH = 70
_TEXT, _SMALL = 38, 30
_PAPER, _INK, _FAINT = "#ffffff", "#1b2733", "#d5dde5"
_REGIONS, _FOCUSES, _CENTERS, _DELEGATES = "#2a78b8", "#3f8f5b", "#2a78b8", "#c9762b"


@dataclass(frozen=True, slots=True)
class Key:
    """What a number in the picture stands for; the words are the view's. `of` is a region, a focus, or not known."""

    number: int
    share: Share


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture as a PNG file, and what its numbers stand for.

    The curves over the months, with month and year below, are `CENTERS` and `DELEGATES`: the first is blue and the
    second is orange.
    """

    png: bytes
    regions: tuple[Key, ...]
    focuses: tuple[Key, ...]


async def chart(numbers: Statistics) -> Chart:
    """Draw the numbers, off the event loop."""
    regions = tuple(Key(number, share) for number, share in enumerate(numbers.by_region, start=1))
    focuses = tuple(Key(number, share) for number, share in enumerate(numbers.by_focus, start=len(regions) + 1))
    png = await asyncio.to_thread(_draw, regions, focuses, numbers.centers_by_month, numbers.delegates_by_month)
    return Chart(png, regions, focuses)


def _draw(
    regions: Sequence[Key], focuses: Sequence[Key], centers: Sequence[Month], delegates: Sequence[Month]
) -> bytes:
    from PIL import Image, ImageDraw  # noqa: PLC0415 - needed once in a while, and not quick to load

    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(image)
    bottom = _bars(pen, regions, _REGIONS, _MARGIN)
    bottom = _bars(pen, focuses, _FOCUSES, bottom + _GAP)
    _curves(pen, ((centers, _CENTERS), (delegates, _DELEGATES)), bottom + 2 * _GAP)
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _bars(pen: ImageDraw, keys: Sequence[Key], colour: str, top: int) -> int:
    """A bar each, with its number before and how many behind; returns where they end."""
    most = max((key.share.number for key in keys), default=1)
    left, room = _MARGIN + _KEY_WIDTH, WIDTH - 2 * _MARGIN - _KEY_WIDTH - 130
    for key in keys:
        length = max(4, round(room * key.share.number / most))
        middle = top + _BAR // 2
        pen.text((left - 20, middle), str(key.number), fill=_INK, font_size=_TEXT, anchor="rm")
        pen.rounded_rectangle((left, top + 6, left + length, top + _BAR - 6), radius=6, fill=colour)
        pen.text((left + length + 16, middle), str(key.share.number), fill=_INK, font_size=_TEXT, anchor="lm")
        top += _BAR
    return top


def _curves(pen: ImageDraw, series: Sequence[tuple[Sequence[Month], str]], top: int) -> None:
    """How the totals grew, each up to its own height: the shape tells, and the last number is written out."""
    left, right, bottom = _MARGIN + 20, WIDTH - _MARGIN - 110, HEIGHT - _MARGIN - 50
    pen.line((left, bottom, right, bottom), fill=_FAINT, width=4)
    most = max(max(month.total for month in months) for months, _ in series) or 1
    ends: list[int] = []
    for months, colour in series:
        step = (right - left) / (len(months) - 1)
        points = [
            (round(left + step * number), round(bottom - (bottom - top) * month.total / most))
            for number, month in enumerate(months)
        ]
        pen.line(points, fill=colour, width=8, joint="curve")
        end = _apart(points[-1][1], ends)
        ends.append(end)
        pen.text((right + 16, end), str(months[-1].total), fill=colour, font_size=_TEXT, anchor="lm")
    months = series[0][0]
    for number, anchor in ((0, "la"), (len(months) // 2, "ma"), (len(months) - 1, "ra")):
        at = left + (right - left) * number / (len(months) - 1)
        pen.text(
            (at, bottom + 14), f"{months[number].month:02}/{months[number].year}", _INK, font_size=_SMALL, anchor=anchor
        )


def _apart(place: int, taken: Sequence[int]) -> int:
    """A place where a number does not cover another."""
    for other in taken:
        if abs(place - other) < _TEXT:
            return other - _TEXT if place <= other else other + _TEXT
    return place
