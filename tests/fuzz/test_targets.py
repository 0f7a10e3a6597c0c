"""The fuzz targets in short: made-up input, and pieces of real syntax in any order (promise X6)."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile import PIECES, odd

from .targets import GIVEN, TARGETS

BYTES = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
    st.lists(st.sampled_from([*PIECES, *(token.encode() for token in sorted(GIVEN))]), max_size=30).map(
        b"".join
    ),
    st.integers(0, 10**9).map(odd),
)


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_X6_no_parser_raises(name: str, data: st.DataObject) -> None:
    TARGETS[name](data.draw(BYTES))
