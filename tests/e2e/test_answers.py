"""People answer the letters that they got, each with another mail program, and in every way that programs have.

One daemon for the whole story: nine members, each with a program of his own, and a topic that all have received.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest

from tests.mailprograms import PROGRAMS, answer
from tests.servers import Daemon, Sink, config_text, directory, free_port

from .letters import form_faults, header_faults, leaks
from .story import LIST, header, sent_to, settle, subscribe

NAMES = (
    "Ada Lind",
    "Bo Ekström",
    "Chidi Obi",
    "Dana Novák",
    "Emre Kaya",
    "Freya Holm",
    "Gus Marsh",
    "Hana Sato",
    "Ivo Petrov",
)
PAT = "Pat Conaty <pat.conaty@elsewhere.test>"


def address(name: str) -> str:
    """A member's address."""
    return f"{name.split()[0].lower()}@members.test"


Said = dict[str, tuple[str, str, str]]
"""What was said: by Message-ID the name of the writer, the Message-ID that he answers, and his words."""


@dataclass
class Town:
    """The daemon, the letters, and how many mails have been sent to it."""

    daemon: Daemon
    sink: Sink
    program: dict[str, str]
    topic: str = ""
    said: Said = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)
    mails: int = 0
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def send(self, sender: str, raw: bytes, recipients: list[str]) -> str:
        """Send a mail; gives its Message-ID."""
        self.daemon.send((sender, recipients, raw))
        self.mails += 1
        return header(raw, "Message-ID").strip("<>")

    def settle(self) -> dict[str, dict[str, Any]]:
        """Wait until all is done; gives the posts by Message-ID."""
        settle(self.daemon, self.mails)
        return {post["message_id"].strip("<>"): post for post in self.daemon.export()}

    def words(self, name: str) -> str:
        """Something to say that nobody has said before."""
        n = next(self.numbers)
        return (
            f"Number {n} – that is fine with me, naïve as it sounds.\n"
            f"See https://tools.test/shelf_{n}?a=1&b=2 for it.\n\n"
            f"Could we meet on Friday at 5? I'd bring 3 * 2 boxes; {name.split()[0]} can't."
        )

    def answer(self, name: str, message_id: str, words: str, **how: Any) -> str:
        """Answer the letter that `name` got of a post, with his own program; gives the Message-ID."""
        letter = sent_to(self.sink, address(name), message_id)
        raw = answer(letter, self.program[name], words, sender=f"{name} <{address(name)}>", **how)
        to = how.get("to") or header(letter, "Reply-To")
        return self.send(address(name), raw, [re.sub(r".*<|>.*", "", to)])


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    """Nine members, a topic, and one answer of each to the topic."""
    with directory("town") as path, Sink() as sink:
        smtp, web = free_port(), free_port()
        daemon = Daemon(
            path, config_text(data=path / "data", smtp=smtp, web=web, sink=sink.port), smtp=smtp, web=web
        )
        daemon.start()
        try:
            subscribe(daemon, {address(name): name for name in ("Zoe Bell", *NAMES)})
            town = Town(daemon, sink, dict(zip(NAMES, PROGRAMS, strict=True)))
            town.topic = town.send("zoe@members.test", topic(), [LIST])
            town.settle()
            yield town
        finally:
            daemon.kill9()


