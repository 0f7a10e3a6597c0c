"""Small words around a command, in seven languages: tables, and nothing else.

They stand here as one would write them; case and accents do not count when they are compared. Pure.
"""

from __future__ import annotations

COURTESY: dict[str, str] = {
    "en": "please | pls | plz | thanks | thank you | many thanks | thx | kindly | cheers",
    "de": "bitte | danke | vielen dank | dankeschön | besten dank",
    "fr": "s'il vous plaît | s'il te plaît | svp | s.v.p. | stp | merci | merci beaucoup | merci d'avance",
    "es": "por favor | porfa | gracias | muchas gracias",
    "it": "per favore | per piacere | per cortesia | grazie | grazie mille",
    "pt": "por favor | faz favor | se faz favor | obrigado | obrigada | muito obrigado | muito obrigada",
    "nl": "alsjeblieft | alstublieft | aub | a.u.b. | svp | graag | bedankt | dank je | dank u | dank u wel | "
    "dank je wel",
}

GREETINGS: dict[str, str] = {
    "en": "hi | hello | hey | dear | good morning | good afternoon | good evening",
    "de": "hallo | liebe | lieber | guten tag | guten morgen | moin | servus",
    "fr": "bonjour | bonsoir | salut | cher | chère",
    "es": "hola | buenos días | buenas tardes | buenas | estimado | estimada | estimados",
    "it": "ciao | buongiorno | buonasera | salve | gentile | caro | cara",
    "pt": "olá | oi | bom dia | boa tarde | boa noite | caro | cara | prezado | prezada",
    "nl": "hallo | hoi | dag | goedemorgen | goedemiddag | goedenavond | beste",
}
"""How a mail to a command address may begin before it comes to the point."""

YES = (
    "yes | y | ok | okay | yep | sure | do it | ja | jawohl | gerne | oui | d'accord | sí | vale | sì | va bene | "
    "sim | "
    "está bem | prima"
)
NO = (
    "no | nope | cancel | do not | nein | lieber nicht | abbrechen | non | annuler | cancelar | annulla | não | nee | "
    "annuleren"
)

INTO: dict[str, str] = {
    "en": "to | from | for | on | in | the | list",
    "de": "zu | zur | von | für | aus | die | der | liste",
    "fr": "à | de | pour | dans | la | liste",
    "es": "a | de | en | para | la | lista",
    "it": "a | alla | da | dalla | per | la | lista",
    "pt": "a | à | de | da | em | para | lista",
    "nl": "voor | van | uit | op | de | lijst",
}
"""Small words that may stand between a command and the name of a list."""
