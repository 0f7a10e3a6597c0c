"""Where pictures stand on a page: a thumbnail in place of each that has one, which leads to the whole picture.

Sizes are told to the browser, so that nothing moves when a picture comes; a picture that nobody could draw is a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup

from ..store.archive import StoredAttachment
from . import shown

WIDEST, TALLEST = 480, 320
"""How large, in CSS pixels, a picture is shown below a post; among its words it may be as tall as it is wide."""
_PLACE = re.compile(
    r'<(/?a)\b|<img src="/attachment/([0-9]{1,18})/([^"]*)"((?: (?:alt|title)="[^"]*"){0,2})>'
)
"""In sanitised HTML: where links begin and end, and the pictures of a mail."""


def size(picture: StoredAttachment, tallest: int = TALLEST) -> tuple[int, int]:
    """Width and height at which a picture is shown; (0, 0) where they are not known."""
    if not picture.width or not picture.height:
        return 0, 0
    part = min(1.0, WIDEST / picture.width, tallest / picture.height)
    return max(1, round(picture.width * part)), max(1, round(picture.height * part))


def sized(picture: StoredAttachment, tallest: int = TALLEST) -> Markup:
    """Attributes of an `img`: that it may come late, and how large it is, as far as that is known."""
    width, height = size(picture, tallest)
    told = f' width="{width}" height="{height}"' if width else ""
    return Markup(f'{told} loading="lazy"')  # noqa: S704 - numbers


def placed(html: Markup, attachments: Iterable[StoredAttachment]) -> Markup:
    """A post's sanitised HTML with the thumbnails of the pictures among its words."""
    known = {a.id: a for a in attachments if a.drawn not in ("", "waiting")}
    if not known or "<img " not in html:
        return html
    linked = False

    def place(match: re.Match[str]) -> str:
        nonlocal linked
        if not match[2]:
            linked = match[1] == "a"
            return match[0]
        picture = known.get(int(match[2]))
        return match[0] if picture is None else _instead(picture, match[3], match[4], linked=linked)

    return Markup(_PLACE.sub(place, html))  # noqa: S704 - its own parts, and numbers


def _instead(picture: StoredAttachment, name: str, words: str, *, linked: bool) -> str:
    """What stands for a picture among words; `name` and `words` are HTML as it was. No link stands in a link."""
    whole = f"/attachment/{picture.id}/{name}"
    if picture.drawn == "left":
        inner = str(shown.named(picture.name))
    else:
        source = f"/attachment/{picture.id}/thumbnail/{name}" if picture.drawn == "drawn" else whole
        inner = f'<img src="{source}"{words}{sized(picture, WIDEST)}>'
    return inner if linked else f'<a href="{whole}">{inner}</a>'
