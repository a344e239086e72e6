"""Which conference a question means: that of last year, the first one, the one after next, in any of the languages."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from bot.conferences.phrases import any_of


class Order(StrEnum):
    """One of the conferences by its place among them."""

    FIRST = "first"
    LAST = "last"
    """The latest that is over."""
    AFTER_NEXT = "after-next"


_YEARS: Mapping[int, str] = MappingProxyType(
    {
        -2: "two years ago|2 years ago|the year before last|il y a deux ans|il y a 2 ans|hace dos años|hace 2 años|"
        "el año antepasado|два года назад|2 года назад|в позапрошлом году|前年|两年前|قبل سنتين|قبل عامين",
        -1: "last year|previous year|a year ago|l'année dernière|l'an dernier|l'année passée|année dernière|"
        "an dernier|il y a un an|el año pasado|el pasado año|hace un año|в прошлом году|прошлого года|прошлом году|"
        "год назад|去年|上一年|العام الماضي|السنة الماضية|العام المنصرم|قبل سنة|قبل عام",
        0: "this year|current year|cette année|este año|в этом году|этого года|в нынешнем году|今年|"
        "本年|هذا العام|هذه السنة|العام الحالي|السنة الحالية",
        1: "next year|l'année prochaine|année prochaine|l'an prochain|an prochain|"
        "dans un an|el año que viene|el próximo año|dentro de un año|в следующем году|следующего года|明年|"
        "العام القادم|العام المقبل|السنة القادمة|السنة المقبلة|بعد سنة|بعد عام",
        2: "in two years|in 2 years|the year after next|dans deux ans|dans 2 ans|dentro de dos años|en dos años|"
        "dentro de 2 años|через два года|через 2 года|后年|两年后|两年之后|بعد سنتين|بعد عامين",
        3: "in three years|in 3 years|dans trois ans|dans 3 ans|dentro de tres años|dentro de 3 años|через три года|"
        "через 3 года|三年后|بعد ثلاث سنوات",
    }
)
"""How a year is named by its distance from this one."""
_ORDERS: Mapping[Order, str] = MappingProxyType(
    {
        Order.FIRST: "first conference|first annual conference|very first one|the first one|hosted first|first to host|"
        "première conférence|toute première|accueilli la première|primera conferencia|la primera|первая конференция|"
        "первую конференцию|первой конференции|первым принимал|第一届|首届|第一次会议|第一次年会|المؤتمر الأول|"
        "أول مؤتمر|المؤتمر السنوي الأول",
        Order.LAST: "last conference|previous conference|last annual conference|previous annual conference|last time|"
        "dernière conférence|conférence précédente|dernière fois|última conferencia|conferencia anterior|última vez|"
        "прошлая конференция|прошлой конференции|прошлую конференцию|последней конференции|последняя конференция|"
        "прошлый раз|上届|上一届|上次|المؤتمر الماضي|المؤتمر السابق|المؤتمر الأخير|المرة الماضية",
        Order.AFTER_NEXT: "after next|after the next|celle d'après|après la prochaine|"
        "la siguiente a la próxima|después de la próxima|после следующей|через одну|下下届|下下次|再下一届|"
        "بعد القادم|بعد المقبل|الذي يليه",
    }
)
"""How a conference is named by its place among them."""


def year_in(text: str, this_year: int) -> int | None:
    """The year that a folded text names by its distance from this one; None if none is, or several are."""
    found = {away for away, pattern in _YEAR_PATTERNS if pattern.search(text)}
    return this_year + found.pop() if len(found) == 1 else None


def order_in(text: str) -> Order | None:
    """Which of the conferences a folded text names; None if none is, or several are."""
    found = {order for order, pattern in _ORDER_PATTERNS if pattern.search(text)}
    return found.pop() if len(found) == 1 else None


_YEAR_PATTERNS = [(away, any_of(phrases.split("|"))) for away, phrases in _YEARS.items()]
_ORDER_PATTERNS = [(order, any_of(phrases.split("|"))) for order, phrases in _ORDERS.items()]
