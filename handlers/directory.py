"""/directory: the approved Centers, for everybody."""

from __future__ import annotations

from telegram import Update

from bot.members import directory
from bot.members.centers import NoSuchCenterError
from bot.places.regions import Region
from handlers.turn import Turn, match
from handlers.views import directory as views
from handlers.views.lists import PAGE, page_within
from handlers.views.message import Message

FOUND_IN_DIRECTORY = "directory_found"
"""The renderer of what was looked for: it takes a while to find it."""
WORDS_AT_MOST = 200


async def show(_update: Update, turn: Turn) -> None:
    """/directory, and what stands behind it is looked for."""
    message = turn.message
    words = (message.text or "").partition(" ")[2].strip() if message else ""
    if not turn.is_private:
        turn.say(views.in_private(turn.t, turn.bot.username))
    elif words:
        turn.say_later(FOUND_IN_DIRECTORY, {"words": words[:WORDS_AT_MOST], "by": turn.person.id})
    else:
        turn.say(await _regions(turn))


async def show_regions(_update: Update, turn: Turn) -> None:
    """The first page."""
    turn.show(await _regions(turn))


async def show_countries(_update: Update, turn: Turn) -> None:
    """The countries of a region."""
    region, page = Region(match(turn)["region"]), int(match(turn)["page"])
    found = await directory.by_country(turn.tx, region)
    turn.show(views.countries_of(turn.t, region, found, turn.desk.places.countries, page))


async def show_centers(_update: Update, turn: Turn) -> None:
    """The Centers of a country, or all of them."""
    code, page = match(turn)["country"], int(match(turn)["page"])
    countries = turn.desk.places.countries
    country = code if countries.country(code) else None
    counted = await directory.page(turn.tx, country, at_most=0)
    page = page_within(page, counted.total)
    found = await directory.page(turn.tx, country, at_most=PAGE, skipped=page * PAGE)
    turn.show(views.centers_of(turn.t, country or views.ANYWHERE, found.rows, found.total, countries, page))


async def show_center(_update: Update, turn: Turn) -> None:
    """A Center."""
    try:
        turn.show(await _center(turn, int(match(turn)["center"]), int(match(turn)["page"])))
    except NoSuchCenterError:
        turn.answer_press(views.gone_toast(turn.t), alert=True)
        turn.show(await _regions(turn))


async def open_link(turn: Turn, payload: str) -> bool:
    """A link to the directory, or to a Center of it; True: it leads somewhere, whatever stands behind it."""
    number = payload.removeprefix(views.LINK).removeprefix("_")
    if not number.isdecimal() or len(number) > len("999999999"):
        turn.say(await _regions(turn))
        return True
    try:
        turn.say(await _center(turn, int(number)))
    except NoSuchCenterError:
        turn.say(views.gone(turn.t))
    return True


async def _regions(turn: Turn) -> Message:
    return views.regions(turn.t, await directory.by_region(turn.tx))


async def _center(turn: Turn, number: int, page: int = 0) -> Message:
    rights, reader = turn.desk.rights, turn.person.id
    entry = await directory.entry(turn.tx, rights, number, reader=reader, at_most=PAGE, page=page)
    return views.center(turn.t, entry, turn.desk.places.countries, page=page)
