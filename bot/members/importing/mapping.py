"""Which column of a list is which field: guessed, shown, put right by a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.members.importing.fields import NAMES_OF_PEOPLE, OF_DELEGATE, Ambiguous, Meaning, Target
from bot.members.importing.headings import Headings
from bot.members.importing.reading import Heading, Sheet


class MappingFault(StrEnum):
    """Why nothing can be read in by a mapping."""

    NO_NAME = "no-name"
    """Neither the name of a Center nor that of a person."""
    HALF_A_NAME = "half-a-name"
    """Given names without family names, or the other way round."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What each column is read into; None: it is not read. No field is there twice."""

    targets: tuple[Target | None, ...]

    def changed(self, column: int, target: Target | None) -> ColumnMapping:
        """With another field for a column; a column that had that field has none any more."""
        kept = [None if one == target else one for one in self.targets]
        kept[column] = target
        return replace(self, targets=tuple(kept))

    @property
    def known(self) -> frozenset[Target]:
        """The fields that are read."""
        return frozenset(target for target in self.targets if target is not None)

    @property
    def names_people(self) -> bool:
        """Whether its rows are about delegates, or about Centers alone."""
        return bool(self.known & NAMES_OF_PEOPLE)

    @property
    def fault(self) -> MappingFault | None:
        """What has to be put right before anything can be read in."""
        known = self.known
        if not known & {Target.CENTER_NAME, *NAMES_OF_PEOPLE}:
            return MappingFault.NO_NAME
        halves = known & {Target.GIVEN_NAME, Target.FAMILY_NAME}
        if len(halves) == 1 and Target.FULL_NAME not in known:
            return MappingFault.HALF_A_NAME
        return None

    def values(self, cells: Sequence[str]) -> dict[Target, str]:
        """What a row has for each field, but for what is empty."""
        pairs = zip(self.targets, cells, strict=False)
        return {target: cell for target, cell in pairs if target is not None and cell}

    def as_text(self) -> str:
        """To be kept while a person looks at it."""
        return ",".join(target or "" for target in self.targets)

    @classmethod
    def from_text(cls, text: str) -> ColumnMapping:
        """The opposite of `as_text`. Raises ValueError."""
        return cls(tuple(Target(name) if name else None for name in text.split(",")))


def guess(sheet: Sheet, headings: Headings) -> ColumnMapping:
    """The likeliest mapping. What may mean the Center or the delegate is told by the other headings."""
    meanings = [_meaning(heading, headings) for heading in sheet.headings]
    known = frozenset(found[0] for found in meanings if found is not None)
    resolved = _resolved(known)
    best: dict[Target, tuple[float, int]] = {}
    for column, found in enumerate(meanings):
        if found is None:
            continue
        meaning, sureness = found
        target = meaning if isinstance(meaning, Target) else resolved.get(meaning)
        # Where two columns are the same, the surer counts, then the first.
        if target is not None and (target not in best or sureness > best[target][0]):
            best[target] = sureness, column
    columns = {column: target for target, (_, column) in best.items()}
    return ColumnMapping(tuple(columns.get(column) for column in range(len(sheet.headings))))


def _meaning(heading: Heading, headings: Headings) -> tuple[Meaning, float] | None:
    """With what stands above several columns, if that tells more: "Center" above "E-mail"."""
    alone = headings.meaning(heading.text) if heading.text else None
    if not heading.group:
        return alone
    together = headings.meaning(f"{heading.group} {heading.text}")
    if together is not None and (alone is None or isinstance(alone[0], Ambiguous)):
        return together
    return alone


def _resolved(known: frozenset[Meaning]) -> Mapping[Ambiguous, Target]:
    """What is meant by headings that may mean two things."""
    name = _meant_by_name(known)
    with_name = known | ({name} if Ambiguous.NAME in known else frozenset())
    has_people = bool(with_name & NAMES_OF_PEOPLE)
    return {
        Ambiguous.NAME: name,
        Ambiguous.EMAIL: Target.EMAIL if has_people else Target.CENTER_EMAIL,
        Ambiguous.PHONE: Target.PHONE if has_people else Target.CENTER_PHONE,
        Ambiguous.COUNTRY: Target.CENTER_COUNTRY if Target.CENTER_NAME in with_name else Target.NATIONALITY,
        Ambiguous.TITLE: Target.TITLE if has_people else Target.HEAD_TITLE,
    }


def _meant_by_name(known: frozenset[Meaning]) -> Target:
    """Beside "Surname", "Name" is the given one; beside "Prénom", "Nom" is the family's."""
    match Target.GIVEN_NAME in known, Target.FAMILY_NAME in known:
        case True, False:
            return Target.FAMILY_NAME
        case False, True:
            return Target.GIVEN_NAME
        case True, True:
            return Target.CENTER_NAME
    if Target.FULL_NAME in known:
        return Target.CENTER_NAME
    return Target.FULL_NAME if known & OF_DELEGATE or Target.CENTER_NAME in known else Target.CENTER_NAME
