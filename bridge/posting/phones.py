"""Which runs of digits are telephone numbers: with a country code, a leading 0, the form (707) 555-0134, or a label.

Dates, times, prices, ISBNs, years, versions, bank accounts and numbers of articles are none. A candidate is at most 16
digits with the marks that people put between them; what stands before it decides where its form does not. Pure.
"""

from __future__ import annotations

import re

NUMBER = r"(?<![\w.,=#@$€£¥/-])(?:\+ ?|\(\+?)?\d(?:[ \u00a0\u202f().·/–-]{0,3}\d){5,17}(?![\w@%€£$]|[,.:]\d)"
"""A candidate, bounded, so that no text makes it slow."""

BEFORE = 40
"""How many characters before a number are read for its label."""

_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"(?<!\d)(?:\d\d?[./-]\d\d?[./-]{_YEAR}|{_YEAR}[./-]\d\d?[./-]\d\d?)(?!\d)"
    r"|^[0-3]?\d[./-][01]?\d[./-]\d\d(?!\d|[./-]\d)|^(?:19|20)\d\d ?[-–/] ?(?:19|20)\d\d$|^(?:19|20)\d\d[01]\d[0-3]\d$"
)
_TIMES = re.compile(r"^(?:[01]?\d|2[0-3])[.]?[0-5]\d ?[-–] ?(?:[01]?\d|2[0-3])[.]?[0-5]\d$")
_BOOK = re.compile(r"^97[89][ -]?[\d -]{10,14}$|^\d-\d{2,7}-\d{1,6}-\d$")
_DECIMAL = re.compile(r"^[+]?\d{1,3}\.\d+$")
_AMERICAN = re.compile(r"^(?:\+?1[ .-]?)?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .–-])[2-9]\d\d[ .–-]\d{4}$")
_OTHER_FORMS = re.compile(
    r"^(?:\([1-9]\d\) ?9?\d{4}[ -]\d{4}|[1-9]\d \d{3} \d\d \d\d|[1-9]\d\d \d\d \d\d \d\d|3\d\d[ ./-]\d{7})$"
)
_PRINTED = re.compile(
    r"(?:is[bs]n(?:-1[03])?|ean|doi|arxiv|iban|bic|art(?:icle|ikel)?|item|sku|model|part|order|bestell\w*|invoice"
    r"|rechnung\w*|ref(?:erence)?|bug|issue|version|ver|v|id|vat|ust\w*|reg(?:istration|istered)?|charity|company"
    r"|tracking|account|konto\w*|sort code|blz|build|serial|nr|no|num|number|nummer|#|§|pages?|pp?)"
    r"[ .:#\u00a0-]{0,3}(?:no|nr|num|number|nummer|code)?[ .:#\u00a0-]{0,3}$",
    re.I,
)
_LABEL = re.compile(
    r"(?<![^\W\d_])(?:tel|tél|tlf|tfno|phone|telephone|telefon\w*|t[ée]l[ée]phone\w*|tele[fp]on\w*|fon|mob|mobile?"
    r"|mobil\w*|m[óo]vil|cell|cellulare|celular|cel|handy|portable|fax|call|ring|text|sms|whats ?app|signal|natel"
    r"|rufnummer|hotline|landline|festnetz|тел|телефон|моб|gsm|viber|komórka|puh|téléphonez)"
    r"(?: ?(?:me|us|him|her|them|up|on|at|is|nr|no|number|nummer|num[ée]ro|n[úu]mero|unter|an|au|il|al|o|w|h|m)\b){0,3}"
    r"[ .:)(*_#|\u00a0–-]{0,6}$",
    re.I,
)
_LETTER = re.compile(r"(?:^|[\s|,;/])[TMFPHCW][.:][ \u00a0]?$")
_LABEL_AFTER = re.compile(
    r"[ \u00a0]{0,2}(?:is|ist|est|es|è|é)?(?:[ \u00a0]?[(–-])?[ \u00a0]{0,2}"
    r"(?:(?:my|our|mein\w{0,2}|mon|mi|mio|mijn|o meu)[ \u00a0])?"
    r"(?:mobile|cell|phone|whats ?app|telem[oó]vel|handy\w{0,8}|mobil|m[oó]vil|portable|cellulare|gsm|tel|landline)"
    r"(?=\s{0,2}(?:[).,;:!?]|\n|$))",
    re.I,
)
_AFTER = re.compile(
    r"\s{0,2}(?:euros?|eur|usd|gbp|chf|dollars?|pounds?|people|percent|bytes|kb|mb|km|m²)\b", re.I
)


def is_phone(run: str, before: str, after: str) -> bool:
    """Whether a candidate is a telephone number, by its form and by the words before and after it."""
    run = run.strip()
    digits = sum(character.isdecimal() for character in run)
    if digits > 16 or _DATE.search(run) or _DECIMAL.match(run) or _AFTER.match(after):
        return False
    before = before[-BEFORE:]
    if _LABEL.search(before) or _LETTER.search(before):
        return digits == 7 or not _TIMES.match(run)
    if digits > 15 or _PRINTED.search(before) or _BOOK.match(run) or _TIMES.match(run):
        return False
    if run.lstrip("(").startswith(("+", "00")):
        return digits >= 8
    if run.lstrip("(").startswith("0"):
        return digits >= 9 and not run.startswith("0.")
    if digits >= 8 and _LABEL_AFTER.match(after):
        return True
    return bool(_AMERICAN.match(run) or _OTHER_FORMS.match(run))
