"""Automatic answers that bear no header of one, and people who write about such things."""

from __future__ import annotations

import pytest

from bridge.mail.parse import parse
from bridge.mail.triage import Nature, Own, triage

OWN = Own("forum.example", frozenset({"general@forum.example"}))
ADA = "ada@members.example"


def nature(
    subject: str, body: str = "Until Monday.", more: str = "", kind: str = "text/plain; charset=utf-8"
) -> Nature:
    raw = f"From: Ada <{ADA}>\nTo: general@forum.example\nSubject: {subject}\nContent-Type: {kind}\n{more}\n{body}"
    return triage(parse(raw.encode()), ADA, OWN).nature


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: jam", "Auto-Reply: jam", "Automatische Antwort: Saft", "Abwesenheitsnotiz: Saft",
        "Réponse automatique : confiture", "Respuesta automática: mermelada", "Risposta automatica: succo",
        "Automatisch antwoord: jam", "Resposta automática: geleia", "Autosvar: sylt", "Automatisk svar: saft",
        "Automatyczna odpowiedź: dżem", "Automaattinen vastaus: hillo", "Автоматический ответ: варенье",
        "Automatická odpověď: džem", "自動応答: ジャム", "自动答复: 果酱", "Otomatik yanıt: reçel",
        "Automatikus válasz: lekvár", "Out of Office Re: jam", "AUTO: Ada is out of the office (returning Monday)",
    ],
)  # fmt: skip
def test_L2_the_label_of_an_automatic_answer_is_a_sign(subject: str) -> None:
    assert nature(subject) is Nature.AUTO_REPLY


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply settings", "Re: Automatic reply: jam", "Auto: wer leiht mir einen Wagen?",
        "Abwesenheit im Sommer", "Out of office messages annoy me", "Out of office: who has the key?",
        "Vacation in Norway", "Fwd: Out of Office: jam", "Accepted: our plan for the garden",
    ],
)  # fmt: skip
def test_L2_who_writes_about_them_is_a_person(subject: str) -> None:
    assert nature(subject, "Could somebody open the hall?") is Nature.PERSON


def test_L2_out_of_office_needs_one_sign_more_than_its_label() -> None:
    assert nature("Out of office: jam", "I am out of the office.") is Nature.AUTO_REPLY
    assert nature("Out of office: jam", more="In-Reply-To: <a@b.example>\n") is Nature.AUTO_REPLY


def test_L2_a_calendars_answer_is_no_post_but_with_words_it_is() -> None:
    calendar = "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR"
    reply = "--b\n\n{}\n--b\n" + calendar + "\n--b--\n"
    kind = "multipart/alternative; boundary=b"
    assert nature("Accepted: Jam", reply.format(""), kind=kind) is Nature.AUTO_REPLY
    assert (
        nature("Accepted: Jam", reply.format("Ada has accepted this invitation."), kind=kind)
        is Nature.AUTO_REPLY
    )
    assert (
        nature("Accepted: Jam", reply.format("I bring two jars and my cousin."), kind=kind) is Nature.PERSON
    )
