"""A short trial of everything at once; and that each of its checks can fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.chaos import invariants
from tests.chaos.claims import UNKNOWN, Answered, Claims, want_official
from tests.chaos.evidence import QUERIES, Tables, Told, Witness
from tests.chaos.flatness import stays_flat
from tests.chaos.invariants import Violation
from tests.chaos.lives import Kill
from tests.chaos.office import Announced
from tests.chaos.plan import IN_FLIGHT, planned
from tests.chaos.registered import agree, roles_are_given
from tests.chaos.trial import trial
from tests.chaos.verdict import figures, violations, wrongs
from tests.chaos.vitals import Sample
from tests.chat import Phone
from tests.conftest import TOKEN
from tests.crowd import Applicant, Crowd
from tests.registrants import Registrant, Tally

SEED = 7
MINUTES = 0.15


@pytest.mark.timeout(600)
async def test_a_short_trial(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with trial(planned(SEED, MINUTES), tmp_path) as ended:
        found = await violations(ended)
        with capsys.disabled():
            print("", *figures(ended), *wrongs(found), sep="\n")
        assert found == []
        assert len(ended.lives.kills) >= ended.plan.kills_at_least
        assert ended.town.acts.total() > 0


def somebody(*told: Told, **claims: object) -> Witness:
    """Somebody who claims this and was told that."""
    return Witness(Claims(1001, **claims), told)  # type: ignore[arg-type]


def kinds(found: Sequence[Violation]) -> set[str]:
    return {one.invariant for one in found}


ASKED = somebody(Told(1, "", answer="about"), Told(2, "", answer=UNKNOWN), expected=["about", UNKNOWN])


@pytest.mark.parametrize(
    "told",
    [(), (Told(1, "", answer="about"),), (Told(1, "", answer=UNKNOWN), Told(2, "", answer="about")),
     (*ASKED.told, Told(3, "", answer=UNKNOWN))],
    ids=["none", "one is missing", "the other way round", "one twice"],
)  # fmt: skip
def test_answers_that_are_missing_twice_or_out_of_order_are_found(told: tuple[Told, ...]) -> None:
    assert invariants.answers_are_complete_and_in_order([ASKED]) == []
    wrong = replace(ASKED, told=told)
    assert kinds(invariants.answers_are_complete_and_in_order([wrong])) == {"answers in order"}


def test_stars_that_are_lost_or_that_nobody_set_are_found() -> None:
    claims = [Claims(1001, starred={7})]
    assert invariants.sessions_are_starred_as_told(claims, [(1001, 7)]) == []
    assert kinds(invariants.sessions_are_starred_as_told(claims, [])) == {"stars"}
    assert kinds(invariants.sessions_are_starred_as_told([Claims(1001)], [(1001, 7)])) == {"stars"}


def test_taking_part_otherwise_than_told_is_found() -> None:
    claims = [Claims(1001, taking_part=Answered.IN_PERSON, segment="police")]
    kept = (1001, "registered", "in_person", "police")
    assert invariants.taking_part_is_as_told(claims, [kept]) == []
    for other in ([], [(1001, "withdrawn", None, None)], [(1001, "registered", "in_person", "military")],
                  [kept, (1002, "registered", "online", "police")]):  # fmt: skip
        assert kinds(invariants.taking_part_is_as_told(claims, other)) == {"taking part"}


def test_wishes_that_are_lost_are_found() -> None:
    claims = [Claims(1001, only_official=True)]
    assert invariants.wishes_are_as_told(claims, [(1001,)]) == []
    assert kinds(invariants.wishes_are_as_told(claims, [])) == {"announcements wanted"}


def test_questions_and_letters_that_are_lost_or_kept_twice_are_found() -> None:
    claims = [Claims(1001, questions=["Q"], letters=["L"])]
    assert invariants.questions_are_kept(claims, [(1001, "Q")]) == []
    assert kinds(invariants.questions_are_kept(claims, [(1001, "Q"), (1001, "Q")])) == {"questions kept"}
    letters = [(1001, "to_staff", "L"), (1001, "to_staff", "Q"), (1001, "to_person", "R")]
    assert invariants.letters_are_kept(claims, [(1001, "R")], letters) == []
    assert kinds(invariants.letters_are_kept(claims, [(1001, "R")], letters[1:])) == {"letters to the Secretariat"}
    assert kinds(invariants.letters_are_kept(claims, [], letters)) == {"letters of the Secretariat"}


def test_letters_that_are_carried_out_of_order_are_found() -> None:
    claims = [Claims(1001, letters=["L 1", "L 2"])]
    group = [Told(1, "L 1"), Told(2, "L 2")]
    assert invariants.letters_reach_the_group(group, claims) == []
    assert kinds(invariants.letters_reach_the_group(group[::-1], claims)) == {"letters in the group"}
    replies = [(1001, "Reply 1"), (1001, "Reply 2")]
    told = [Told(3, "The Secretariat:\nReply 1"), Told(4, "The Secretariat:\nReply 2")]
    assert invariants.replies_arrive_in_order([somebody(*told)], replies) == []
    assert kinds(invariants.replies_arrive_in_order([somebody(*told[::-1])], replies)) == {"replies in order"}
    assert kinds(invariants.replies_arrive_in_order([somebody(*told, told[1])], replies)) == {"replies in order"}


def test_announcements_that_are_lost_come_twice_or_to_others_are_found() -> None:
    text = "Announcement 10"
    announced, kept = [Announced(text, frozenset())], [(text, 1001, "sent", 1)]
    reader = somebody(Told(1, text), read={text})
    assert invariants.announcements_reach_everybody(announced, [reader], kept) == []
    for told in ((), (Told(1, text), Told(2, text))):
        wrong = invariants.announcements_reach_everybody(announced, [replace(reader, told=told)], kept)
        assert kinds(wrong) == {"announced once"}
    unread = invariants.announcements_reach_everybody(announced, [somebody(Told(1, text))], kept)
    assert kinds(unread) == {"read"}
    not_for = [Announced(text, frozenset({1001}))]
    wrong = invariants.announcements_reach_everybody(not_for, [reader], kept)
    assert kinds(wrong) == {"announced to whom it is for"}


def test_who_chooses_other_announcements_meanwhile_may_get_one_or_not() -> None:
    claims = [Claims(1001, only_official=True, choices=2), Claims(1002)]
    before = want_official(claims)
    assert before == {(1001, 2)}
    assert before & want_official(claims) == before
    under_way = [Claims(1001, only_official=True, choices=3), Claims(1002, choices=1)]
    there_and_back = [Claims(1001, only_official=True, choices=6), Claims(1002)]
    for meanwhile in (under_way, there_and_back):
        assert before & want_official(meanwhile) == set()
    assert want_official(under_way) == set()


def test_reminders_that_come_twice_and_places_that_are_given_twice_are_found() -> None:
    reminder = Told(1, "It begins on Monday", ("reminders:show",))
    assert invariants.reminders_come_once([somebody(reminder)], [(1001, 1)]) == []
    assert kinds(invariants.reminders_come_once([somebody(reminder, reminder)], [(1001, 1)])) == {"reminders"}
    assert kinds(invariants.reminders_come_once([somebody()], [(1001, 1)])) == {"reminders"}
    assert invariants.places_are_not_given_twice([(2, 2)]) == []
    assert kinds(invariants.places_are_not_given_twice([(2, 3)])) == {"places"}


def test_what_comes_twice_without_having_been_in_flight_is_found() -> None:
    kill = Kill(1.0, 1.0, frozenset({(1001, 2)}))
    made = {(1001, 1), (1001, 2), (1001, 3)}
    assert invariants.nothing_came_twice(made, {(1001, 1)}, [kill], {(1001, 3)}, IN_FLIGHT) == []
    assert kinds(invariants.nothing_came_twice(made, {(1001, 1)}, [kill], (), IN_FLIGHT)) == {"nothing twice"}
    many = replace(kill, in_flight=frozenset((1001, number) for number in range(IN_FLIGHT + 1)))
    assert kinds(invariants.nothing_came_twice((), (), [many], (), IN_FLIGHT)) == {"in flight"}


def test_messages_out_of_order_are_found() -> None:
    made = {(1001, 1), (1001, 2)}
    assert invariants.order_is_kept([(1001, 0, 10, 1), (1001, 0, 11, 2)], made) == []
    assert invariants.order_is_kept([(1001, 0, 10, 2), (1001, 2, 11, 1)], made) == []
    assert kinds(invariants.order_is_kept([(1001, 0, 10, 2), (1001, 0, 11, 1)], made)) == {"order"}


@pytest.mark.parametrize(
    ("table", "row", "invariant"),
    [
        ("inbox left", (7, "set_aside", "ValueError"), "inbox is empty"),
        ("outbox left", (7, "failed", "sendMessage", "Bad Request"), "outbox is empty"),
        ("undecided", (7, "join", "open"), "everything was decided"),
        ("decided", ("center:7", 2), "decided once"),
        ("integrity", ("row 7 missing from index",), "integrity_check"),
        ("foreign keys", ("roles", 7, "people", 0), "foreign_key_check"),
    ],
)
def test_what_is_left_or_broken_is_found(table: str, row: tuple[object, ...], invariant: str) -> None:
    sound = Tables({**dict.fromkeys(QUERIES, ()), "integrity": [("ok",)], "decided": [("center:7", 1)]})
    assert invariants.nothing_is_left(sound) == []
    assert kinds(invariants.nothing_is_left(Tables({**sound.found, table: [row]}))) == {invariant}


def test_a_token_and_names_in_the_log_are_found() -> None:
    assert invariants.log_is_discreet("it failed", ["Family 7"], TOKEN) == []
    told = invariants.log_is_discreet(f"/bot{TOKEN}/sendMessage for Given 7 Family 7", ["Family 7"], TOKEN)
    assert kinds(told) == {"no token in the log", "no personal data in the log"}


def test_what_was_typed_and_is_not_kept_so_is_found() -> None:
    who = Registrant(Phone(None, 1001, 1001), None, Tally())  # type: ignore[arg-type]
    one = Applicant(who, {}, {"name": "Center A"}, decisions=["“Center A” is approved, and registered"])
    states = {"state": lambda _one: "approved"}
    kept = {"name": "Center A", "state": "approved"}
    assert agree("Centers", [one], [(1001, kept)], states) == []
    for wrong in ([], [(1001, kept), (1001, kept)], [(1001, {**kept, "name": "A"})], [(1001, kept), (1002, kept)]):
        assert kinds(agree("Centers", [one], wrong, states)) == {"Centers"}


def test_roles_that_are_lost_or_that_nobody_was_given_are_found() -> None:
    who = Registrant(Phone(None, 1001, 1001), None, Tally())  # type: ignore[arg-type]
    crowd = Crowd(None, None, Tally())  # type: ignore[arg-type]
    crowd.founders.append(Applicant(who, {}, {}, decisions=["“Center A” is approved, and registered"]))
    kept = [(7, "secretariat"), (1001, "focal_point")]
    assert roles_are_given(crowd, [7], kept) == []
    for wrong in (kept[:1], kept[1:], [*kept, (8, "secretariat")]):
        assert kinds(roles_are_given(crowd, [7], wrong)) == {"roles"}


@pytest.mark.parametrize(("mib", "handles"), [(1.0, 0), (0.0, 1)], ids=["memory", "file handles"])
def test_what_grows_without_end_is_found(mib: float, handles: int) -> None:
    flat = [Sample(1, second, second, 250.0 + second % 3, 20 + second % 3) for second in range(300)]
    assert stays_flat(flat) == []
    grows = [replace(one, rss_mib=one.rss_mib + mib * at, handles=one.handles + handles * at)
             for at, one in enumerate(flat)]  # fmt: skip
    assert kinds(stays_flat(grows)) == {"memory is flat" if mib else "file handles are flat"}
