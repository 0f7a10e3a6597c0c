"""What the tags, names and styles of mail programs' HTML mean: data, and one question a function.

With `html` the only place that knows the HTML parser.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, islice

from turbohtml import Element

from .lines import Hint, holds
from .markdown import Style, target

SKIPPED = frozenset(
    "head style script title template noscript object meta link svg math select iframe map".split()
)
"""Nothing inside is shown."""
BLOCKS = frozenset(
    "html body div p ul ol li dl dt dd table tbody thead tfoot tr td th blockquote pre h1 h2 h3 h4 h5 h6 "
    "address article aside center fieldset figure figcaption footer form header hr main nav section "
    "caption details summary textarea button".split()
)
"""Begin and end a line."""
SPACED = frozenset("p ul ol dl blockquote pre h1 h2 h3 h4 h5 h6 table figure".split())
"""Stand apart from what is above and below."""
PLAIN = frozenset("html body div center article section main".split())
"""Blocks that, with no attributes, only begin and end a line."""
_UNSEEN = re.compile(
    r"display:none|visibility:hidden|mso-hide:all|max-height:0(?![.\d])|opacity:0(?:\.0{1,4})?(?![.\d])|clip:rect\(0"
    r"|(?:left|top|text-indent):-\d{4,6}(?:px|pt)|scale\(0\)"
)
_FLAT = re.compile(r"(?<![-\w])(?:height|width):[01](?:px|pt)?(?![.\w%])")
_NO_SIZE = re.compile(r"font-size:(?:0(?:\.0{1,4})?(?:px|pt|r?em|%)?|1(?:px|pt)?)(?![.\w%])")
_SOME_SIZE = re.compile(r"font-size:(?!0|[-.]|1(?:px|pt)?(?![.\w]))")
NEAR = 200
"""Elements below one whose letters have no size that are asked whether theirs have."""
_ZERO_MARGIN = re.compile(r"margin(?:-top|-bottom)?:(?:0(?:px|pt|cm|in|em)?|auto)[;\s]|margin:0")
QUOTES = ("yahoo_quoted", "yahoo-quoted", "protonmail_quote", "tutanota_quote", "zmail_extra")
_ATTRIBUTIONS = ("gmail_attr", "moz-cite-prefix", "protonmail_quote_header")
_HEADERS = ("divrplyfwdmsg", "zwchr", "moz-email-headers-table")
_NO_SIGNATURES = ("applemailsignature", "signature-empty", "signature_block-empty", "signatureprefix")


_COLOURS = re.compile(r"(?:^|;)(color|background|background-color|mso-highlight):([^;]{1,60})")
_NUMBERS = re.compile(r"\d{1,3}")
_PLAIN = frozenset(
    "black white gray grey silver dimgray darkgray lightgray gainsboro whitesmoke windowtext inherit initial unset "
    "transparent none auto currentcolor snow ivory".split()
)
TYPED = "typed"
VIVID = 40
"""How far the parts of a colour differ at least; less is grey."""


def hidden(element: Element, style: str) -> bool:
    """Whether nothing of an element is seen, by its `style` in small letters without spaces.

    Letters without size are an old way to close gaps between columns, in which the words have a size again.
    """
    if _UNSEEN.search(style) or "hidden" in element.attrs:
        return True
    if "overflow:hidden" in style and _FLAT.search(style):
        return True
    if not _NO_SIZE.search(style):
        return False
    below = islice((each for each in element.descendants if isinstance(each, Element)), NEAR + 1)
    styles = [str(each.attrs.get("style") or "").lower().replace(" ", "") for each in below]
    return len(styles) <= NEAR and not any(_SOME_SIZE.search(each) for each in styles)


def names(element: Element) -> str:
    """The names by which a mail program calls an element, in small letters."""
    attrs = element.attrs
    if not attrs:
        return ""
    classes = attrs.get("class")
    joined = " ".join(classes) if isinstance(classes, list) else str(classes or "")
    marker = attrs.get("data-marker")
    # Spark calls its sections by name.
    name = attrs.get("name") if element.tag == "div" else ""
    return f"{joined} {attrs.get('id') or ''} {marker or ''} {name or ''}".lower()


def inline(tag: str, element: Element, style: Style) -> Style:
    """The style inside an element that stands in a line; `style` itself where nothing changes."""
    if tag in ("b", "strong"):
        return style if style.bold else style._replace(bold=True)
    if tag in ("i", "em", "cite", "dfn"):
        return style if style.italic else style._replace(italic=True)
    if tag in ("s", "strike", "del"):
        return style._replace(strike=True)
    if tag in ("code", "tt", "kbd", "samp"):
        return style._replace(code=True)
    if tag == "a":
        return style._replace(href=target(str(element.attrs.get("href") or "")))
    return style


@lru_cache(maxsize=2048)
def tint(style: str, outside: str) -> str:
    """The colour that a style gives to words, or marks them with; empty for black, white and grey."""
    for name, value in _COLOURS.findall(style):
        found = _colour(value)
        if found:
            return found
        if name == "color":
            return outside if outside == TYPED else ""
    return outside


def typed(names: str, outside: str) -> str:
    """Outlook on the web says which blocks were typed into a quote: those of the mail quoted have `x_` before."""
    return TYPED if "elementtoproof" in names.split() else outside


def _colour(value: str) -> str:
    value = value.strip().removesuffix("!important")
    if value[:1] == "#":
        digits = value[1:7]
        digits = "".join(digit * 2 for digit in digits[:3]) if len(digits) < 6 else digits
        try:
            parts = tuple(bytes.fromhex(digits))
        except ValueError:
            return ""
    elif value[:3] == "rgb":
        parts = tuple(min(int(part), 255) for part in _NUMBERS.findall(value)[:3])
    else:
        return "" if value in _PLAIN or not value.isalpha() else value
    if len(parts) != 3 or max(parts) - min(parts) < VIVID:
        return ""
    return "#" + bytes(parts).hex()


def hint(names: str, style: str, outside: Hint) -> Hint:
    """What the markup says about the lines of a block; as `outside` where it says nothing."""
    if not names and not style:
        return outside
    if holds(names, _ATTRIBUTIONS):
        return Hint.ATTRIBUTION
    if holds(names, _HEADERS) or "__headers__" in names:
        return Hint.HEADER
    if "border-top:" in style and "solid" in style and "padding:3" in style:
        return Hint.HEADER
    if ("signature" in names and not holds(names, _NO_SIGNATURES)) or "__sig_p" in names:
        return Hint.SIGNATURE
    return outside


def tight(tag: str, names: str, style: str, indent: str) -> bool:
    """A paragraph that the mail program shows without space around it, or a list inside a list."""
    if tag == "p":
        return "mso" in names or bool(_ZERO_MARGIN.search(style.replace(" ", "") + ";"))
    if tag in ("ul", "ol"):
        return bool(indent)
    return False


def indentation(names: str, style: str, element: Element) -> bool:
    """A blockquote by which a mail program indents text and quotes nobody."""
    if "quote" in names or element.attrs.get("type") == "cite" or element.attrs.get("cite"):
        return False
    return "border:none" in style or "border:medium" in style or "border:0" in style


def code(element: Element, names: str) -> bool:
    """Is a `pre` code, and not the form in which a mail program shows a whole mail of plain text?"""
    parent = element.parent
    if "k9mail" in names or "moz-" in names or "mail" in names or "signature" in names:
        return False
    if _introduces(element):
        return False
    if not isinstance(parent, Element) or parent.tag not in ("body", "div"):
        return True
    # Only as far as the next element on each side: a page may hold thousands of them.
    beside = chain(element.previous_siblings, element.next_siblings)
    return any(isinstance(other, Element) for other in beside)


def _introduces(element: Element) -> bool:
    """Is a `pre` Evolution's signature delimiter, or the line that 163 writes above the blockquote it answers?"""
    below = next((other for other in element.next_siblings if isinstance(other, Element)), None)
    if below is None or below.tag not in ("blockquote", "div", "br", "span"):
        return False
    text = str(element.to_text()).strip()
    return text == "--" or (below.tag == "blockquote" and len(text) < 300 and "\n" not in text)


def start(element: Element) -> int:
    """The first number of a list."""
    number = str(element.attrs.get("start") or "1")
    return int(number) if number.isdigit() and len(number) < 9 else 1


def bullet(counter: list[int] | None) -> str:
    """The mark of the next line of a list, which is counted."""
    if counter is None or counter[0] < 0:
        return "- "
    counter[0] += 1
    return f"{counter[0] - 1}. "


def pixel(element: Element) -> bool:
    """Is a picture too small to be seen?"""
    sizes = (str(element.attrs.get("width") or ""), str(element.attrs.get("height") or ""))
    return any(size.strip().removesuffix("px") in ("0", "1", "2") for size in sizes if size)
