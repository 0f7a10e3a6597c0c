"""Addresses: strict where they say who somebody is, lenient where they say who was copied."""
# ruff: noqa: E501

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.mail.address import addr_spec, mailbox, mailboxes, split
from bridge.mail.message import Mailbox

GOOD = {
    "Ada@Example.TEST": "ada@example.test",
    " ada.b+c@example.test\r\n": "ada.b+c@example.test",
    '"ada.b"@example.test': "ada.b@example.test",
    "ada@bücher.test": "ada@xn--bcher-kva.test",
    "jörg@example.test": "jörg@example.test",
    "o'neil@example.test": "o'neil@example.test",
    "root@localhost": "root@localhost",
}
BAD = [
    "", "ada", "@example.test", "ada@", "a@b@example.test", '"a@b"@example.test', "a b@example.test", "ada@exa mple.test",
    "a..b@example.test", ".a@example.test", "a.@example.test", "ada@example..test", "ada@-x.test", "ada@x-.test",
    "ada@[192.0.2.1]", "ada@192.0.2.1", "<ada@example.test>", "a@example.test,b@example.test", "a@example.test b@x.test",
    "a(b)@example.test", "a@example.test(b)", "a\0@example.test", "a\r\nb@example.test", "x" * 65 + "@example.test",
    "a@" + "x" * 64 + ".test", "a@" + "x." * 130 + "test", "=?utf-8?q?a?=@example.test", "\u212aim@example.test",
    "a\u202e@example.test", "a\uff20b@example.test", "a@example.test.", "|/bin/sh@example.test/", "a;b@example.test",
]  # fmt: skip


@pytest.mark.parametrize(("raw", "clean"), GOOD.items())
def test_clean_addresses_are_read(raw: str, clean: str) -> None:
    assert addr_spec(raw) == clean
    assert "@".join(split(clean)) == clean


@pytest.mark.parametrize("raw", BAD)
def test_what_is_not_one_address_is_none(raw: str) -> None:
    assert addr_spec(raw) is None


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_never_raises_and_is_stable(raw: str) -> None:
    once = addr_spec(raw)
    assert once is None or addr_spec(once) == once
    mailbox(raw)
    mailboxes(raw)


LOCAL = st.from_regex(r"[a-z][a-z0-9.+_-]{0,10}[a-z0-9]", fullmatch=True)
GLUE = st.sampled_from([" ", ",", ", ", ";", "> <", ")<", "(", '"', "\t", "\\", ":", "@", "<", " <", "\r\n "])


@settings(max_examples=200, deadline=None)
@given(LOCAL, GLUE, LOCAL, GLUE)
def test_two_addresses_are_never_one(first: str, glue: str, second: str, end: str) -> None:
    for raw in (f"{first}@a.test{glue}{second}@b.test", f"{first}@a.test{glue}{second}@b.test{end}"):
        assert addr_spec(raw) is None
        found = mailbox(raw)
        # A comment is no address (RFC 5322 section 3.2.2): what stands outside of it is the one.
        assert found is None or ("(" in raw and found.address == f"{first}@a.test")


NAMED = {
    "Ada B <ada@example.test>": Mailbox("Ada B", "ada@example.test"),
    '"B, Ada" <ada@example.test>': Mailbox("B, Ada", "ada@example.test"),
    '"victim@ok.test" <evil@example.test>': Mailbox("victim@ok.test", "evil@example.test"),
    "=?utf-8?q?J=C3=B6rg_=3Cx=40ok=2Etest=3E?= <evil@example.test>": Mailbox(
        "Jörg <x@ok.test>", "evil@example.test"
    ),
    '"=?iso-8859-1?Q?J=F6rg?=" <j@example.test>': Mailbox("Jörg", "j@example.test"),
    "ada@example.test (Ada B)": Mailbox("Ada B", "ada@example.test"),
    "ada@example.test <ada@example.test>": Mailbox("ada@example.test", "ada@example.test"),
    "'Ada B' <ada@example.test>": Mailbox("Ada B", "ada@example.test"),
    "Ada (the (old) one) <ada@example.test> (at home)": Mailbox("Ada", "ada@example.test"),
    "B, Ada <ada@example.test>": Mailbox("B, Ada", "ada@example.test"),
    "<ada@example.test>": Mailbox("", "ada@example.test"),
    "A\u202eda <ada@example.test>": Mailbox("Ada", "ada@example.test"),
}
FOOLING = [
    "<victim@ok.test> <evil@example.test>", "victim@ok.test <evil@example.test>", "victim@ok.test)<evil@example.test>",
    "victim@ok.test, evil@example.test", "Group: ada@example.test;", "<@a.test,@b.test:u@c.test>", "<ada@example.test",
    "ada@example.test>", '"open <ada@example.test>', "(open <ada@example.test>", "<>", "Ada", "a\\<b@c.test>",
    "<a@b.test>c@d.test", "<<a@b.test>>", "A <a@b.test> <a@b.test>", "a@(c)b.test", "=?utf-8?q?a=40ok=2Etest?=",
    "x" * 70000 + " <a@b.test>",
]  # fmt: skip


@pytest.mark.parametrize(("raw", "expected"), NAMED.items())
def test_one_mailbox(raw: str, expected: Mailbox) -> None:
    assert mailbox(raw) == expected


@pytest.mark.parametrize("raw", FOOLING)
def test_a_mailbox_that_may_be_two_is_none(raw: str) -> None:
    assert mailbox(raw) is None


def test_lists_of_mailboxes_are_read_leniently() -> None:
    raw = 'A <a@x.test>, Team: b@x.test, "C, D" <c@x.test>;, broken, <d@x.test> <e@x.test>, undisclosed:;, f@x.test'
    assert [one.address for one in mailboxes(raw)] == ["a@x.test", "b@x.test", "c@x.test", "f@x.test"]
    assert mailboxes('"open <f@x.test>, g@x.test')[1].address == "g@x.test"
    assert len(mailboxes(",".join(f"a{n}@x.test" for n in range(2000)))) == 500
    assert mailboxes("(" * 70000) == ()
