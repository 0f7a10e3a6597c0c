"""What is masked for everybody, and what is not; the figures of promises P1 and R3."""

from __future__ import annotations

import pytest

from bridge.posting.private import ADDRESS, LINK, PHONE, POSTAL, has_private, mask, mask_html
from bridge.posting.render import render
from tests.guard import soon

PHONES = [
    "+44 1632 960 123",
    "(0)1632-960123",
    "01632 960123",
    "(707) 555-0134",
    "707.555.0134",
    "707-555-0134",
    "+1 (707) 555-0134",
    "1-707-555-0134",
    "06 12 34 56 78",
    "06.12.34.56.78",
    "06-12-34-56-78",
    "+33 6 12 34 56 78",
    "089/123456",
    "Tel: 555 0134",
    "Phone: 5550134",
    "call me on 555-0134",
    "Handy 0171 1234567",
    "030 - 1234567",
    "+49 (0)30 1234567",
    "0049 30 1234567",
    "T: 1632 960123",
    "M. 7700 900123",
    "tél. 12 34 56 78",
    "WhatsApp 7700900123",
    "mobile number: 7700 900 123",
    "91 123 45 67",
    "612 34 56 78",
    "333 1234567",
    "07700900123",
    "+4407700900123",
    "0800-555-0199",
    "**Tel:** 555 0134",
    "my number is 07700 900 123.",
    "020 7946 0000",
    "(11) 91234-5678",
    "912 345 678 (telemóvel)",
    "98765 43210 is my mobile",
    "912345678 – WhatsApp",
    "+32 2 555 12 12",
    "0475/12.34.56",
    "+7 (916) 123-45-67",
    "0412 345 678",
]
NO_PHONES = [
    "2018-03-15",
    "01/02/2024",
    "01.02.2024 10:00",
    "01.02. - 05.02.2024",
    "03/07/2019 10",
    "1,000,000",
    "10:30-11:45",
    "09.30-11.30",
    "0930-1130",
    "0900 - 1700",
    "12 300 people",
    "1 200 000 people",
    "ISBN 0-306-40615-2",
    "ISBN 978-0-306-40615-7",
    "978 0 306 40615 7",
    "0-306-40615-2",
    "ISBN: 0306406152",
    "in 1999-2004",
    "1999 - 2004",
    "v1.2.3",
    "Python 3.12.4",
    "version 0.12.345.6789",
    "Art. 0012345678",
    "Order no. 0123456789",
    "article 0123456789",
    "#0123456789",
    "€ 1 200 000",
    "EUR 1200000",
    "0.123456789",
    "192.168.100.200",
    "10.0.0.1",
    "GB29 NWBK 6016 1331 9268 19",
    "DE89 3704 0044 0532 0130 00",
    "https://a.test/0123456789",
    "https://a.test/2024/01/02/0170-1234567",
    "0000-0002-1825-0097",
    "doi 10.1000/0123456789",
    "20191231",
    "lottery 3 12 25 31 44 49",
    "£07 500 000",
    "612 345 678",
    "1 234 567",
    "20240102 1030",
    "100-200-300",
    "Bug 01234567890",
    "12.345.678,90",
    "charity number 01234567890",
    "2020 2021 2022 2023",
    "ages 10 20 30 40 50",
    "12345678 mobile users",
    "there are 10 000 000 mobile phones",
    "§ 1631 Abs. 2",
    "score 21-19 18-21 21-17",
    "51.5074, 0.1278",
    "VAT BE0123456789",
    "19:30 – 21:00 Uhr",
]
POSTAL_LINES = [
    "12 Mill Lane",
    "Flat 3, 12 Mill Lane, Exeter, EX1 2AB",
    "1600 Amphitheatre Parkway, Mountain View, CA 94043",
    "Berkeley, CA 94704",
    "Hauptstraße 12, 10115 Berlin",
    "Lindenstr. 5a",
    "12 rue de la Paix, 75002 Paris",
    "3 avenue des Ternes",
    "Via Roma 12, 00184 Roma",
    "Calle Mayor 5, 28013 Madrid",
    "Rua Augusta 100",
    "Vondelstraat 12, 1054 GE Amsterdam",
    "Storgatan 5",
    "P.O. Box 123",
    "Postfach 12 34 56",
    "EX1 2AB",
    "K1A 0B1",
    "D-10115 Berlin",
    "ul. Nowa 5, 00-123 Warszawa",
    "Bergmannstraße 103\n10961 Berlin",
    "Rue de la Paix 12, 1000 Bruxelles",
    "Avenue Louise 54",
    "Lange Straat 12, 9000 Gent",
    "Gentse Steenweg 5",
]
NO_POSTAL_LINES = [
    "on Platz 3",
    "Parkplatz 12",
    "3 Ways",
    "10000 People Marched",
    "the 5 Great Ideas",
    "Chapter 5 Way Forward",
    "In 2019 Mill Lane was closed",
    "5 Green Hills",
    "Via GitHub 12",
    "Room 12",
    "12 Angry Men",
    "In 2020 Green Drive",
    "Avenida is 5",
    "Umweg 3",
    "Via email 5",
    "Post 12",
    "Figure 3 Rise",
    "PO 12",
    "On the way 5",
    "A4 5GB",
    "M25 2PM",
    "5 May Day Walk",
    "In 1995 The Way",
    "Am Platz 3 Leute",
    "De Straat 5",
    "Rue the day 5",
    "Avenue 5",
]
SECRET_LINKS = [
    "https://a.test/reset?token=abcdef123456",
    "https://www.loomio.org/join/group/k7Qz0aPxkZZ/",
    "https://www.loomio.com/d/abc?unsubscribe_token=xYz12345",
    "https://chat.whatsapp.com/AbCdEfGh123",
    "https://us02web.zoom.us/j/123?pwd=abcDEF123",
    "https://a.test/unsubscribe/8f3c2d1e-aaaa-bbbb-cccc-1234567890ab",
    "https://a.test/unsubscribe?u=1234567890abcdef1234567890&id=abcdef1234",
    "https://user:pw@a.test/",
    "https://t.me/+AbCd1234",
    "https://discord.gg/AbCd12",
    "https://a.test/x;jsessionid=0A1B2C3D4E5F",
    "https://a.test/?sid=123456abc",
    "https://a.test/invitations/Zk3j9dK2lQ",
    "https://join.slack.com/t/foo/shared_invite/zt-123-abc",
    "https://a.test/password/reset/Ab3dE6gH9",
    "https://a.test/v?jwt=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx",
    "https://a.test/email?e=bob%40x.test&unsubscribe=1x1x1x1",
    "https://list-manage.test/unsubscribe?u=0123456789abcdef0123456789&id=abc",
    "https://wa.me/441632960123",
    "https://meet.google.com/abc-defg-hij",
    "https://a.test/users/confirmation?confirmation_token=AAAbbb1",
    "https://forum.test/session/email-login/0123456789abcdef0123456789abcdef",
]
LINKS = [
    "https://a.test/how-to-unsubscribe",
    "https://a.test/?id=123",
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "https://a.test/join",
    "https://a.test/join-us",
    "https://www.loomio.com/d/AbC12deF/some-title",
    "https://a.test/?page=2&token=true",
    "https://docs.google.com/document/d/1aBcD2eFgH3/edit?usp=sharing",
    "https://a.test/tokens/overview",
    "https://a.test/2024/01/02/reset-the-net",
    "https://a.test/?utm_source=a1b2c3d4e5",
    "https://github.com/a/b/commit/0123456789abcdef0123456789abcdef01234567",
    "https://a.test/login",
    "https://a.test/verify-your-facts-2024",
    "https://a.test/session/5",
    "https://a.test/article?key=value",
    "https://a.test/?q=password",
    "https://a.test/author?author=ada-w1",
    "https://a.test/subscription-models-2023-report",
    "https://a.test/invite/",
    "https://a.test/?session=spring",
    "https://a.test/accept/terms-2024",
    "https://zoom.us/j/12345678",
    "https://a.test/preferences/reading-2019-list",
]


