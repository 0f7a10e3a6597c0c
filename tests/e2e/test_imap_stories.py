"""I1 to I8 in short, with a whole daemon on a real Dovecot; tests/soak/mailbox.py has the long forms."""

from __future__ import annotations

from imapclient.imap_utf7 import encode

from tests.daemonprocess import crlf
from tests.servers import wait_for

from . import mailboxes

FOLDER, DONE = "INBOX/Über & drüber", "Erledigt/2026 (ältere) für 日本"


def utf7(name: str) -> str:
    """A folder's name as IMAP writes it (RFC 3501 section 5.1.3)."""
    return '"' + encode(name).decode() + '"'


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


def test_I8_a_mail_by_two_roads_is_one_post_and_what_is_not_ours_is_told() -> None:
    """Two accounts, folders with odd names, a list each; the door beside; a mailbox for all lists, and one for one."""
    news = '\n[[list]]\nname = "news"\naddress = "news@bridge.test"\ntitle = "News"\n'
    with mailboxes.box(news, folder=FOLDER, done_folder=DONE) as made:
        both, bcc = mailboxes.mail(1), mailboxes.mail(2, to="friends:;")
        stranger = mailboxes.mail(3, to="someone@elsewhere.example")
        made.daemon.send((mailboxes.ADA, "forum@bridge.test", both))
        with made.dovecot.session("alice") as imap:
            for raw in (both, bcc, stranger):
                imap.append(utf7(FOLDER), "", "", crlf(raw))
        made.settle(4)
        assert sorted(made.posts()) == [f"{n}@members.example" for n in (1, 2, 3)]
        rows = dict(made.ask("select message_id || ' ' || via, outcome || ' ' || code from ledger"))
        assert rows == {
            "1@members.example smtp": "posted ", "1@members.example imap": "ignored duplicate",
            "2@members.example imap": "posted ", "3@members.example imap": "posted ",
        }  # fmt: skip
        wait_for(lambda: made.dovecot.count("alice", utf7(DONE)) == 3, 10, "the mails in the other folder")


def test_I8_without_a_list_what_names_none_of_ours_is_ignored_with_its_reason() -> None:
    news = '\n[[list]]\nname = "news"\naddress = "news@bridge.test"\ntitle = "News"\n'
    with mailboxes.box(news, list="") as made:
        made.put(mailboxes.mail(1), mailboxes.mail(2, to="someone@elsewhere.example"))
        made.settle(2)
        rows = made.ask("select outcome, code from ledger order by message_id")
        assert rows == [("posted", ""), ("ignored", "not-ours")]
