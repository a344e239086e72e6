"""Questions about another organization, which must not be answered with what is known of this one.

"Who founded NATO?" has the words of a question that the bot answers. Whose matter it is shows by a name that stands
where one says whose: "the Secretariat of …", "… conference", "what does … do". The names and the words around them are
content (`others.md` of each language); an abbreviation that nobody has listed counts as a name, too, but for less.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from bot.knowledge.library import Library
from bot.knowledge.words import MAX_CHARACTERS, WordReader, alternatives, tidy_words

OTHERS = "other-organizations"
"""The known unknown of all that is about them."""
_BOTH = frozenset(
    {
        "un-relation",
        "comparisons",
        "cooperation-details",
        "registering",
        "registration-status",
        "joining",
        "my-question",
    }
)
"""What is asked of this association together with another, or by people of another: never about the other alone."""
BELONGS = "un-relation"
"""That of what the association belongs to."""
BELONGING = frozenset({OTHERS, "general-knowledge", "peacekeeping-at-large", "reasons", "purpose", "funding"})
"""What questions are taken for that ask whether, or why, the association is a part of something."""
_NAME = "¤"
_ABBREVIATION = re.compile(r"(?<![^\W_\u3400-\u9fff])[A-ZА-ЯЁ][A-ZА-ЯЁ]{2,7}(?![^\W_\u3400-\u9fff])")
_STAND_IN = " zzname "
_CLAUSE = re.compile("[,;，；،؛]")
_WITHOUT_CAPITALS = re.compile("[\u0600-\u06ff\u3400-\u9fff]")
_SHORT = 2
"""Names of so many letters are names in capitals only: "au" is a word in French."""
_ARABIC_PREFIX = "[وفبكل]?"


class OthersReader:
    """Knows in one language when a question is about another organization. Never changes; threads may share it."""

    def __init__(self, library: Library, language: str, reader: WordReader) -> None:
        """``reader`` knows the words of the content, which are no abbreviations of anything else."""
        self._reader = reader
        names = {name for shelf in library.shelves.values() for name in shelf.others.names}
        short = {name for name in names if len(name) <= _SHORT and name.isupper()}
        self._short = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(short))})(?!\w)") if short else None
        longest_first = sorted({tidy_words(name) for name in names - short}, key=lambda name: (-len(name), name))
        self._names = re.compile(rf"(?<!\w){_ARABIC_PREFIX}(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
        words = library.shelf(language).others
        between = _one_of(words.between)
        self._whose = re.compile(
            rf"(?<!\w){_one_of(words.before)} (?:{between} ){{0,2}}{_NAME}|{_NAME} {_one_of(words.behind)}(?!\w)"
        )
        self._askers = re.compile(rf"(?<!\w){_one_of(words.asker)} [^,;.:!?]*{_NAME}")
        self._own = alternatives(tidy_words(word) for word in words.own)
        self._no_names = reader.spelt | {tidy_words(word) for word in words.no_names}
        parents = _one_of(words.parents)
        self._belongs = re.compile(rf"(?<!\w){_one_of(words.belongs)} (?:{between} ){{0,2}}(?:{_NAME}|{parents}(?!\w))")
        self._has_names = bool(names)

    def is_about_another(self, question: str, topic: str, *, is_of_a_conference: bool) -> bool:
        """Whether a question that seemed to be about ``topic`` is about that of another organization.

        ``is_of_a_conference``: then an abbreviation may be its place or its theme.
        """
        if topic in _BOTH or not self._has_names:
            return False
        with_abbreviations = not is_of_a_conference and not _is_shouted(question)
        parts = _CLAUSE.split(unicodedata.normalize("NFKC", question[:MAX_CHARACTERS]))
        clauses = [self._marked(part, with_abbreviations=with_abbreviations) for part in parts]
        text = " , ".join(clauses)
        if _NAME not in text or self._is_own(text):
            return False
        return any(self._whose.search(clause) and not self._askers.search(clause) for clause in clauses)

    def asks_whether_it_belongs(self, question: str) -> bool:
        """Whether a question is about the association as a part of another organization."""
        return self._belongs.search(self._marked(question, with_abbreviations=False)) is not None

    def is_about_us(self, question: str) -> bool:
        """Whether a question names the association or speaks to it."""
        return self._is_own(tidy_words(question))

    def _is_own(self, tidied: str) -> bool:
        return self._own is not None and self._own.search(tidied) is not None

    def _marked(self, clause: str, *, with_abbreviations: bool) -> str:
        """The tidied words of a clause, with a mark for each name."""
        marked = clause if self._short is None or _is_shouted(clause) else self._short.sub(_STAND_IN, clause)
        if with_abbreviations:
            marked = _ABBREVIATION.sub(lambda found: found[0] if self._is_word(found[0]) else _STAND_IN, marked)
        return self._reader.without_courtesies(
            self._names.sub(_NAME, tidy_words(marked)).replace(_STAND_IN.strip(), _NAME)
        )

    def _is_word(self, abbreviation: str) -> bool:
        tidied = tidy_words(abbreviation)
        return tidied in self._no_names or self._names.fullmatch(tidied) is not None


def _is_shouted(text: str) -> bool:
    """Whether all of it is in capitals; scripts without them show nothing."""
    return text.upper() == text and text.lower() != text and not _WITHOUT_CAPITALS.search(text)


def _one_of(phrases: Iterable[str]) -> str:
    longest_first = sorted({tidy_words(phrase) for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    return f"(?:{'|'.join(map(re.escape, longest_first))})" if longest_first else "(?!)"
