"""Commands in a mail's own words: `parse` for mails to a command address, `only` for an answer to a letter.

A line is a command where it is one of the phrases of `phrases`, in any case, with or without accents, courtesy,
punctuation and quotation marks; behind it may stand the name of one of our lists, and a date behind `vacation`. Any
other word makes the line prose: "Mute swans nest here" is no command. The caller hands in the author's own words only:
quoted lines, signatures and notices are never read (promise A5).

Limits: the first 12 lines that hold something, 80 characters each, 5 commands. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from functools import cache

from ..reply.contact import closing
from . import hours
from .courtesies import COURTESY, GREETINGS, INTO, NO, YES
from .dates import is_day
from .phrases import LANGUAGES, PHRASES
from .threads import clean_subject
from .verbs import Verb

LINE_MAX = 80
LINES = 12
COMMANDS_MAX = 5
CARD = 5
"""Lines of a card below a sign-off, which may be no signature to those who look for these."""
CARD_WIDTH = 60
ONLY_LINES = 2
"""An answer to a letter is a command only where it is no longer than this."""

_TOKEN = re.compile(r"[^\W_]+")
_PHRASE_WORDS = 8
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,253}\w")
MODES = frozenset((Verb.EACH, Verb.DAILY, Verb.WEEKLY, Verb.MENTIONS, Verb.NONE))
NAMES_LIST = MODES | {Verb.SUBSCRIBE, Verb.UNSUBSCRIBE, Verb.STOP, Verb.WHO, Verb.HELP}
"""Commands behind which the name of a list may stand."""
PLAIN = frozenset(
    (
        Verb.UNSUBSCRIBE, Verb.STOP, Verb.MUTE, Verb.MUTE_BRANCH, Verb.UNMUTE, Verb.FOLLOW, Verb.UNFOLLOW,
        Verb.THREAD_DAILY, Verb.THREAD_WEEKLY, Verb.THREAD_MENTIONS, Verb.VACATION, Verb.BACK, Verb.FORGET_ME,
        Verb.FORGET_ALL,
    )
)  # fmt: skip
"""Commands that nobody writes as an answer to a question, as one does "none", "weekly" or "who"."""


READ: dict[Verb, Callable[[str], bool]] = {
    Verb.HOUR: lambda text: hours.hour(text) is not None,
    Verb.WEEKDAY: lambda text: hours.weekday(text) is not None,
    Verb.QUIET: lambda text: hours.quiet(text) is not None,
    Verb.ZONE: hours.is_zone,
}
"""Commands behind which something of that form stands."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command: `argument` is what stands behind it (a date, a name), `list_name` the list that it names or ''."""

    verb: Verb
    argument: str = ""
    list_name: str = ""
    language: str = "en"
    spoken: tuple[str, ...] = field(default=(), compare=False)
    """The languages that have its phrase; none where it tells nothing of its writer's."""


def parse(subject: str, words: str, lists: Collection[str] = ()) -> tuple[Command, ...]:
    """The commands of a mail to a command address: its subject's, then those of its first lines until prose begins.

    `words` is the author's own text, `lists` the names of our lists.
    """
    found = [c for c in [_command(clean_subject(subject), lists, lenient=True)] if c]
    for line in _lines(words):
        if line.lstrip().startswith(">"):
            break
        command = _command(line, lists, lenient=True)
        if command is None and not _is_filler(line):
            break
        if command and command.verb not in [
            each.verb for each in found if each.list_name == command.list_name
        ]:
            found.append(command)
    return tuple(found[:COMMANDS_MAX])


def only(words: str, lists: Collection[str] = (), name: str = "") -> tuple[Command, ...]:
    """The commands of an answer to a letter: none unless its words are one or two lines of commands and nothing else.

    A line that is only thanks, or the author's own `name`, does not count, nor does "Hi," or a card below a sign-off.
    """
    own = {" ".join(_tokens(name)), " ".join(_tokens(name)[:1])}
    lines = [
        line
        for line in _unsigned(_lines(words, LINES + 1), own)
        if not _is_thanks(line) and " ".join(_tokens(line)) not in own
    ]
    if not 1 <= len(lines) <= ONLY_LINES:
        return ()
    found = [_command(line, lists, lenient=False) for line in lines]
    return tuple(command for command in found if command) if all(found) else ()


