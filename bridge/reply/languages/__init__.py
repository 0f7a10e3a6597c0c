"""How mail programs and people write the lines around a mail's words, language by language: data only.

To add a language, add one entry to one of the four files. Each field is a run of forms parted by `|`, written as
they stand in mails; case does not matter but in `opens`. `wrote` holds single words (the last word of "a écrit"), or
whole endings in scripts that have no spaces. `opens` holds the word before the date in an attribution line. `sender`
to `subject` are the labels of a header block. `original` and `forwarded` are the phrases between dashes or alone
above a block, `fwd` the subject prefixes of a forward. `sent_from` begins the line that a phone adds. `closing` are
sign-offs. `notice` are the stock phrases of legal notices: two different ones in a paragraph make a notice.
"""

from __future__ import annotations

from .east import EAST
from .form import Language, forms
from .slavic import SLAVIC
from .west import WEST
from .world import WORLD

LANGUAGES: tuple[Language, ...] = (*WEST, *SLAVIC, *EAST, *WORLD)

__all__ = ("LANGUAGES", "Language", "forms")
