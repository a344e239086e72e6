"""Countries in what somebody looks for."""

from __future__ import annotations

from bot.places.countries import Countries, Country

CODES_HAVE = 3
"""Letters at most: so short a text is rather a short name than the code of a country."""


def whole_country(words: str, countries: Countries, language: str) -> str | None:
    """The country that all the words name, by its code; None if they do not, or may be something else."""
    if len(words) <= CODES_HAVE:
        return None
    found = countries.find_country(words, language)
    return found.code if isinstance(found, Country) else None


def country_in(words: str, countries: Countries, language: str) -> tuple[str, str | None]:
    """What is left of the words without a country that they are, end or begin with, and its code."""
    parts = words.split()
    for cut in range(len(parts)):
        for where, rest in ((parts[cut:], parts[:cut]), (parts[:-cut], parts[-cut:]) if cut else (parts, [])):
            found = countries.find_country(" ".join(where), language)
            if isinstance(found, Country):
                return " ".join(rest), found.code
    return words, None
