"""People's names: how they are shown, when two are the same, and whom a text greets.

A shown name never holds an address. Names are read up to 120 characters, the opening of a text up to 200. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ..mail.message import Mailbox

NAME_MAX = 120
OPENING_MAX = 200
HANDLE_MAX = 30

_ADDRESS = re.compile(r"[<(\[]?(?:mailto:)?[\w.+'-]{1,64}@[\w.-]{1,253}[>)\]]?")
_VIA = re.compile(r"\s(?:via|por|über|through)\s[^\n]{1,120}$", re.IGNORECASE)
_NOTE = re.compile(r"\([^()]{0,120}\)|\[[^\[\]]{0,120}\]")
_SUFFIX_WORDS = "jr sr ii iii iv phd md ba ma msc dr prof esq ltd inc gmbh llc ag sa cic coop"
_TITLE_WORDS = (
    "mr mrs ms mx miss sir madam dr prof professor herr frau hr fr monsieur madame mme m señor señora sr sra dott ing "
    "heer mevrouw pan pani lic don doña"
)
_SUFFIXES = frozenset(_SUFFIX_WORDS.split())
_TITLES = frozenset(_TITLE_WORDS.split())


def _plain(text: str) -> str:
    """One line without controls, direction marks and quotation marks around it."""
    text = unicodedata.normalize("NFC", text[: 4 * NAME_MAX])
    text = "".join(
        " " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Cs") and c != "\u200d" else c
        for c in text
    )
    return " ".join(text.split()).strip(" \"'`,;<>“”‘’")


def _turned(name: str) -> str:
    """ "Conaty, Pat" as "Pat Conaty": the way that directories of firms write names."""
    if name.count(",") != 1 or "(" in name:
        return name
    last, first = (side.strip() for side in name.split(","))
    words = first.split()
    person = 1 <= len(words) <= 2 and 1 <= len(last.split()) <= 2 and not any(c.isdigit() for c in name)
    if not person or any(w.strip(".").casefold() in _SUFFIXES for w in (*words, *last.split())):
        return name
    return f"{first} {last}"


def _humanised(local: str) -> str:
    """A local part as a name: "pat.conaty+lists" is "Pat Conaty"."""
    words = [w for w in re.split(r"[._\s-]+", local.split("+")[0].replace("@", " ")) if w]
    return " ".join(w[:1].upper() + w[1:] for w in words)[:NAME_MAX] or "Somebody"


def display_name(mailbox: Mailbox) -> str:
    """The name under which a mailbox's owner is shown; never empty, never an address."""
    name = _plain(_ADDRESS.sub(" ", mailbox.name[: 4 * NAME_MAX]))
    name = _turned(_plain(_VIA.sub("", name).replace("@", " ").replace("＠", " "))).replace("()", "").strip()
    if any(c.isalnum() for c in name):
        return name[:NAME_MAX].rstrip()
    return _humanised(_plain(mailbox.address.rpartition("@")[0] or mailbox.address))


def words_of(name: str) -> list[str]:
    """A name's words for comparing: accents, case, notes in brackets and punctuation gone."""
    return list(_words_of(name[: 4 * NAME_MAX]))


@lru_cache(maxsize=8192)
def _words_of(name: str) -> tuple[str, ...]:
    name = _turned(_NOTE.sub(" ", _plain(name)))
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return tuple(re.sub(r"[\W_]+", " ", bare.replace("'", "").replace("’", "").casefold()).split())


def same_name(a: str, b: str) -> bool:
    """Whether two written names are one: "mike_hales" and "Mike Hales", "Conaty, Pat" and "Pat Conaty"."""
    words = words_of(a)
    return bool(words) and words == words_of(b)


def handle(name: str) -> str:
    """A short name for mentions, as in "mikehales": letters and digits only, at most 30, never empty."""
    return "".join(words_of(name))[:HANDLE_MAX] or "somebody"


