"""What people write where there is nothing to write."""

from __future__ import annotations

from functools import cache

from bot.forms.choices import folded

_SIGNS = frozenset({"-", "–", "—"})
_WORDS = (
    "no, none, nothing, nil, nope, n/a, not applicable, no thanks, no thank you, none thank you, nothing special, "
    "we have none, I have none, there is none, we don't have one, I don't have one, we do not have one, "
    "non, aucun, aucune, rien, néant, sans objet, non merci, rien de particulier, je n'en ai pas, nous n'en avons pas, "
    "ninguno, ninguna, nada, no hay, no tengo, no tenemos, no gracias, no aplica, "
    "нет, нету, ничего, отсутствует, не имеется, не требуется, не нужно, нет спасибо, "
    "无, 無, 没, 没有, 沒有, 暂无, 不需要, 无需, 不用, 不适用, "
    "لا, لا يوجد, لا توجد, لا شيء, ليس لدي, ليس لدينا, لا أحتاج, لا شكرا, لا ينطبق"
)
"""In the six languages, each between commas."""


def says_nothing(typed: str) -> bool:
    """Whether there is nothing to say: "none", "n/a", or a dash."""
    return typed.strip() in _SIGNS or folded(typed) in _folded_words()


@cache
def _folded_words() -> frozenset[str]:
    return frozenset(folded(words) for words in _WORDS.split(", "))
