"""What a question about a conference names, in any of the languages: a year, or what a practical note is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType

from bot.forms.choices import folded
from storage.records.conferences import NoteTopic

_BEGINNINGS = MappingProxyType(
    {
        NoteTopic.VISA: "visa visado visto entry embass виз въезд 签证 入境 تاشير فيزا",
        NoteTopic.HOTEL: (
            "hotel accommod lodging room book alojam hosped heberg logement chambre отел гостиниц прожив 酒店 住宿 "
            "فندق فنادق اقام"
        ),
        NoteTopic.DRESS: (
            "dress wear uniform attire cloth tenue habill vetement vest ropa одежд одет мундир 着装 制服 穿 ملابس زي"
        ),
        NoteTopic.SECURITY: "secur safe segur безопас охран 安全 安保 امن سلامه",
        NoteTopic.TRAVEL: (
            "travel airport flight fly shuttle transfer voyage aeroport navette vol viaj aeropuerto vuelo traslado "
            "аэропорт рейс трансфер добрать поезд 机场 交通 航班 班车 旅行 سفر مطار رحل"
        ),
    }
)
"""The beginnings of the words that stand for each."""


_OWN = re.compile(r"\b(?:my|mon|ma|mes|mi|mis|мой|моя|мое|мои|мою)\b|我的|(?:تاشيرتي|فندقي|رحلتي|تذكرتي)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question names. `is_own`: it is about how something of the person's own stands, such as "my visa"."""

    note: NoteTopic | None = None
    year: int | None = None
    is_own: bool = False


def asked_in(question: str) -> Asked:
    """What a question names."""
    text = folded(question)
    years = {int(found) for found in _YEAR.findall(text)}
    return Asked(note_in(question), years.pop() if len(years) == 1 else None, _OWN.search(text) is not None)


def note_in(question: str) -> NoteTopic | None:
    """The note that a question is about; None if it is about none of them, or several."""
    text = folded(question)
    found = {topic for topic, words in _BEGINNINGS.items() if any(_stands(word, text) for word in words.split())}
    return found.pop() if len(found) == 1 else None


def _stands(word: str, text: str) -> bool:
    """Whether a word of the text begins so; between Chinese and before Arabic words there may be no space."""
    beginning = folded(word)
    apart = r"\b" if beginning.isascii() or "а" <= beginning[0] <= "я" else ""
    return re.search(f"{apart}{re.escape(beginning)}", text) is not None
