"""Promises O1, O3, O4 and C7: every letter is complete, private, legal, and has no header that was slipped in."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from email.message import EmailMessage
from email.utils import getaddresses
from unicodedata import normalize

import pytest

from bridge.fanout.compose import (
    Answered,
    Linked,
    NoticeLetter,
    Picture,
    Slot,
    compose,
    compose_notice,
    subject,
)
from bridge.fanout.languages import AROUND
from bridge.posting.phrases import LANGUAGES
from bridge.posting.site import Site
from tests.guard import soon

from .letters import (
    FILE,
    LETTER,
    LIST,
    PICTURE,
    SITE,
    SLOTS,
    changed,
    checked,
    header_of,
    html_of,
    parsed,
    text_of,
)

NAMES = (
    "Ada Brook",
    "Søren Ærø",
    "山田太郎",
    "Марія Ковальчук",
    "Brook, Ada",
    'Ada "Bee" Brook',
    "Ada (Co-op)",
    "Ada\\Brook",
    "إيمان",
    "Ada 🌱",
    "a" * 300,
    "é" * 300,
    "=?utf-8?q?Ada?=",
    "Ada <ada@garden.test>",
    "ada@garden.test",
    "",
    "@",
    "...",
    "A\u0301" * 40,
    "👩‍👩‍👧‍👦" * 20,
)
EVIL = (
    "x\r\nBcc: eve@evil.test",
    "x\nBcc: eve@evil.test",
    "x\rBcc: eve@evil.test",
    "x\u2028Bcc: eve@evil.test",
    "x\x85Bcc: eve@evil.test",
    "x\x00y",
    "x\x0bBcc: eve@evil.test",
    "x\r\n\r\n<script>canary()</script>",
    "\ud83d",
    "x\u202ey",
    "=?utf-8?q?x=0d=0aBcc:_eve@evil.test?=",
    "x\r\n Bcc: eve@evil.test",
    "<script>canary()</script>",
    '"><img src=x onerror=canary()>',
)


def test_O1_a_letter_has_every_header_that_it_needs() -> None:
    message = checked(compose(LETTER))
    reply, leave = SLOTS[Slot.REPLY].decode(), SLOTS[Slot.UNSUBSCRIBE].decode()
    assert {name: str(message[name]) for name in message} == {
        "From": "Ada Brook via Garden <garden@forum.test>",
        "To": "Garden <garden@forum.test>",
        "Subject": "Re: New roof",
        "Date": "Tue, 14 Nov 2023 22:13:20 +0000",
        "Message-ID": "<ada.7@garden.test>",
        "Reply-To": f"Garden <reply+{reply}@forum.test>",
        "In-Reply-To": "<ben.5@garden.test>",
        "References": "<root@garden.test> <ben.5@garden.test>",
        "List-Id": "Garden <garden.forum.test>",
        "List-Post": "<mailto:garden@forum.test>",
        "List-Archive": "<https://forum.test/garden>",
        "Archived-At": "<https://forum.test/post/7>",
        "List-Help": "<mailto:garden+help@forum.test>",
        "List-Owner": "<mailto:garden+owner@forum.test>",
        "List-Subscribe": "<mailto:garden+subscribe@forum.test>",
        "List-Unsubscribe": f"<https://forum.test/unsubscribe/{leave}>, <mailto:unsubscribe+{leave}@forum.test>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "list",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "X-Threadbridge-Loop": "garden@forum.test",
        "MIME-Version": "1.0",
        "Content-Type": str(message["Content-Type"]),
    }
    assert message.get_content_type() == "multipart/alternative"
    assert len(message.items()) == len(set(map(str.lower, message.keys())))


def test_O3_tokens_of_anothers_letter_go_to_nobody_with_the_post_that_shows_it() -> None:
    token = "d" * 32
    shown = (
        f"She wrote:\n\nThe key is here.\n[Unsubscribe](https://forum.test/unsubscribe/{token})\n"
        f"[Answer Ada](mailto:to+{token}@forum.test), reply+{token}@forum.test\n"
    )
    message = checked(compose(changed(post_text=shown)))
    assert token not in text_of(message) + html_of(message)
    assert "The key is here." in text_of(message) and "https://forum.test/unsubscribe/…" in text_of(message)


@pytest.mark.parametrize("name", NAMES)
def test_O1_any_name_leaves_from_aligned_with_the_list(name: str) -> None:
    message = checked(compose(changed(post_author=name)))
    sender = message["From"].addresses
    assert [one.addr_spec for one in sender] == ["garden@forum.test"]
    shown = header_of(message, "From").removesuffix(" <garden@forum.test>").strip('"').replace("\\", "")
    assert shown.endswith(" via Garden")
    assert "@" not in sender[0].display_name.replace("@…", "").removeprefix("@")
    if len(name) < 100 and "@" not in name and name and "=?" not in name:
        assert shown == normalize("NFC", f"{name} via Garden").replace("\\", "")


@pytest.mark.parametrize(
    "title", ["Jardín común", "庭", "Garden, north", "Сад", 'The "old" garden', "x" * 200, "é" * 200]
)
def test_O1_any_list_title_stands_in_the_headers(title: str) -> None:
    message = checked(compose(changed(mailing_list=replace(LIST, title=title))))
    assert message["To"].addresses[0].addr_spec == "garden@forum.test"
    assert message["Reply-To"].addresses[0].addr_spec.startswith("reply+replytoken")
    assert str(message["List-Id"]).endswith("<garden.forum.test>")
    if len(title) < 100:
        assert message["To"].addresses[0].display_name == title
        assert title.replace('"', "") in str(message["List-Id"]).replace("\\", "").replace('"', "")


@pytest.mark.parametrize(
    ("shown", "facts"),
    [
        ("New roof", dict(post_subject="New roof", post_parent_id=None, references=(), answers=None)),
        ("Re: New roof", dict(post_subject="AW: [garden] Re: New roof")),
        ("Re: New roof", dict(post_subject="Re: New roof", post_parent_id=None)),
        ("Re: [Proposal] New roof", dict(post_subject="Re: [garden] [Proposal] New roof")),
        ("Re: (no subject)", dict(post_subject="")),
        ("Re: Dach für alle — 屋根", dict(post_subject="Re: Dach für alle — 屋根")),
        ("Re: New roof", dict(post_subject="something else", thread_subject="New roof")),
        ("Re: " + "roof " * 150 + "end", dict(post_subject="roof " * 150 + "end")),
        ("Re: " + "Dächer " * 100 + "Ende", dict(post_subject="Dächer " * 100 + "Ende")),
        ("Re: " + "屋" * 900, dict(post_subject="屋" * 900)),
        ("Re: " + "x" * 900, dict(post_subject="x" * 900)),
        ("Re: ask ada@…", dict(post_subject="ask ada@garden.test")),
    ],
)
def test_O1_subjects_of_a_thread_are_alike(shown: str, facts: dict[str, object]) -> None:
    message = checked(compose(changed(**facts)))
    assert str(message["Subject"]) == shown == subject(changed(**facts))
    raw = compose(changed(**facts)).fill(SLOTS)
    assert all(len(line) <= 78 for line in raw.split(b"\r\nDate:")[0].split(b"\r\n"))


def test_O1_long_chains_keep_the_root_and_the_nearest() -> None:
    chain = tuple(f"{n}.{'x' * 60}@garden.test" for n in range(500))
    message = checked(compose(changed(references=chain)))
    ids = str(message["References"]).split()
    assert ids[0] == f"<{chain[0]}>" and ids[-1] == f"<{chain[-1]}>" == message["In-Reply-To"]
    assert len(ids) == 20 and ids[1:] == [f"<{one}>" for one in chain[-19:]]


def test_O1_odd_ids_stay_out_and_an_odd_message_id_is_replaced() -> None:
    for kept in ("a.b-c_d=e+f$g@x.test", "1:2@[192.0.2.1]"[2:], "a..b.@x", "{0F}@x.test", "20:30/1@x_y.test"):
        assert compose(changed(post_message_id=kept)).message_id == kept
    odd = (
        "no at sign",
        "abc",
        "[x]@x.test",
        "=?utf-8?q?x?=@x.test",
        "a@",
        "@x.test",
        "a@b@c.test",
        "a b@x.test",
        "x>\r\nBcc: eve@evil.test",
        "é@x.test",
        "",
        "y" * 2000,
        "<z@x.test",
        "\x00",
    )
    message = checked(compose(changed(references=(*odd, "good@x.test", "ada.7@garden.test"))))
    assert str(message["References"]) == "<good@x.test>" == str(message["In-Reply-To"])
    for one in odd:
        letter = compose(changed(post_message_id=one))
        assert letter.message_id == "post.7@forum.test"
        checked(letter)


@pytest.mark.parametrize("date", [0, -5, 1, 2**31 * 1_000_000, 253_402_300_799_000_000, 10**19, 10**30])
def test_O1_any_date_is_a_date(date: int) -> None:
    assert checked(compose(changed(post_date=date)))["Date"].datetime is not None


def test_O1_domains_that_are_not_ascii_leave_as_a_labels() -> None:
    site = Site("Gärten", "gärten.test", "https://gärten.test")
    message = checked(compose(changed(site=site, mailing_list=replace(LIST, address="garten@gärten.test"))))
    assert message["From"].addresses[0].domain == "xn--grten-gra.test"
    assert str(message["List-Id"]).endswith("<garten.xn--grten-gra.test>")
    assert str(message["Reply-To"]).endswith("@xn--grten-gra.test>")


def test_O3_nothing_of_another_member_is_in_a_letter() -> None:
    letter = changed(
        post_author="Ada <ada@garden.test>",
        post_credit="cy@far.test",
        post_subject="mail ada@garden.test now",
        post_text="> On Monday Ben <ben@garden.test> wrote:\n> > ask cy@far.test\n\n"
        "Write to shed@forum.test or Cy@far.test.",
        answers=Answered("ben@garden.test", "ask cy@far.test"),
        copied=("cy@far.test", "Dee Hill"),
        attachments=(Linked("ada@garden.test.pdf", 5, "https://forum.test/attachment/1/a"),),
        masked=frozenset({"cy@far.test"}),
    )
    message = checked(compose(letter))
    whole = (
        "\n".join(f"{n}: {v}" for n, v in message.items() if n != "Message-ID")
        + text_of(message)
        + html_of(message)
    )
    assert not re.search(r"(ada|ben)@garden\.test|cy@far\.test", whole, re.I)
    assert "shed@forum.test" in text_of(message) and "shed@forum.test" in html_of(message)
    assert not {"Bcc", "Cc", "Received", "X-Originating-IP", "Disposition-Notification-To", "Sender"} & set(
        message.keys()
    )


def test_O3_a_copy_holds_only_its_own_tokens() -> None:
    letter = compose(LETTER)
    other = {Slot.REPLY: b"rrrr", Slot.UNSUBSCRIBE: b"uuuu", Slot.VERP: b"vvvv"}
    raw = letter.fill(other)
    assert b"token" not in raw and b"vvvv" not in raw
    assert raw.count(b"rrrr") == 1 and raw.count(b"uuuu") == 4
    parsed(raw)


def test_O3_filling_is_a_join() -> None:
    letter = compose(changed(post_text="x" * 100_000))
    assert b"".join(SLOTS[p] if isinstance(p, Slot) else p for p in letter.pieces) == letter.fill(SLOTS)
    assert len(letter.pieces) == 11
    with pytest.raises(KeyError):
        letter.fill({})


@pytest.mark.parametrize("length", [1, 4, 26, 52, 70])
@pytest.mark.parametrize(
    "url", ["https://f.test", "https://forum." + "long." * 12 + "test", "https://f.test/" + "ü" * 20]
)
def test_O4_slots_of_any_length_leave_the_encoding_right(length: int, url: str) -> None:
    letter = compose(changed(site=Site("S", "f.test", url), post_text="Ü" * 200))
    token = b"z" * length
    raw = letter.fill({slot: token for slot in Slot})
    message = parsed(raw)
    assert f"Unsubscribe: {url}/unsubscribe/{token.decode()}\n" in text_of(message)
    assert f'href="{url}/unsubscribe/{token.decode()}"' in html_of(message)
    assert all(len(line) <= 76 for line in raw.split(b"\r\n\r\n", 2)[2].split(b"\r\n"))


TEXTS = {
    "plain": "Yes.\nNo.",
    "accents": "Zoë søndag žluťoučký " * 20,
    "cjk": "日本語のテキスト。" * 100,
    "emoji": "👩‍👩‍👧‍👦🌱" * 50,
    "long line": "word " * 3000,
    "no spaces": "x" * 5000,
    "equals": "=" * 300,
    "trailing": "a  \nb\t\n  c ",
    "dots": ".\n..\n.a\n.",
    "from": "From the garden\nFrom " + "x" * 80 + "\n>From me",
    "boundary": "--=_0\n--=_0--\n--",
    "crlf": "a\r\nb\rc",
    "empty": "",
    "blank": "\n\n\n",
    "control": "a\x00b\x07",
    "surrogate": "a\ud83db",
    "quotes": "> a\nb\n> > c",
    "signature": "x\n\n-- \nAda",
    "markdown": "# a\n\n- *b*\n\n| c | d |\n|---|---|\n| e | f |\n\n```\ng  h\n```",
    "header like": "Subject: x\nBcc: eve@evil.test\n\nbody",
    "rtl": "שלום עולם\nمرحبا",
    "edge 75": "y" * 75 + "\n" + "y" * 76 + "\n" + "y" * 77,
    "huge": "A line of text, ä.\n" * 4_000,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_O4_any_text_travels_whole(text: str) -> None:
    message = checked(compose(changed(post_text=text, answers=None)))
    sent = text_of(message)
    wanted = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode().strip("\n")
    assert sent.startswith(wanted + "\n" if wanted.strip() else "\n-- \n")
    assert sent.endswith("\n")
    page = html_of(message)
    assert page.count('<div class="threadbridge-letter"') == 1 and page.rstrip().endswith("</html>")


def test_O4_pictures_travel_inside_and_show_in_their_place() -> None:
    loose = Picture("plan ü.png", "image/png", b"loose", "")
    bad = Picture("evil\r\nBcc: eve@evil.test", "text/html; x\r\nBcc: eve@evil.test", b"<script>", "q@x")
    letter = changed(
        post_text="Look:\n\n![stall.png](cid:ii_1@garden.test)\n\nand ![gone](cid:none@x)",
        pictures=(PICTURE, loose, bad),
    )
    message = checked(compose(letter))
    page = html_of(message)
    pictures = [part for part in message.walk() if part["Content-ID"]]
    assert [part.get_content_type() for part in pictures] == [
        "image/png",
        "image/png",
        "application/octet-stream",
    ]
    assert pictures[0].get_content() == PICTURE.content and pictures[1].get_filename() == "plan ü.png"
    for part in pictures:
        assert f'src="cid:{part["Content-ID"][1:-1]}"' in page
    assert (
        page.index("Look:")
        < page.index("picture0.7@")
        < page.index("[picture: gone]")
        < page.index("picture1.7@")
    )
    assert (
        "Bcc" not in message and "[picture: stall.png]" in text_of(message) and "cid:" not in text_of(message)
    )
    related = next(part for part in message.walk() if part.get_content_type() == "multipart/related")
    assert related.get_param("type") == "text/html"


def test_a_letter_says_whom_it_answers_who_wrote_it_and_how_to_leave() -> None:
    letter = changed(
        post_guest=True,
        post_credit="Cy Out",
        copied=("Dee Hill", "Eli Moor"),
        attachments=(FILE, Linked("", 999, "https://forum.test/a")),
    )
    message = checked(compose(letter))
    lines = text_of(message).split("\n")
    assert lines[0] == "In reply to Ben Field: Shall we begin with the shed?"
    assert "Words of Cy Out, forwarded by Ada Brook." in lines
    assert "Ada Brook writes as a guest, not as a member of this list." in lines
    assert "Copied: Dee Hill, Eli Moor" in lines
    assert "- minutes.pdf (123 kB): https://forum.test/attachment/4/minutes.pdf" in lines
    assert "- file (999 bytes): https://forum.test/a" in lines
    assert lines[lines.index("-- ") :] == [
        "-- ", "Garden, Example Commons", "To answer everyone, just reply to this mail.",
        "Read it on the web: https://forum.test/post/7",
        f"Unsubscribe: https://forum.test/unsubscribe/{SLOTS[Slot.UNSUBSCRIBE].decode()}", "",
    ]  # fmt: skip
    page = re.sub(r"<[^>]+>", "", html_of(message))
    for said in (
        "In reply to Ben Field:",
        "Words of Cy Out",
        "as a guest",
        "Dee Hill, Eli Moor",
        "minutes.pdf",
        "Unsubscribe",
    ):
        assert said in page
    assert "of this list" not in text_of(checked(compose(LETTER)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_around_a_post_is_in_the_language_of_its_readers(language: str) -> None:
    said = AROUND[language]
    letter = changed(
        post_guest=True, post_credit="Cy Out", copied=("Dee Hill",), attachments=(FILE,),
        relay="to+abc@forum.test", language=language,
    )  # fmt: skip
    message = checked(compose(letter))
    words = text_of(message)
    page = html.unescape(re.sub(r"<[^>]+>", "", html_of(message)))
    facts = {"name": "Ada Brook", "author": "Ada Brook"}
    for shown in (words, page):
        assert said["in_reply_to"].format(name="Ben Field") + said["colon"] in shown
        assert said["forwarded"].format(name="Cy Out", author="Ada Brook") in shown
        assert all(
            said[key].format(**facts) in shown for key in ("guest", "alone", "answer", "web", "unsubscribe")
        )
        assert language == "en" or not any(
            AROUND["en"][key] in shown for key in ("answer", "web", "unsubscribe")
        )
    assert said["thread"] in page and f"{said['attached']}{said['colon']}\n" in words


def test_a_letter_in_an_unknown_language_is_english() -> None:
    assert text_of(checked(compose(changed(language="tlh")))) == text_of(checked(compose(LETTER)))


def test_many_copied_names_are_counted() -> None:
    assert "and 80 more" in text_of(checked(compose(changed(copied=tuple(f"N {n}" for n in range(100))))))


@pytest.mark.parametrize("evil", EVIL)
def test_C7_no_text_becomes_a_header_or_a_tag(evil: str) -> None:
    letter = changed(
        post_author=evil,
        post_subject=evil,
        post_credit=evil,
        post_guest=True,
        post_text=evil,
        copied=(evil,),
        answers=Answered(evil, evil),
        site=replace(SITE, name=evil),
        mailing_list=replace(LIST, title=evil, description=evil),
        pictures=(Picture(evil, evil, b"x", evil),),
        attachments=(Linked(evil, 1, "https://forum.test/a"),),
        references=(evil,),
        post_message_id=evil,
        thread_subject=evil,
    )
    message = checked(compose(letter))
    _unhurt(message)
    notice = NoticeLetter(SITE, "ada@garden.test", evil, evil, "n.1@forum.test", evil, 1, evil)
    _unhurt(checked(compose_notice(notice)))


def _unhurt(message: EmailMessage) -> None:
    assert "Bcc" not in message and "Cc" not in message
    for name, value in message.items():
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", str(value)), name
    assert len(getaddresses([str(message["To"])])) == 1
    page = html_of(message)
    tags = re.findall(r"<[a-z][^<>]*>", page)
    assert "<script" not in page and not any(
        re.search(r"\son\w+=", html.unescape(re.sub(r'"[^"]*"', "", tag))) for tag in tags
    )


def test_C7_a_bad_list_address_is_an_error_and_never_a_header() -> None:
    for address in ("garden@forum.test\r\nBcc: eve@evil.test", "garden", "<a@b>", "a@b@c.test", ""):
        with pytest.raises(ValueError, match="not"):
            compose(changed(mailing_list=replace(LIST, address=address)))
        with pytest.raises(ValueError, match="not"):
            compose_notice(NoticeLetter(SITE, address, "s", "t", "n@forum.test", "", 0, "Garden"))


def test_C1_styles_cannot_break_out_of_an_attribute() -> None:
    text = '![<img onerror=canary() src=x](cid:a) [x](https://a.test "<p onclick=canary()>") ![<p>](cid:a)'
    page = html_of(
        checked(compose(changed(post_text=text, pictures=(Picture("x", "image/png", b"x", "a"),))))
    )
    for tag in re.findall(r'<[a-z0-9]+(?:\s[a-z-]+="[^"]*")*>', page):
        assert "canary" not in re.sub(r'"[^"]*"', "", tag)
    assert "canary" not in re.sub(r'<[a-z0-9]+(?:\s[a-z-]+="[^"]*")*>', "", page)


def test_a_notice_is_a_letter_too() -> None:
    notice = NoticeLetter(
        SITE, "ada@garden.test", "Dein Brief — hängt", "Hello Ada,\n\nsee https://forum.test/x.\n", "n.1@forum.test",
        "ada.7@garden.test", 1_700_000_000_000_000, "Garden", reply_to="confirm+abc@forum.test",
    )  # fmt: skip
    message = checked(compose_notice(notice))
    assert (
        str(message["From"]) == "Garden <postmaster@forum.test>" and str(message["To"]) == "ada@garden.test"
    )
    assert (
        str(message["Reply-To"]) == "confirm+abc@forum.test"
        and str(message["Subject"]) == "Dein Brief — hängt"
    )
    assert message["Auto-Submitted"] == "auto-replied" and message["In-Reply-To"] == "<ada.7@garden.test>"
    assert text_of(message) == "Hello Ada,\n\nsee https://forum.test/x.\n" and "<a href=" in html_of(message)
    first = checked(
        compose_notice(NoticeLetter(SITE, "a@b.test", "s", "t", "n.2@forum.test", "", 0, "", "x@forum.test"))
    )
    assert first["Auto-Submitted"] == "auto-generated" and "In-Reply-To" not in first


def test_composing_the_same_letter_twice_gives_the_same_bytes() -> None:
    letter = changed(pictures=(PICTURE,))
    assert compose(letter) == compose(letter)


def test_filling_a_thousand_copies_takes_no_time() -> None:
    letter = compose(changed(pictures=(PICTURE,)))
    with soon():
        for _ in range(1000):
            letter.fill(SLOTS)