@pytest.mark.parametrize("number", PHONES)
def test_P1_a_telephone_number_is_masked(number: str) -> None:
    masked = mask(f"x {number}, or")
    assert PHONE in masked and not any(character.isdigit() for character in masked)
    html = mask_html(render(f"x {number}, or", {}))
    assert PHONE in html and not any(character.isdigit() for character in html)


@pytest.mark.parametrize("number", NO_PHONES)
def test_dates_prices_books_and_versions_stay(number: str) -> None:
    assert mask(f"see {number}, or") == f"see {number}, or"


@pytest.mark.parametrize("line", POSTAL_LINES)
def test_P1_a_postal_address_is_masked(line: str) -> None:
    assert mask(f"x: {line} and") == f"x: {POSTAL} and"
    assert POSTAL in mask_html(render(f"x: {line} and", {}))


@pytest.mark.parametrize("words", NO_POSTAL_LINES)
def test_words_that_look_like_a_street_stay(words: str) -> None:
    assert mask(f"x {words} and") == f"x {words} and"


@pytest.mark.parametrize("link", SECRET_LINKS)
def test_P1_a_link_that_carries_a_secret_is_masked(link: str) -> None:
    assert mask(f"x {link}, or") == f"x {LINK}, or"
    assert mask(f"x [words]({link}) or") == f"x words {LINK} or"
    html = mask_html(render(f"x {link} and [words]({link}) and ![p]({link})", {}))
    assert "href" not in html and link[12:] not in html and html.count(LINK) == 3


