"""Answers to a digest, as mail programs write them: each lands in its thread, or its author is asked."""

from __future__ import annotations

import re
from email.policy import SMTP
from typing import Any
from urllib.parse import unquote

import pytest

from bridge.store import people
from tests.cutting import changed, kept, mail_of, text_of
from tests.mailprograms import PROGRAMS, answer

from .conftest import ADA, BO, CY, SEEDS, START, Post
from .test_digests import digests_of, mode, next_morning

WORDS = "I can come on Saturday, and I bring the grease.\n\nShall we say ten o'clock?"
THREADS = (
    (
        "Who can repair the lathe?",
        "I took the lathe apart, and the belt is cracked in two places, as I feared.",
    ),
    (
        "Keys for the shed",
        "There are two keys, and one of them could go to Freya, who opens on Thursdays.\n\n"
        "The other one I would keep myself, if nobody minds, for the winter at least.",
    ),
    ("Beans and squash", "Six kinds of beans are left from this summer, and the squash is gone altogether."),
)


@pytest.fixture
def digest(post: Post) -> bytes:
    """Ada's digest of three threads in two lists; the second has two posts, the last of them by Cy."""
    mode(post, ADA, "daily")
    for n, (subject, words) in enumerate(THREADS):
        to = SEEDS if n == 2 else "general@forum.example"
        post.receive(post.mail(BO, words, subject=subject, to=to, message_id=f"<t{n}@members.example>"), to)
    post.receive(
        post.mail(CY, "Freya has moved away, so the second key had better go to Emre instead of her.",
                  subject="Re: Keys for the shed", In_Reply_To="<t1@members.example>")
    )  # fmt: skip
    next_morning(post)
    ((_, mail),) = digests_of(post)
    return mail.as_bytes(policy=SMTP)


def ids(post: Post) -> dict[str, int]:
    """Threads by their titles."""
    rows = post.room.store.read(lambda tx: tx.connection.execute("select id, title from thread").fetchall())
    return {row["title"]: row["id"] for row in rows}


def last(post: Post) -> dict[str, Any]:
    """The newest post."""
    return max(post.posts(1) + post.posts(2), key=lambda row: row["id"])


def send(post: Post, raw: bytes, to: str = "") -> Any:
    """Ada's mail comes in, by the address that it is for."""
    mail = mail_of(raw)
    recipient = to or re.sub(r".*<|>.*", "", str(mail["To"]))
    post.room.admit(ADA, recipient)
    return post.receive(raw, recipient, sender=ADA)


@pytest.mark.parametrize(
    ("program", "number"),
    [*((program, 2) for program in PROGRAMS), ("gmail", 1), ("gmail", 3), ("mutt", 1), ("mutt", 3)],
)
def test_what_is_quoted_alone_is_answered(post: Post, digest: bytes, program: str, number: int) -> None:
    titles = [t.group(1) for t in re.finditer(r"^\d\. (.*)$", text_of(mail_of(digest)), re.M)]
    row = send(post, answer(kept(digest, number), program, WORDS, sender=f"Ada <{ADA}>"))
    assert row["outcome"] == "posted", row["reason"]
    new = last(post)
    assert new["thread_id"] == ids(post)[titles[number - 1]]
    assert new["author"] == "Ada" and " ".join(new["text"].split()) == " ".join(WORDS.split())


def test_a_short_line_that_stands_in_one_thread_alone_tells_which(post: Post) -> None:
    mode(post, ADA, "daily")
    for subject, words in (
        ("Cake", "Who brings the cake on Sunday?"),
        ("Ladder", "Where is the ladder, please?"),
    ):
        post.receive(post.mail(BO, f"{words}\n\nThank you all very much.", subject=subject))
    next_morning(post)
    ((_, mail),) = digests_of(post)
    to = str(mail["Reply-To"]).rpartition("<")[2].strip(">")

    def sent(line: str) -> Any:
        return post.receive(post.mail(ADA, f"I do.\n\n> {line}\n", to=to, subject="Re: digest"), to)

    assert sent("Thank you all very much.")["code"] == "which-thread"
    assert sent("Who brings the cake on Sunday?")["outcome"] == "posted"
    assert last(post)["thread_id"] == ids(post)["Cake"]


