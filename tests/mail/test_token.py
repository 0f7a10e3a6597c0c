"""Tokens: what we minted reads the same in any case, and nothing else reads."""

import base64
import hmac
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.mail.token import ALPHABET, Purpose, Tokens

NUMBER = st.integers(0, 2**40 - 1)
OURS = Tokens(b"a secret of ours, long enough")


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(Purpose), NUMBER, NUMBER)
def test_round_trip_in_any_case(purpose: Purpose, first: int, second: int) -> None:
    token = OURS.mint(purpose, first, second)
    assert OURS.read(purpose, token) == (first, second)
    assert OURS.read(purpose, token.upper()) == (first, second)
    assert len(f"{purpose.value}+{token}") <= 64
    assert token == token.lower() and token.isalnum()
    assert all(OURS.read(other, token) is None for other in Purpose if other is not purpose)


@settings(max_examples=100, deadline=None)
@given(NUMBER, NUMBER, st.integers(0, 60), st.sampled_from("abcxyz234567"))
def test_one_letter_changed_is_worth_nothing(first: int, second: int, at: int, letter: str) -> None:
    token = OURS.mint(Purpose.REPLY, first, second)
    at %= len(token) - 1  # the last letter may hold bits that stand for nothing
    changed = token[:at] + letter + token[at + 1 :]
    assert OURS.read(Purpose.REPLY, changed) is None or changed == token


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_junk_never_reads(junk: str) -> None:
    assert OURS.read(Purpose.REPLY, junk) is None


def test_A1_a_token_has_one_spelling_but_for_capitals() -> None:
    token = OURS.mint(Purpose.UNSUBSCRIBE, 1, 1)
    assert len(token) * 5 % 8, "there are bits that say nothing"
    others = [token + "=", token + "a", *(token[:-1] + letter for letter in ALPHABET if letter != token[-1])]
    assert not any(OURS.read(Purpose.UNSUBSCRIBE, other) for other in others)


def test_secrets_change_without_losing_what_is_out() -> None:
    old, new = b"the old secret", b"the new secret"
    token = Tokens(old).mint(Purpose.UNSUBSCRIBE, 3, 4)
    assert Tokens(new, [old]).read(Purpose.UNSUBSCRIBE, token) == (3, 4)
    assert Tokens(new).read(Purpose.UNSUBSCRIBE, token) is None
    assert Tokens(new, [old]).mint(Purpose.REPLY, 1, 2) == Tokens(new).mint(Purpose.REPLY, 1, 2)


@given(st.binary(max_size=100), st.sampled_from(Purpose), NUMBER, NUMBER)
def test_it_is_the_base32_and_the_hmac_of_the_standards(
    secret: bytes, purpose: Purpose, first: int, second: int
) -> None:
    token = Tokens(secret).mint(purpose, first, second)
    raw = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    expected = hmac.digest(secret, purpose.value.encode() + b"\0" + raw[:-16], "sha256")
    assert raw[-16:] == expected[:16]


@given(st.sampled_from(Purpose), st.lists(st.tuples(NUMBER, NUMBER), min_size=1, max_size=40))
def test_many_at_once_are_those_of_one_by_one(purpose: Purpose, numbers: list[tuple[int, int]]) -> None:
    one_by_one = [OURS.mint(purpose, *pair) for pair in numbers]
    assert [token.decode() for token in OURS.mint_all(purpose, numbers)] == one_by_one


@pytest.mark.parametrize("numbers", [(-1, 0), (0, 2**40), (2**63, 0)])
def test_numbers_out_of_range(numbers: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="numbers"):
        OURS.mint(Purpose.REPLY, *numbers)


def test_A1_no_token_is_guessed_shared_or_good_for_anything_else() -> None:
    tokens = Tokens(b"k" * 32)
    issued = {tokens.mint(Purpose.REPLY, person, post) for person in range(200) for post in range(500)}
    assert len(issued) == 100_000  # tests/soak/tokens.py: a million
    chance = random.Random(1)
    alphabet = "abcdefghijklmnopqrstuvwxyz234567"
    sample = chance.choice(sorted(issued))
    for _ in range(100_000):  # a guess with the right numbers in it: only the 128 bits of the MAC are unknown
        guess = sample[:8] + "".join(chance.choices(alphabet, k=len(sample) - 8))
        assert tokens.read(Purpose.REPLY, guess) is None or guess in issued
    for place in range(len(sample) - 1):
        turned = sample[:place] + ("a" if sample[place] != "a" else "b") + sample[place + 1 :]
        assert tokens.read(Purpose.REPLY, turned) is None
    bound = tokens.read(Purpose.REPLY, sample)
    assert bound is not None and tokens.read(Purpose.REPLY, sample.upper()) == bound
    assert all(tokens.read(other, sample) is None for other in Purpose if other is not Purpose.REPLY)
    assert Tokens(b"x" * 32).read(Purpose.REPLY, sample) is None
