"""What holds for every mail, whatever a stranger puts in it."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridge.mail.parse import bare
from bridge.reply.clean import body, clean
from bridge.reply.known import Known, KnownPost, Sightings
from bridge.reply.parts import Kind, Reply
from bridge.reply.tails import fingerprints

LINES = st.sampled_from(
    (
        "",
        "> ",
        "> quoted",
        "> > twice",
        ">>>",
        "-- ",
        "--",
        "---",
        "_____",
        "Regards,",
        "Jo Brook",
        "+44 1632 960114",
        "On Mon, 3 Nov 2025 at 18:40, Jo Brook <jo@mail.example> wrote:",
        "Jo Brook <jo@mail.example>",
        "wrote:",
        "From: Jo Brook <jo@mail.example>",
        "Sent: 3 November 2025 18:40",
        "To: all",
        "Subject: apples",
        "Date: today",
        "-----Original Message-----",
        "---------- Forwarded message ---------",
        "Sent from my iPhone",
        "| bar",
        "JB> hm",
        "I shall come.",
        "Shall we?",
        "```",
        "This message is confidential. If you are not the intended recipient, delete it now.",
        "You received this message because you are subscribed to a group",
        "2025年11月3日(月) 18:40 Jo <jo@mail.example>:",
        "<b>bold",
        "<blockquote>",
        "</div>",
        "<div class=gmail_quote>",
        "<pre>",
        "<table><tr><td>",
        "&gt; x",
        "<li>",
        "<br>",
    )
)
TEXTS = st.lists(LINES | st.text(max_size=20), max_size=24).map("\n".join)
BUDGET = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


def of(text: str) -> Reply:
    return clean(bare(text=text, html=None))


@BUDGET
@given(TEXTS, TEXTS, st.sampled_from(("", "Re: apples", "Fwd: apples")))
def test_no_input_raises(text: str, html: str, subject: str) -> None:
    clean(bare(text=text, html=html, subject=subject, sender="Jo Brook <jo@mail.example>"))


@BUDGET
@given(TEXTS)
def test_every_line_stands_in_exactly_one_part(text: str) -> None:
    message = bare(text=text, html=None)
    reply = clean(message)
    if not any(part.kind is Kind.FORWARDED for part in reply.parts):
        assert "\n".join(part.text for part in reply.parts) == "\n".join(
            line.markdown for line in body(message)
        )


@BUDGET
@given(TEXTS)
def test_cleaning_the_cleaned_text_changes_nothing(text: str) -> None:
    reply = of(text)
    if reply.credit is None:
        assert _said(of(reply.text).text) == _said(reply.text)


def _said(text: str) -> list[str]:
    """The lines with words: a quote that stays may stand apart once it is read alone."""
    return [line for line in text.split("\n") if line]


@BUDGET
@given(
    st.lists(
        st.sampled_from(("I shall come.", "Shall we?", "> quoted", "", "Regards,", "Jo")),
        min_size=1,
        max_size=8,
    )
)
def test_own_words_are_never_lost(lines: list[str]) -> None:
    reply = of("\n".join(lines))
    for words in ("I shall come.", "Shall we?"):
        assert reply.text.count(words) == lines.count(words)


KNOWN_TEXT = "Who has the long ladder of the barn? The roof leaks since last week.\n\nShall we meet on Saturday at ten?"
KNOWN = Known(
    (KnownPost(3, "Jo Brook", KNOWN_TEXT, "Jo Brook\n+44 1632 960114"),),
    ("General, Example", "To answer everyone, just reply to this mail.", "Unsubscribe"),
    "https://forum.example",
    {
        each: Sightings(3, 3)
        for line in ("Keeper of keys", "Jo Brook", "Shall we?", "I shall come.", "--", "+44 1632 960114")
        for one in fingerprints([line])
        for each in one
    },
)
KNOWN_LINES = LINES | st.sampled_from(
    (
        *KNOWN_TEXT.split("\n"),
        "Who has the long ladder",
        "of the barn? The roof leaks since last week.",
        "> Shall we meet on Saturday at ten?",
        "Keeper of keys",
        "General, Example",
        "To answer everyone, just reply to this mail.",
        "Unsubscribe: https://forum.example/unsubscribe/abc",
        "Jo Brook a skriv:",
    )
)


def _bones(lines: Iterable[str]) -> list[str]:
    """Lines without marks and spaces: what no quote mark that was put in or taken out changes."""
    return [bones for line in lines if (bones := line.replace(">", "").replace(" ", "").strip())]


@BUDGET
@given(st.lists(KNOWN_LINES | st.text(max_size=20), max_size=24).map("\n".join))
def test_with_what_a_bridge_knows_every_line_stands_in_one_part_and_once_is_enough(text: str) -> None:
    message = bare(text=text, html=None, sender="Ada Fin <ada@fin.example>")
    source = [line.markdown for line in body(message)]
    reply = clean(message, KNOWN)
    assert _bones(line for part in reply.parts for line in part.text.split("\n")) == _bones(source)


@BUDGET
@given(
    st.lists(
        st.sampled_from(
            ("", "I shall come.", "New words.", "Keeper of keys", "Shall we?", *KNOWN_TEXT.split("\n"))
        ),
        max_size=16,
    ).map("\n".join)
)
def test_what_was_cleaned_with_what_a_bridge_knows_stays_as_it_is(text: str) -> None:
    def once(words: str) -> str:
        return clean(bare(text=words, html=None, sender="Ada Fin <ada@fin.example>"), KNOWN).text

    kept = once(text)
    assert once(kept) == kept
    assert kept.count("New words.") == text.count("New words.")
    assert not text.strip() or kept