@pytest.mark.parametrize("program", PROGRAMS)
def test_where_all_is_quoted_he_is_asked_once_and_his_choice_is_posted(
    post: Post, digest: bytes, program: str
) -> None:
    raw = answer(digest, program, WORDS, sender=f"Ada <{ADA}>")
    row = send(post, raw)
    assert (row["outcome"], row["code"]) == ("held", "which-thread")
    assert send(post, raw)["code"] == "duplicate"
    ((_, letter),) = [(a, b) for a, b in post.letters() if b"Which thread" in b and a == ADA]
    question = mail_of(letter)
    assert (
        "](mailto:" not in text_of(question)
        and "1. " in text_of(question)
        and "confirm+" in text_of(question)
    )
    links = re.findall(r'href="mailto:(confirm[^?"]+)[^>]*>([^<]*)</a>', text_of(question, "html"))
    where = {title: unquote(address) for address, title in links if title in ids(post)}
    assert len(where) == 3
    chosen = post.mail(ADA, "", to=where["Keys for the shed"], subject="Post it there")
    assert post.receive(chosen, where["Keys for the shed"])["outcome"] == "command"
    post.room.receive(row["id"])
    assert post.row(row["id"])["outcome"] == "posted", post.row(row["id"])["reason"]
    new = last(post)
    assert new["thread_id"] == ids(post)["Keys for the shed"]
    assert " ".join(new["text"].split()) == " ".join(WORDS.split())
    again = post.receive(post.mail(ADA, "", to=where["Beans and squash"]), where["Beans and squash"])
    assert again["outcome"] == "command" and len(post.posts(1) + post.posts(2)) == 5


def test_the_number_alone_answers_the_question(post: Post, digest: bytes) -> None:
    row = send(post, answer(digest, "mutt", WORDS, sender=f"Ada <{ADA}>"))
    ((_, letter),) = [(a, b) for a, b in post.letters() if b"Which thread" in b]
    question = mail_of(letter)
    listed = re.findall(r"^(\d)\. (.*?)\s*$", text_of(question), re.M)
    assert listed == re.findall(r"^(\d)\. (.*?)\s*$", text_of(mail_of(digest)), re.M), "as in the digest"
    for wrong in ("9", "the second"):
        assert send(post, answer(letter, "gmail", wrong, sender=f"Ada <{ADA}>"))["outcome"] == "held"
    assert send(post, answer(letter, "gmail", "2", sender=f"Ada <{ADA}>"))["outcome"] == "command"
    post.room.receive(row["id"])
    assert last(post)["thread_id"] == ids(post)[listed[1][1]]


@pytest.mark.parametrize("program", ["mutt", "thunderbird"])
def test_words_between_the_lines_answer_what_stands_above_them(
    post: Post, digest: bytes, program: str
) -> None:
    raw = answer(digest, program, "", sender=f"Ada <{ADA}>")
    mail = mail_of(raw)
    text = text_of(mail)
    above = next(line for line in text.splitlines() if "go to Freya" in line)
    mail.set_content(text.replace(above, f"{above}\n\n{WORDS}\n"), cte="8bit")
    assert send(post, mail.as_bytes(policy=SMTP))["outcome"] == "posted"
    new = last(post)
    assert new["thread_id"] == ids(post)["Keys for the shed"]
    assert WORDS.splitlines()[0] in new["text"]
    parent = next(row for row in post.posts(1) if row["id"] == new["parent_id"])
    assert "go to Freya" in parent["text"], "the post itself, not the last of its thread"


@pytest.mark.parametrize("program", ["gmail", "outlook", "outlook-web", "yahoo", "proton"])
def test_words_typed_into_the_quoted_page_answer_what_stands_above_them(
    post: Post, digest: bytes, program: str
) -> None:
    mail = mail_of(digest)
    typed = "".join(f"<div>{line}</div>" for line in WORDS.splitlines() if line)
    page = re.sub(r"(go to Freya[^<]*</p>)", rf"\1{typed}", text_of(mail, "html"))
    row = send(post, answer(changed(mail, text_of(mail), page), program, "", sender=f"Ada <{ADA}>"))
    assert row["outcome"] == "posted", row["reason"]
    assert last(post)["thread_id"] == ids(post)["Keys for the shed"]
    assert "grease" in last(post)["text"]


@pytest.mark.parametrize(("program", "begin"), [("gmail", '<blockquote class="gmail_quote">'),
                                                ("apple-mail", '<blockquote type="cite">')])  # fmt: skip
