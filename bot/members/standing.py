"""Where somebody stands in the association: their record, their Center, and what they have asked for."""

from __future__ import annotations

from dataclasses import dataclass

from bot.members.roles import Role
from storage import centers, delegates, requests, roles
from storage.records.members import Center, Delegate, DelegateState, Request
from storage.session import Session


class StandingError(Exception):
    """As somebody stands now, they cannot do this."""


class InThisCenterError(StandingError):
    """They are a delegate of this very Center."""

    def __init__(self, center: Center) -> None:
        super().__init__(center.id)
        self.center = center


class InAnotherCenterError(StandingError):
    """They are a delegate of another Center."""

    def __init__(self, center: Center) -> None:
        super().__init__(center.id)
        self.center = center


class IsGuestError(StandingError):
    """They are a guest of the association."""


class AskedAlreadyError(StandingError):
    """They have asked for something that is not decided yet; `center` is that which they want to join."""

    def __init__(self, request: Request, center: Center | None) -> None:
        super().__init__(request.id)
        self.request = request
        self.center = center


class SuspendedError(StandingError):
    """The Secretariat has suspended their record."""


@dataclass(frozen=True, slots=True)
class Led:
    """A Center that somebody leads, as its focal point or as a deputy."""

    center: Center
    role: Role


@dataclass(frozen=True, slots=True)
class Standing:
    """`center` is where they are a delegate, or want to become one; `request` is what waits for a decision."""

    delegate: Delegate | None
    center: Center | None
    request: Request | None
    led: tuple[Led, ...]

    @property
    def is_active(self) -> bool:
        return self.delegate is not None and self.delegate.state == DelegateState.ACTIVE

    @property
    def is_suspended(self) -> bool:
        """Whether they take no part for now. They keep their roles, which give them no right meanwhile."""
        return self.delegate is not None and self.delegate.state == DelegateState.SUSPENDED

    def need_unsuspended(self) -> None:
        """Raises SuspendedError."""
        if self.is_suspended:
            raise SuspendedError

    def need_not_in(self, center_id: int) -> None:
        """Raises InThisCenterError if they are a delegate of this Center."""
        if self.is_active and self.center is not None and self.center.id == center_id:
            raise InThisCenterError(self.center)

    def need_free(self) -> None:
        """Raises StandingError unless they are neither registered nor have asked to be."""
        self.need_unsuspended()
        if self.request is not None:
            raise AskedAlreadyError(self.request, self.center)
        if self.is_active and self.center is not None:
            raise InAnotherCenterError(self.center)
        if self.is_active:
            raise IsGuestError


async def standing(session: Session, person_id: int) -> Standing:
    """How somebody stands."""
    led = []
    for holder in await roles.of_person(session, person_id):
        if holder.role in {Role.FOCAL_POINT, Role.DEPUTY}:
            center = await centers.by_id(session, int(holder.scope))
            if center is not None:
                led.append(Led(center, Role(holder.role)))
    delegate = await delegates.of_person(session, person_id)
    if delegate is None:
        return Standing(None, None, None, tuple(led))
    center = None if delegate.center is None else await centers.by_id(session, delegate.center)
    return Standing(delegate, center, await requests.open_of_delegate(session, delegate.id), tuple(led))
