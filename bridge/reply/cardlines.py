"""What one line of a contact block holds: a way to reach somebody, a role, a firm; and what is said, not listed.

People add things below their names, with a telephone or a link in them. So a line in which words go on as in a
sentence is a doubt; the block decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .lines import PICTURE, fold, holds
from .notices import COMPANIES, CONTACT_LABELS, DENSE_ROLES, EXTENSIONS, HOURS, NOTES, ROLE_ENDINGS, ROLES

SAID, DENSE_SAID = 3, 8
"""Words of a sentence at least; letters where there are no capitals."""
SOCIAL = (
    "linkedin.",
    "facebook.",
    "twitter.",
    "x.com",
    "instagram.",
    "github.",
    "xing.",
    "mastodon",
    "youtube.",
    "t.me",
    "wa.me",
    "calendly.",
)
"""Hosts where a link tells who somebody is."""
DENSE = 24
"""Characters at most of a line that ends with a role, where words have no spaces between them."""
_LABELS = frozenset(CONTACT_LABELS)
_ROLES = frozenset(role for role in ROLES if role.isalpha())
_LONG_ROLES = tuple(f" {role} " for role in ROLES if not role.isalpha())
_EXTENSION = re.compile(r"(?:" + "|".join(map(re.escape, EXTENSIONS)) + r")[.:]? ?\d{2,6}$")
_ROLE_ENDING = re.compile(r"\w{3}(?:" + "|".join(map(re.escape, ROLE_ENDINGS)) + r")$")
_COMPANIES = frozenset(COMPANIES)
_PHONE = re.compile(r"(?<![\w/.])(?:\+|00|\()?\d[\d ().\u00a0/-]{6,24}\d(?!\w)")
_MAIL = re.compile(r"[^\s@<>]{1,64}@[\w-]{1,64}\.[\w.-]{2,100}")
_LINK = re.compile(
    r"(?:https?://|www\.)\S{3,}|(?<![\w@.])[\w-]{2,60}(?:\.[\w-]{2,60})?\.(?:com|org|net|coop|io|eu|uk|de|fr|example)(?![\w.])"
)
_DOMAIN = re.compile(r"\.(?:com|org|net|coop|io|eu|uk|de|fr|example)(?![\w.])")
_DIGITS = re.compile(r"\d[\d ().\u00a0/-]{6}")
_POSTSCRIPT = re.compile(
    r"[\s*_]*(?:(?:(?:p\.? ?){1,3}-?s|p\.? ?d|u\.? ?i|n\. ?b|nb|з\.? ?ы|п\.? ?с|υ\.? ?γ|"
    r"נ\.?\"?ב|post ?script(?:um)?|постскриптум)"
    r"(?:[.:,)*_\s–—-]|$)|追伸|追記|추신|附言|又及|"
    rf"(?:{'|'.join(NOTES)}) ?[:：,])",
    re.IGNORECASE,
)
WORDS = re.compile(r"[^\W\d_]+")
_STOPS = re.compile(r"[،,，、。；؛.]")
RULE = re.compile(
    r"^[\s*_=~\-—–─.#+•|━═＝－＊◇◆■□]{3,1000}$"
)  # of a longer line, which was cut, nobody knows
_QUOTES = "\"'“”„«»’‘ "
_OPENS, _SHUTS = ("(", "[", "（"), (")", "]", "）")
_NO_CARD = ("edit:", "> ", "diff --git ", "@@ -", "+++ ", "--- a/", "index ", "```", "$ ")


def postscript(text: str) -> bool:
    """Does the line begin a postscript?"""
    return bool(_POSTSCRIPT.match(text))


def cardlike(text: str) -> bool:
    """Could the line stand in a contact block? A sentence or a postscript could not."""
    if text == PICTURE or RULE.match(text):
        return True
    folded = fold(text)
    if len(text) > 160 or postscript(text) or folded.startswith(_NO_CARD):
        return False
    if text.startswith("- ") and not text.endswith(" -"):
        return False
    if text[:1] in _OPENS and text[-1:] in _SHUTS and tells(text[1:-1]):
        return False
    if contact_line(text) and len(text) < 160:
        return len(WORDS.findall(text)) < 22
    return (
        len(text) <= 70
        and (not text.endswith(("?", "!", ":", ",")) or (about(text) and text[-1] in "!,"))
        and not (text.endswith(".") and len(text.split()) > 4)
    )


def tells(text: str, *, half: bool = False) -> bool:
    """Is it a sentence in mostly small words (or, as in German, `half`), though it names a number or an address?"""
    words = WORDS.findall(text)
    if text[:1] not in _QUOTES:
        text = text.rstrip(_QUOTES)
    if text.rpartition(" ")[2].count(".") > 1:
        return False  # "d.o.o." ends a firm's name
    if text[-1:] in ("。", "！", "？"):
        return len(text) > DENSE_SAID
    small = sum(map(str.islower, words))
    return text[-1:] in (".", "!", "?") and len(words) > 5 and small * 2 + half > len(words)


def heading(text: str) -> bool:
    """Is it in capitals, as a heading that is underlined? "OK" is none."""
    return text.isupper() and len(text) > 3


def sentences(texts: Iterable[str]) -> int:
    """How many of these lines are short sentences, as on a notice board: "Answers to Bob." """
    return sum(
        text.endswith(".") and text[:-1].count(".") == 0 and " " in text and not about(text) for text in texts
    )


def contact_line(text: str) -> bool:
    """Holds a phone number, an address, a link or the label of one."""
    if reaches(text):
        return True
    head = fold(text[:24]).partition(":")
    if head[2].strip() and head[0].strip(" *_|") in _LABELS:
        return True
    return len(text) < 24 and text[-1:].isdigit() and bool(_EXTENSION.match(fold(text)))


def reaches(text: str) -> bool:
    """Holds a phone number, an address or a link; what each must hold is looked for first (14 -> 2 microseconds)."""
    return bool(
        (_DIGITS.search(text) and _PHONE.search(text))
        or ("@" in text and _MAIL.search(text))
        or (("://" in text or "www." in text or _DOMAIN.search(text)) and _LINK.search(text))
    )


def about(text: str) -> bool:
    """Names a role, a company or pronouns."""
    folded = fold(text)
    plain = folded.replace(",", " ").replace("|", " ")
    words = plain.split()
    return (
        not _ROLES.isdisjoint(WORDS.findall(folded))
        or holds(f" {plain} ", _LONG_ROLES)
        or (len(folded) <= DENSE and folded.endswith(DENSE_ROLES))
        or any(word in _COMPANIES for word in words[1:])
        or (len(words) < 4 and any(map(_ROLE_ENDING.search, words)))
        or "she/her" in folded
        or "he/him" in folded
        or "they/them" in folded
    )


def notes(text: str) -> bool:
    """Does words' worth of a note stand behind a label that no card has, as in "Bring: boots, a rope and soup"?"""
    head, colon, rest = text.partition(":")
    if not colon or fold(head).strip(" *_|•-") in _LABELS or reaches(text) or holds(fold(text), HOURS):
        return False
    words = WORDS.findall(rest)
    return len(words) > SAID and sum(map(str.islower, words)) * 2 > len(words)


