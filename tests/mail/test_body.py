"""Bodies: which parts are words, which are attachments, and in which order (RFC 2046)."""

import pytest

from bridge.mail.parse import parse

from .letters import PNG, mail, markup, multipart, part, picture, plain


def test_alternatives_are_both_kept() -> None:
    message = parse(mail(multipart("alternative", plain("Hi"), markup("<p>Hi</p>"))))
    assert (message.text, message.html, message.attachments) == ("Hi", "<p>Hi</p>", ())


@pytest.mark.parametrize("label", ["punycode", "idna", "undefined", "unicode_escape", "rot13", "zlib"])
@pytest.mark.parametrize("coding", ["8bit", "base64", "quoted-printable", "x-uuencode", ""])
def test_C8_a_label_that_names_a_codec_of_python_hides_no_words(label: str, coding: str) -> None:
    raw = part(f"text/plain; charset={label}", "Grüße an alle", f"Content-Transfer-Encoding: {coding}")
    text = parse(mail(raw)).text
    assert text and (coding == "base64" or text == "Grüße an alle")


def test_html_alone() -> None:
    message = parse(mail(markup("<p>Hi</p>")))
    assert (message.text, message.html) == (None, "<p>Hi</p>")


def test_an_empty_plain_part_does_not_hide_the_html() -> None:
    message = parse(mail(multipart("alternative", plain("\r\n"), markup("<p>Hi</p>"))))
    assert (message.text, message.html) == (None, "<p>Hi</p>")


@pytest.mark.parametrize("outer", ["alternative", "related"])
def test_related_pictures_are_inline(outer: str) -> None:
    shown = picture('Content-Disposition: attachment; filename="a.png"', "Content-ID: <pic.1@x>")
    html = markup('<p>See <img src="cid:pic.1%40x"></p>')
    if outer == "alternative":
        raw = multipart("alternative", plain("See"), multipart("related", html, shown))
    else:
        raw = multipart("related", multipart("alternative", plain("See"), html), shown)
    message = parse(mail(raw))
    (kept,) = message.attachments
    assert (kept.name, kept.type, kept.content_id, kept.inline, kept.content) == (
        "a.png",
        "image/png",
        "pic.1@x",
        True,
        PNG,
    )
    assert message.text == "See"
    assert message.html == '<p>See <img src="cid:pic.1@x"></p>'


def test_ids_that_no_link_can_hold_are_changed_on_both_sides() -> None:
    raw = multipart("related", markup('<img src="cid:a!b%20c">'), picture("Content-ID: <a!b c>"))
    message = parse(mail(raw))
    assert message.html == f'<img src="cid:{message.attachments[0].content_id}">'
    assert message.attachments[0].content_id == "a_b_c"


def test_apple_mail_pictures_between_html_parts_stand_in_their_place() -> None:
    rich = multipart(
        "mixed", markup("<p>Before</p>"), picture("Content-Disposition: inline"), markup("<p>After</p>")
    )
    message = parse(mail(multipart("alternative", plain("Before\n\nAfter"), rich)))
    (kept,) = message.attachments
    assert message.text == "Before\n\nAfter"
    assert message.html is not None
    order = [message.html.index(mark) for mark in ("Before", f"cid:{kept.content_id}", "After")]
    assert order == sorted(order) and kept.inline


def test_a_picture_behind_the_last_words_needs_no_mark() -> None:
    message = parse(
        mail(multipart("mixed", markup("<p>See</p>"), picture(), markup("<html><body><br></body></html>")))
    )
    assert "cid:" not in (message.html or "")
    assert [a.name for a in message.attachments] == ["shed.png"]


def test_apple_mail_text_picture_text() -> None:
    message = parse(mail(multipart("mixed", plain("Before"), picture(), plain("After"))))
    assert (message.text, message.html) == ("Before\n\nAfter\n", None)
    assert message.attachments[0].inline


def test_plain_footers_below_html_are_in_both() -> None:
    raw = multipart(
        "mixed", multipart("alternative", plain("Hi"), markup("<p>Hi</p>")), plain("-- \nfoot <er>")
    )
    message = parse(mail(raw))
    assert message.text == "Hi\n\n-- \nfoot <er>\n"
    assert message.html == "<p>Hi</p>\n<div>-- <br>\nfoot &lt;er&gt;</div>"


def test_html_without_its_plain_form_leaves_no_half_text() -> None:
    message = parse(mail(multipart("mixed", plain("First"), markup("<p>Second</p>"))))
    assert message.text is None
    assert message.html == "<div>First</div>\n<p>Second</p>"


