"""Promises P1-P6 on a running bridge: what its pages, feeds, letters, logs and files tell of its people."""

from __future__ import annotations

import re
import sqlite3
import stat
import zlib
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from urllib.parse import quote

from tests.servers import Daemon, Sink

from .conftest import MakeBridge
from .story import LIST, crawl, find_database, header, settle, subscribe, text_of

PEOPLE = {
    "wilma.quist@members.test": "Wilma Quist",
    "juri.t@members.test": "Juri Tamm",
    "esme@members.test": "Esme Okoro",
}
WILMA, JURI, ESME = PEOPLE
OUTSIDER = "hidden.neighbour@outside.test"
PHONES = ("01632 960123", "+44 1632 960 456", "(707) 555-0134", "07700900999")
STREET, BOX = "14 Mill Lane", "P.O. Box 4711"
LINKS = (
    "https://chat.whatsapp.com/Fq8sKx20PzL",
    "https://files.test/reset?reset_token=Zk3j9dK2lQ55",
    "https://club.test/invitations/k7Qz0aPxkZZ",
    "https://news.test/unsubscribe/8f3c2d1e-aaaa-bbbb-cccc-1234567890ab",
)
REPLY_TO = "reply+i-31415926-0a1b2c3d@code.test"
KEPT = (
    "12 March 2024",
    "2024-03-12",
    "978-0-306-40615-7",
    "version 3.12.4",
    "https://page.test/2024/reading-list",
)
TELLING = {
    "X-Originating-IP": "[192.0.2.77]",
    "Disposition-Notification-To": "wilma.receipts@members.test",
    "Return-Receipt-To": "wilma.receipts@members.test",
    "X-Mailer": "Quistmail 4.77 on wilmas-laptop",
    "DKIM-Signature": "v=1; a=rsa-sha256; d=members.test; s=wilmakey; b=AAAA",
    "Received": "from wilmas-laptop.home ([192.0.2.77]) by mx.members.test; Tue, 12 Mar 2024 09:00:00 +0000",
    "Bcc": "secret.bcc@outside.test",
}


def new(sender: str, name: str, text: str, html: str = "", **headers: str) -> tuple[str, list[str], bytes]:
    """A mail of a member."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f"{PEOPLE[sender]} <{sender}>"
    mail["To"] = LIST
    mail["Subject"] = headers.pop("Subject", "Reading group")
    mail["Date"] = "Tue, 12 Mar 2024 09:12:00 +0000"
    mail["Message-ID"] = f"<{name}@ids.test>"
    for key, value in headers.items():
        mail[key] = value
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    return sender, [LIST], mail.as_bytes()


def mails() -> list[tuple[str, list[str], bytes]]:
    """Mails that are full of what is nobody else's business."""
    first = (
        f"Come on {KEPT[0]} ({KEPT[1]}), we read {KEPT[2]}, {KEPT[3]}, see {KEPT[4]}\n\n"
        f"Call me: {PHONES[0]} or {PHONES[1]}; I live at {STREET}, EX1 2AB. Write to {WILMA}, or {BOX}.\n\n"
        f"Join: {LINKS[0]} and [reset]({LINKS[1]}) and {LINKS[2]}\n\nLeave: {LINKS[3]}\nAnswer: {REPLY_TO}\n\n"
        f"-- \nWilma Quist\nTel {PHONES[2]}\n{WILMA}\n"
    )
    pixel = f'<p>Mine is {PHONES[3]}.</p><img src="https://track.test/open.gif?u=1" width="1" height="1">'
    quoted = (
        f"Fine!\n\nOn Tue, 12 Mar 2024, Wilma Quist <{WILMA}> wrote:\n> Call me: {PHONES[0]}\n> {WILMA}\n"
    )
    return [
        new(WILMA, "one", first, Cc=f"A Neighbour <{OUTSIDER}>", **TELLING),
        new(JURI, "two", quoted, Subject="Re: Reading group", **{"In-Reply-To": "<one@ids.test>"}),
        new(
            ESME,
            "three",
            f"Mine is {PHONES[3]}.",
            pixel,
            Subject="Ring 01632 960123",
            References="<one@ids.test>",
        ),
    ]


def bridge_with_posts(bridge: MakeBridge, sink: Sink) -> Daemon:
    daemon = bridge(sink=sink)
    subscribe(daemon, PEOPLE)
    daemon.send(*mails())
    settle(daemon, 3)
    return daemon


def digits(text: str) -> str:
    """Phone numbers however they are written."""
    return re.sub(r"[^\d]", "", text)