def topic() -> bytes:
    """The mail that begins it all."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "Zoe Bell <zoe@members.test>"
    mail["To"] = LIST
    mail["Subject"] = "The ladder of our street"
    mail["Date"] = "Fri, 03 May 2024 09:12:00 +0000"
    mail["Message-ID"] = "<topic@members.test>"
    mail.set_content(
        "Who has the long ladder at the moment? The gutter of the library leaks again.\n\n"
        "It should hang behind the door, see https://tools.test/ladder for its number.\n"
    )
    return mail.as_bytes()


def folded(text: str) -> str:
    """A text with its white space folded."""
    return " ".join(text.split())


def check(town: Town, said: Said) -> None:
    """Each answer is a post of its writer, with his words and nothing else, under the post that he answered."""
    posts = town.settle()
    faults = []
    for message_id, (name, parent, words) in said.items():
        post = posts.get(message_id)
        how = f"{town.program[name]} {message_id}"
        if post is None:
            faults.append(
                f"{how}: no post, {[row for row in town.daemon.ledger() if message_id in row['message_id']]}"
            )
            continue
        pairs = {
            "parent": (post["parent"], posts[parent]["post"]),
            "author": (post["author"], name),
            "guest": (bool(post["guest"]), False),
            "text": (folded(post["text"]), folded(words)),
        }
        faults += [
            f"{how} {key}: {is_!r} for {should!r}" for key, (is_, should) in pairs.items() if is_ != should
        ]
    assert not faults, "\n".join(faults)


def round_of_answers(town: Town, step: int, how: Callable[[Town, str, str], dict[str, Any]]) -> Said:
    """Everyone answers the first answer of the one who sits `step` chairs on; 0: the topic."""
    said: Said = {}
    for i, name in enumerate(NAMES):
        parent = town.first[NAMES[(i + step) % len(NAMES)]] if step else town.topic
        words = town.words(name)
        said[town.answer(name, parent, words, **how(town, name, parent))] = (name, parent, words)
    return said


@pytest.fixture(scope="module")
def answered(town: Town) -> Town:
    """The town after everyone has answered the topic in the plainest way."""
    said = round_of_answers(town, 0, lambda *_: {})
    town.first = {name: message_id for message_id, (name, _, _) in said.items()}
    town.settle()
    town.said = said
    return town


def reply_to(town: Town, name: str, parent: str) -> str:
    """The reply address that `name` was given for a post."""
    found = re.search(r"<(reply\+[^>]+)>", header(sent_to(town.sink, address(name), parent), "Reply-To"))
    assert found
    return found[1]


def test_an_answer_lands_under_the_post(answered: Town) -> None:
    check(answered, answered.said)


def test_without_in_reply_to_the_token_tells(answered: Town) -> None:
    check(answered, round_of_answers(answered, 1, lambda *_: {"keep_reply_headers": False}))


def test_a_changed_subject_changes_nothing(answered: Town) -> None:
    check(answered, round_of_answers(answered, 2, lambda *_: {"subject": "Quite another matter"}))
    how = {"keep_reply_headers": False, "subject": "Lunch?"}
    check(answered, round_of_answers(answered, 3, lambda *_: how))


def test_an_upper_cased_token_is_the_same_token(answered: Town) -> None:
    def upper(town: Town, name: str, parent: str) -> dict[str, Any]:
        local, domain = reply_to(town, name, parent).split("@")
        return {"to": f"{local.upper()}@{domain}", "keep_reply_headers": False}

    check(answered, round_of_answers(answered, 4, upper))


def test_to_the_list_alone_the_references_tell(answered: Town) -> None:
    check(answered, round_of_answers(answered, 5, lambda *_: {"to": LIST}))


def test_to_the_list_without_references_the_quote_tells(answered: Town) -> None:
    """The quoted letter holds our permalink; Thunderbird leaves it out, so that only the subject tells the thread."""
    said = round_of_answers(answered, 6, lambda *_: {"to": LIST, "keep_reply_headers": False})
    check(answered, {key: told for key, told in said.items() if answered.program[told[0]] != "thunderbird"})
    posts = answered.settle()
    assert {posts[message_id]["thread"] for message_id in said} == {posts[answered.topic]["thread"]}


def test_everyone_has_every_letter_once(answered: Town) -> None:
    posts = answered.settle()
    everyone = {address(name) for name in ("Zoe Bell", *NAMES)}
    got = Counter(
        (header(copy.content, "Message-ID").strip("<>"), copy.recipients[0]) for copy in answered.sink.mails
    )
    for message_id, post in posts.items():
        if not post["guest"]:
            assert {who: got[message_id, who] for who in everyone} == {
                who: int(who != post["address"]) for who in everyone
            }


def test_O1_O3_the_letters_of_the_town(answered: Town) -> None:
    answered.settle()
    posts = {post["message_id"].strip("<>") for post in answered.daemon.export()}
    letters = [
        copy for copy in answered.sink.mails if header(copy.content, "Message-ID").strip("<>") in posts
    ]
    assert len(letters) > 200
    faults = [
        (copy.recipients, fault)
        for copy in letters
        for fault in (*header_faults(copy), *form_faults(copy.content))
    ]
    assert not faults, faults[:5]
    assert not leaks(letters, [address(name) for name in ("Zoe Bell", *NAMES)])[:5]


# ---- whose answer is it


def test_the_answer_of_someone_copied_is_his_own(answered: Town) -> None:
    """Ada answers and copies Pat; Pat answers all, so to the reply address that was made for Ada."""
    token = reply_to(answered, "Ada Lind", answered.topic)
    letter = sent_to(answered.sink, "ada@members.test", answered.topic)
    words = "Pat knows more about ladders than I do, so I copy him."
    copying = answer(
        letter, "gmail", words, sender="Ada Lind <ada@members.test>", cc=PAT, subject="Re: ladder and Pat"
    )
    adas = answered.send("ada@members.test", copying, [token])
    posts = answered.settle()
    assert posts[adas]["author"] == "Ada Lind"
    pats_words = "Hi Ada, the ladder hangs in my shed; come and fetch it."
    raw = answer(copying, "outlook", pats_words, sender=PAT, to=f"Ada Lind <ada@members.test>, <{token}>")
    pats = answered.send("pat.conaty@elsewhere.test", raw, [token])
    post = answered.settle()[pats]
    assert (post["author"], post["address"], bool(post["guest"])) == (
        "Pat Conaty",
        "pat.conaty@elsewhere.test",
        True,
    )
    assert post["thread"] == posts[adas]["thread"]
    assert folded(post["text"]) == pats_words
    assert post["parent"] in (posts[adas]["post"], posts[answered.topic]["post"])


def test_another_members_token_does_not_change_the_name(answered: Town) -> None:
    token = reply_to(answered, "Chidi Obi", answered.topic)
    words = answered.words("Hana Sato")
    sent = answered.answer("Hana Sato", answered.topic, words, to=token, keep_reply_headers=False)
    check(answered, {sent: ("Hana Sato", answered.topic, words)})


def test_a_stranger_with_a_token_is_held_and_its_owner_asked(answered: Town) -> None:
    before = len(answered.sink.to(address("Emre Kaya")))
    token = reply_to(answered, "Emre Kaya", answered.topic)
    letter = sent_to(answered.sink, address("Emre Kaya"), answered.topic)
    raw = answer(letter, "yahoo", "Buy my ladders.", sender="Mal Lory <mal@strangers.test>", to=token)
    sent = answered.send("mal@strangers.test", raw, [token])
    assert sent not in answered.settle()
    (row,) = [row for row in answered.daemon.ledger() if row["message_id"].strip("<>") == sent]
    assert (row["outcome"], bool(row["reason"]), row["posts"]) == ("held", True, [])
    asked = answered.sink.to(address("Emre Kaya"))[before:]
    assert len(asked) == 1
    assert not answered.sink.to("mal@strangers.test")


def test_who_greets_himself_is_held(answered: Town) -> None:
    sent = answered.answer("Freya Holm", answered.topic, "Hi Freya,\n\nhere is what you asked for.")
    assert sent not in answered.settle()
    (row,) = [row for row in answered.daemon.ledger() if row["message_id"].strip("<>") == sent]
    assert row["outcome"] == "held"
    answered.daemon.cli("held", "release", str(row["id"]))
    assert answered.settle()[sent]["author"] == "Freya Holm"