def test_files_are_attachments() -> None:
    raw = multipart(
        "mixed",
        plain("See notes"),
        plain("the notes", '; name="notes.txt"', "Content-Disposition: attachment"),
        plain("a patch", "", 'Content-Disposition: inline; filename="fix.patch"'),
        part("text/calendar; method=REQUEST", "BEGIN:VCALENDAR"),
        part("application/ms-tnef", b"\x78\x9f", 'Content-Disposition: attachment; filename="winmail.dat"'),
        part("application/pdf", b"%PDF"),
    )
    message = parse(mail(raw))
    assert message.text == "See notes"
    assert [(a.name, a.type) for a in message.attachments] == [
        ("notes.txt", "text/plain"), ("fix.patch", "text/plain"), ("attachment-3.ics", "text/calendar"),
        ("winmail.dat", "application/ms-tnef"), ("attachment-5.pdf", "application/pdf"),
    ]  # fmt: skip
    assert message.attachments[3].content == b"\x78\x9f"
    assert not any(a.inline for a in message.attachments)


def test_a_named_text_is_read_where_there_is_no_other() -> None:
    message = parse(mail(plain("All of it", '; name="body.txt"')))
    assert (message.text, message.attachments) == ("All of it", ())
    kept = parse(mail(plain("A file", '; name="a.txt"', "Content-Disposition: attachment")))
    assert kept.text is None and kept.attachments[0].content == b"A file"


def test_signed_mail_shows_its_words_and_not_its_proof() -> None:
    proof = part("application/pgp-signature; name=signature.asc", b"-----BEGIN PGP SIGNATURE-----")
    message = parse(mail(multipart('signed; protocol="application/pgp-signature"', plain("Hi"), proof)))
    assert (message.text, message.attachments, message.content_type) == ("Hi", (), "multipart/signed")
    sealed = parse(
        mail(
            multipart(
                "encrypted", part("application/pgp-encrypted", b"1"), part("application/octet-stream", b"x")
            )
        )
    )
    assert sealed.text is None and len(sealed.attachments) == 2


def test_a_reaction_is_its_sign_and_no_file() -> None:
    sign = part("text/vnd.google.email-reaction+json", b'{"version":1}')
    message = parse(mail(multipart("alternative", plain("+1"), sign)))
    assert (message.text, message.attachments) == ("+1", ())


def test_attached_mails_are_never_merged() -> None:
    inner = mail(
        multipart("mixed", plain("Inner words"), picture()), From="Ben <ben@members.test>", Subject="Old"
    )
    message = parse(mail(multipart("mixed", plain("Outer words"), part("message/rfc822", inner))))
    assert (message.text, [each.name for each in message.attachments]) == ("Outer words", ["shed.png"])
    (attached,) = message.forwarded
    assert (attached.subject, attached.text) == ("Old", "Inner words")
    assert attached.author is not None and attached.author.name == "Ben"
    assert [a.name for a in attached.attachments] == ["shed.png"]


def test_digests_and_odd_attached_mails() -> None:
    digest = multipart("digest", b"\r\n" + mail("One"), b"\r\n" + mail("Two"))
    assert [each.text for each in parse(mail(digest)).forwarded] == ["One", "Two"]
    coded = part("message/rfc822", b"RnJvbTogYUB4LnRlc3QKCmhpCg==", "Content-Transfer-Encoding: base64")
    message = parse(mail(multipart("mixed", plain("See"), coded)))
    assert message.forwarded == () and message.attachments[0].content == b"From: a@x.test\n\nhi\n"


def test_flowed_text_is_made_whole() -> None:
    raw = plain("A line \r\nthat goes on\r\n> quoted \r\n> words\r\n-- \r\nAda\r\n", "; format=flowed")
    assert parse(mail(raw)).text == "A line that goes on\n> quoted words\n-- \nAda\n"


def test_transfer_encodings() -> None:
    coded = part(
        "text/plain; charset=utf-8", "Gr=C3=BC=\r\n=C3=9Fe=20", "Content-Transfer-Encoding: Quoted-Printable"
    )
    assert parse(mail(coded)).text == "Grüße "
    coded = part("text/plain; charset=utf-8", "R3LDvMOfZQ==", "Content-Transfer-Encoding: base64")
    assert parse(mail(coded)).text == "Grüße"
    coded = part(
        "text/plain", "R3LDvMOf\r\nZQ==\r\n____\r\na list's footer", "Content-Transfer-Encoding: base64"
    )
    assert parse(mail(coded)).text == "Grüße\n____\na list's footer"
    assert parse(mail(part("text/plain", "as it is", "Content-Transfer-Encoding: x-odd"))).text == "as it is"