def test_P1_P2_P3_P4_P5_P6_nothing_private_leaks(bridge: MakeBridge, sink: Sink) -> None:
    daemon = bridge_with_posts(bridge, sink)
    pages = crawl(daemon)
    for word in ("Call", "960123", "wilma", "members.test", "Mill", "token", "Join", "reading"):
        pages[f"?{word}"] = (
            daemon.get(f"/search?q={quote(word)}")[1]
            .replace(f'value="{word}"', "")
            .replace(f"<title>{word}", "")
        )
    check_pages(pages)
    check_letters(sink)
    check_log(daemon, sink)
    check_modes(daemon)
    check_forgotten(daemon)


def check_pages(pages: dict[str, str]) -> None:
    """P1: every page and feed, what stays and what is masked."""
    assert {"/feed.atom", "/forum/feed.atom"} <= set(pages) and len(pages) > 12
    secrets = (
        *PEOPLE, OUTSIDER, "wilma.receipts", "secret.bcc", STREET, "EX1 2AB", "4711", REPLY_TO, "31415926",
        *(link.rpartition("/")[2] for link in LINKS), "192.0.2.77", "wilmas-laptop", "Quistmail", "track.test",
    )  # fmt: skip
    for path, page in pages.items():
        assert not [secret for secret in secrets if secret in page], path
        assert not [phone for phone in PHONES if digits(phone)[-9:] in digits(page)], path
        assert not re.search(r"(?:reply|bounce|unsubscribe|confirm|to)\+[a-z2-7]{20}", page), path
    thread = next(
        page for path, page in pages.items() if re.fullmatch(r"/forum/\d+", path) and KEPT[0] in page
    )
    assert all(word in thread for word in KEPT)
    for words in ("phone number", "postal address", "private link", "private address"):
        assert f"({words} hidden)" in thread


def check_letters(sink: Sink) -> None:
    """Members have it in full; P3: no header tells on the sender; P4: nothing is fetched that tells who reads."""
    letter = next(mail for mail in sink.to(ESME) if "one@ids.test" in header(mail.content, "Message-ID"))
    shown = text_of(letter.content)
    assert all(secret in shown for secret in (PHONES[0], PHONES[1], STREET, *LINKS))
    for mail in sink.mails:
        head = mail.content.partition(b"\r\n\r\n")[0].decode()
        for name, value in TELLING.items():
            assert value not in head and not re.search(rf"(?im)^{name}:", head), name
        assert "192.0.2.77" not in text_of(mail.content) and "track.test" not in text_of(mail.content)
        assert not re.search(r"<img[^>]+src=.?[\"']?(?:https?:)?//", text_of(mail.content))


def check_log(daemon: Daemon, sink: Sink) -> None:
    """P2: no body, no token, no whole address."""
    log = daemon.log(10**7)
    tokens = {
        found for mail in sink.mails for found in re.findall(r"\b[a-z2-7]{26,60}\b", text_of(mail.content))
    }
    tokens |= {found for mail in sink.mails for found in re.findall(r"\+([a-z2-7]{26,60})@", mail.sender)}
    assert log and tokens
    assert not [token for token in tokens if token in log]
    assert not [
        secret
        for secret in (*PEOPLE, OUTSIDER, *PHONES, "Mill Lane", "Call me", "Reading group")
        if secret in log
    ]


def check_modes(daemon: Daemon) -> None:
    """P6: the files are their owner's, and no secret stands where other users of the machine can read."""
    data = find_database(daemon).parent
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    for path in data.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    secret = key_of(data)
    proc = Path(f"/proc/{daemon.pid}")
    everything = (proc / "cmdline").read_bytes() + (proc / "environ").read_bytes()
    assert secret.encode() not in everything and secret not in daemon.get("/health")[1] + daemon.log(10**7)


def key_of(data: Path) -> str:
    """The key of all tokens."""
    connection = sqlite3.connect(f"file:{next(data.glob('*.db'))}?mode=ro", uri=True)
    try:
        return str(connection.execute("select value from setting where key = 'token_secret'").fetchone()[0])
    finally:
        connection.close()


def check_forgotten(daemon: Daemon) -> None:
    """P5: by the command line, beside the running daemon; not in the files, not even packed."""
    data = find_database(daemon).parent
    assert WILMA.encode() in strings(data)
    daemon.cli("people", "forget", WILMA, "--delete-posts", "--yes")
    files = strings(data)
    for word in (WILMA, "wilma quist", "960 456", "mill lane", "zk3j9dk2lq55", "receipts"):
        assert word not in files.decode(errors="replace"), word
    page = crawl(daemon)["/forum/1"]
    assert "(removed)" in page and "A former member" in page and "Fine!" in page and "Wilma" not in page


def strings(data: Path) -> bytes:
    """All that the files hold, in lower case, with what is packed in them."""
    whole = b"".join(path.read_bytes() for path in data.iterdir() if path.is_file())
    unpacked = []
    for found in re.finditer(b"x\x01", whole):
        try:
            unpacked.append(zlib.decompressobj().decompress(whole[found.start() : found.start() + 65_536]))
        except zlib.error:
            continue
    return (whole + b"".join(unpacked)).lower()