@pytest.mark.parametrize("link", LINKS)
def test_ordinary_links_stay(link: str) -> None:
    assert mask(f"x {link}, or [words]({link})") == f"x {link}, or [words]({link})"
    html = render(f"x {link} and [words]({link})", {})
    assert mask_html(html) == html


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("reply+i-31415926-abcdef@code.example", ADDRESS),
        ("reply+abcdefghijklmnopqrstuvwxyz234567@forum.example", ADDRESS),
        ("notifications-0a1b2c3d4e5f@social.example", ADDRESS),
        ("ada+list@members.example", "ada+list@…"),
        (
            "https://forum.example/unsubscribe/abcdefghijklmnopqrstuvwxyz",
            "https://forum.example/unsubscribe/…",
        ),
    ],
)
def test_P1_reply_addresses_are_hidden_whatever_the_list_masks(text: str, shown: str) -> None:
    assert mask(text, "none") == mask_html(text, "none") == shown


def test_a_list_may_mask_nothing_but_addresses() -> None:
    text = "Call 01632 960123 or ada@members.example, 12 Mill Lane, https://t.me/+AbCd1234"
    assert mask(text, "none") == text.replace("@members.example", "@…")
    assert mask_html(f"<p>{text}</p>", "none") == f"<p>{text.replace('@members.example', '@…')}</p>"


def test_an_author_unmasks_his_own_words_and_no_quotes() -> None:
    text = "> Bo: 01632 960123\n\nMine is 01632 960999"
    assert mask(text, "quotes") == f"> Bo: {PHONE}\n\nMine is 01632 960999"
    html = mask_html(render(f"{text}\n\n> > 01632 960124", {}), "quotes")
    assert "960123" not in html and "960124" not in html and "960999" in html


def test_masking_again_changes_nothing() -> None:
    text = "Tel: 01632 960123, 12 Mill Lane, [join](https://t.me/+AbCd1234), ada@members.example\n"
    assert mask(mask(text)) == mask(text) and not has_private(mask(text))
    html = mask_html(render(text, {}))
    assert mask_html(html) == html


def test_html_is_masked_across_marks_and_in_attributes() -> None:
    text = "**Tel:** 555 0134\nHauptstr. 5\n10115 Berlin\n![call 01632 960123](cid:a)"
    html = mask_html(render(text, {"a": "/attachment/1/01632960123.png"}))
    assert html == (
        f"<p><strong>Tel:</strong> {PHONE}<br>\n{POSTAL}<br>\n"
        f'<img src="/attachment/1/01632960123.png" alt="call {PHONE}"></p>\n'
    )


UNITS = (
    "1", "0 ", "+1 ", "(0", "12 Mill ", "Hauptstra", "A", "A ", "A-", "1 A ", "<", "<a ", '<a href="', '<"', "a@",
    "https://a.test/", "[a](https://", "12 rue de la ", "+1(", "0.", "Via A ", "EX1 ", "reply+1", "0123 ", "reply-1",
    "a.b+", "\n1", "> 1\n", "x\n", "Tel: ", "?token=", "&amp;", "1-", "Calle de la a ", "Tel me ", "<blockquote>",
)  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_R3_masking_takes_linear_time(unit: str) -> None:
    text = unit * (50_000 // len(unit))
    with soon():
        mask(text)
        mask_html(text)
        mask(text, "quotes")
