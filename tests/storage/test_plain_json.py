"""What is kept and sent as JSON says the same when it is read again."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import plain_json

TEXTS = st.text() | st.text(st.characters(codec=None))  # the latter with halves of surrogate pairs
WHOLE = st.integers(min_value=-(2**63), max_value=2**64 - 1)
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=20,
)


@given(VALUES)
def test_what_is_written_is_read_as_it_was(value: object) -> None:
    text = plain_json.written(value)
    assert plain_json.read(text) == value
    assert json.loads(text) == value  # as any other program reads it
    assert text.encode()  # it can be stored


@given(VALUES)
def test_what_is_sent_is_utf_8(value: object) -> None:
    whole = json.loads(json.dumps(value, ensure_ascii=False).encode(errors="replace"))
    assert plain_json.read(plain_json.sent(value)) == whole


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"\ud83d"', "\ud83d"),
        (b'"\xff"', "\N{REPLACEMENT CHARACTER}"),
        (str(-(2**63) - 1), float(-(2**63))),
        (str(2**64 + 1), float(2**64)),
        ("[" * 500 + "]" * 500, None),
    ],
)
def test_what_is_unusual_is_read(text: str | bytes, value: object) -> None:
    found = plain_json.read(text)
    assert found == value if value is not None else isinstance(found, list)


@pytest.mark.parametrize("text", ["", "{", b"\xff", "[1,]", "nothing"])
def test_what_is_no_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        plain_json.read(text)


@pytest.mark.parametrize("value", [date(2027, 3, 1), object(), {"when": date(2027, 3, 1)}, {1, 2}])
@pytest.mark.parametrize("write", [plain_json.written, plain_json.sent])
def test_what_is_not_of_jsons_kinds_is_refused(write: object, value: object) -> None:
    assert callable(write)
    with pytest.raises(TypeError):
        write(value)
