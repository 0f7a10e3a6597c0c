"""I1 to I8 in short, with a whole daemon on a real Dovecot; tests/soak/mailbox.py has the long forms."""

from __future__ import annotations

from . import mailboxes


def held(found: mailboxes.Found) -> None:
    well, figures = found
    assert well, figures


def test_I1_a_folder_that_is_renumbered_gives_no_post_twice_and_misses_none() -> None:
    held(mailboxes.renumbered(50))


def test_I2_mails_come_soon_after_each_interruption() -> None:
    held(mailboxes.interrupted(4, 2))


def test_I4_a_mail_that_is_too_large_is_told_once_and_the_rest_comes() -> None:
    held(mailboxes.great(30, 50, 20_000_000))


def test_I5_another_client_that_deletes_and_flags_confuses_nothing() -> None:
    held(mailboxes.disturbed(100))


def test_I6_hostile_mails_hold_up_no_good_one() -> None:
    held(mailboxes.poisoned(20, 30, 3_000))


def test_I7_a_changed_password_is_told_once_and_taken_from_its_file() -> None:
    held(mailboxes.locked_out(3))


def test_I8_two_pollers_and_an_import_post_each_mail_once() -> None:
    held(mailboxes.shared(60))
