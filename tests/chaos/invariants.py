"""What must hold in the end, whatever happened. Each checker says what is violated, with enough to look for the cause.

They compare what people claim, what their chats show and what the database holds; none of them asks the bot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tests.chaos.claims import Answered, Claims
from tests.chaos.evidence import Row, Tables, Told, Witness
from tests.chaos.lives import Kill, Place
from tests.chaos.office import Announced

AT_MOST_TOLD = 20
"""Violations of one kind that are told one by one."""


@dataclass(frozen=True, slots=True)
class Violation:
    """What did not hold, and where."""

    invariant: str
    told: str

    def __str__(self) -> str:
        return f"{self.invariant}: {self.told}"


def answers_are_complete_and_in_order(witnesses: Iterable[Witness]) -> list[Violation]:
    """Whoever asked was answered, each question once, in the order of the questions."""
    found = []
    for one in witnesses:
        said = [told.answer for told in one.told if told.answer is not None]
        if said != one.claims.expected:
            place = next(
                (at for at, pair in enumerate(zip(said, one.claims.expected, strict=False)) if pair[0] != pair[1]),
                min(len(said), len(one.claims.expected)),
            )
            found.append(_of(one.claims, "answers in order", f"asked {one.claims.expected[place:place + 5]} "
                             f"(from the {place + 1}. of {len(one.claims.expected)}), but was told "
                             f"{said[place:place + 5]} ({len(said)} answers)"))  # fmt: skip
    return found


def sessions_are_starred_as_told(claims: Iterable[Claims], stars: Sequence[Row]) -> list[Violation]:
    kept: dict[int, set[int]] = {}
    for person, session in stars:
        kept.setdefault(person, set()).add(session)
    return compared("stars", {one.person: one.starred for one in claims if one.starred}, kept)


def taking_part_is_as_told(claims: Iterable[Claims], kept: Sequence[Row]) -> list[Violation]:
    """What somebody was told last of their taking part is kept, and nothing is kept that nobody was told of.

    Of those who do not come any more, what they had answered may be kept, so that they need not write it again.
    """
    wanted = {one.person: (one.taking_part, one.segment) for one in claims if one.taking_part != Answered.NOTHING}
    states = {person: (_state(state, attendance), segment) for person, state, attendance, segment in kept}
    gone = {Answered.DECLINED, Answered.WITHDRAWN}
    found = {person: (state, None if state in gone else segment) for person, (state, segment) in states.items()}
    return compared("taking part", wanted, found)


def _state(state: str, attendance: str | None) -> Answered:
    return Answered(attendance) if state == "registered" and attendance else Answered(state)


def wishes_are_as_told(claims: Iterable[Claims], kept: Sequence[Row]) -> list[Violation]:
    wanted = {one.person: True for one in claims if one.only_official}
    return compared("announcements wanted", wanted, {person: True for (person,) in kept})


def questions_are_kept(claims: Iterable[Claims], kept: Sequence[Row]) -> list[Violation]:
    """Each question without an answer is kept once, and none that nobody asked."""
    wanted = {one.person: Counter(one.questions) for one in claims if one.questions}
    return compared("questions kept", wanted, _counted(kept))


def letters_are_kept(
    claims: Sequence[Claims], replies: Sequence[tuple[int, str]], kept: Sequence[Row]
) -> list[Violation]:
    """The desk holds what people wrote and what was answered, each once."""
    to_staff = {one.person: Counter([*one.letters, *one.questions]) for one in claims if one.letters or one.questions}
    written = _counted([(person, text) for person, direction, text in kept if direction == "to_staff"])
    answers = _counted([(person, text) for person, direction, text in kept if direction == "to_person"])
    return [
        *compared("letters to the Secretariat", to_staff, written),
        *compared("letters of the Secretariat", _counted(replies), answers),
    ]


def replies_arrive_in_order(witnesses: Iterable[Witness], replies: Sequence[tuple[int, str]]) -> list[Violation]:
    """What the Secretariat answered is in the chat of whom it was for, once, in the order in which it was written."""
    wanted: dict[int, list[str]] = {}
    for person, text in replies:
        wanted.setdefault(person, []).append(text)
    arrived = {
        one.claims.person: [
            line for told in one.told if told.text.startswith("The Secretariat:") for line in told.text.split("\n")[1:]
            if line.startswith("Reply ")
        ]
        for one in witnesses
    }  # fmt: skip
    return compared("replies in order", wanted, {person: said for person, said in arrived.items() if said})


def letters_reach_the_group(group: Sequence[Told], claims: Iterable[Claims]) -> list[Violation]:
    """Everything that was written to the Secretariat is in its group, once, in the order of each writer."""
    found = []
    lines = [line for told in group for line in told.text.split("\n")]
    for one in claims:
        for texts, called in ((one.letters, "letters"), (one.questions, "questions")):
            known = set(texts)
            there = [line for line in lines if line in known]
            if there != list(texts):
                found.append(_of(one, f"{called} in the group", f"wrote {_short(texts)}, there are {_short(there)}"))
    return found


def announcements_reach_everybody(
    announced: Sequence[Announced], witnesses: Sequence[Witness], recipients: Sequence[Row]
) -> list[Violation]:
    """Who is kept as a recipient has it once; nobody else has; who said that they have read it is kept so."""
    found = []
    by_text: dict[str, dict[int, tuple[str, bool]]] = {}
    for heading, person, state, is_read in recipients:
        by_text.setdefault(heading, {})[person] = state, bool(is_read)
    for one in witnesses:
        count = Counter(told.text for told in one.told if told.text.startswith("Announcement "))
        for announcement in announced:
            text, person = announcement.text, one.claims.person
            state, is_read = by_text.get(text, {}).get(person, ("nobody", False))
            if count[text] != (state == "sent"):
                found.append(_of(one.claims, "announced once", f"“{text}” is {state}, and stands there "
                                 f"{count[text]} times"))  # fmt: skip
            if person in announcement.not_for and count[text]:
                found.append(_of(one.claims, "announced to whom it is for", f"wanted official notices, got “{text}”"))
            if is_read != (text in one.claims.read):
                found.append(_of(one.claims, "read", f"“{text}”: kept {is_read}, pressed {text in one.claims.read}"))
    return found


def reminders_come_once(witnesses: Iterable[Witness], kept: Sequence[Row]) -> list[Violation]:
    """As many reminders are in the chats as are kept as sent; the database has each rung once for everybody."""
    wanted = {person: int(count) for person, count in kept}
    came = {one.claims.person: sum("reminders:show" in told.data for told in one.told) for one in witnesses}
    return compared("reminders", wanted, {person: count for person, count in came.items() if count})


def places_are_not_given_twice(kept: Sequence[Row]) -> list[Violation]:
    return [
        Violation("places", f"{count} of {capacity} places are taken or kept")
        for capacity, count in kept if capacity is not None and count > capacity
    ]  # fmt: skip


def nothing_came_twice(made: Collection[Place], recorded: Collection[Place], kills: Sequence[Kill],
                       unanswered: Collection[Place], in_flight: int) -> list[Violation]:  # fmt: skip
    """What is in a chat and the bot does not know of was on its way at a kill, or the network lost its answer."""
    known = {place for kill in kills for place in kill.in_flight}
    extra = sorted(set(made) - set(recorded) - known - set(unanswered))
    found = [Violation("nothing twice", f"message {message} in chat {chat} is not of the bot's knowing")
             for chat, message in extra]  # fmt: skip
    return found + [
        Violation("in flight", f"{len(kill.in_flight)} sends were on their way at the kill after {kill.at_s:.0f} s")
        for kill in kills if len(kill.in_flight) > in_flight
    ]  # fmt: skip


def order_is_kept(sent: Sequence[Row], made: Collection[Place]) -> list[Violation]:
    """In each chat and class, messages stand in the order in which they were queued."""
    last: dict[tuple[int, int], tuple[int, int]] = {}
    found, seen = [], set()
    for chat, message_class, row, message in sent:
        place = chat, message
        if message is None or place not in made or place in seen:
            continue  # it was changed, not sent
        seen.add(place)
        before = last.get((chat, message_class), (0, 0))
        if message < before[1]:
            found.append(Violation("order", f"in chat {chat}, class {message_class}, row {row} became message "
                                   f"{message}, and row {before[0]} before it {before[1]}"))  # fmt: skip
        last[chat, message_class] = row, message
    return found


def nothing_is_left(kept: Tables) -> list[Violation]:
    """Nothing waits, failed or was set aside; the file is sound."""
    found = [Violation("inbox is empty", f"{row}") for row in kept["inbox left"]]
    found += [Violation("outbox is empty", f"{row}") for row in kept["outbox left"]]
    found += [Violation("everything was decided", f"{row}") for row in kept["undecided"]]
    found += [Violation("decided once", f"{what} {times} times") for what, times in kept["decided"] if times != 1]
    found += [Violation("integrity_check", f"{row}") for row in kept["integrity"] if tuple(row) != ("ok",)]
    return found + [Violation("foreign_key_check", f"{row}") for row in kept["foreign keys"]]


def log_is_discreet(log: str, private: Iterable[str], token: str) -> list[Violation]:
    """Neither the token nor anything that somebody typed or is called stands in the log."""
    secret = token.partition(":")[2]
    found = [Violation("no token in the log", "it is there")] if secret in log else []
    return found + [Violation("no personal data in the log", text) for text in sorted(set(private)) if text in log]


def compared(invariant: str, wanted: Mapping[int, object], kept: Mapping[int, object]) -> list[Violation]:
    """What was to be kept of each person, and what is."""
    return [
        Violation(invariant, f"person {person} was told {wanted.get(person)}, kept is {kept.get(person)}")
        for person in sorted({*wanted, *kept}) if wanted.get(person) != kept.get(person)
    ]  # fmt: skip


def _counted(kept: Iterable[tuple[int, str]] | Sequence[Row]) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = {}
    for person, text in kept:
        found.setdefault(person, Counter())[text] += 1
    return found


def _of(claims: Claims, invariant: str, told: str) -> Violation:
    return Violation(invariant, f"person {claims.person}: {told}")


def _short(texts: Sequence[str]) -> str:
    return f"{len(texts)}, the last {list(texts[-2:])}"
