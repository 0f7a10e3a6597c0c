"""What was taken and is not yet recorded outlives a killed process."""

from __future__ import annotations

import stat
from pathlib import Path

from bridge.outbox.journal import Journal, Taken

ONE, TWO, THREE = Taken(1, 100, "250 ok"), Taken(2, 200, "250 2.0.0 kept as x"), Taken(3, 300, "250")


def test_lines_outlive_the_writer(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    journal.note(ONE)
    journal.note(TWO)
    assert Journal(tmp_path / "journal").left_over() == [ONE, TWO]
    assert stat.S_IMODE((tmp_path / "journal.0").stat().st_mode) == 0o600


def test_a_commit_forgets_what_came_before_the_turn_only(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    journal.note(ONE)
    journal.turn()
    journal.note(TWO)
    journal.committed()
    assert journal.left_over() == [TWO]
    journal.turn()
    journal.note(THREE)
    journal.committed()
    assert journal.left_over() == [THREE]


def test_a_commit_that_failed_keeps_its_lines(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    journal.note(ONE)
    journal.turn()  # and the commit fails
    journal.note(TWO)
    journal.turn()
    journal.note(THREE)
    journal.committed()  # of ONE and TWO; the line of ONE may stay, for it is true
    assert THREE in journal.left_over()
    assert TWO not in journal.left_over()


def test_a_line_cut_short_is_left_out(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    journal.note(ONE)
    with (tmp_path / "journal.0").open("ab") as file:
        file.write(b"2\n3 x y\n12 34")
    assert journal.left_over() == [ONE]
    journal.forget()
    assert journal.left_over() == []
    journal.close()


def test_an_answer_stays_on_its_line(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    journal.note(Taken(1, 2, "250 two\nlines"))
    assert journal.left_over() == [Taken(1, 2, "250 two lines")]
