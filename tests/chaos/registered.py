"""What must hold of those who registered: what they typed is kept as they were told, once, and of nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.chaos.evidence import Row
from tests.chaos.invariants import Violation, compared
from tests.chaos.lives import rows
from tests.crowd import Applicant, Crowd, joined

Kept = dict[int, dict[str, Any]]


def registered_as_told(crowd: Crowd, path: Path) -> list[Violation]:
    """Centers, delegates and guests."""
    in_centers = "delegates JOIN centers ON centers.id = delegates.center"
    delegates = records(path, crowd.delegates, in_centers, "person_id", "delegates",
                        more=", centers.name AS center_name", only="organization IS NULL")  # fmt: skip
    return [
        *agree("Centers", crowd.founders,
               records(path, crowd.founders, "centers", "registered_by", "centers"),
               {"state": lambda one: "approved" if "is approved" in one.decisions[0] else "declined"}),
        *agree("delegates", crowd.delegates, delegates,
               {"state": lambda _one: "active", "center_name": joined}),
        *agree("guests", crowd.guests,
               records(path, crowd.guests, "delegates", "person_id", "delegates", only="organization IS NOT NULL"),
               {"state": lambda one: "active" if "are registered" in one.decisions[0] else "declined"}),
        *asked_once(crowd),
    ]  # fmt: skip


def roles_are_given(crowd: Crowd, members: Sequence[int], kept: Sequence[Row]) -> list[Violation]:
    """Whose Center was approved leads it, the members of the Secretariat are that, and nobody else is anything."""
    leads = {
        one.who.phone.id: "focal_point"
        for one in crowd.founders
        if any("is approved" in told for told in one.decisions)
    }
    return compared("roles", {**dict.fromkeys(members, "secretariat"), **leads}, dict(kept))


def records(
    path: Path, of: Sequence[Applicant], source: str, key: str, table: str, *, more: str = "", only: str = "1 = 1"
) -> list[tuple[int, dict[str, Any]]]:
    """What is kept of each, by whose it is."""
    names = [*of[0].stored, "state"]
    columns = ", ".join(f"{table}.{name}" for name in names)
    found = rows(path, f"SELECT {key}, {columns}{more} FROM {source} WHERE {only}")  # noqa: S608
    names += ["center_name"] if more else []
    return [(row[0], dict(zip(names, row[1:], strict=True))) for row in found]


def agree(
    what: str, of: Sequence[Applicant], kept: Sequence[tuple[int, dict[str, Any]]], told: dict[str, Any]
) -> list[Violation]:
    """Each is kept once, as typed and as they were told."""
    found = []
    by_person: dict[int, list[dict[str, Any]]] = {}
    for person, record in kept:
        by_person.setdefault(person, []).append(record)
    for one in of:
        person = one.who.phone.id
        here = by_person.pop(person, [])
        if len(one.decisions) != 1 or len(here) != 1:
            found.append(Violation(what, f"person {person}: {len(here)} kept, was told {one.decisions}"))
            continue
        wanted = {**one.stored, **{name: says(one) for name, says in told.items()}}
        wrong = {name: (value, here[0][name]) for name, value in wanted.items() if here[0][name] != value}
        if wrong:
            found.append(Violation(what, f"person {person}: told or typed, and kept: {wrong}"))
    return found + [Violation(what, f"person {person} registered nothing, kept is {here}")
                    for person, here in by_person.items()]  # fmt: skip


def asked_once(crowd: Crowd) -> list[Violation]:
    return [Violation("nothing is asked twice", f"person {who}: {name}") for who, name in crowd.tally.asked_again]
