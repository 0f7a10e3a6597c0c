"""The retry schedule and what an answer means."""

from __future__ import annotations

from bridge.outbox.retry import FEWEST, GIVE_UP, MINUTE, Answer, next_try, too_old


def schedule(first: int = 1_000) -> list[int]:
    """The minutes between the attempts of a letter that nobody takes."""
    now, attempts, waits = first, 1, []
    while (due := next_try(attempts, now, first)) is not None:
        waits.append((due - now) // MINUTE)
        now, attempts = due, attempts + 1
    assert now - first > GIVE_UP - 9 * 60 * MINUTE
    return waits


def test_O5_the_schedule() -> None:
    waits = schedule()
    assert waits[:7] == [1, 5, 15, 60, 120, 240, 480]
    assert set(waits[7:]) == {480}
    assert 4 * 24 * 60 < sum(waits) <= 5 * 24 * 60


def test_a_late_first_attempt_still_gets_its_retries() -> None:
    assert next_try(1, GIVE_UP - MINUTE, 0) == GIVE_UP
    assert next_try(FEWEST, GIVE_UP, 0) is None
    assert next_try(FEWEST - 1, GIVE_UP, 0) is not None
    assert next_try(0, 0, 0) == MINUTE


def test_a_letter_grows_too_old_without_any_attempt() -> None:
    assert not too_old(GIVE_UP, 0)
    assert too_old(GIVE_UP + 1, 0)


def test_answers() -> None:
    assert Answer(250, "ok").taken
    assert Answer(251, "ok").taken
    assert Answer(550, "no").refused
    assert not Answer(451, "later").refused
    assert not Answer(451, "later").taken
    assert str(Answer(550, "5.1.1 no\nsuch user")) == "550 5.1.1 no such user"
