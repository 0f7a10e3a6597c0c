"""On the road: quotes linked to their posts, our own letter quoted back, tails learned, forgotten, and restored."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from html import unescape
from typing import Any

import pytest

from bridge.fanout.languages import AROUND
from bridge.mailroom.reading import QUOTED
from bridge.mailroom.restoring import restore
from bridge.posting.phrases import LANGUAGES
from bridge.reply.parts import Kind
from bridge.store import tails
from bridge.store.tails import YEAR

from .conftest import ADA, BO, CY, GENERAL, SEEDS, Post

ASKED = (
    "Who has the long ladder of the tool library? The roof of the barn leaks since last week.\n\n"
    "Where shall we meet on Saturday, and who brings the soup?\n"
)
TAIL = "Bo\nKeeper of the seven keys\nTower of Saint Egg, second door on the left"


def parts(post: Post, post_id: int) -> list[dict[str, Any]]:
    rows = post.room.store.read(
        lambda tx: tx.connection.execute(
            "select * from part where post_id = ? order by seq", [post_id]
        ).fetchall()
    )
    return [dict(row) for row in rows]


def answer(post: Post, text: str, sender: str = BO, **headers: str) -> Any:
    return post.receive(
        post.mail(sender, text, subject="Re: Tools", In_Reply_To="<a@members.example>", **headers)
    )


def ask(post: Post) -> None:
    post.receive(post.mail(ADA, ASKED, message_id="<a@members.example>"))


def test_kept_quotes_name_their_post_and_the_page_can_link_them(post: Post) -> None:
    ask(post)
    answer(post, "Where shall we meet on\nSaturday, and who brings the soup?\n\nAt mine, and I bring it.\n")
    kept = next(part for part in parts(post, 2) if part["kind"] == "quote")
    assert (kept["quoted_id"], kept["folded"], kept["reason"]) == (1, 0, "stands in post 1")
    assert post.posts()[1]["text"].endswith("At mine, and I bring it.")
    assert QUOTED.format(1) in post.posts()[1]["html"]


def test_our_letter_quoted_back_without_marks_leaves_nothing_but_the_answer(post: Post) -> None:
    ask(post)
    letter = next(raw for address, raw in post.letters() if address == BO)
    body = message_from_bytes(letter, policy=policy.default).get_body(("plain",))
    assert body is not None
    answer(post, f"I have it.\n\n{body.get_content()}")
    assert post.posts()[1]["text"] == "I have it."
    assert {part["kind"] for part in parts(post, 2) if part["folded"]} == {"quote", "footer"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_letter_in_any_language_leaves_nothing_but_the_answer(post: Post, language: str) -> None:
    ask(post)
    post.room.store.write(lambda tx: tx.connection.execute("update person set language = ?", [language]))
    letter = next(raw for address, raw in post.letters() if address == BO)
    mail = message_from_bytes(letter, policy=policy.default)
    body, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert body is not None and page is not None and AROUND[language]["web"] in body.get_content()
    post.room.store.write(lambda tx: tx.connection.execute("update person set language = ''"))
    answer(post, f"I have it.\n\n{body.get_content()}")
    # as from a program that makes text of HTML: the rows of the footer without their links
    rows = re.sub(r"<(?:br|div|p)[^>]*>", "\n", page.get_content().partition("</head>")[2])
    answer(post, f"Me too.\n\n{unescape(re.sub('<[^>]+>', '', rows)).strip()}\n", CY)
    texts = [each["text"] for each in post.posts()[1:]]
    assert texts == ["I have it.", "Me too."]


def test_a_tail_is_learned_from_the_mails_that_were_posted(post: Post) -> None:
    for number in range(3):
        post.receive(post.mail(BO, f"Mail number {number}, with news.\n\n{TAIL}\n", subject=f"News {number}"))
    assert post.posts()[2]["text"] == "Mail number 2, with news.\n\nBo"
    assert "learned from 2 mails" in [part["reason"] for part in parts(post, 3)]


def test_one_mail_to_two_lists_is_one_sighting_and_a_refused_mail_is_none(post: Post) -> None:
    post.receive(post.mail(BO, f"News.\n\n{TAIL}", to=f"{GENERAL}, {SEEDS}"), GENERAL, SEEDS)
    post.receive(post.mail("eve@else.example", f"News.\n\n{TAIL}"))
    rows = post.room.store.read(
        lambda tx: tx.connection.execute("select owner, max(mails) as n from tail group by 1").fetchall()
    )
    assert {row["owner"]: row["n"] for row in rows} == {f"author:{BO}": 1, "domain:members.example": 1}


def test_old_tails_are_forgotten_and_learned_again(post: Post) -> None:
    def news(number: int) -> str:
        post.receive(post.mail(BO, f"Mail number {number}.\n\n{TAIL}\n", subject=f"News {number}"))
        return str(post.posts()[-1]["text"])

    news(1), news(2)
    assert "seven keys" not in news(3)
    post.clock[0] += YEAR + 1
    assert "seven keys" in news(4)
    news(5)
    assert "seven keys" not in news(6)


def test_what_an_author_restores_is_seen_and_not_folded_again(post: Post) -> None:
    for number in range(3):
        post.receive(post.mail(BO, f"Mail number {number}.\n\n{TAIL}\n", subject=f"News {number}"))
    done = post.room.store.write(lambda tx: restore(tx, 3, post.room.now(), {Kind.SIGNATURE}))
    assert done == 1
    written = post.posts()[2]
    assert "seven keys" in written["text"] and "seven keys" in written["html"]
    assert post.room.store.write(lambda tx: restore(tx, 3, post.room.now())) == 0
    post.receive(post.mail(BO, f"The fourth.\n\n{TAIL}\n", subject="News 4"))
    assert "seven keys" in post.posts()[3]["text"]


def test_domains_of_public_providers_teach_nothing_in_common(post: Post) -> None:
    write = post.room.store.write
    write(lambda tx: tails.learn(tx, "a@gmail.com", {"x"}, {"x"}, 1, 1))
    write(lambda tx: tails.learn(tx, "a@co.example", {"x"}, {"x"}, 1, 1))
    owners = {
        row["owner"]
        for row in post.room.store.read(lambda tx: tx.connection.execute("select owner from tail").fetchall())
    }
    assert owners == {"author:a@gmail.com", "author:a@co.example", "domain:co.example"}


def test_a_question_that_merely_repeats_stays(post: Post) -> None:
    for number in range(4):
        post.receive(
            post.mail(CY, f"Mail number {number}.\n\nWhat do you think?\n\nCy", subject=f"News {number}")
        )
    assert post.posts()[3]["text"] == "Mail number 3.\n\nWhat do you think?\n\nCy"


def test_words_that_an_answer_quotes_stay_in_the_mail_that_comes_after_it(post: Post) -> None:
    words = "New as a rule, but let us ask the repair café first: they were given three drills last autumn."
    post.receive(
        post.mail(ADA, "Do we buy a new drill or a second-hand one?", message_id="<a@members.example>")
    )
    answer = post.mail(CY, f"> {words}\n\nThey gave them to me.\n\n> Chargers too.\n\nNo.", subject="Re: Tools",
                       References="<a@members.example> <b@members.example>")  # fmt: skip
    answer.replace_header("Date", "Tue, 03 Nov 2026 10:00:00 +0000")
    post.receive(answer)
    late = post.mail(BO, f"Good idea.\n\n{words}\n\nAnd on Saturday?", subject="Re: Tools",
                     message_id="<b@members.example>", In_Reply_To="<a@members.example>")  # fmt: skip
    post.receive(late)
    texts = {each["author"]: each["text"] for each in post.posts()}
    assert f"\n\n{words}\n" in texts["Bo"] and "Chargers too." in texts["Cy"]
