"""The content files, read and checked.

``content/<language>/`` holds the topics that the bot answers, ``…/unknown/`` what is often asked and not
known, ``…/smalltalk/`` greetings and the like, ``…/wishes.md`` what people want that is done elsewhere in the bot,
``…/others.md`` how other organizations are spoken of, and ``…/vocabulary.md`` the words that mean the same. Every file
is Markdown with YAML front matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from bot.knowledge.content_file import ContentFile, Fault, read_content_file
from bot.knowledge.library import (
    AROUND,
    ASKED_AFTER,
    ASKED_FOR,
    BEGIN,
    BESIDE,
    CALLED,
    DEFAULT_LANGUAGE,
    JOIN,
    NEVER,
    NO_LANGUAGE,
    SMALLTALK_KINDS,
    UNKNOWN_REASONS,
    WISH_KINDS,
    WISH_PARTS,
    Library,
    Others,
    Shelf,
    SmallTalk,
    Topic,
    Unknown,
    Vocabulary,
    WishKind,
)
from bot.knowledge.markup import fault_in, plain_text
from bot.locales.catalogues import LANGUAGES

CONTENT_FOLDER = Path(__file__).parent / "content"
MAX_TITLE_CHARACTERS = 40
MAX_BODY_CHARACTERS = 600
MIN_QUESTIONS = 8


class ContentError(Exception):
    """The content files cannot be used; ``faults`` has one entry for each thing that is wrong."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


def load_library(folder: Path = CONTENT_FOLDER) -> Library:
    """Read every content file under ``folder``.

    Raises:
        ContentError: with all that is wrong in all files, not only the first fault.
    """
    faults: list[Fault] = []
    shelves = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir() and not path.name.startswith((".", "_")):
            shelves[path.name] = _load_shelf(folder, path.name, faults)
    if DEFAULT_LANGUAGE not in shelves:
        faults.append(Fault(DEFAULT_LANGUAGE, f"there is no content folder for this language in {folder}"))
    else:
        faults.extend(_dangling(shelves))
    if faults:
        raise ContentError(tuple(faults))
    return Library(shelves)


def _load_shelf(folder: Path, language: str, faults: list[Fault]) -> Shelf:
    def files(*parts: str) -> list[ContentFile]:
        paths = sorted(folder.joinpath(language, *parts).glob("*.md"))
        return [read_content_file(path, path.relative_to(folder).as_posix(), faults) for path in paths]

    at_top = {file.id: file for file in files()}
    vocabulary = at_top.pop("vocabulary", None)
    wishes = _wishes(at_top.pop("wishes", None))
    others = _others(at_top.pop("others", None))
    shelf = Shelf(
        language,
        topics={key: _topic(file, language) for key, file in at_top.items()},
        unknowns={file.id: _unknown(file, language) for file in files("unknown")},
        smalltalk={file.id: _smalltalk(file, language) for file in files("smalltalk")},
        vocabulary=_vocabulary(vocabulary),
        wishes=wishes.phrasings,
        wishes_around=wishes.around,
        wish_parts=wishes.parts,
        tongues=wishes.tongues,
        others=others,
    )
    if not shelf.topics:
        faults.append(Fault(language, "there is no topic in this language"))
    faults += [
        Fault(f"{language}/unknown/{topic_id}.md", "there is a topic with the same id")
        for topic_id in sorted(shelf.topics.keys() & shelf.unknowns.keys())
    ]
    return shelf


def _topic(file: ContentFile, language: str) -> Topic:
    title = file.text("title")
    if len(title) > MAX_TITLE_CHARACTERS:
        file.fault(f"title: has {len(title)} characters; a button shows {MAX_TITLE_CHARACTERS}")
    if not file.body:
        file.fault("the answer is empty")
    elif (length := len(plain_text(file.body))) > MAX_BODY_CHARACTERS:
        file.fault(f"the answer has {length} characters; a phone's screen shows {MAX_BODY_CHARACTERS}")
    if markup_fault := fault_in(file.body):
        file.fault(markup_fault)
    topic = Topic(
        file.id,
        language,
        title,
        file.body,
        facts=file.texts("facts", at_least=1),
        source=file.text("source"),
        related=file.texts("related"),
        menu=file.number("menu"),
        questions=file.texts("questions", at_least=MIN_QUESTIONS),
    )
    file.refuse_other_keys()
    return topic


