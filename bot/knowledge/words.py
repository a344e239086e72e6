"""From what was typed to the words that count: spelling, British and American forms, endings, synonyms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.knowledge.library import Vocabulary
from bot.knowledge.spelling import Spelling
from bot.knowledge.stemming import stem

MAX_CHARACTERS = 500
MESSAGE_CHARACTERS = 4_096
MAX_WORDS = 80

# A Chinese character is a word of its own: pairs of neighbours do for words there.
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+(?:'[^\W_]+)*")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
WORDS_ENOUGH, CHINESE_ENOUGH = 3, 5
_ELISION = re.compile(r"\b(?:l|d|j|m|t|s|n|c|qu)'(?=\w)")  # French: l'association
_ARABIC_FORMS = str.maketrans({"\u0649": "\u064a", "\u0629": "\u0647", "\u0640": None})
"""Letters that are typed one for the other: alef maqsura and yeh, teh marbuta and heh; and the stretching mark."""
_CONTRACTIONS = (
    (re.compile(r"\b(who|what|where|when|how|that|it|there|he|she)'s\b"), r"\1 is"),
    (re.compile(r"\b(who|what|where|when|how)s\b"), r"\1 is"),
    (re.compile(r"\bcan't\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"'m\b"), " am"),
    (re.compile(r"'d\b"), " would"),
    (re.compile(r"'s?\b"), ""),
)
_BRITISH = (
    (re.compile(r"\bcentre"), "center"),
    (re.compile(r"\bprogramme"), "program"),
    (re.compile(r"(?<=\w{3})is(?=(?:e|ed|es|er|ers|ing|ation|ations|ational)\b)"), "iz"),
    (re.compile(r"(?<=\w{2})our(?=(?:s|ed|ing|ite|able)?\b)"), "or"),
)


@dataclass(frozen=True)
class Word:
    """``typed`` as it stood in the question (lower case), ``stem`` as it is compared."""

    typed: str
    stem: str
    known: bool = True


def tidy(text: str) -> str:
    """At most `MAX_CHARACTERS` of ``text`` in lower case, with one kind of apostrophe and of space.

    Takes any string, also one with lone surrogates or control characters, which are dropped.
    """
    text = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS])[:MAX_CHARACTERS]
    text = "".join(" " if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} else c for c in text)
    return " ".join(re.sub("[\u2018\u2019\u02bc`\u00b4]", "'", text.casefold()).split())


def says_enough(question: str) -> bool:
    """Whether a question that nothing is known to may mean something to a person: "stop" and "12345" do not."""
    return len(question.split()) >= WORDS_ENOUGH or len(_CHINESE.findall(question)) >= CHINESE_ENOUGH


class Courtesies:
    """Knows what says nothing in one language: "could you please tell me". Immutable once it is built."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._courtesies = alternatives(tidy_words(phrase) for phrase in vocabulary.courtesies)

    def left_out(self, tidied: str) -> str:
        """Tidied words without them, or as they are where there is nothing else."""
        without = " ".join(self._courtesies.sub(" ", tidied).split()) if self._courtesies else tidied
        return without or tidied


class WordReader:
    """Reads a text into `Word`s with the vocabulary of one language; immutable once it is built."""

    def __init__(self, vocabulary: Vocabulary, corpus: Iterable[str]) -> None:
        """``corpus``: texts whose words count as well spelt; spelling is repaired towards them."""
        synonyms = {tidy_words(key): meaning for key, meaning in vocabulary.synonyms.items()}
        self._phrase_meanings = {key: meaning for key, meaning in synonyms.items() if " " in key}
        self._phrases = alternatives(self._phrase_meanings)
        self._synonyms = {
            form: stem(meaning) for key, meaning in synonyms.items() if " " not in key for form in (key, stem(key))
        }
        self._courtesies = Courtesies(vocabulary)
        self.weak = frozenset(form for word in vocabulary.weak for form in (word, stem(word)))
        texts = (*corpus, *vocabulary.synonyms, *vocabulary.synonyms.values(), *vocabulary.courtesies, *self.weak)
        self.spelt = frozenset(word for text in texts for word in self._split(text))
        """The words that are well spelt."""
        self._spelling = Spelling(self.spelt)

    def read(self, text: str) -> tuple[Word, ...]:
        return tuple(self._word(typed) for typed in self._split(text)[:MAX_WORDS])

    def read_question(self, text: str) -> tuple[Word, ...]:
        """The words of what is asked, or of the courtesies where there is nothing else."""
        return self.read(self.asked(text))

    def asked(self, text: str) -> str:
        """The tidied words of what is asked, without "could you please tell me" and the like."""
        return self.without_courtesies(tidy_words(text))

    def without_courtesies(self, tidied: str) -> str:
        """As `asked`, of words that are tidied already."""
        return self._courtesies.left_out(tidied)

    def _split(self, text: str) -> list[str]:
        words = tidy_words(text)
        if self._phrases:
            words = self._phrases.sub(lambda match: self._phrase_meanings[match[0]], words)
        return words.split()

    def _word(self, typed: str) -> Word:
        spelt: str | None = typed
        if typed not in self.spelt:
            spelt = self._spelling.repaired(typed)
        form = spelt or typed
        if form in self._synonyms:
            return Word(typed, self._synonyms[form])
        root = stem(form)
        return Word(typed, self._synonyms.get(root, root), known=spelt is not None)


def _bare(text: str) -> str:
    """Without accents, vowel signs and the like, which many leave out on a phone."""
    if text.isascii():
        return text
    marked = unicodedata.normalize("NFD", text).translate(_ARABIC_FORMS)
    return unicodedata.normalize("NFC", "".join(c for c in marked if unicodedata.category(c) != "Mn"))


def tidy_words(text: str) -> str:
    """The words of ``text``, tidied, contractions written out, in American spelling, a space apart."""
    text = _ELISION.sub(" ", _bare(tidy(text)))
    for pattern, replacement in _CONTRACTIONS:
        text = pattern.sub(replacement, text)
    for pattern, replacement in _BRITISH:
        text = pattern.sub(replacement, text)
    return " ".join(_WORD.findall(text))


_END_OF_SENTENCE = "?!.;\n\r\u2028\u2029\u3002\uff1f\uff01\uff1b\u061f\u061b"
_SENTENCE = re.compile(f"[^{_END_OF_SENTENCE}]+[{_END_OF_SENTENCE}]*")
_QUESTION_MARKS = ("?", "\uff1f", "\u061f")


def sentences(text: str) -> tuple[str, ...]:
    """The questions and statements of a message, in order, without their marks."""
    found = (part.strip(f" \t{_END_OF_SENTENCE}") for part in _SENTENCE.findall(text[:MAX_CHARACTERS]))
    return tuple(part for part in found if part.strip())


def questions(text: str) -> tuple[str, ...]:
    """Those of the sentences of a message that end in a question mark, also far behind what leads up to them."""
    found = (part.strip() for part in _SENTENCE.findall(text[:MESSAGE_CHARACTERS]))
    return tuple(part for part in found if any(mark in part for mark in _QUESTION_MARKS))


def alternatives(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern that finds any of ``phrases`` as whole words, the longest first."""
    longest_first = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    if not longest_first:
        return None
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")


def character_runs(words: Iterable[str]) -> Iterator[str]:
    """Runs of three and four characters within each word, its borders marked: alike for kindred words."""
    for word in words:
        marked = f"_{word}_"
        for size in (3, 4):
            for start in range(len(marked) - size + 1):
                yield marked[start : start + size]
