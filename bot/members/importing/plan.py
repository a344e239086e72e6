"""What reading a list in would do, row by row."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from bot.members.importing.fields import Target
from storage.records.members import Center, CenterDetails, Delegate, DelegateDetails

OUTCOME_LETTERS = 16


class Reason(StrEnum):
    """Why nothing of a row is taken. The views have a sentence for each."""

    NO_NAME = "no-name"
    HALF_A_NAME = "half-a-name"
    NAME_TOO_LONG = "name-too-long"
    MAYBE_SAME_CENTER = "maybe-same-center"
    """It may be a Center that is known, or that stands in a row before: a person has to say."""
    MAYBE_SAME_PERSON = "maybe-same-person"
    EMAIL_OF_ANOTHER = "email-of-another"
    CENTER_NOT_APPROVED = "center-not-approved"
    """The Center waits for a decision, or is suspended."""
    NOT_ACTIVE = "not-active"
    """The delegate has left, waits for a decision, or is suspended."""
    OTHER_CENTER = "other-center"
    """The delegate is known in another Center, or in none: only they or their focal point can change that."""


class Effect(StrEnum):
    """What becomes of a Center or a delegate in a row."""

    CREATED = "created"
    FILLED = "filled"
    """Known; something that was not known of it is."""
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Record:
    """A record of the database, or what is new: by the row that has it first."""

    id: int | None
    row: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """What becomes of the Center or the delegate of a row.

    Attributes:
        filled: the fields that were empty.
        differing: the fields that say something else than is known: they are left as they are.
    """

    effect: Effect
    record: Record
    filled: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing of a row is taken; `like` is the record that it may be the same as, or that is in the way."""

    reason: Reason
    like: Record | None = None


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What becomes of a row. `left_out` are the cells that are not understood; the rest of the row is taken.

    `name` is what the row calls the person or, where it has none, the Center.
    """

    sheet: str
    number: int
    name: str
    center: Part | None = None
    delegate: Part | None = None
    refused: Refused | None = None
    left_out: tuple[Target, ...] = ()

    @property
    def differing(self) -> tuple[str, ...]:
        """The fields of which it says something else than the database."""
        return tuple(name for part in (self.center, self.delegate) if part is not None for name in part.differing)


@dataclass(frozen=True, slots=True)
class PlannedDelegate:
    """A delegate who is created: in a Center of the database, in one that is created (by its place), or a guest."""

    details: DelegateDetails
    center_id: int | None = None
    new_center: int | None = None

    @property
    def is_guest(self) -> bool:
        """Whether they have no Center."""
        return self.center_id is None and self.new_center is None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is of what."""

    rows: int
    centers_created: int
    centers_filled: int
    delegates_created: int
    guests_created: int
    """Those of the delegates created who have no Center."""
    delegates_filled: int
    unchanged: int
    """Rows that change nothing."""
    refused: int
    with_differing: int
    """Rows that say something else than the database, which stays as it is."""
    with_cells_left_out: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done, all of it or nothing.

    Attributes:
        fingerprint: of the file, the mapping and the edition of the database: another one where any of them is.
        edition: of the database; see `planning.edition`.
    """

    fingerprint: str
    edition: str
    rows: tuple[RowPlan, ...]
    new_centers: tuple[CenterDetails, ...]
    filled_centers: tuple[tuple[Center, CenterDetails], ...]
    new_delegates: tuple[PlannedDelegate, ...]
    filled_delegates: tuple[tuple[Delegate, DelegateDetails], ...]

    @property
    def counts(self) -> Counts:
        """The numbers for the summary."""
        return Counts(
            rows=len(self.rows),
            centers_created=len(self.new_centers),
            centers_filled=len(self.filled_centers),
            delegates_created=len(self.new_delegates),
            guests_created=sum(one.is_guest for one in self.new_delegates),
            delegates_filled=len(self.filled_delegates),
            unchanged=sum(_is_unchanged(row) for row in self.rows),
            refused=sum(row.refused is not None for row in self.rows),
            with_differing=sum(bool(row.differing) for row in self.rows),
            with_cells_left_out=sum(bool(row.left_out) for row in self.rows),
        )

    @property
    def changes_nothing(self) -> bool:
        """Whether everything in it is known already, or refused."""
        return not (self.new_centers or self.filled_centers or self.new_delegates or self.filled_delegates)


def outcome(plan: Plan) -> str:
    """A text that is the same for plans which do the same, whatever else has changed in the database since.

    Blocks for a moment: for a thread.
    """
    whole = hashlib.sha256()
    parts = (
        *plan.rows, *plan.new_centers, *plan.new_delegates,
        *((known.id, details) for known, details in plan.filled_centers),
        *((known.id, details) for known, details in plan.filled_delegates),
    )  # fmt: skip
    for part in parts:
        whole.update(repr(part).encode(errors="surrogatepass"))
    return whole.hexdigest()[:OUTCOME_LETTERS]


def _is_unchanged(row: RowPlan) -> bool:
    parts = [part for part in (row.center, row.delegate) if part is not None]
    return row.refused is None and all(part.effect == Effect.UNCHANGED for part in parts)
