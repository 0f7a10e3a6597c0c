"""Who sent a mail: robots and loops by their signs, people by the lack of them (promises L2, L3)."""

import pytest

from bridge.mail.parse import parse
from bridge.mail.triage import Nature, Own, triage

from .letters import mail, multipart, part, plain

OWN = Own("forum.test", frozenset(("general@forum.test", "repair@lists.test")))
ADA = "ada@members.test"


def nature(raw: bytes, sender: str = ADA) -> Nature:
    verdict = triage(parse(raw), sender, OWN)
    assert bool(verdict.reason) == (verdict.nature is not Nature.PERSON)
    return verdict.nature


ROBOTS = {
    "answers from": {"X_Auto_Reply_From": "ada@members.test"},
    "responds to": {"X_Auto_Respond_To": "ada@members.test"},
    "rfc 3834": {"Auto_Submitted": "auto-replied (vacation)"},
    "generated": {"Auto_Submitted": "(made by) auto-generated; owner-email=x"},
    "gmail vacation": {"X_Autoreply": "yes", "Precedence": "bulk"},
    "exchange": {"X_Auto_Response_Suppress": "All", "Subject": "Automatic reply: The shed"},
    "exchange, german": {"X_Auto_Response_Suppress": "All", "Subject": "Automatische Antwort: The shed"},
    "exchange rule": {"X_MS_Exchange_Generated_Message_Source": "Mailbox Rules Agent"},
    "old": {"X_Autorespond": "The shed"},
    "old precedence": {"Precedence": "auto_reply"},
    "bulk": {"Precedence": "bulk"},
    "junk": {"Precedence": "Junk"},
    "no reply": {"From": "Shop <no-reply@shop.test>"},
    "no reply, plus": {"From": "Shop <noreply+17@shop.test>"},
    "do not reply": {"From": "DoNotReply@shop.test"},
    "autoresponder": {"Delivered_To": "Autoresponder"},
    "says both": {"Auto_Submitted": "no\r\nAuto-Submitted: auto-replied"},
    "cron": {"X_Cron_Env": "<SHELL=/bin/sh>"},
}
PEOPLE = {
    "plain": {},
    "says so": {"Auto_Submitted": "no"},
    "says so too": {"X_Autoreply": "no"},
    "about vacations": {"Subject": "Out of office: who waters the plants?"},
    "about bounces": {"Subject": "Undelivered Mail Returned to Sender - what is that?"},
    "answers a robot": {"Subject": "Re: Automatic reply: The shed"},
    "outlook": {"X_Auto_Response_Suppress": "All"},
    "says so as well": {"X_Auto_Reply_From": "no"},
    "normal": {"Precedence": "normal"},
    "at our domain": {"From": "Ada <ada@forum.test>"},
    "a postmaster": {"From": "Ada <postmaster@members.test>"},
    "a name like a robot's": {"From": "Bo Unce <bouncer@members.test>"},
    "crossposted straight": {"List_Id": "<other.lists.example>", "Precedence": "list"},
    "reply token in To": {"To": "reply+abc234@forum.test", "List_Id": "<other.lists.example>"},
}
LOOPS = {
    "trace": {"X_Threadbridge_Loop": "general@forum.test"},
    "another bridge's": {"X_Threadbridge_Loop": "x@elsewhere.test"},
    "list-id": {"List_Id": "General <general.forum.test>"},
    "x-loop": {"X_Loop": "other\r\nX-Loop: General@Forum.test"},
    "list-post": {"List_Post": "<mailto:repair@lists.test>"},
    "from a list": {"From": "General <general@forum.test>"},
    "from a command": {"From": "general+help@forum.test"},
    "from a token": {"From": "reply+abc234@forum.test"},
}
LISTS = {
    "a command": {"To": "general+subscribe@forum.test", "List_Id": "<other.lists.example>"},
    "a command, in bulk": {
        "To": "general-request@forum.test",
        "Precedence": "bulk",
        "List_Id": "<x.lists.example>",
    },
    "list-id": {"List_Id": "<other.lists.example>", "To": "other@lists.example"},
    "yahoo": {"Mailing_List": "list x@lists.example; contact y", "To": "x@lists.example"},
    "precedence": {"Precedence": "list", "To": "other@lists.example"},
}


