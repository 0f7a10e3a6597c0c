"""Which thread a mail belongs to, as far as its subject and its chain of Message-IDs tell.

A subject opens with a run of marks that mail programs and lists put there: reply and forward prefixes in the
languages below, numbered (`Re[2]:`, `AW^3:`) or not, and tags in brackets. Subjects are read up to 1,000
characters, runs up to 50 marks, chains up to 100 ids. Pure; linear in the length of the subject.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

from ..mail.message import Message
from ..mail.mime import SEEN

SUBJECT_MAX = 1000
RUN_MAX = 50
CHAIN_MAX = 100

_ANSWER_WORDS = (
    "re ref réf resp rép res rif",  # English and everyone, French, Portuguese, Spanish, Italian
    "aw antw antwort betr beantw",  # German, Dutch
    "sv svar vs vast vá válasz",  # Swedish, Danish, Norwegian, Icelandic, Finnish, Estonian, Hungarian
    "odp odpověď odpoveď odg odgovor",  # Polish, Czech, Slovak, Slovenian, Croatian, Bosnian, Serbian
    "одг отв отг відп",  # Serbian, Russian, Bulgarian, Ukrainian
    "ats atb ynt yan cvp",  # Lithuanian, Latvian and Welsh, Turkish
    "bls răsp απ απάντ σχετ",  # Indonesian, Romanian, Greek
    "תגובה השב رد الرد پاسخ",  # Hebrew, Arabic, Persian
    "回复 回覆 回信 答复 答覆 返信 회신 답장 ตอบ ตอบกลับ",  # Chinese, Japanese, Korean, Thai
)
_FORWARD_WORDS = (
    "fw fwd tr enc rv wg wtr dw doorst doorgestuurd",  # English, French, Portuguese, Spanish, German, Dutch
    "vb vl fs vid edas továb pd",  # Nordic, Finnish, Estonian, Hungarian, Polish
    "přep preposl posr prosl просл",  # Czech, Slovak, Slovenian, Croatian, Serbian
    "пересл препр pers pārs ilt i̇lt yml trs redir πρθ",  # Slavic, Baltic, Turkish, Welsh, Indonesian, Romanian, Greek
    "הועבר إعادة ارسال",  # Hebrew, Arabic, Persian
    "转发 轉寄 轉發 転送 전달 ส่งต่อ",  # Chinese, Japanese, Korean, Thai
)
_ANSWER_PHRASES = ("trả lời", "hồi đáp")  # Vietnamese
_FORWARD_PHRASES = ("إعادة توجيه", "chuyển tiếp")  # Arabic, Vietnamese
# Short enough to be a name or a word: these count in capitals only (Italian, Vietnamese, Russian, Estonian).
_CAPITAL_ANSWERS = ("R", "TL", "НА", "ER")
_CAPITAL_FORWARDS = ("I", "CT", "ED", "П")

_PREFIX = re.compile(
    r"\s{0,5}([^\W\d_][\w\u0307-]{0,14}(?: [^\W\d_]\w{0,9})?)\s{0,3}(?:[\[(^*#]?\s?\d{1,3}[\])]?)?\s{0,3}[:：]"
)
_TAG = re.compile(r"\s{0,5}\[([^\[\]]{1,60})\]")
_TAIL = re.compile(r"\s{0,5}\(fwd?\)$", re.IGNORECASE)
_MARKERS = frozenset(
    {"external", "ext", "extern", "externe", "externo", "esterno", "spam", "suspicious", "caution"}
)
_BIDI = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])


def _fold(text: str) -> str:
    return unicodedata.normalize("NFC", text.casefold())


_ANSWERS = frozenset(_fold(w) for line in _ANSWER_WORDS for w in line.split()).union(
    map(_fold, _ANSWER_PHRASES)
)
_FORWARDS = frozenset(_fold(w) for line in _FORWARD_WORDS for w in line.split()).union(
    map(_fold, _FORWARD_PHRASES)
)


@lru_cache(64)  # a mail's subject is asked for five times on its way
def _collapse(subject: str) -> str:
    """The subject on one line, without controls and direction marks, cut to its limit; empty where nothing is seen."""
    if subject.isascii() and subject.isprintable():  # the common one: nothing of the kind is in it
        return " ".join(subject[: 2 * SUBJECT_MAX].split())[:SUBJECT_MAX].rstrip()
    line = unicodedata.normalize("NFC", subject[: 2 * SUBJECT_MAX].translate(_BIDI))
    line = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") else c for c in line)
    line = " ".join(line.split())[:SUBJECT_MAX].rstrip()
    return line if SEEN.search(line) else ""


def _mark(word: str) -> str:
    """What a word before a colon stands for: "answer", "forward", or nothing."""
    if word in _CAPITAL_ANSWERS:
        return "answer"
    if word in _CAPITAL_FORWARDS:
        return "forward"
    folded = _fold(word)
    if folded in _ANSWERS:
        return "answer"
    return "forward" if folded in _FORWARDS else ""


def _run(subject: str) -> tuple[list[str], list[tuple[str, int]], int]:
    """The marks that a subject opens with, its tags with the place where each begins, and where the run ends."""
    marks: list[str] = []
    tags: list[tuple[str, int]] = []
    at = 0
    for _ in range(RUN_MAX):
        if tag := _TAG.match(subject, at):
            tags.append((tag[1], at))
            at = tag.end()
        elif (prefix := _PREFIX.match(subject, at)) and (mark := _mark(prefix[1])):
            marks.append(mark)
            at = prefix.end()
        else:
            break
    return marks, tags, at


def clean_subject(subject: str, tags: Collection[str] | None = None) -> str:
    """The subject without its run of reply and forward prefixes and tags; may be empty.

    Where the list's own `tags` are given, a tag of any other name is the author's word and stays, unless it
    stands before a prefix, where only a list can have put it.
    """
    line = _collapse(subject)
    marks, found, end = _run(line)
    if tags is not None:
        ours = _MARKERS.union(map(_fold, tags))
        last_prefix = _last_prefix(line, found, end) if marks else 0
        kept = next((at for name, at in found if at >= last_prefix and _fold(name.strip()) not in ours), end)
        end = kept
    rest = line[end:].strip()
    return _TAIL.sub("", rest) or ("" if marks else line)


def _last_prefix(line: str, tags: list[tuple[str, int]], end: int) -> int:
    """Where the last prefix of the run ends: what stands after it up to `end` are tags."""
    at = end
    for name, start in reversed(tags):
        if line[start:at].strip() != f"[{name}]":
            break
        at = start
    return at


@lru_cache(64)
def subject_key(subject: str) -> str:
    """What two subjects of one thread have in common: case and white space folded, all prefixes and tags gone."""
    line = _collapse(subject)
    return " ".join(_fold(clean_subject(line)).split())


def is_answer(subject: str) -> bool:
    """Whether the subject says that it answers."""
    return "answer" in _run(_collapse(subject))[0]


def is_forward(subject: str) -> bool:
    """Whether the subject says that it passes a mail on: its outermost mark is a forward's."""
    line = _collapse(subject)
    marks = _run(line)[0]
    return marks[0] == "forward" if marks else bool(_TAIL.search(line))


def chain(message: Message) -> tuple[str, ...]:
    """The Message-IDs that a mail answers, nearest first (RFC 5322 section 3.6.4), unique, at most 100.

    Of several that it answers the nearest is the one that its References end with.
    """
    answered = message.in_reply_to
    if len(answered) > 1:
        answered = tuple(i for i in message.references[-1:] if i in answered) + answered
    ids = dict.fromkeys((*answered, *reversed(message.references)))
    return tuple(i for i in ids if i and i != message.message_id)[:CHAIN_MAX]