def test_html_that_names_its_own_charset() -> None:
    raw = part("text/html", "<meta charset=koi8-r><p>" + "есть", "X: y").replace(
        "есть".encode(), "есть".encode("koi8-r")
    )
    assert "есть" in (parse(mail(raw)).html or "")
    hides = "<meta charset=utf-7><p>Before</p>+ADw-script+AD4-<p>After</p>"
    assert parse(mail(part("text/html", hides, "X: y"))).html == hides


def test_broken_multiparts_lose_no_words() -> None:
    assert parse(mail("Words", Content_Type="multipart/mixed; boundary=nowhere")).text == "Words"
    assert parse(mail("Words", Content_Type="multipart/mixed")).text == "Words"
    assert parse(mail("Words", Content_Type="nonsense")).text == "Words"
    cut = mail(multipart("mixed", plain("Words"), picture()))
    assert parse(cut[: cut.index(b"image/png")]).text == "Words"


def test_a_huge_text_is_cut_and_attached_whole() -> None:
    body = "a line of words\r\n" * 100_000
    message = parse(mail(body))
    assert message.text is not None and len(message.text) <= 1_000_000 and message.text.endswith("words\n")
    assert message.attachments[0].name == "long-text.txt" and message.attachments[0].content == body.encode()


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="plan.pdf"', "plan.pdf"),
        ("attachment; filename=my plan.pdf", "my plan.pdf"),
        ("attachment; filename*=utf-8''Gr%C3%BC%C3%9Fe%20an.pdf", "Grüße an.pdf"),
        ("attachment; filename=\"x.pdf\"; filename*=utf-8'en'%C3%BC.pdf", "ü.pdf"),
        ("attachment; filename*0*=iso-8859-1''Gr%FC; filename*1=\"n \"; filename*2*=b.pdf", "Grün b.pdf"),
        ('attachment; filename*0="a very "; filename*1="long.pdf"', "a very long.pdf"),
        ('attachment; filename="=?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n =?utf-8?Q?.pdf?="', "Grüße.pdf"),
        ("attachment; filename==?utf-8?B?w7wucGRm?=", "ü.pdf"),
        ('attachment; filename="Gr\udcfcn.pdf"', "Grün.pdf"),
        ('attachment; filename="a;b\\"c.pdf"', "a;b_c.pdf"),
        ('attachment; filename="..\\\\..\\\\etc\\\\passwd"', "passwd"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\Users\\Ada\\plan.pdf"', "plan.pdf"),
        ('attachment; filename=".bashrc"', "bashrc"),
        ('attachment; filename="a\u202efdp.exe"', "afdp.exe"),
        ('attachment; filename="=?utf-8?q?a=00b=0d=0ac.pdf?="', "ab c.pdf"),
        ('attachment; filename="NUL.txt"', "_NUL.txt"),
        ('attachment; filename="' + "ü" * 300 + '.pdf"', "ü" * 125 + ".pdf"),
        ('attachment; filename=".."', "attachment-1.pdf"),
        ("attachment; filename", "attachment-1.pdf"),
        ("attachment", "attachment-1.pdf"),
    ],
)
def test_C5_file_names(header: str, name: str) -> None:
    raw = part("application/pdf", b"%PDF", f"Content-Disposition: {header}")
    (kept,) = parse(mail(multipart("mixed", plain("See"), raw))).attachments
    assert kept.name == name
    assert len(kept.name.encode()) <= 255


def test_reports_are_kept_apart() -> None:
    status = part(
        "message/delivery-status",
        "Reporting-MTA: dns; mx.test\r\n\r\nFinal-Recipient: rfc822; a@x.test\r\nStatus: 5.1.1\r\n",
    )
    old = part("text/rfc822-headers", "Message-ID: <old@x>\r\n")
    message = parse(mail(multipart("report; report-type=delivery-status", plain("It failed"), status, old)))
    assert message.text == "It failed"
    assert message.content_type == "multipart/report"
    assert "Final-Recipient: rfc822; a@x.test\nStatus: 5.1.1" in message.reports[0]
    assert "Message-ID: <old@x>" in message.reports[1]
