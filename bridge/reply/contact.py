"""The contact block below an author's words, its sign-off and its name; known by what its lines hold.

A guess never folds a sentence, a sign-off or a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .cardlines import (
    RULE,
    WORDS,
    about,
    cardlike,
    contact_line,
    heading,
    is_place,
    notes,
    postscript,
    reaches,
    says,
    sentences,
    tells,
)
from .languages import LANGUAGES, forms
from .lines import PICTURE, Line, fold, holds, paragraphs, told
from .notices import HOURS
from .parts import Kind

CARD = 14
"""Lines of a contact block at most."""
_CLOSINGS = {
    fold(form): language.code for language in reversed(LANGUAGES) for form in forms(language.closing)
}
_LONGEST = max(map(len, _CLOSINGS)) + 1
DELIMITERS = frozenset(("--", "—", "–", "__", "- -", "- --", "-- --"))
"""The last but one: what PGP makes of the first in a text that it signs (RFC 4880 section 7.1)."""


@dataclass(frozen=True, slots=True)
class Found:
    """A line that is not the author's words: its kind, why, and whether the markup or a delimiter says so."""

    kind: Kind
    reason: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Writer:
    """Whose words they are: the words of his name and the local part of his address, case folded."""

    name: frozenset[str] = frozenset()
    address: str = ""


def writer(name: str, address: str) -> Writer:
    """The writer of a mail by his name and address, both perhaps empty."""
    words = frozenset(word for word in WORDS.findall(fold(name)) if len(word) > 1)
    return Writer(words, fold(address))


def is_rule(text: str) -> bool:
    """Is the line a rule or a delimiter, as in `---`?"""
    return text in DELIMITERS or bool(RULE.match(text))


def closing(text: str) -> str:
    """The language of a sign-off line, empty if it is none; "Cheers, Jo" is one too."""
    if len(text) > 70 or (
        len(text) > _LONGEST
        and "," not in text
        and text.isascii()
        and text[0].isalpha()
        and text[-2].isalnum()
    ):
        return ""  # a sentence: no sign-off is so long
    folded = fold(text).strip(" \t*_-–—~,.!:;،，。！、")
    if folded in _CLOSINGS:
        return _CLOSINGS[folded]
    head, comma, rest = folded.partition(",")
    return _CLOSINGS.get(head.strip(), "") if comma and len(rest.split()) <= 3 else ""


def signs_off(text: str, who: Writer) -> bool:
    """Is the line a sign-off or the writer's own name, or one and the other, as in "Cheers Jo"?"""
    return bool(closing(text)) or is_name_of(text, who) or _closing_with_name(text, who)


def _closing_with_name(text: str, who: Writer) -> bool:
    words = text.split() if len(text) <= 70 and who.name else []
    if len(words) < 2 or fold(words[-1]).strip(".,!-") not in who.name:
        return False
    return any(
        is_name_of(" ".join(words[-size:]), who) and bool(closing(" ".join(words[:-size])))
        for size in range(1, min(3, len(words) - 1) + 1)
    )


def _says_name(text: str, who: Writer) -> bool:
    """Is the line the writer's name, or a sign-off with a name behind it? Then a name below it begins his card."""
    return (
        is_name_of(text, who)
        or ("," in text.rstrip(" ,") and bool(closing(text)))
        or _closing_with_name(text, who)
    )


def signs(lines: Sequence[Line], places: Iterable[int]) -> bool:
    """Is there but a sign-off or a name below a delimiter, with nothing to reach anybody by?"""
    texts = [
        lines[place].text for place in places if not lines[place].blank and not is_rule(lines[place].text)
    ]
    return len(texts) <= 3 and all(
        len(text) < 50 and not contact_line(text) and not about(text) for text in texts
    )


def card(lines: Sequence[Line], left: list[int], who: Writer, found: dict[int, Found]) -> bool:
    """Marks the contact block that ends `left`, below its name line."""
    window = left[-CARD - 2 :]
    if _below_rule(lines, window, found):
        return True
    for number in range(len(window) - 1, -1, -1):
        text = lines[window[number]].text
        signed, named = closing(text), is_name_of(text, who)
        if (not signed and not named) or lines[window[number]].markdown.startswith("| "):
            continue
        above = lines[window[number - 1]].text if number else ""
        introduced = above.endswith((":", "：")) and not closing(above)
        if named and not signed and (introduced or _one_of_many(lines, window[:number])):
            return False
        first = _first(lines, window, number) if signed and not named else number + 1
        rest = window[first:]
        run = _run(lines, rest)
        again = named and not signed and _says_name(above, who)
        whole = (named and (closing(above) or again)) or (
            first > number + 1 and is_name_of(lines[window[number + 1]].text, who)
        )
        if whole and _ends_as_card(lines, rest):
            run = rest
        run = _listed(lines, run, who)
        strong = any(contact_line(lines[place].text) for place in run)
        roles = any(about(lines[place].text) for place in run)
        run = run if strong else _unlabelled(lines, run)
        if len(run) < len(rest) and (
            not strong
            or _shows_letter(lines, left)
            or _is_anothers(lines, rest, window[number:first] + run, who)
        ):
            return False
        if run and (strong or roles or whole):
            block = Found(
                Kind.SIGNATURE, f"contact block below {'a sign-off' if signed else 'the name'}", False
            )
            head = _logo(lines, window[:number], window[number]) + ([window[number]] if again else [])
            head += [place for place in window[number + 1 : first] if _is_logo(lines[place])]
            found.update(dict.fromkeys(run + head, block))
            return True
        if signed:
            return False
    return _loose_card(lines, left, who, found)