_GREETINGS = (
    "hi|hello|hey|hiya|dear|greetings|good (?:morning|afternoon|evening|day)|morning|"
    "hallo|hallöchen|liebe|lieber|moin|servus|guten (?:tag|morgen|abend)|sehr geehrter|sehr geehrte|grüß dich|grüezi|"
    "bonjour|bonsoir|salut|coucou|cher|chère|hola|buenos días|buenas(?: tardes)?|estimado|estimada|querido|querida|"
    "olá|oi|bom dia|boa tarde|caro|cara|prezado|prezada|ciao|salve|buongiorno|buonasera|gentile|egregio|"
    "hoi|dag|beste|lieve|geachte|goedemorgen|goedemiddag|goedendag|hej|hejsan|hei|heisann|god morgon|kära|käre|kære|"
    "kjære|moi|terve|hyvä|sæl|sæll|cześć|witaj|witam|dzień dobry|drogi|droga|szanowny|szanowna|ahoj|dobrý den|milý|"
    "milá|vážený|vážená|szia|kedves|helló|bună|bună ziua|dragă|merhaba|selam|sevgili|sayın|γεια σου|γεια|καλημέρα|"
    "αγαπητέ|αγαπητή|привет|здравствуй|здравствуйте|добрый день|уважаемый|уважаемая|дорогой|дорогая|привіт|вітаю|"
    "добрий день|здравей|zdravo|bok|dragi|bon dia|benvolgut|benvolguda|kaixo|labas|sveiki|tere|שלום|היי|مرحبا|سلام"
)
_OPENING = re.compile(rf"(?:{_GREETINGS})(?: (?:there|again|again,))? (.{{1,{OPENING_MAX}}})", re.IGNORECASE)
_HONORIFIC = re.compile(r"([^\s、。,，]{1,30}?)\s?(?:さん|さま|様|先生|님|씨|你好|您好)")
_END = re.compile(r"[,!.:;?，！。、\n\u2013\u2014]|\s-|\(")
_AND = re.compile(
    r"\s*(?:[/&+]|\s(?:and|und|et|y|e|i|en|och|og|ja|a|és|și|ve|και|и|и|та|та|with|mit)\s)\s*", re.IGNORECASE
)
_STARTER_WORDS = (
    "i im ive id thanks thank thx just yes no great could can how hope do did you your what when where why many "
    "sorry this that it the please may would will as"
)
_STARTERS = frozenset(_STARTER_WORDS.split())


def _greeted(text: str) -> Iterator[str]:
    """Each name, or group's word, that the first line of a text greets."""
    line = text.lstrip()[:OPENING_MAX].split("\n", 1)[0].strip(" *_")
    if asian := _HONORIFIC.match(line):
        yield asian[1]
    opening = _OPENING.match(" ".join(line.split()))
    if not opening:
        return
    head, *more = _END.split(opening[1])
    yield from _AND.split(head)
    # "Dear Ann, Ben and Cy," greets all three, where the line holds nothing else
    if len(line) < 80 and all(len(chunk.split()) <= 5 for chunk in more) and line[-1:] in ",!:":
        for chunk in more:
            yield from _AND.split(chunk)


def greets(text: str, names: Iterable[str]) -> bool:
    """Whether the text opens by greeting somebody of one of these names, alone or among others."""
    own = [words for words in map(words_of, names) if words]
    return any(_is_one_of(words_of(name.strip(" *_@")), own) for name in _greeted(text))


def _is_one_of(greeted: list[str], own: list[list[str]]) -> bool:
    titled = bool(greeted) and greeted[0] in _TITLES
    greeted = greeted[1:] if titled else greeted
    if not greeted or (len(greeted[0]) < 2 and greeted[0].isascii()):
        return False
    if len(greeted) > 1 and greeted[1] in _STARTERS:
        greeted = greeted[:1]
    return any(
        greeted == name[: len(greeted)] or greeted == ["".join(name)] or (titled and greeted == name[-1:])
        for name in own
    )