def _unknown(file: ContentFile, language: str) -> Unknown:
    reason = UNKNOWN_REASONS.get(file.text("reason"))
    if reason is None:
        file.fault(f"reason: is none of {', '.join(UNKNOWN_REASONS)}")
    subject = file.text("subject", required=reason != "out-of-scope")
    unknown = Unknown(
        file.id,
        language,
        subject,
        reason or "not-stated",
        related=file.texts("related"),
        questions=file.texts("questions", at_least=MIN_QUESTIONS),
    )
    file.refuse_other_keys()
    return unknown


def _smalltalk(file: ContentFile, language: str) -> SmallTalk:
    kind = SMALLTALK_KINDS.get(file.id)
    if kind is None:
        file.fault(f"the file's name is none of {', '.join(SMALLTALK_KINDS)}")
    smalltalk = SmallTalk(kind or "greeting", language, file.texts("questions", at_least=MIN_QUESTIONS))
    file.refuse_other_keys()
    return smalltalk


class _Wishes(NamedTuple):
    phrasings: Mapping[WishKind, tuple[str, ...]] = {}
    around: tuple[str, ...] = ()
    parts: Mapping[str, tuple[str, ...]] = {}
    tongues: Mapping[str, tuple[str, ...]] = {}


def _wishes(file: ContentFile | None) -> _Wishes:
    if file is None:
        return _Wishes()
    phrasings = file.text_lists("wishes")
    for name in sorted(phrasings.keys() - WISH_KINDS.keys()):
        file.fault(f"wishes: {name!r} is none of {', '.join(WISH_KINDS)}")
    wishes = _Wishes(
        {kind: phrasings[name] for name, kind in WISH_KINDS.items() if name in phrasings},
        file.texts("around"),
        _things(file, "parts", WISH_PARTS),
        _things(file, "tongues", (*LANGUAGES, NO_LANGUAGE)),
    )
    file.refuse_other_keys()
    return wishes


def _others(file: ContentFile | None) -> Others:
    if file is None:
        return Others()
    others = Others(
        names=file.texts("names"),
        before=file.texts("before"),
        between=file.texts("between"),
        behind=file.texts("behind"),
        own=file.texts("own"),
        belongs=file.texts("belongs"),
        parents=file.texts("parents"),
        asker=file.texts("asker"),
        no_names=file.texts("no_names"),
    )
    file.refuse_other_keys()
    return others


def _vocabulary(file: ContentFile | None) -> Vocabulary:
    if file is None:
        return Vocabulary({}, (), frozenset())
    synonyms: dict[str, str] = {}
    for meaning, words in file.text_lists("synonyms").items():
        for word in words:
            if synonyms.setdefault(word.lower(), meaning.lower()) != meaning.lower():
                file.fault(f"synonyms: {word!r} is read both as {synonyms[word.lower()]!r} and as {meaning!r}")
    asking = _things(file, "asking", ASKED_FOR)
    following = _things(file, "following", (*ASKED_FOR, *ASKED_AFTER, AROUND, NEVER))
    meetings = _things(file, "meetings", (CALLED, BESIDE))
    clauses = _things(file, "clauses", (JOIN, BEGIN))
    courtesies, weak, whom = file.texts("courtesies"), frozenset(file.texts("weak")), frozenset(file.texts("whom"))
    vocabulary = Vocabulary(synonyms, courtesies, weak, asking, whom, following, meetings, clauses)
    file.refuse_other_keys()
    return vocabulary


def _things(file: ContentFile, key: str, known: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    found = file.text_lists(key, required=False)
    for thing in sorted(found.keys() - set(known)):
        file.fault(f"{key}: {thing!r} is none of {', '.join(known)}")
    return found


def _dangling(shelves: Mapping[str, Shelf]) -> list[Fault]:
    """Related topics that do not exist, and translations of topics that English lacks."""
    known = shelves[DEFAULT_LANGUAGE].topics.keys()
    faults = []
    for language, shelf in shelves.items():
        entries: list[tuple[str, Topic | Unknown]] = [(f"{t.id}.md", t) for t in shelf.topics.values()]
        entries += [(f"unknown/{u.id}.md", u) for u in shelf.unknowns.values()]
        for name, entry in entries:
            faults += [
                Fault(f"{language}/{name}", f"related: there is no topic {other!r}")
                for other in entry.related
                if other not in known
            ]
        faults += [
            Fault(f"{language}/{topic_id}.md", "there is no English topic with this id")
            for topic_id in shelf.topics.keys() - known
        ]
    return faults