def _first(lines: Sequence[Line], window: list[int], number: int) -> int:
    """Where in the window a block below a sign-off begins: behind a logo and a name, where they stand there."""
    first = number + 1
    if first < len(window) and _is_logo(lines[window[first]]):
        first += 1
    if "," in lines[window[number]].text.rstrip(", ") or first == len(window):
        return first
    text = lines[window[first]].text
    return first + (_short_name(text) and not about(text))


def _logo(lines: Sequence[Line], above: list[int], name: int) -> list[int]:
    """The pictures between a sign-off and the name below it, or from a web site straight above the name."""
    pictures: list[int] = []
    for place in reversed(above):
        if lines[place].text != PICTURE and not _is_logo(lines[place]):
            if closing(lines[place].text):
                return pictures
            break
        pictures.append(place)
    return [
        place
        for step, place in enumerate(pictures, 1)
        if place == name - step and ("](http" in lines[place].markdown or _is_logo(lines[place]))
    ]


def _is_logo(line: Line) -> bool:
    """Is there nothing but a picture that is called so?"""
    return (
        line.markdown.startswith("![")
        and line.markdown.endswith(")")
        and "logo" in line.markdown[:60].lower()
    )


def _shows_letter(lines: Sequence[Line], left: list[int]) -> bool:
    """Does the author show a letter, which has a sign-off of its own? A line with a colon stands above it, alone."""
    return any(
        lines[place].text.endswith((":", "：")) and place + 1 < len(lines) and lines[place + 1].blank
        for place in left[:-2]
    )


def _is_anothers(lines: Sequence[Line], rest: list[int], block: list[int], who: Writer) -> bool:
    """Does a block with words below it not name the writer? A letter that he shows may end so; a postscript tells."""
    named = any(_names(lines[place].text, who) for place in block)
    return bool(who.name) and not named and not any(postscript(lines[place].text) for place in rest)


def _ends_as_card(lines: Sequence[Line], rest: list[int]) -> bool:
    """Below sign-off and own name: do a slogan and a contact line end the mail? A postscript or question does not."""
    texts = [lines[place].text for place in rest]
    if not texts or len(texts) > CARD or any(map(postscript, texts)):
        return False
    if lines[rest[0] - 1].blank and texts[0].endswith((":", "：")) and not holds(fold(texts[0]), HOURS):
        return False  # a list that its writer adds
    if any(text.endswith("?") for text in texts):
        return False
    last = max((number for number, text in enumerate(texts) if contact_line(text)), default=-1)
    alone = lines[rest[0] - 1].blank and rest[0] + 1 not in rest[1:2]
    if alone and _afterthought(texts[0]):
        return False  # he goes on before it
    return len(texts) - last <= 4 and last >= 0 and not any(map(_afterthought, texts[last + 1 :]))


def _listed(lines: Sequence[Line], run: list[int], who: Writer) -> list[int]:
    """What of a block is listed: without what its writer adds in words, with a number or a link in them.

    Firms have sentences too; they stay in the block where a line that says nothing but how to reach somebody does, and
    where they lead to the writer's own domain.
    """
    home = who.address.rpartition("@")[2] or " "
    if (
        len(run) == 1
        and lines[run[0] - 1].blank
        and home not in (text := lines[run[0]].text)
        and is_place(text)
    ):
        return []
    noted = next((n for n, place in enumerate(run) if notes(lines[place].text)), len(run))
    if noted < len(run) and lines[run[0] - 1].blank:
        return run[:noted]
    told = [
        number
        for number, place in enumerate(run)
        if contact_line(text := lines[place].text)
        and says(text)
        and home not in fold(text).replace(f"@{home}", "")
    ]
    if not told:
        return run
    plain = [
        number for number, place in enumerate(run) if number not in told and contact_line(lines[place].text)
    ]
    if not plain:
        return run[: told[0]]
    apart = (number for number in told if number > plain[-1] and lines[run[number] - 1].blank)
    return run[: next(apart, len(run))]


def _unlabelled(lines: Sequence[Line], run: list[int]) -> list[int]:
    """Where nobody can be reached in a block: without a paragraph that begins with a label ("Next meeting: 2 May")."""
    for number, place in enumerate(run):
        text = lines[place].text
        told = ": " in text and not about(text) and not holds(fold(text), HOURS)
        if told and lines[place - 1].blank:
            return run[:number]
    return run


