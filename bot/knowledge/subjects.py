"""What may be asked with a word or two of what was told last, and which topic tells it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.knowledge.meetings import AGM, CONFERENCE

SESSION = "session"
"""A session of the agenda, which somebody has opened; what was looked up is its number."""
NOT_CLEAR = ""
"""Instead of a topic: it is a question about the subject, and nothing is known that would answer it."""
_AGM: Mapping[str, str] = {**dict.fromkeys(CONFERENCE, AGM), "often": "agm"}
_OCCASION: Mapping[str, str] = {
    **{thing: topic for thing, topic in CONFERENCE.items() if thing != "who"},
    "about": "conference-theme",
}
_CONFERENCE: Mapping[str, str] = {**CONFERENCE, "about": "conference-theme"}
_EACH_YEAR: Mapping[str, str] = {**_CONFERENCE, "often": "annual-conference", "chooses": "conference-host"}
_HOST: Mapping[str, str] = {**_CONFERENCE, "chooses": "host-selection"}
_THEME: Mapping[str, str] = {**_CONFERENCE, "chooses": "conference-host"}
_BARE: Mapping[str, str] = {
    **dict.fromkeys(("who", "many"), NOT_CLEAR),
    "where": "headquarters",
    "when": "reasons",  # since when it is so
    "chooses": "voting",
    "leads": "officers",
}
"""Of what is no event: else a mere "who?" would be answered about something else."""
_SECRETARIAT: Mapping[str, str] = {
    **_BARE,
    **dict.fromkeys(("who", "when", "before"), "secretariat"),
    **dict.fromkeys(("leads", "chooses", "many"), "secretariat-details"),
    "does": "secretariat-duties",
}
_EVERYWHERE: Mapping[str, str] = {"why": "reasons", "how": NOT_CLEAR}
SUBJECTS: Mapping[str, Mapping[str, str]] = {
    "annual-conference": _EACH_YEAR,
    "conference-agenda": {**_OCCASION, "chooses": "conference-host"},
    "conference-date": _CONFERENCE,
    "conference-host": {**_HOST, "who": "conference-host", "does": "conference-host"},
    "conference-host-next": _HOST,
    "conference-place": _HOST,
    "conference-practical": {"when": "conference-practical"},
    "conference-programme": _OCCASION,
    "conference-registration": {"when": "conference-registration"},
    "conference-theme": _THEME,
    "agm": _AGM,
    "agm-details": _AGM,
    SESSION: dict.fromkeys(CONFERENCE, SESSION),
    "about": {**_BARE, "who": "members", "when": "founding", "does": "purpose", "many": "member-count"},
    "cooperation": {**_BARE, "who": "cooperation"},
    "focus": {**_BARE, "who": "focus"},
    "forum": {**_BARE, "who": "forum"},
    "founding": {**_BARE, "who": "founding", "when": "founding", "where": "founding-details"},
    "members": {**_BARE, "who": "members", "where": "participants", "many": "member-count", "chooses": "joining"},
    "participants": {**_BARE, **dict.fromkeys(("who", "when", "where", "many"), "participants")},
    "purpose": _BARE,
    "secretariat": _SECRETARIAT,
    "secretariat-duties": _SECRETARIAT,
}  # fmt: skip
"""By what was told: which topic tells what may be asked then, by its name in `ASKED_FOR` or `ASKED_AFTER`."""
_IN_GENERAL = frozenset({"annual-conference", "conference-agenda"})
_AS_A_RULE: Mapping[str, str] = {"conference-host-next": "conference-host"}


def told_of(subject: str, thing: str) -> str | None:
    """The topic that tells a thing of a subject, or `NOT_CLEAR`; None if it is no question about that subject."""
    found = SUBJECTS.get(subject, {}).get(thing)
    return _EVERYWHERE.get(thing) if found is None else found


def as_a_rule(subject: str, topic: str) -> str | None:
    """What tells a topic of each conference, if that may be meant: no particular one was spoken of."""
    return _AS_A_RULE.get(topic) if subject in _IN_GENERAL else None