@pytest.mark.parametrize("headers", ROBOTS.values(), ids=ROBOTS)
def test_L2_robots(headers: dict[str, str]) -> None:
    assert nature(mail(**headers)) is Nature.AUTO_REPLY


@pytest.mark.parametrize("headers", PEOPLE.values(), ids=PEOPLE)
def test_L2_people(headers: dict[str, str]) -> None:
    assert nature(mail(**headers)) is Nature.PERSON


@pytest.mark.parametrize("headers", LOOPS.values(), ids=LOOPS)
def test_L3_loops(headers: dict[str, str]) -> None:
    assert nature(mail(**headers)) is Nature.LOOP


@pytest.mark.parametrize("headers", LISTS.values(), ids=LISTS)
def test_other_lists(headers: dict[str, str]) -> None:
    assert nature(mail(**headers)) is Nature.LIST


def test_L3_a_mail_that_went_through_very_many_servers_is_a_loop() -> None:
    hop = "from a.example by b.example; Mon, 2 Nov 2026 10:00:00 +0000"
    assert nature(mail(Received="\r\nReceived: ".join([hop] * 50))) is Nature.PERSON
    assert nature(mail(Received="\r\nReceived: ".join([hop] * 51))) is Nature.LOOP


def test_our_own_envelope_sender_is_a_loop() -> None:
    assert nature(mail(), "bounce+abc234@forum.test") is Nature.LOOP


@pytest.mark.parametrize(
    "subject",
    [
        "Out of office",
        "Abwesenheit",
        "Réponse automatique : x",
        "Fuera de la oficina",
        "自动回复",
        "Re: The shed",
    ],
)
def test_the_null_sender_is_a_robot(subject: str) -> None:
    assert nature(mail(Subject=subject), "") is Nature.AUTO_REPLY


def test_a_mail_without_author_is_not_taken_for_the_null_sender() -> None:
    assert nature(mail(From="a@x.test, b@x.test"), "") is Nature.PERSON
    assert nature(mail(From="a@x.test, b@x.test", Return_Path="<>"), "") is Nature.AUTO_REPLY


STATUS = part(
    "message/delivery-status",
    "Reporting-MTA: dns; mx.test\r\n\r\nFinal-Recipient: rfc822; a@x.test\r\nAction: failed\r\n",
)
READ = part(
    "message/disposition-notification",
    "Final-Recipient: rfc822; a@x.test\r\nDisposition: manual-action; displayed\r\n",
)
ABUSE = part("message/feedback-report", "Feedback-Type: abuse\r\n")


def test_reports() -> None:
    assert (
        nature(mail(multipart("report; report-type=delivery-status", plain("x"), STATUS)), "")
        is Nature.BOUNCE
    )
    assert nature(mail(multipart("mixed", plain("x"), STATUS))) is Nature.BOUNCE
    assert nature(mail("x", Content_Type="multipart/report; report-type=delivery-status")) is Nature.BOUNCE
    for kind, told in (("disposition-notification", READ), ("feedback-report", ABUSE)):
        assert (
            nature(mail(multipart(f"report; report-type={kind}", plain("x"), told)), "") is Nature.AUTO_REPLY
        )


@pytest.mark.parametrize(
    ("headers", "sender"),
    [
        ({"Subject": "failure notice"}, ""),
        ({"Subject": "Undelivered Mail Returned to Sender", "From": "MAILER-DAEMON@mx.test"}, ADA),
        (
            {
                "Subject": "Mail delivery failed: returning message to sender",
                "Auto_Submitted": "auto-replied",
            },
            "",
        ),
        ({"Subject": "Unzustellbar: Hallo", "From": "postmaster@forum.test"}, ""),
        ({"X_Failed_Recipients": "a@x.test"}, ""),
    ],
)
def test_bounces_without_a_report(headers: dict[str, str], sender: str) -> None:
    assert nature(mail(**headers), sender) is Nature.BOUNCE
