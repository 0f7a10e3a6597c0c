"""A mail passed on: whose words they are, and what is header and what is body.

A forward is content. It is told from a reply by the phrase above the block, by the subject's prefix, or by an empty
top where the mail answers nothing.
"""

from __future__ import annotations

import re

from ..mail.message import Message
from .languages import forms
from .lines import fold
from .openings import Opening
from .parts import Credit
from .quotes import is_forward_subject

_MAIL = re.compile(r"[^\s@<>\[\]()\"';,:]{1,64}@[\w-]{1,64}[\w.-]{0,190}")
_JUNK = re.compile(
    r"<[^<>]{0,300}>|\[mailto:[^\]]{0,300}\]|\[[^\]]{0,20}@[^\]]{0,300}\]|\(mailto:[^)]{0,300}\)|mailto:\S{0,300}"
)
_VS = re.compile(r"\s*vs\s*:", re.IGNORECASE)
_ED = re.compile(r"\s*ed\s*:", re.IGNORECASE)
_ANSWERS = frozenset(
    forms(
        "re|aw|antw|ant|sv|svar|vs|odp|odg|ats|atb|ynt|rif|r|rép|ref|res|resp|vá|vast|vb|ynt|hv|bls|balas|trl|απ|σχετ|ответ|на|відп|"
        "رد|پاسخ|השב|תגובה|回复|答复|回覆|答覆|返信|返|답장|회신|ตอบ"
    )
)
_REPLY = re.compile(
    r"\s*(?:\[[^\]\n]{0,60}\]\s*)?(?!https?)[^\W\d_]{1,5}\.?(?:\[\d{1,3}\]|\(\d{1,3}\))?\s?[:：]"
)


def passes_on(message: Message, opening: Opening, *, above: bool, tail: bool, ours: bool) -> bool:
    """Does the mail pass the block on, rather than answer it?

    `above`: words above; `tail`: a body without marks; `ours`: it came to an address that names a thread of ours.
    """
    if opening.forward:
        return True
    if is_forward_subject(message.subject) and not _means_else(message.subject, opening.language):
        return opening.headers or tail or not above
    if not opening.headers or message.in_reply_to or message.references:
        return False
    if not _REPLY.match(message.subject[:100]):
        return not above or (bool(message.message_id) and not ours)
    return bool(message.message_id) and not ours and _says_again(message.subject, opening.fields)


def is_new(message: Message) -> bool:
    """Does the subject say that the mail passes another on, and is it an answer to none?"""
    return is_forward_subject(message.subject) and not (message.in_reply_to or message.references)


def _says_again(subject: str, fields: dict[str, str]) -> bool:
    """Is the subject the one of the block behind a prefix that we do not know? A reply would name what it answers."""
    prefix, colon, rest = subject.partition(":")
    return (
        bool(colon and rest.strip())
        and prefix.isalpha()
        and fold(prefix) not in _ANSWERS
        and rest.strip() == fields.get("subject", "").strip()
    )


def _means_else(subject: str, language: str) -> bool:
    """VS: passes on in Danish and Norwegian, and answers in Finnish and Estonian; ED: is Estonian, or a man's name."""
    if _VS.match(subject):
        return language in ("fi", "et")
    return language != "et" and bool(_ED.match(subject))


def answers(message: Message) -> bool:
    """Do the headers or the subject say that the mail is an answer?"""
    return bool(message.in_reply_to or message.references or _REPLY.match(message.subject[:100]))


def credit(opening: Opening) -> Credit | None:
    """Who wrote the words below a header block or an attribution line."""
    said = opening.fields.get("sender") or opening.attribution
    if not said:
        return None
    mail = _MAIL.search(said)
    address = mail.group().rstrip(".").lower() if mail else ""
    if opening.fields.get("sender"):
        name = _JUNK.sub(" ", said)
        name = name.replace(address, " ") if address in name else name
        name = _MAIL.sub(" ", name)
    else:
        name = _named(said)
    name = " ".join(name.split()).strip(" \"'*_<>()[];,“”")
    return Credit(name[:200], address) if name or address else None


def _named(attribution: str) -> str:
    """The words straight before the address of an attribution line, or the quoted name in it."""
    quoted = re.search(r"\"([^\"]{2,80})\"", attribution)
    if quoted:
        return quoted.group(1)
    before = attribution.partition("<")[0]
    words: list[str] = []
    for word in reversed(before.split()):
        if any(char.isdigit() for char in word) or word.endswith((",", ":")) or word.islower():
            break
        words.append(word)
    return " ".join(reversed(words[:5]))