def is_place(text: str) -> bool:
    """Is it a link and nothing else, to a page of a site rather than to the site or to who somebody is there?"""
    found = _LINK.match(text.strip("<>"))
    if not found or found.end() < len(text.strip("<>")) or "://" not in text:
        return False
    host, _, path = text.strip("<>").partition("://")[2].partition("/")
    return bool(path.strip("/")) and not holds(fold(host), SOCIAL)


def _is_word(word: str) -> bool:
    """Is it more than a letter of "s.r.o."?"""
    return len(word) > 1 or not word.islower()


def says(text: str) -> bool:
    """Do words go on as in a sentence beside a number, an address or a link? Labels as in "Tel." are none."""
    plain = _MAIL.sub(" ", _LINK.sub(" ", _PHONE.sub(" ", text)))
    head, colon, rest = plain.partition(":")
    labelled = fold(head).strip(" *_|•-") in _LABELS
    if colon and not rest.strip() and not labelled and "://" in text:
        return True  # "Pictures: https://..." tells what is there
    words = [word for word in WORDS.findall(plain) if fold(word) not in _LABELS and _is_word(word)]
    small = sum(map(str.islower, words))
    if small or any(map(str.isupper, (word[0] for word in words))):
        return len(words) >= SAID and small * 2 > len(words)
    # No case: what stops in the middle is said.
    return not labelled and sum(map(len, words)) >= DENSE_SAID and bool(_STOPS.search(plain.strip()[:-1]))
