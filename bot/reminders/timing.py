"""When a reminder is due: so many days before, at a time of day where the conference is, and by nobody's night.

Days are counted on the calendar and become moments only here, so that a change to or from daylight-saving time in
between shifts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.conferences.moments import local, moment_us
from bot.reminders.occasions import Occasion
from storage.records.durations import DAY_US, MINUTE_US
from storage.records.reminders import Group, Moment

EARLIER_DAYS = (0, 1, 3, 7)
"""How much earlier somebody may want to know."""
LATE_US = 15 * MINUTE_US
"""What goes out so much later than it was due has to look whether it is night by now."""


def due_at(occasion: Occasion, group: Group) -> int:
    """When a rung is due for a group."""
    return awake(_meant_at(occasion, group), occasion, group)


def _meant_at(occasion: Occasion, group: Group) -> int:
    """When a rung would be due for a group if it were nobody's night."""
    rung = occasion.rung
    if occasion.days == 0 and not occasion.is_after:
        return occasion.until - rung.minutes * MINUTE_US
    days = occasion.days if occasion.is_after else -occasion.days
    if not (occasion.is_after or rung.is_formal):
        days -= group.earlier_days
    return moment_us(occasion.day + timedelta(days=days), _time(rung.minutes), occasion.time_zone)


def awake(at_us: int, occasion: Occasion, group: Group) -> int:
    """The first moment from then on that is not in the group's night; at once, if the night ends too late."""
    ends_at = end_of_night(at_us, group, occasion.time_zone)
    return at_us if ends_at is None or ends_at >= occasion.until else ends_at


def end_of_night(at_us: int, group: Group, default_zone: str) -> int | None:
    """When the night ends that it is then for a group; None by day. Whose zone is not known is in the default one."""
    zone = _known(group.time_zone) or default_zone
    there = local(at_us, zone)
    minute, begins, ends = there.hour * 60 + there.minute, group.night_from, group.night_to
    is_night = begins <= minute < ends if begins <= ends else minute >= begins or minute < ends
    if not is_night:
        return None
    day = there.date() + timedelta(days=1 if minute >= ends else 0)
    return max(at_us, moment_us(day, _time(ends), zone))


def due_moments(
    occasions: Sequence[Occasion], groups: Sequence[Group], *, looked_until: int, now: int
) -> Iterator[Moment]:
    """What is due since one has looked last, by group.

    Of what was due meanwhile, or at the same time, before the same event to the same people, the last is sent, if the
    event is still ahead; the others were missed. What is formal is always sent, also to who is entitled only now.
    """
    ordered = sorted(occasions, key=_ladder)
    for _ladder_of, of_one in groupby(ordered, key=_ladder):
        rungs = list(of_one)
        for group in groups:
            due = [(due_at(occasion, group), occasion) for occasion in rungs]
            new = [(at, one) for at, one in due if at <= now and (at > looked_until or _is_owed(one, now))]
            last = max(((at, one.rung.id) for at, one in new), default=None)
            for at, one in new:
                is_missed = one.until <= now or ((at, one.rung.id) != last and not one.rung.is_formal)
                send_at = at if now - at < LATE_US else awake(now, one, group)
                yield _moment(one, group, at, send_at=send_at, day=_day_of(one, group), is_missed=is_missed)


def overtaken(
    occasions: Sequence[Occasion], before: Group, group: Group, *, looked_until: int, now: int
) -> Iterator[Moment]:
    """What somebody who belongs to another group now would have had already; of one ladder, the last."""
    for _ladder_of, of_one in groupby(sorted(occasions, key=_ladder), key=_ladder):
        due = [(due_at(one, group), one) for one in of_one if due_at(one, before) > looked_until and one.until > now]
        late = [(at, one) for at, one in due if at <= looked_until]
        if late:
            yield moment_now(max(late, key=lambda pair: (pair[0], pair[1].rung.id))[1], group, now)


def moment_now(occasion: Occasion, group: Group, now: int) -> Moment:
    """A rung that is sent now, or in the morning."""
    today = local(now, occasion.time_zone).date()
    return _moment(occasion, group, now, send_at=awake(now, occasion, group), day=today, is_missed=False)


def may_be_due(occasion: Occasion, *, looked_until: int, now: int) -> bool:
    """Whether anybody may have to be reminded since one has looked last; more exactly says `due_moments`."""
    earliest, latest = due_at(occasion, _EARLIEST), due_at(occasion, _LATEST) + DAY_US
    return earliest <= now and (latest > looked_until or _is_owed(occasion, now))


_EARLIEST = Group(None, 0, 0, max(EARLIER_DAYS))
_LATEST = Group(None, 0, 0, 0)


def _is_owed(occasion: Occasion, now: int) -> bool:
    return occasion.rung.is_formal and now < occasion.until


def _ladder(occasion: Occasion) -> tuple[str, str, bool]:
    return occasion.event, occasion.rung.audience, occasion.rung.is_formal


def _day_of(occasion: Occasion, group: Group) -> date:
    return local(_meant_at(occasion, group), occasion.time_zone).date()


def _moment(occasion: Occasion, group: Group, at: int, *, send_at: int, day: date, is_missed: bool) -> Moment:
    return Moment(
        rung=occasion.rung.id,
        event=occasion.event,
        session=occasion.session.id if occasion.session else 0,
        group=group,
        due_at=at,
        send_at=send_at,
        day=day,
        is_missed=is_missed,
    )


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def _known(zone: str | None) -> str | None:
    """Lists that were read in may have what is no time zone."""
    try:
        return zone and ZoneInfo(zone).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