def test_a_quoted_page_that_is_split_is_answered_at_the_split(
    post: Post, digest: bytes, program: str, begin: str
) -> None:
    mail = mail_of(digest)
    typed = "".join(f"<div>{line}</div>" for line in WORDS.splitlines() if line)
    split = f"</div></div></div></div></div></blockquote>{typed}{begin}<div><div><div><div><div>"
    page = re.sub(r"(>Answer Cy</a></div>)", rf"\1{split}", text_of(mail, "html"))
    assert split in page
    row = send(post, answer(changed(mail, text_of(mail), page), program, "", sender=f"Ada <{ADA}>"))
    assert row["outcome"] == "posted", row["reason"]
    new = last(post)
    assert new["thread_id"] == ids(post)["Keys for the shed"] and "grease" in new["text"]


@pytest.mark.parametrize("program", ["gmail", "mutt"])
def test_the_subject_of_a_thread_names_it(post: Post, digest: bytes, program: str) -> None:
    raw = answer(digest, program, WORDS, sender=f"Ada <{ADA}>", subject="Re: Beans and squash")
    assert send(post, raw)["outcome"] == "posted"
    assert last(post)["thread_id"] == ids(post)["Beans and squash"]


def test_the_reply_address_in_the_digest_names_its_thread(post: Post, digest: bytes) -> None:
    mail = mail_of(digest)
    link = re.findall(r'href="mailto:(reply[^?"]+)\?subject=([^"]+)"', text_of(mail, "html"))[-1]
    to, subject = unquote(link[0]), unquote(link[1])
    assert subject == "Re: Beans and squash"
    assert (
        send(post, post.mail(ADA, WORDS, to=to, subject=subject).as_bytes(policy=SMTP))["outcome"] == "posted"
    )
    assert last(post)["thread_id"] == ids(post)["Beans and squash"]


def test_the_list_address_with_the_digest_in_reply_to_is_enough(post: Post, digest: bytes) -> None:
    raw = answer(kept(digest, 2), "outlook", WORDS, sender=f"Ada <{ADA}>", to="general@forum.example")
    assert send(post, raw)["outcome"] == "posted"
    assert last(post)["thread_id"] in ids(post).values() and len(ids(post)) == 3


def test_an_answer_bears_the_subject_of_its_thread(post: Post, digest: bytes) -> None:
    raw = answer(kept(digest, 2), "gmail", WORDS, sender=f"Ada <{ADA}>")
    send(post, raw)
    row = last(post)
    thread = post.room.store.read(lambda tx: tx.thread_get(id=row["thread_id"]))
    assert (row["text"], row["subject"]) == (WORDS, f"Re: {thread['title']}")


def test_a_digest_of_one_thread_needs_no_question(post: Post) -> None:
    mode(post, ADA, "daily")
    post.receive(post.mail(BO, THREADS[0][1], subject=THREADS[0][0]))
    next_morning(post)
    ((_, mail),) = digests_of(post)
    row = send(post, answer(mail.as_bytes(policy=SMTP), "iphone", WORDS, sender=f"Ada <{ADA}>"))
    assert row["outcome"] == "posted"
    assert len(ids(post)) == 1


def test_a_stranger_who_got_the_digest_is_held_not_asked(post: Post, digest: bytes) -> None:
    raw = answer(digest, "gmail", WORDS, sender="Eve <eve@elsewhere.example>")
    mail = mail_of(raw)
    row = post.receive(raw, re.sub(r".*<|>.*", "", str(mail["To"])), sender="eve@elsewhere.example")
    assert (row["outcome"], row["code"]) == ("held", "not-owner")
    assert not [a for a, b in post.letters() if a == "eve@elsewhere.example"]


def test_a_mere_quote_is_no_question(post: Post, digest: bytes) -> None:
    assert send(post, answer(digest, "gmail", "", sender=f"Ada <{ADA}>"))["code"] == "nothing-new"


def test_a_moderator_may_let_it_through(post: Post, digest: bytes) -> None:
    row = send(post, answer(digest, "gmail", WORDS, sender=f"Ada <{ADA}>"))
    assert post.room.release(row["id"])
    post.room.receive(row["id"])
    assert post.row(row["id"])["outcome"] == "posted"
    assert " ".join(last(post)["text"].split()) == " ".join(WORDS.split())


def test_a_choice_that_nobody_gave_out_does_nothing(post: Post, digest: bytes) -> None:
    address = f"confirm+{'a' * 34}@forum.example"
    assert post.receive(post.mail(ADA, "2", to=address), address)["outcome"] == "refused"
    assert post.room.store.read(lambda tx: people.by_address(tx, ADA)) and post.clock[0] > START
