"""The 36 mails of a real thread's shape, by SMTP, by Postfix and LMTP, and by IMAP, in three orders each.

The mails are made where the folder `shared/seed` stands beside the checkout; elsewhere this story is skipped, and the
sample thread of `test_sample_thread.py` tells it alone.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import Dovecot, Postfix, Sink

from .conftest import MakeBridge, imap_config
from .story import (
    ORDERS,
    Told,
    by_imap,
    by_postfix,
    by_smtp,
    check_ledger,
    check_letters,
    check_pages,
    check_posts,
    load,
    members,
    ordered,
    settle,
    subscribe,
)

MAKER = Path(__file__).resolve().parents[3] / "shared" / "seed" / "make_mails.py"


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    """The 36 mails, made anew."""
    if not MAKER.exists():
        pytest.skip("no folder shared/seed beside the checkout: its mails are not here")
    folder = tmp_path_factory.mktemp("seed")
    subprocess.run([sys.executable, str(MAKER), str(folder)], check=True, capture_output=True)
    mails = load(folder)
    assert len(mails) == 36
    return mails


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("way", ["smtp", "postfix", "imap"])
def test_the_thread_is_right(
    way: str, order: str, seed: list[Told], bridge: MakeBridge, sink: Sink, request: pytest.FixtureRequest
) -> None:
    mails, people = ordered(seed, order), members(seed)
    if way == "postfix":
        postfix: Postfix = request.getfixturevalue("postfix")
        daemon = bridge(sink=sink, lmtp=postfix.lmtp_port)
        subscribe(daemon, people)
        by_postfix(mails, postfix)
    elif way == "imap":
        dovecot: Dovecot = request.getfixturevalue("dovecot")
        user: str = request.getfixturevalue("mailbox")
        daemon = bridge(sink=sink, more=imap_config(dovecot, user))
        subscribe(daemon, people)
        by_imap(mails, dovecot, user)
    else:
        daemon = bridge(sink=sink)
        subscribe(daemon, people)
        by_smtp(mails, daemon.host, daemon.smtp)
    settle(daemon, len(mails))
    check_posts(daemon.export(), seed)
    check_ledger(daemon.ledger(), seed)
    check_letters(sink.mails, seed, people)
    check_pages(daemon, seed)
    assert not [row for row in daemon.queue() if row.get("state") == "waiting"]
    assert not sink.faults
