"""Promise P2: whatever comes in, the log holds no token, no word of a mail, and no whole address."""

from __future__ import annotations

import logging
import re

import pytest

from bridge import maillog
from bridge.mail.envelope import Envelope
from bridge.store import lists, queue
from bridge.store.queue import Result

from .conftest import ADA, BO, CY, Post
from .test_bounces import letter_to, report

BODY = "The treasure lies below the pear tree, call 01632 960123."


def lines(caplog: pytest.LogCaptureFixture) -> str:
    """All that every library would have written, as lines for people and as JSON."""
    forms = (maillog.Lines(json=False), maillog.Lines(json=True))
    return "\n".join(form.format(record) for record in caplog.records for form in forms)


def test_P2_no_token_no_word_and_no_address_in_the_log(
    post: Post, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    post.room.store.write(lambda tx: lists.appoint(tx, 1, [CY], post.clock[0]))
    post.receive(post.mail(ADA, BODY, subject="Pear tree"))
    _, back = letter_to(post, BO)
    letters = [raw for _, raw in post.letters()]
    for status, said in (("5.7.26", f"550 <{BO}> refused, see reply+{'a2' * 16}@x"), ("5.1.1", BO)):
        post.receive(report(back, status=status, words=said), back, sender="")
        post.receive(post.mail(ADA, BODY, subject="Pear tree"))
        _, back = letter_to(post, BO)
    post.receive(
        post.mail(BO, "unsubscribe", to="general-request@forum.example"), "general-request@forum.example"
    )
    post.receive(post.mail("eve@elsewhere.example", BODY))
    post.room.tell_moderators()
    due = post.due()
    letters += [post.room.letter(one).fill(post.room.addresses(one)[1]) for one in due]
    results = [Result(one.id, "failed", f"550 5.1.1 <{one.address}> {BODY}", post.clock[0]) for one in due]
    post.room.store.write(lambda tx: queue.record(tx, results, post.clock[0]))
    post.room.look_after_bounces()

    def breaks(raw: bytes, *_: object) -> None:
        raise ValueError(f"{ADA}: {'k3' * 16}\n{raw.decode()}")

    monkeypatch.setattr(post.room, "read", breaks)
    post.room.receive(post.room.keep(Envelope(ADA, ("general@forum.example",), BODY.encode()), "smtp"))
    log = lines(caplog)
    tokens = {found for raw in letters for found in re.findall(r"\+([a-z2-7]{26,60})@", raw.decode())}
    assert tokens and {"walked", "walk failed", "refused by policy", "standing"} <= {
        record.message for record in caplog.records
    }
    secrets = (*tokens, "a2" * 16, "k3" * 16, ADA, BO, CY, "eve@", "pear tree", "01632", "treasure")
    assert [secret for secret in secrets if secret.lower() in log.lower()] == []