def _unsigned(lines: list[str], own: Collection[str]) -> list[str]:
    """The lines above a sign-off or the author's name, where what follows is short enough for a card.

    A greeting of nobody ("Hi,") is left out too; one with a name speaks to a person.
    """
    if len(lines) > 1 and any(" ".join(_tokens(lines[0])) in _set(GREETINGS[each]) for each in LANGUAGES):
        lines = lines[1:]
    for at in range(1, len(lines)):
        if closing(lines[at]) or " ".join(_tokens(lines[at])) in own:
            card = lines[at + 1 :]
            short = all(len(line) <= CARD_WIDTH and not line.endswith((".", "?", "!")) for line in card)
            return lines[:at] if short and len(card) <= CARD else lines
    return lines


def is_yes(words: str) -> bool:
    """Whether an answer to a question of ours agrees: it is empty, or its first line says yes or confirms."""
    line = next(iter(_lines(words)), "")
    rest, language = _without_courtesy(_tokens(line))
    return not rest or " ".join(rest) in _set(YES) or _verb(" ".join(rest), language)[0] is Verb.CONFIRM


def is_no(words: str) -> bool:
    """Whether an answer to a question of ours says no."""
    rest, _ = _without_courtesy(_tokens(next(iter(_lines(words)), "")))
    return " ".join(rest) in _set(NO)


def plain(text: str) -> str:
    """A text for comparing: lower case, no accents; the same words in any language's spelling of them."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in bare if not unicodedata.combining(c))


def _lines(words: str, most: int = LINES) -> list[str]:
    """The first lines that hold something; backslashes of Markdown are gone."""
    held = (line.replace("\\", "").strip() for line in words[: 40 * LINE_MAX].splitlines())
    return [line for line in held if _TOKEN.search(line) or line == "?"][:most]


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(plain(text[: 2 * LINE_MAX]))


@cache
def _set(phrases: str) -> frozenset[str]:
    return frozenset(" ".join(_tokens(phrase)) for phrase in phrases.split("|"))


@cache
def _table() -> dict[str, tuple[Verb, tuple[str, ...]]]:
    """Each phrase with its verb and the languages that have it, in their order."""
    table: dict[str, tuple[Verb, tuple[str, ...]]] = {}
    for language in LANGUAGES:
        for verb, phrases in PHRASES[language].items():
            for phrase in phrases.split("|"):
                for spelling in {phrase, _transcribed(phrase)}:
                    key = " ".join(_tokens(spelling))
                    first, languages = table.get(key, (verb, ()))
                    if first is verb and language not in languages:
                        table[key] = (first, (*languages, language))
    return table


def _transcribed(phrase: str) -> str:
    return phrase.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")


def _verb(phrase: str, hint: str = "") -> tuple[Verb | None, tuple[str, ...]]:
    """The verb of a whole phrase, and the languages that have it: only that of `hint` where it does."""
    verb, languages = _table().get(phrase, (None, ("en",)))
    return verb, (hint,) if hint in languages else languages


def _spelled(line: str, verb: Verb, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages that have a phrase with the very accents that it is written with; `languages` where none has."""
    written = " ".join(_TOKEN.findall(unicodedata.normalize("NFC", line.casefold())))
    if written == plain(written):
        return languages
    having = (each for each in LANGUAGES if any(p in f" {written} " for p in _accented(each, verb)))
    return tuple(having) or languages


@cache
def _accented(language: str, verb: Verb) -> tuple[str, ...]:
    """The phrases of a verb that have an accent, each between blanks."""
    phrases = (phrase.strip().casefold() for phrase in PHRASES[language].get(verb, "").split("|"))
    return tuple(f" {phrase} " for phrase in phrases if phrase != plain(phrase))


