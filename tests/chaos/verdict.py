"""What a trial came to: all checks, and its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.sandbox.updates import FIRST_UPDATE_ID
from tests.chaos import invariants
from tests.chaos.evidence import Tables, Witness, tables, told
from tests.chaos.first_schema import QUEUED
from tests.chaos.flatness import stays_flat
from tests.chaos.invariants import Violation
from tests.chaos.lives import recorded, rows
from tests.chaos.plan import IN_FLIGHT
from tests.chaos.registered import registered_as_told, roles_are_given
from tests.chaos.trial import Trial
from tests.chaos.vitals import by_age, thirds, typical
from tests.conftest import TOKEN

NOT_PRIVATE = frozenset({"kind", "focus", "country", "nationality", "languages", "time_zone", "privacy", "shown"})
SHORT = 4


async def violations(trial: Trial) -> list[Violation]:
    """Everything that does not hold."""
    lives, path = trial.lives, trial.lives.path
    kept = tables(path, trial.clock.now_us())
    twice = frozenset(lives.known | lives.unanswered)
    witnesses = [
        Witness(one.claims, told(await one.who.phone.messages(), one.claims.person, twice, trial.town.titles))
        for one in trial.residents
    ]
    group_id = trial.deciders[0].phone.chat_id
    group = told(await trial.deciders[0].phone.messages(), group_id, twice, trial.town.titles)
    found = [Violation("nobody waits in vain", trouble) for trouble in trial.town.troubles]
    if trial.status != 0:
        found.append(Violation("the bot ends when it is told to", f"exit status {trial.status}"))
    found += elders_are_answered(trial, witnesses)
    found += said_and_kept(trial, kept, witnesses)
    found += invariants.letters_reach_the_group(group, [one.claims for one in trial.residents])
    found += registered_as_told(trial.crowd, path)
    members = (trial.deciders[0].phone.id, trial.deciders[1].phone.id)
    found += roles_are_given(trial.crowd, members, kept["roles"])
    found += invariants.nothing_came_twice(lives.made, recorded(path), lives.kills, lives.unanswered, IN_FLIGHT)
    found += invariants.order_is_kept(kept["sent"], lives.made - twice)
    found += invariants.nothing_is_left(kept)
    found += invariants.log_is_discreet(lives.log.read_text(encoding="utf-8"), private(trial), TOKEN)
    return found + stays_flat(lives.samples)


def said_and_kept(trial: Trial, kept: Tables, witnesses: list[Witness]) -> list[Violation]:
    claims, office = [one.claims for one in witnesses], trial.office
    return [
        *invariants.answers_are_complete_and_in_order(witnesses),
        *invariants.sessions_are_starred_as_told(claims, kept["stars"]),
        *invariants.taking_part_is_as_told(claims, kept["taking part"]),
        *invariants.wishes_are_as_told(claims, kept["official only"]),
        *invariants.questions_are_kept(claims, kept["questions"]),
        *invariants.letters_are_kept(claims, office.replies, kept["letters"]),
        *invariants.replies_arrive_in_order(witnesses, office.replies),
        *invariants.announcements_reach_everybody(office.announced, witnesses, kept["recipients"]),
        *invariants.reminders_come_once(witnesses, kept["reminders"]),
        *invariants.places_are_not_given_twice(kept["places"]),
    ]


def elders_are_answered(trial: Trial, witnesses: list[Witness]) -> list[Violation]:
    """What the first version had queued goes out once; what it had not handled is a question of theirs."""
    found = []
    elders = {one.id for one in trial.elders}
    for one in witnesses:
        if one.claims.person in elders:
            count = sum(message.text == QUEUED for message in one.told)
            if count != 1:
                found.append(Violation("the old outbox goes out", f"person {one.claims.person}: {count} times"))
    return found


def private(trial: Trial) -> Iterator[str]:
    """All that people typed, and their names."""
    for one in trial.residents:
        yield from one.claims.texts
    for applicant in (*trial.crowd.founders, *trial.crowd.delegates, *trial.crowd.guests):
        typed = [answer.typed for name, answer in applicant.answers.items() if name not in NOT_PRIVATE]
        yield from (text.strip() for text in typed if len(text) > SHORT)
    for person in trial.sandbox.world.persons.values():
        yield person.first_name
    yield "41446681800"
    yield from (text for _person, text in trial.office.replies)
    yield from (one.text for one in trial.office.announced)


def figures(trial: Trial) -> Iterator[str]:
    """What the trial was, in figures, a line each."""
    plan, lives = trial.plan, trial.lives
    yield f"seed {plan.seed}, {plan.seconds / 60:g} minutes of kills, {trial.took_s / 60:.1f} in all"
    yield (
        f"people {plan.people}: {plan.founders} register a Center, {plan.delegates} join one, {plan.guests} guests, "
        f"{plan.outsiders} strangers, {plan.elders} known to the first version"
    )
    acts = ", ".join(f"{name} {count}" for name, count in sorted(trial.town.acts.items()))
    yield f"acts {trial.town.acts.total()}: {acts}; answers typed into forms {trial.tally.typed}"
    [(updates,)] = rows(lives.path, "SELECT max(update_id) FROM inbox")
    updates += 1 - FIRST_UPDATE_ID
    yield f"updates {updates}, messages sent {len(lives.made)}, calls {trial.sandbox.world.log.last_seq}"
    yield f"upgrade killed at schema versions {lives.cut_at}"
    lived = sorted(kill.lived_s for kill in lives.kills)
    yield f"kills {len(lives.kills)}, after {lived[0]:.1f} to {lived[-1]:.1f} s of life" if lived else "kills 0"
    in_flight = Counter(len(kill.in_flight) for kill in lives.kills)
    yield (
        f"in flight at kills {sum(len(kill.in_flight) for kill in lives.kills)} of at most "
        f"{IN_FLIGHT * len(lives.kills)} ({', '.join(f'{n}: {times} times' for n, times in sorted(in_flight.items()))})"
    )
    yield f"answers lost by the network {len(lives.unanswered)}"
    yield f"came twice at most {len(lives.known | lives.unanswered)}"
    yield "faults " + ", ".join(f"{kind} {hits}" for kind, hits in sorted(trial.faults.items()))
    yield f"announcements {len(trial.office.announced)}, replies of the Secretariat {len(trial.office.replies)}"
    for younger, older in ((20.0, 60.0), (60.0, 180.0), (180.0, 600.0)):
        samples = by_age(lives.samples, younger, older)
        if len(samples) >= 3:
            (before, opened), (after, open_now) = (typical(third) for third in thirds(samples))
            yield (
                f"from {younger:.0f} to {older:.0f} s of age ({len(samples)} samples), first and last third: "
                f"{before:.0f} and {after:.0f} MiB, {opened:.0f} and {open_now:.0f} file handles"
            )


def wrongs(found: list[Violation]) -> Iterator[str]:
    """Violations, a line each, of each kind not more than can be read."""
    by_kind: dict[str, list[Violation]] = {}
    for one in found:
        by_kind.setdefault(one.invariant, []).append(one)
    for kind, ones in by_kind.items():
        yield from (f"VIOLATED {one}" for one in ones[: invariants.AT_MOST_TOLD])
        if len(ones) > invariants.AT_MOST_TOLD:
            yield f"VIOLATED {kind}: {len(ones) - invariants.AT_MOST_TOLD} more"
