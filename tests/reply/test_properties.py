"""What holds for every mail, whatever a stranger puts in it."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridge.mail.parse import bare
from bridge.reply.clean import body, clean
from bridge.reply.parts import Kind, Reply

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
        assert of(reply.text).text == reply.text


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
