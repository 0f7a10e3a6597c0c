"""Whether a paragraph is a legal notice, or the line of a virus scanner: by how many stock phrases of a language meet.

People write of secrecy too: a notice hardly speaks of its writer, and without a sign-off above it more phrases must
meet. The phrases are data of the languages; a call looks once for each of them.
"""

from __future__ import annotations

import re

from .languages import LANGUAGES, forms
from .lines import ascii_only, count, fold, holds
from .notices import LETTERS, PRINT, SCANNERS

_MAIL_WORDS = forms(
    "mail|message|transmission|communication|nachricht|courriel|messaggio|mensaje|correo|mensagem|bericht|meddelande|"
    "meddelelse|"
    "melding|besked|viesti|skeyti|póst|wiadomoś|zpráv|správ|sporočil|poruk|порук|сообщени|письм|повідомлен|лист|"
    "съобщени|mesaj|üzenet|"
    "levél|μήνυμα|우편|წერილ|նամակ|correu|ríomhphost|e-bost|ileti|e-posta|kiri|sõnum|ziņ|laišk|pranešim|missatge|"
    "mensaxe|mezu|הודעה|דוא|الرسالة|البريد|پیام|ایمیل|メール|"
    "邮件|郵件|信件|메일|메시지|thư|e-mel|mesej|อีเมล|ข้อความ|pesan|surel|संदेश|ईमेल|amtsgericht|handelsregister|registered|post|"
    "attach|anhang|"
    "personal data|personenbezogen|données personnelles|données à caractère|datos personales|protección de datos|"
    "dati personali|"
    "comunicazione|dados pessoais|persoonsgegevens|personuppgift|personoplysning|personopplysning|henkilötie|"
    "danych osobowych|"
    "osobních údaj|osobných údaj|osebnih podatk|osobnih podat|персональн|лични данни|caracter personal|személyes adat|"
    "προσωπικ|"
    "kişisel veri|isikuandm|personas dat|asmens duom|dades personals|"
    "terms and cond|geschäftsbeding|conditions générales|condiciones generales|condizioni generali|"
    "condições gerais|voorwaarden|allmänna villkor|obchodní podmín|obchodními podmín"
)
_SCANNED = forms(
    "mail|message|virus|nachricht|print|druck|imprim|stamp|milj|utskrift|avast|"
    "wydruk|tulost|печат|vytišt|ispis|nyomta|skriver ut"
)

PLEA = 90
"""Characters in which a plea not to print begins."""

ONESELF = {
    code: re.compile(rf"(?<!\w)(?:{words})(?!\w)")
    for code, _, words in (
        line.partition(":")
        for line in (
            "en:i|i'm|i've|i'll|my|me",
            "de:ich|mir|mich|mein\\w*",
            "fr:je|j'\\w+|moi|mon|ma",
            "es:yo|me|mi|mis",
            "it:io|mi|mio|mia",
            "pt:eu|me|meu|minha",
            "nl:ik|mij|mijn",
            "sv:jag|mig|min",
            "da:jeg|mig|min",
            "nb:jeg|meg|min",
            "fi:minä|minulle|minun",
            "pl:ja|mnie|mi|mój",
            "cs:já|mi|mně|můj",
            "ru:я|мне|меня|мой",
            "uk:я|мені|мене|мій",
            "tr:ben|bana|benim",
            "ja:私|僕",
            "ko:저는|제가|나는",
            "el:εγώ|μου",
            "he:אני",
            "sk:ja|mne|mi|môj",
            "hr:ja|meni|moj",
            "sr:ja|meni|moj|ја|мени|мој",
            "sl:jaz|meni|moj",
            "bg:аз|мен|ми|моя|моят",
            "ro:eu|mie|mi|meu|mea",
            "hu:én|nekem|engem",
            "lt:aš|man|mane|mano",
            "lv:es|man|mani|mans",
            "et:mina|ma|mulle|mind|minu",
            "ca:jo|em|meu|meva",
            "ar:أنا|لي",
            "fa:من",
            "hi:मैं|मुझे|मेरा|मेरी",
            "vi:tôi|mình",
            "id:saya|aku",
        )
    )
}
"""Words of who speaks of himself, by language: a notice does not."""


def _stems(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Phrases that hold no other of them, so that one word counts once."""
    return tuple(each for each in phrases if not any(other != each and other in each for other in phrases))


_NOTICES = tuple((language.code, _stems(tuple(map(fold, forms(language.notice))))) for language in LANGUAGES)
_NOTICES_ASCII = tuple((code, ascii_only(phrases)) for code, phrases in _NOTICES)
_TELLING = (*_MAIL_WORDS, *SCANNERS, *PRINT)
"""Without any of these there is no notice."""
_TELLING_ASCII, _MAIL_WORDS_ASCII, _SCANNERS_ASCII = map(ascii_only, (_TELLING, _MAIL_WORDS, SCANNERS))


def _needed(code: str, phrases: int) -> int:
    """How many phrases must meet where no sign-off stands above: the more are listed, the more a notice holds.

    The English ones are long: three of them in one paragraph are no accident.
    """
    return 3 if phrases < 8 or code == "en" else 4 if phrases < 25 else 5


def may_hold(folded: str) -> bool:
    """Could any part of this text (case folded) be a notice? Most paragraphs need not be gone over line by line."""
    return holds(folded, _TELLING_ASCII if folded.isascii() else _TELLING)


def legal_notice(folded: str, *, below: bool = False) -> str:
    """Why this paragraph (case folded) is a legal notice; empty if it is none. `below`: a sign-off stands above it."""
    plain = folded.isascii()
    alone = 5 if below else 7  # so many meet in no letter: a firm of one speaks of itself so
    size = len(folded) if plain else len(folded) + 2 * sum(char > "\u2e80" for char in folded[:200])
    if size < 40:
        return ""
    if size >= 60 and holds(folded, _MAIL_WORDS_ASCII if plain else _MAIL_WORDS):
        for code, phrases in _NOTICES_ASCII if plain else _NOTICES:
            needed = (2 if size > 110 else 3) if below else _needed(code, len(phrases))
            met = count(folded, phrases)
            if met >= needed and (met >= alone or not (code in ONESELF and ONESELF[code].search(folded))):
                return f"legal notice, {code}"
    if len(folded) >= 400:
        return ""
    pleads = below and holds(folded[:PLEA], PRINT) and holds(folded, LETTERS)
    scanners = _SCANNERS_ASCII if plain else SCANNERS
    if not pleads and (not holds(folded, scanners) or not holds(folded, _SCANNED)):
        return ""
    return "scanner or print notice" if pleads or count(folded, scanners) > 1 else ""
