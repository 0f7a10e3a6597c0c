"""Subjects in many languages, and the chain of ids."""

from __future__ import annotations

import pytest

from bridge.mail.message import Message
from bridge.posting.threads import chain, clean_subject, is_answer, is_forward, subject_key
from tests.guard import soon

ANSWERED = {
    "English": "Re: Harvest", "upper case": "RE:Harvest", "French": "Réf : Harvest", "French space": "RE : Harvest",
    "Italian": "R: Harvest", "Italian long": "Rif: Harvest", "Portuguese": "RES: Harvest", "Spanish": "Resp: Harvest",
    "German": "AW: Harvest", "German long": "Antwort: Harvest", "Dutch": "Antw: Harvest", "Swedish": "SV: Harvest",
    "Norwegian": "Svar: Harvest", "Finnish": "VS: Harvest", "Estonian": "Vast: Harvest", "Hungarian": "Vá: Harvest",
    "Polish": "Odp: Harvest", "Czech": "Odpověď: Harvest", "Croatian": "Odg: Harvest", "Serbian": "Одг: Harvest",
    "Russian": "Отв: Harvest", "Ukrainian": "Відп: Harvest", "Bulgarian": "Отг: Harvest", "Lithuanian": "ATS: Harvest",
    "Welsh": "ATB: Harvest", "Turkish": "YNT: Harvest", "Indonesian": "BLS: Harvest", "Romanian": "Răsp: Harvest",
    "Greek": "ΑΠ: Harvest", "Hebrew": "תגובה: Harvest", "Arabic": "رد: Harvest", "Persian": "پاسخ: Harvest",
    "Chinese": "回复：Harvest", "Chinese, traditional": "回覆: Harvest", "Japanese": "返信: Harvest",
    "Korean": "회신: Harvest", "Thai": "ตอบ: Harvest", "Vietnamese": "Trả lời: Harvest",
    "numbered": "Re[2]: Harvest", "numbered so": "Re^3: Harvest", "numbered too": "AW (4): Harvest",
    "many": "Re: AW: SV: Re: Harvest", "tag inside": "Re: [garden] AW: Harvest", "tag before": "[garden] Re: Harvest",
    "without spaces": "Re:RE:re:Harvest", "folded": "Re:\n Harvest", "outer mark": "[EXTERNAL] Re: Harvest",
}  # fmt: skip
FORWARDED = {
    "English": "Fwd: Harvest", "Outlook": "FW: Harvest", "German": "WG: Harvest", "French": "TR : Harvest",
    "Italian": "I: Harvest", "Spanish": "RV: Harvest", "Portuguese": "ENC: Harvest", "Dutch": "Doorst: Harvest",
    "Swedish": "VB: Harvest", "Danish": "Vl: Harvest", "Hungarian": "Továb: Harvest", "Polish": "PD: Harvest",
    "Turkish": "İLT: Harvest", "Greek": "ΠΡΘ: Harvest", "Arabic": "إعادة توجيه: Harvest", "Hebrew": "הועבר: Harvest",
    "Chinese": "转发: Harvest", "Japanese": "転送：Harvest", "Russian": "Пересл: Harvest", "elm": "Harvest (fwd)",
    "of an answer": "Fwd: Re: Harvest", "Vietnamese": "Chuyển tiếp: Harvest",
}  # fmt: skip


@pytest.mark.parametrize("subject", ANSWERED.values(), ids=ANSWERED)
def test_prefixes_of_answers_go(subject: str) -> None:
    assert clean_subject(subject) == "Harvest"
    assert subject_key(subject) == "harvest"
    assert is_answer(subject) and not is_forward(subject)


@pytest.mark.parametrize("subject", FORWARDED.values(), ids=FORWARDED)
def test_prefixes_of_forwards_go(subject: str) -> None:
    assert clean_subject(subject) == "Harvest"
    assert is_forward(subject)


@pytest.mark.parametrize(
    "subject",
    [
        "Reading group: Thursday", "Ed: are you there?", "r: lower", "Results: all in", "Note: bring gloves", "Harvest",
        "10:30 at the gate", "https://garden.example", "Respect: a film", "Tools, and who has them", "i: x", "A: b",
    ],
)  # fmt: skip
def test_an_authors_own_words_stay(subject: str) -> None:
    assert clean_subject(subject) == subject
    assert not is_answer(subject) and not is_forward(subject)


@pytest.mark.parametrize(
    ("subject", "shown"),
    [
        ("[Proposal] New roof", "[Proposal] New roof"),
        ("[garden] New roof", "New roof"),
        ("[Garden] [Proposal] New roof", "[Proposal] New roof"),
        ("[garden] Re: [Proposal] New roof", "[Proposal] New roof"),
        ("[other list] Re: New roof", "New roof"),
        ("Re: [garden] [Proposal] New roof", "[Proposal] New roof"),
        ("[EXTERNAL] [Proposal] New roof", "[Proposal] New roof"),
        ("Re: [garden] New roof", "New roof"),
    ],
)
def test_where_the_lists_tags_are_known_an_authors_tag_stays(subject: str, shown: str) -> None:
    assert clean_subject(subject, ["garden"]) == shown
    assert subject_key(subject) == "new roof"


def test_nothing_but_prefixes_is_empty_and_nothing_but_a_tag_is_a_subject() -> None:
    assert clean_subject("Re: Fwd:") == ""
    assert clean_subject("\u200b") == clean_subject("\u2060 \u200d") == ""
    assert clean_subject("[garden]") == "[garden]"
    assert clean_subject("") == ""


def test_controls_and_direction_marks_go() -> None:
    assert clean_subject("Re:\x00 Har\u202evest\r\nBcc: x@y.test") == "Harvest Bcc: x@y.test"


def test_long_subjects_are_read_in_no_time_and_cut() -> None:
    for hostile in ("Re: " * 50_000, "[" * 200_000, "re[1" * 50_000, "a " * 100_000, " " * 300_000):
        with soon():
            assert len(clean_subject(hostile)) <= 1000


def _message(**facts: object) -> Message:
    base: dict[str, object] = dict(
        message_id="me@x.test", author=None, author_fault="", to=(), cc=(), delivered_to=(), subject="", date=None,
        in_reply_to=(), references=(), headers={}, text=None, html=None,
    )  # fmt: skip
    return Message(**(base | facts))  # type: ignore[arg-type]


def test_the_chain_runs_from_the_nearest_to_the_root() -> None:
    message = _message(in_reply_to=("c",), references=("a", "b", "c", "me@x.test", "b", ""))
    assert chain(message) == ("c", "b", "a")
    assert chain(_message(references=tuple(map(str, range(5000))))) == tuple(map(str, range(4999, 4899, -1)))
    assert chain(_message(references=("a", "b"))) == ("b", "a")


def test_of_several_mails_that_one_answers_the_last_of_its_references_is_the_nearest() -> None:
    assert chain(_message(in_reply_to=("a", "b"), references=("x", "a", "b"))) == ("b", "a", "x")
    assert chain(_message(in_reply_to=("a", "b"), references=("x",))) == ("a", "b", "x")
    assert chain(_message(in_reply_to=("a",), references=("a", "b"))) == ("a", "b")
