"""What became of somebody's registration: their own, and that of the Center that they registered."""

from __future__ import annotations

from dataclasses import dataclass

from bot.members import registering
from bot.members.registering import Own
from bot.members.standing import Standing, standing
from storage import centers, requests
from storage.records.members import Center, CenterState, DelegateState, Request, RequestState
from storage.session import Session


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was declined, and why; `center` is None where it was somebody's own registration."""

    reason: str | None
    center: Center | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """How somebody stands. `own` is the Center that they register or lead; what was declined counts until then."""

    standing: Standing
    own: Own | None
    refusal: Refusal | None

    @property
    def is_nothing(self) -> bool:
        """Whether they have registered nothing yet."""
        return self.standing.delegate is None and self.own is None and self.refusal is None


async def of_person(session: Session, person_id: int) -> Registration:
    """How somebody stands; of nobody else is anything told."""
    now, own = await standing(session, person_id), await registering.own(session, person_id)
    if now.delegate is not None and now.delegate.state == DelegateState.DECLINED:
        request = await requests.latest_of_delegate(session, now.delegate.id)
        return Registration(now, own, Refusal(_reason(request, person_id)))
    return Registration(now, own, None if own is not None else await _declined_center(session, person_id))


async def _declined_center(session: Session, person_id: int) -> Refusal | None:
    """The Center that they registered last, if it was declined."""
    registered = await centers.of_person(session, person_id)
    if not registered or registered[-1].state != CenterState.DECLINED:
        return None
    request = await requests.latest_of_center(session, registered[-1].id)
    return Refusal(_reason(request, person_id), registered[-1])


def _reason(request: Request | None, person_id: int) -> str | None:
    is_theirs = request is not None and request.person_id == person_id and request.state == RequestState.DECLINED
    return request.reason if request is not None and is_theirs else None
