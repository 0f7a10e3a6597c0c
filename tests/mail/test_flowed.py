"""format=flowed (RFC 3676): what is joined, and what never is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.mail.flowed import unflow

CASES = {
    "a \nb\nc": "a b\nc",
    "> a \n> b\nc": "> a b\nc",
    "> a \n>> b \n> c": "> a\n>> b\n> c",
    ">>a \n>>  b": ">> a  b",
    "a \n-- \nAda": "a\n-- \nAda",
    "> a \n> -- \n> Ada": "> a\n> -- \n> Ada",
    " From here": "From here",
    " >typed": " >typed",
    "a \n\nb": "a\n\nb",
    "a \n": "a\n",
    ">\n>": ">\n>",
    "": "",
}


@pytest.mark.parametrize(("raw", "whole"), CASES.items())
def test_paragraphs(raw: str, whole: str) -> None:
    assert unflow(raw) == whole


def test_delsp_takes_the_space_away() -> None:
    assert unflow("こん \nにちは\n", delsp=True) == "こんにちは\n"


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab >-\n", max_size=60))
def test_no_letter_is_lost(raw: str) -> None:
    assert [char for char in unflow(raw) if char in "ab"] == [char for char in raw if char in "ab"]
