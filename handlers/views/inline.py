"""What is offered behind the bot's name in any chat: Centers of the directory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.locales.catalogues import Translator
from bot.members.directory import PublicCenter
from bot.places.countries import Countries
from handlers.views.center_details import country, shortened
from handlers.views.directory import LINK, link_to, public_card
from handlers.views.message import Button, Message
from handlers.views.record_names import center_label

DESCRIPTION_AT_MOST = 80


def results(
    _: Translator, found: Sequence[PublicCenter], countries: Countries, username: str
) -> tuple[Mapping[str, Any], ...]:
    """Each Center with the card that choosing it sends."""
    return tuple(_result(_, one, countries, username) for one in found)


def _result(_: Translator, one: PublicCenter, countries: Countries, username: str) -> Mapping[str, Any]:
    button = Button(_.plain("Open in the directory"), url=link_to(username, one.id))
    sent = Message(public_card(_, one, countries), ((button,),)).as_params()
    markup = sent.pop("reply_markup")
    places = [
        None if one.details.city is None else shortened(one.details.city, DESCRIPTION_AT_MOST),
        None if one.details.country is None else country(_, countries, one.details.country),
    ]
    return {
        "type": "article",
        "id": f"{one.id}.{one.edition}",
        "title": center_label(one.details),
        "description": ", ".join(place for place in places if place),
        "input_message_content": {"message_text": sent.pop("text"), **sent},
        "reply_markup": markup,
    }


def button(_: Translator, *, is_searching: bool, is_found: bool) -> Mapping[str, str]:
    """What stands above the results: what one can do here, or that there is nothing; it opens the bot."""
    if is_found and is_searching:
        text = _.plain("Open the directory")
    elif is_searching:
        text = _.plain("No Center found: open the directory")
    else:
        text = _.plain("Write the name of a Center or a country")
    return {"text": text, "start_parameter": LINK}
