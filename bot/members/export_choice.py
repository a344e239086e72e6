"""Which part of the database somebody wants as a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.members.export import Wanted
from bot.members.roles import Rights
from bot.places.regions import Region
from storage import centers, delegates
from storage.centers import CenterFilter
from storage.delegates import DelegateFilter
from storage.records.members import CenterKind, CenterState, DelegateState, Focus
from storage.session import Session


class Sort(StrEnum):
    """Whether it is about Centers, delegates and guests, or both."""

    BOTH = "both"
    CENTERS = "centers"
    DELEGATES = "delegates"


class Standing(StrEnum):
    """A state that Centers and delegates have alike; nobody but delegates can have left."""

    ACTIVE = "active"
    PENDING = "pending"
    SUSPENDED = "suspended"
    LEFT = "left"
    DECLINED = "declined"
    MERGED = "merged"


_OF_CENTERS = {
    Standing.ACTIVE: CenterState.APPROVED, Standing.PENDING: CenterState.PENDING,
    Standing.SUSPENDED: CenterState.SUSPENDED, Standing.DECLINED: CenterState.DECLINED,
    Standing.MERGED: CenterState.MERGED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What is empty lets everything pass. `country`, `focus`, `kind` and `region` of delegates are their Center's."""

    sort: Sort = Sort.BOTH
    standing: Standing | None = None
    kind: CenterKind | None = None
    focus: Focus | None = None
    region: Region | None = None
    country: str | None = None
    is_guest: bool | None = None

    @property
    def wanted(self) -> Wanted:
        """The records that are meant."""
        return Wanted(
            centers=None if self.sort == Sort.DELEGATES or self._is_of_delegates_alone else self._centers,
            delegates=None if self.sort == Sort.CENTERS else self._delegates,
        )

    @property
    def _is_of_delegates_alone(self) -> bool:
        return self.standing == Standing.LEFT and self.sort == Sort.BOTH

    @property
    def _centers(self) -> CenterFilter:
        state = None if self.standing is None else _OF_CENTERS.get(self.standing)
        return CenterFilter(state, self.kind, self.focus, self.country, self.region)

    @property
    def _delegates(self) -> DelegateFilter:
        state = None if self.standing is None else DelegateState(self.standing)
        return DelegateFilter(
            state=state, is_guest=self.is_guest,
            kind=self.kind, focus=self.focus, country=self.country, region=self.region,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """How many records are meant; None: none of that sort is wanted."""

    centers: int | None
    delegates: int | None


async def count(session: Session, rights: Rights, by: int, choice: ExportChoice) -> Counted:
    """How many records are meant. Raises NotAllowedError."""
    await rights.need_staff(session, by)
    wanted = choice.wanted
    return Counted(
        None if wanted.centers is None else await centers.count(session, wanted.centers),
        None if wanted.delegates is None else await delegates.count(session, wanted.delegates),
    )


async def countries(session: Session, rights: Rights, by: int) -> list[str]:
    """The codes of the countries that Centers are in. Raises NotAllowedError."""
    await rights.need_staff(session, by)
    found = await centers.countries(session, CenterFilter())
    return [code for code in found if code is not None]
