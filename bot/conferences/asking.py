"""What a question about a conference names, in any of the languages: a year, or what a practical note is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType

from bot.conferences import occasions
from bot.conferences.occasions import Order
from bot.conferences.phrases import any_of
from bot.forms.choices import folded
from storage.records.conferences import NoteTopic

_BEGINNINGS = MappingProxyType(
    {
        NoteTopic.VISA: "visa visado embass въезд. виза. визы. визу. визе. визов 签证 入境 تاشير فيزا",
        NoteTopic.HOTEL: (
            "hotel accommod lodging room. rooms. bedroom booking. book. alojam hosped habitacion heberg logement "
            "chambre отел гостиниц прожив 酒店 住宿 فندق فنادق اقام"
        ),
        NoteTopic.DRESS: (
            "dress wear. wearing. uniform attire cloth tenue habill vetement vest. vestir vestim ropa. одежд одет. "
            "одеват мундир 着装 制服 穿 ملابس زي."
        ),
        NoteTopic.SECURITY: "security secure. safe. safety. segur securit безопас охран 安全 安保 امن. امان سلامه.",
        NoteTopic.TRAVEL: (
            "travel airport flight. flights. fly. shuttle transfer voyage aeroport navette vol. vols. viaj aeropuerto "
            "vuelo traslado аэропорт рейс трансфер добрать поезд 机场 交通 航班 班车 旅行 سفر مطار رحله. رحلات. رحلتي."
        ),
    }
)
"""The words that stand for each, by their beginnings; with a full stop, the whole word."""


_POSSESSIVES = "my|our|mon|ma|mes|mi|mis|мой|моя|мое|мои|мою|моей|моего"
_ASKS_HOW = re.compile(
    r"\b(?:how|where|which|what|when|comment|ou|quel\w*|como|donde|que|cual\w*|cuando|как|где|куда|какой|какую|когда)\b"
    r"|怎么|如何|哪|什么|كيف|اين|متى"
)
"""Such a question wants to know what holds for everybody, although it says "my visa"."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question names.

    `year` and `order` say which conference is meant. `is_own`: it is about how something of the person's own stands,
    such as "my visa".
    """

    note: NoteTopic | None = None
    year: int | None = None
    is_own: bool = False
    order: Order | None = None


def asked_in(question: str, this_year: int) -> Asked:
    """What a question names, if it is asked in this year."""
    text = folded(question)
    years = {int(found) for found in _YEAR.findall(text)}
    year = occasions.year_in(text, this_year) if not years else years.pop() if len(years) == 1 else None
    return Asked(_note_in(text), year, _is_own(text), None if year else occasions.order_in(text))


def note_in(question: str) -> NoteTopic | None:
    """The note that a question is about; None if it is about none of them, or several."""
    return _note_in(folded(question))


def _note_in(text: str) -> NoteTopic | None:
    found = {topic for topic, pattern in _NOTES if pattern.search(text)}
    return found.pop() if len(found) == 1 else None


def _is_own(text: str) -> bool:
    """Whether it is about how something of the person's own stands; what is "mine" stands right before it."""
    is_own = _OWN.search(text) is not None or _OWN_IN_ONE.search(text) is not None
    return is_own and _ASKS_HOW.search(text) is None


def _words(words: str, *, behind: str = "") -> re.Pattern[str]:
    listed = words.split()
    whole = (one.removesuffix(".") for one in listed if one.endswith("."))
    return any_of(whole, (one for one in listed if not one.endswith(".")), behind=behind)


_NOTES = [(topic, _words(words)) for topic, words in _BEGINNINGS.items()]
_OWN = _words(" ".join(_BEGINNINGS.values()), behind=rf"(?:\b(?:{_POSSESSIVES})\s+|我的)")
_OWN_IN_ONE = re.compile("تاشيرتي|فندقي|رحلتي|تذكرتي")
"""Arabic writes "my" in one with the word."""