def _afterthought(text: str) -> bool:
    """Is it a sentence as one adds it below his name? A slogan and what firms say of their hours are none."""
    return tells(text) and not holds(fold(text), HOURS)


def _below_rule(lines: Sequence[Line], window: list[int], found: dict[int, Found]) -> bool:
    """Marks a contact block that a rule sets off."""
    for number in range(len(window) - 2, -1, -1):
        if not RULE.match(lines[window[number]].text):
            continue
        below = window[number + 1 :]
        if number and lines[window[number - 1]].text.endswith((":", "：")):
            return False
        texts = [lines[place].text for place in below]
        if (
            (sentences(texts) > 1 and sentences(texts[:1]))
            or heading(lines[max(window[number] - 1, 0)].text)
            or not all(map(cardlike, texts))
            or not any(contact_line(text) and ("://" in text or not says(text)) for text in texts)
        ):
            return False
        if (
            len(texts) > 1
            and lines[below[-1] - 1].blank
            and texts[-1].endswith((".", "!"))
            and not contact_line(texts[-1])
        ):
            return False  # he goes on below
        rules = [here for here in window[:number] if RULE.match(lines[here].text)]
        mark = lines[window[number]].text
        if any(told(lines, here) or lines[here].text == mark for here in rules):
            return False  # the last of several rules in what he shows
        for place in window[number:]:
            found[place] = Found(Kind.SIGNATURE, "contact block below a rule", False)
        return True
    return False


def _one_of_many(lines: Sequence[Line], above: list[int]) -> bool:
    """Does another block of this kind stand straight above? Then it is a list of people."""
    run = paragraphs(lines, above)[-1:]
    texts = [lines[place].text for place in run[0]] if run else []
    return len(texts) > 1 and all(map(cardlike, texts)) and contact_line(texts[-1]) and not says(texts[-1])


def _loose_card(lines: Sequence[Line], left: list[int], who: Writer, found: dict[int, Found]) -> bool:
    """A last paragraph that is nothing but a contact block, name included."""
    run = paragraphs(lines, left)[-1]
    if not 2 <= len(run) <= CARD or len(run) == len(left):
        return False
    before = lines[left[-len(run) - 1]].text
    if before.endswith((":", "：")) or any(not cardlike(lines[place].text) for place in run):
        return False
    if contact_line(before) or (who.name and not any(_names(lines[place].text, who) for place in run)):
        return False
    strong = sum(contact_line(lines[place].text) for place in run)
    roles = sum(about(lines[place].text) for place in run)
    if strong < 2 or strong + roles < len(run) - 1 or not _short_name(lines[run[0]].text):
        return False
    found.update((place, Found(Kind.SIGNATURE, "contact block", False)) for place in run)
    return True


def _names(text: str, who: Writer) -> bool:
    folded = fold(text)
    return bool(who.address and who.address in folded) or bool(who.name & frozenset(WORDS.findall(folded)))


def is_card(lines: Sequence[Line], start: int, end: int) -> bool:
    """Could all of these lines stand in a contact block, and can somebody be reached by two of them?"""
    texts = [lines[place].text for place in range(start, end) if lines[place].text]
    return len(texts) > 1 and sum(map(reaches, texts)) > 1 and all(map(cardlike, texts))


def _run(lines: Sequence[Line], places: list[int]) -> list[int]:
    run = []
    for place in places:
        if not cardlike(lines[place].text) or tells(lines[place].text):
            break
        run.append(place)
    if len(run) < len(places):  # other words follow: a paragraph of which they are part is no card
        while run and places[len(run)] == run[-1] + 1 and not contact_line(lines[run[-1]].text):
            run.pop()
    return run


def _short_name(text: str) -> bool:
    return (
        len(text) <= 50
        and 1 <= len(text.split()) <= 5
        and not text.endswith((".", "?", "!", ":"))
        and not contact_line(text)
    )


def _short_for(word: str, who: Writer) -> bool:
    """Is it a longer or shorter form of a word of the name, as Colin and Col are?"""
    if len(word) > 2:
        for name in who.name:
            if len(name) > 2 and (word.startswith(name) or name.startswith(word)):
                return True
    return False


def is_name_of(text: str, who: Writer) -> bool:
    """Is the line the writer's own name, whole or with initials left out?"""
    if not who.name or len(text) > 60:
        return False
    if text.endswith(")") and "/" in text:
        text = text[: text.rfind("(")]  # pronouns
    words: set[str] = set()
    short = False
    for found in WORDS.finditer(fold(text)):  # most lines are dismissed by their first word
        word = found[0]
        if len(word) > 1:
            if word in who.name:
                words.add(word)
            elif short or not _short_for(word, who):
                return False
            else:
                short = True
    return bool(words) and (len(words) > 1 or len(who.name) == 1 or len(text) < 20)
