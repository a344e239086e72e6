"""The state of a list fits into a button, and comes out of it as it went in."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.members.listing import Listing
from bot.places.regions import Region
from handlers.views.list_state import PATTERN, packed, unpacked
from storage.records.members import CenterKind, CenterState, DelegateState, Focus

NUMBERS = st.integers(0, 999_999_999)
LONGEST = "curate:suspend:c999999999", "card:c999999999:{state}", "pick:is_guest:{state}", "find:country:{state}"


@st.composite
def listings(draw: st.DrawFn) -> Listing:
    is_centers = draw(st.booleans())
    return Listing(
        is_centers=is_centers,
        search=draw(NUMBERS),
        state=draw(st.none() | st.sampled_from(CenterState if is_centers else DelegateState)),
        kind=draw(st.none() | st.sampled_from(CenterKind)),
        focus=draw(st.none() | st.sampled_from(Focus)),
        region=draw(st.none() | st.sampled_from(Region)),
        is_guest=draw(st.none() | st.booleans()),
        country=draw(st.none() | st.sampled_from(("KE", "CH"))),
        center=draw(NUMBERS),
        page=draw(st.integers(0, 9_999)),
    )


@given(listings())
def test_it_comes_out_as_it_went_in(listing: Listing) -> None:
    assert unpacked(packed(listing)) == listing
    assert re.fullmatch(PATTERN, packed(listing))


def test_the_longest_fits_into_a_button() -> None:
    longest = Listing(
        is_centers=False, search=999_999_999, state=DelegateState.MERGED, kind=CenterKind.PROGRAM, focus=Focus.MIXED,
        region=Region.OCEANIA, is_guest=True, country="KE", center=999_999_999, page=9_999,
    )  # fmt: skip
    for data in LONGEST:
        assert len(data.format(state=packed(longest)).encode()) <= 64
    assert unpacked(packed(replace(longest, page=0))) == replace(longest, page=0)


@given(st.text(max_size=64))
def test_whatever_is_forged_is_none_or_a_list(text: str) -> None:
    found = unpacked(text)
    assert found is None or isinstance(found, Listing)
