"""Postal addresses in running text: a street with its number, post office boxes, postcodes that nothing looks like.

Streets are told by the words of a dozen languages; the postcode and town that follow a street go with it. A town, or a
number, alone is none. Every repeat is bounded. Pure.
"""

from __future__ import annotations

_NAME = r"[A-ZÀ-ÖØ-ÞŁŚŻČŠŽĐА-ЯЁ][\w'’.-]{0,30}"
_NUMBER = r"\d{1,4}[ -]?[a-zA-Z]?(?:[-–/]\d{1,4}[a-z]?)?(?![\w.,]?\d|\w|[ \u00a0]?(?:[€$£%]|Uhr|h\b))"
_FLAT = r"(?:(?:Flat|Unit|Apt\.?|Apartment|Suite|Room|Wohnung|Whg\.?) ?#?[\w-]{1,6},? {0,2})?"
_ENGLISH = (
    rf"(?<![\w/.,-])(?<![Ii]n )(?<!since )(?<!Since ){_FLAT}\d{{1,5}}[A-Za-z]?(?:[-–/]\d{{1,5}})?,? "
    rf"(?!(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)\w{{0,7}} )(?:[NSEW]\.? )?(?:{_NAME} ){{1,3}}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Ct|Way|Square|Sq|Place|Pl|Terrace|Crescent|Gardens"
    r"|Grove|Boulevard|Blvd|Mews|Row|Walk|Highway|Hwy|Parkway|Pkwy|Quay|Wharf|Green|Hill|Rise|Circle|Trail)(?![\w'’])\.?"
    r"(?:,? (?:Flat|Unit|Apt\.?|Suite|#) ?[\w-]{1,6})?"
)
_JOINED = (
    r"\b(?!(?:Um|Aus|Heim|Rück|Hin|Mittel|Arbeits|Park|Stell|Sitz|Start|Spiel|Steh|Schlaf|Tabellen|Studien|Camping)"
    r"(?:weg|platz))[A-ZÀ-ÖØ-Þ][\w.-]{2,40}?(?:stra(?:ß|ss)e|str\.|weg|platz|gasse|allee|ufer|damm|straat|laan|plein"
    rf"|gracht|kade|dijk|gatan|vägen|gade|vej|veien|gata|katu|tie) {_NUMBER}"
)
_APART = (
    r"\b(?!(?:Am|Im|Zum|Vom|Auf|An|Der|Dem|Den|Die|Das|Ein|Kein|Mein|Unser|De|Het|Een) "
    r"(?:Weg|Platz|Ufer|Damm|Straat|Plein))"
    rf"(?:{_NAME} ){{1,2}}(?:Straße|Strasse|Str\.|Weg|Platz|Allee|Gasse|Ufer|Damm|Straat|Laan|Plein|Steenweg) {_NUMBER}"
)
_FRENCH = (
    r"(?<![\w/.,-])\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|av\.|boulevard|bd\.?|place|chemin|allée|impasse|quai"
    r"|route|cours|passage|rua|carrer) (?:(?:de la|de l['’]|de|du|des|d['’]|la|le|les) ?)?"
    rf"{_NAME}(?:[ -](?:de |du |des |la |le )?{_NAME}){{0,3}}"
)
_BELGIAN = (
    r"\b(?:Rue|Avenue|Boulevard|Chaussée|Quai|Clos|Drève|Allée|Impasse) "
    r"(?:(?:de la|de l['’]|de|du|des|d['’]|la|le|les) ?)?"
    rf"{_NAME}(?:[ -](?:de |du |des |la |le )?{_NAME}){{0,3}},? {_NUMBER}"
)
_SOUTHERN = (
    r"\b(?:Via|Viale|Piazza|Piazzale|Corso|Largo|Vicolo|Calle|C/|Avenida|Avda\.|Av\.|Plaza|Paseo|Camino|Carrer|Rua|Praça"
    rf"|Travessa|Estrada|ul\.|ulica|al\.|ул\.|улица|просп\.) ?"
    r"(?:(?:de la|de los|de las|del|della|delle|dei|de|do|da|dos|das|la) )?(?!GitHub|Email|Zoom|Skype|Slack|Google)"
    rf"{_NAME}(?: (?:d\w{{1,3}} )?{_NAME}){{0,3}},? (?:n[.º°]? ?|д\. ?)?{_NUMBER}"
)
_BOX = (
    r"\b(?:P\. ?O\. ?|PO |Post Office )Box[ :]{1,2}[\d-]{1,10}|\bPostfach[ :]{1,2}\d(?: ?\d){0,8}|\bPostbus \d{1,6}"
    r"|\bB\.?P\.? \d{2,6}\b"
    r"|\bApartado (?:de [Cc]orreos )?\d{1,6}|\bCasella [Pp]ostale \d{1,6}|\bCaixa [Pp]ostal \d{1,6}"
)
# The postcode and town behind a street, on the same line or on the next.
_GAP = r"(?:,? {0,2}|,?(?:<br ?/?>|  |\\)?\r?\n(?:> ?){0,5} {0,3})"
_TOWN = (
    rf"(?:{_GAP}(?:(?:[A-Z]{{1,3}}-)?\d{{4,5}}(?:-\d{{3,4}})?(?: [A-Z]{{2}})? {_NAME}(?:[ -]{_NAME}){{0,3}}"
    rf"|{_NAME}(?: {_NAME}){{0,2}},? [A-Z]{{2}},? \d{{5}}(?:-\d{{4}})?|\d\d-\d{{3}} {_NAME}"
    rf"|(?:{_NAME}(?: {_NAME}){{0,2}},? )?[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}}\b))?"
)
_STATES = "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|"
_STATES += "M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]"
_POSTCODE = (
    rf"(?:{_NAME}(?: {_NAME}){{0,2}},? )?\b"
    r"(?:[A-Z]{1,2}\d[A-Z\d]? \d(?![GTKP]B)[ABD-HJLNP-UW-Z]{2}|[A-CEGHJ-NPR-TVXY]\d[A-Z] \d[A-Z]\d)\b"
    rf"|\b{_NAME}(?: {_NAME}){{0,2}}, (?:{_STATES}),? \d{{5}}(?:-\d{{4}})?(?!\d)"
    rf"|\b(?:D|A|CH|F|I|NL|B)-\d{{4,5}} {_NAME}"
)

# What an address may begin with: nearly all places of a text are passed over at once (190 -> 80 us for 740 characters).
_FIRST = r"(?=[\dA-ZÀ-ÖØ-ÞŁŚŻČŠŽĐА-ЯЁ]|ul|al|ул|просп)"
LINE = rf"{_FIRST}(?:(?:{_ENGLISH}|{_JOINED}|{_APART}|{_FRENCH}|{_BELGIAN}|{_SOUTHERN}|{_BOX}){_TOWN}|{_POSTCODE})"
"""A postal address; a pattern without groups of its own."""