def _without_courtesy(tokens: list[str]) -> tuple[list[str], str]:
    """The words between words of courtesy, and the language that these are in."""
    hint, again = "", True
    while again and tokens:
        again = False
        for language in LANGUAGES:
            for size in (4, 3, 2, 1):
                if " ".join(tokens[:size]) in _set(COURTESY[language]):
                    tokens, hint, again = tokens[size:], hint or language, True
                if tokens and " ".join(tokens[-size:]) in _set(COURTESY[language]):
                    tokens, hint, again = tokens[:-size], hint or language, True
    return tokens, hint


def _is_thanks(line: str) -> bool:
    return bool(_tokens(line)) and not _without_courtesy(_tokens(line))[0]


def _is_filler(line: str) -> bool:
    """A greeting of a few words, or mere thanks."""
    tokens = _tokens(line)
    opening = {" ".join(tokens[:1]), " ".join(tokens[:2])}
    greets = len(tokens) <= 5 and any(opening & _set(GREETINGS[language]) for language in LANGUAGES)
    return greets or _is_thanks(line)


def _command(line: str, lists: Collection[str], *, lenient: bool) -> Command | None:
    """The command that a line is, or None. `lenient`: it came to a command address, where a name may follow."""
    line = line.strip()
    if len(line) > LINE_MAX or line.startswith(">"):
        return None
    if line.endswith("?"):
        return Command(Verb.HELP) if lenient and line == "?" else None
    tokens, hint = _without_courtesy(_tokens(line))
    for size in range(min(len(tokens), _PHRASE_WORDS), 0, -1):
        verb, spoken = _verb(" ".join(tokens[:size]), hint)
        if verb is not None:
            spoken = _spelled(line, verb, spoken)
            return _with_rest(
                Command(verb, "", "", spoken[0], spoken), line, tokens[size:], lists, lenient=lenient
            )
    return None


def _with_rest(
    command: Command, line: str, rest: list[str], lists: Collection[str], *, lenient: bool
) -> Command | None:
    """The command with what stands behind its phrase; None where that makes the line prose."""
    if command.verb is Verb.VACATION:
        return _vacation(command, line, rest, lenient=lenient)
    if command.verb is Verb.ADD:
        return _add(command, line, rest, lenient=lenient)
    if command.verb in READ:
        return _hours(command, line, rest, lenient=lenient)
    if not rest:
        return command
    small = _set(INTO[command.language])
    named = [token for token in rest if token not in small or token in map(plain, lists)]
    name = next((each for each in lists if _tokens(each) == named), "") if named else ""
    if command.verb in NAMES_LIST and (name or not named):
        return replace(command, list_name=name)
    if lenient and command.verb in (Verb.SUBSCRIBE, Verb.CONFIRM) and len(rest) <= 4:
        return replace(command, argument=" ".join(rest))
    return None


def _vacation(command: Command, line: str, rest: list[str], *, lenient: bool) -> Command | None:
    """A vacation with its date as written; to a letter only with a date, and nothing else behind it."""
    if not rest:
        return command if lenient else None
    argument = _written(plain(line), rest)
    return replace(command, argument=argument) if lenient or is_day(argument) else None


def _hours(command: Command, line: str, rest: list[str], *, lenient: bool) -> Command | None:
    """An hour, a weekday, quiet hours or a zone as written; to a letter only where it is one."""
    argument = _written(plain(line), rest) if rest else ""
    return replace(command, argument=argument) if lenient or READ[command.verb](argument) else None


def _add(command: Command, line: str, rest: list[str], *, lenient: bool) -> Command | None:
    """An address to add, which may stand as a link: one, and nothing else."""
    if not rest:
        return command if lenient else None
    found = {address.casefold() for address in _ADDRESS.findall(line)}
    if len(found) != 1 or set(rest) - {"mailto"} != set(_tokens(next(iter(found)))):
        return None
    return replace(command, argument=found.pop())


def _written(text: str, tokens: list[str]) -> str:
    """The stretch of a text that holds these tokens, as it is written: the dots of a date with it."""
    spans = list(_TOKEN.finditer(text))
    for at in range(len(spans) - len(tokens), -1, -1):
        if [span[0] for span in spans[at : at + len(tokens)]] == tokens:
            return text[spans[at].start() : spans[at + len(tokens) - 1].end()]
    return ""
