"""An HTML mail -> lines with Markdown: the only place that knows the HTML parser.

The tree is walked once, without recursion (the parser flattens what is nested deeper than 512). Blocks become lines,
blockquotes depth, and the elements in which mail programs put attribution lines, header blocks and signatures become
hints. Hidden preheaders, tracking pixels, styles and scripts go; link targets and pictures stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from turbohtml import Element, Node, Text, parse

from .lines import PICTURE, WIDTH, Hint, Line, bare, split_marks
from .markdown import Run, Style, render, target
from .tables import Table, table_lines

SIZE = 1_000_000
"""Characters of HTML that are read; a mail with more is read up to here."""

ELEMENTS = 2_500
"""Elements that are read one by one; of those behind them the words are taken whole, and the blockquotes seen."""
INDENT, DEPTH = 24, 50
"""Columns that nested lists are indented, and quote marks that are written, at most."""

_SKIPPED = frozenset(
    [
        "head",
        "style",
        "script",
        "title",
        "template",
        "noscript",
        "object",
        "meta",
        "link",
        "svg",
        "math",
        "select",
        "textarea",
        "button",
        "iframe",
        "map",
    ]
)
_BLOCKS = frozenset(
    [
        "html",
        "body",
        "div",
        "p",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "td",
        "th",
        "blockquote",
        "pre",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "address",
        "article",
        "aside",
        "center",
        "fieldset",
        "figure",
        "figcaption",
        "footer",
        "form",
        "header",
        "hr",
        "main",
        "nav",
        "section",
        "caption",
        "details",
        "summary",
    ]
)
_SPACED = frozenset(
    ["p", "ul", "ol", "dl", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "table", "figure"]
)
_HIDDEN = re.compile(
    r"display:none|visibility:hidden|mso-hide:all|max-height:0(?![.\d])|font-size:[01](?:px|pt)?(?![.\w])|opacity:0(?![.\d])"
)
_ZERO_MARGIN = re.compile(r"margin(?:-top|-bottom)?:(?:0(?:px|pt|cm|in|em)?|auto)[;\s]|margin:0")
_WHITE = re.compile(r"[ \t\r\n\f]+")
_QUOTES = ("yahoo_quoted", "yahoo-quoted", "protonmail_quote", "tutanota_quote", "zmail_extra")
_ATTRIBUTIONS = ("gmail_attr", "moz-cite-prefix", "protonmail_quote_header")
_HEADERS = ("divrplyfwdmsg", "zwchr", "moz-email-headers-table")
_NO_SIGNATURES = ("applemailsignature", "signature-empty", "signature_block-empty", "signatureprefix")


class Frame(NamedTuple):
    """What holds for the text inside an element."""

    style: Style = Style()
    depth: int = 0
    hint: Hint = Hint.NONE
    pre: bool = False
    indent: str = ""
    counter: list[int] | None = None
    """The next number of an ordered list, -1 in a list without numbers, None outside of lists."""


def read(html: str) -> list[Line]:
    """The lines of an HTML body."""
    reader = _Reader()
    stack: list[tuple[Iterator[Node], Element | None, Frame]] = [
        (iter(parse(html[:SIZE], positions=False).children), None, Frame())
    ]
    count = 0
    while stack:
        children, element, frame = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if element is not None:
                reader.leave(element, frame)
        elif isinstance(child, Text):
            reader.words(child.data, frame)
        elif isinstance(child, Element):
            count += 1
            if count > ELEMENTS:
                reader.unread(child, frame)
                continue
            inner = reader.enter(child, frame)
            if inner is not None:
                stack.append((iter(child.children), child, inner))
    reader.flush(Frame())
    for line in reader.lines:
        if line.depth:
            mark = "> " * min(line.depth, DEPTH)
            line.markdown = (mark + line.markdown.replace("\n", "\n" + mark)).rstrip()
        if line.text[:1] == ">":
            typed, words = split_marks(line.text)
            line.depth, line.text = line.depth + typed, bare(words)
    return reader.lines


class _Reader:
    """Gathers runs into lines while the tree is walked."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.runs: list[Run] = []
        self.gap = False
        self.marker = ""
        self.tables: list[Table] = []

    def words(self, text: str, frame: Frame) -> None:
        if frame.pre:
            pieces = text.expandtabs(4).replace("\r", "").split("\n")
            if len(pieces) > ELEMENTS:
                pieces[ELEMENTS:] = ["\n".join(pieces[ELEMENTS:])]
            for number, piece in enumerate(pieces):
                if number:
                    self.break_line(frame)
                if piece:
                    self.runs.append(Run(piece, frame.style))
            return
        text = _collapsed(text)
        if not self.runs or self.runs[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if text:
            self.runs.append(Run(text, frame.style))

    def enter(self, element: Element, frame: Frame) -> Frame | None:
        tag = element.tag
        if tag in _SKIPPED:
            return None
        attrs = element.attrs
        style = str(attrs.get("style") or "").lower().replace(" ", "") if attrs else ""
        if attrs and ((style and _HIDDEN.search(style)) or "hidden" in attrs):
            return None
        if "mso-list:ignore" in style:
            # Outlook writes the mark of a list as text.
            mark = str(element.text or "").strip()
            self.marker = f"{mark} " if mark[:1].isdigit() and len(mark) < 5 else "- "
            return None
        if tag == "br":
            self.break_line(frame)
            return None
        if tag == "img":
            self.picture(element, frame)
            return None
        if tag in _BLOCKS:
            return self.enter_block(tag, element, style, frame)
        look = _inline(tag, element, frame.style)
        return frame if look is frame.style else frame._replace(style=look)

    def unread(self, element: Element, frame: Frame) -> None:
        """Takes the words of an element behind the last that is read."""
        if element.tag in _SKIPPED:
            return
        if element.tag == "br":
            self.runs.append(Run("\n", frame.style))
            return
        words = element.to_text().strip()
        if element.tag not in _BLOCKS:
            self.runs.append(Run(_collapsed(words), frame.style))
            return
        self.flush(frame)
        quoted = element.tag == "blockquote" or any(name in _names(element) for name in _QUOTES)
        if words:
            text = " ".join(words[:WIDTH].split())
            self.emit(Line(text, words, frame.depth + quoted, frame.hint, paragraph=True))

    def enter_block(self, tag: str, element: Element, style: str, frame: Frame) -> Frame | None:
        self.flush(frame)
        if tag == "hr":
            self.emit(Line("", "", frame.depth, _hint(_names(element), style, frame)))
            self.emit(Line("---", frame.indent + "---", frame.depth, _hint(_names(element), style, frame)))
            self.gap = True
            return None
        names = _names(element)
        if tag in _SPACED and not _tight(tag, names, style, frame):
            self.gap = True
        if tag == "table":
            self.tables.append(Table(element.attrs.get("border") not in (None, "0"), self.lines))
            self.lines = []
        elif tag == "tr" and self.tables:
            self.tables[-1].row()
        elif tag in ("td", "th") and self.tables:
            self.lines = self.tables[-1].cell(header=tag == "th")
        return self.inside(tag, element, names, style, frame)

    def inside(self, tag: str, element: Element, names: str, style: str, frame: Frame) -> Frame:
        depth = frame.depth
        if (tag == "blockquote" and not _indentation(names, style, element)) or (
            names and any(name in names for name in _QUOTES)
        ):
            depth += 1
        hint = _hint(names, style, frame)
        look, indent, counter = frame.style, frame.indent, frame.counter
        if tag in ("ul", "ol"):
            counter = [_start(element) if tag == "ol" else -1]
        elif tag == "li":
            self.marker = indent[:INDENT] + _bullet(counter)
            indent = " " * min(len(self.marker), INDENT)
        elif tag[0] == "h" and tag[1:].isdigit():
            self.marker = indent + "#" * int(tag[1]) + " "
            look = look._replace(bold=False)
        elif tag == "pre" and _code(element, names):
            self.fence(frame._replace(depth=depth, hint=hint))
        pre = tag == "pre" or (frame.pre and "white-space:normal" not in style) or "white-space:pre" in style
        if tag == "pre":
            look = Style()
        return Frame(look, depth, hint, pre, indent, counter)

    def leave(self, element: Element, frame: Frame) -> None:
        tag = element.tag
        if tag not in _BLOCKS:
            return
        self.flush(frame)
        if tag in ("li",) or (tag[0] == "h" and tag[1:].isdigit()):
            self.marker = ""
        if tag == "pre" and _code(element, _names(element)):
            self.fence(frame)
        if tag == "table" and self.tables:
            table = self.tables.pop()
            self.lines = table.outside
            self.gap = True
            for line in table_lines(table, nested=bool(self.tables)):
                self.emit(line)
        if tag in _SPACED and not _tight(
            tag, _names(element), str(element.attrs.get("style") or "").lower(), frame
        ):
            self.gap = True

    def fence(self, frame: Frame) -> None:
        self.emit(Line("```", "```", frame.depth, frame.hint))

    def picture(self, element: Element, frame: Frame) -> None:
        source = str(element.attrs.get("src") or "").strip()
        alt = " ".join(str(element.attrs.get("alt") or "").split())
        if "goomoji" in element.attrs or "data-emoji" in element.attrs or "emoji" in _names(element):
            self.runs.append(Run(alt, frame.style))
            return
        if source.lower().startswith("cid:"):
            shown = "cid:" + source[4:].strip("<>").replace(" ", "%20").replace(")", "%29").replace(
                "(", "%28"
            )
        else:
            shown = target(source)
        if not shown or _pixel(element) or len(shown) > 4000:
            if alt and not source.lower().startswith("http"):
                self.runs.append(Run(alt, frame.style))
            return
        self.runs.append(Run(alt or PICTURE, frame.style, shown))

    def break_line(self, frame: Frame) -> None:
        if any(run.text.strip() or run.picture for run in self.runs):
            self.flush(frame)
        else:
            self.runs.clear()
            if not frame.pre or self.lines:
                self.emit(Line("", "", frame.depth, frame.hint))

    def flush(self, frame: Frame) -> None:
        """Makes a line of the runs gathered so far."""
        runs, self.runs = self.runs, []
        if not runs:
            return
        plain = "".join([PICTURE if run.picture else run.text for run in runs])
        if not plain.strip():
            if "\u00a0" in plain:
                self.emit(Line("", "", frame.depth, frame.hint))
            return
        if frame.pre:
            written = "".join(run.text for run in runs).rstrip()
        else:
            clear = runs
            if "\u00a0" in plain:
                clear = [run._replace(text=run.text.replace("\u00a0", " ")) for run in runs]
            if PICTURE in plain:
                clear = [run._replace(text="") if run.text == PICTURE else run for run in clear]
            written = render(clear).strip()
        prefix, self.marker = self.marker or frame.indent, ""
        shown = prefix + written
        self.emit(Line(bare(plain) or PICTURE, shown, frame.depth, frame.hint, paragraph=not frame.pre))

    def emit(self, line: Line) -> None:
        if line.text:
            if self.gap and self.lines and self.lines[-1].text:
                depth = min(line.depth, self.lines[-1].depth)
                self.lines.append(Line("", "", depth, line.hint))
            self.gap = False
        self.lines.append(line)


def _collapsed(text: str) -> str:
    """White space as a browser shows it. Most runs of text have single spaces, and are left alone."""
    if "  " in text or "\n" in text or "\t" in text or "\r" in text or "\f" in text:
        return _WHITE.sub(" ", text)
    return text


def _names(element: Element) -> str:
    attrs = element.attrs
    if not attrs:
        return ""
    names = attrs.get("class")
    joined = " ".join(names) if isinstance(names, list) else str(names or "")
    marker = attrs.get("data-marker")
    # Spark calls its sections by name.
    name = attrs.get("name") if element.tag == "div" else ""
    return f"{joined} {attrs.get('id') or ''} {marker or ''} {name or ''}".lower()


def _inline(tag: str, element: Element, style: Style) -> Style:
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


def _hint(names: str, style: str, frame: Frame) -> Hint:
    if not names and not style:
        return frame.hint
    if any(name in names for name in _ATTRIBUTIONS):
        return Hint.ATTRIBUTION
    if any(name in names for name in _HEADERS) or "__headers__" in names:
        return Hint.HEADER
    if "border-top:" in style and "solid" in style and "padding:3" in style:
        return Hint.HEADER
    if "signature" in names and not any(name in names for name in _NO_SIGNATURES):
        return Hint.SIGNATURE
    return frame.hint


def _tight(tag: str, names: str, style: str, frame: Frame) -> bool:
    """A paragraph that the mail program shows without space around it, or a list inside a list."""
    if tag == "p":
        return "mso" in names or bool(_ZERO_MARGIN.search(style.replace(" ", "") + ";"))
    if tag in ("ul", "ol"):
        return bool(frame.indent)
    return False


def _indentation(names: str, style: str, element: Element) -> bool:
    """A blockquote by which a mail program indents text and quotes nobody."""
    if "quote" in names or element.attrs.get("type") == "cite" or element.attrs.get("cite"):
        return False
    return "border:none" in style or "border:medium" in style or "border:0" in style


def _code(element: Element, names: str) -> bool:
    """Is a `pre` code, and not the form in which a mail program shows a whole mail of plain text?"""
    parent = element.parent
    if "k9mail" in names or "moz-" in names or "mail" in names or "signature" in names:
        return False
    alone = parent is not None and sum(1 for child in parent.children if isinstance(child, Element)) == 1
    return not (alone and isinstance(parent, Element) and parent.tag in ("body", "div"))


def _start(element: Element) -> int:
    start = str(element.attrs.get("start") or "1")
    return int(start) if start.isdigit() and len(start) < 9 else 1


def _bullet(counter: list[int] | None) -> str:
    if counter is None or counter[0] < 0:
        return "- "
    counter[0] += 1
    return f"{counter[0] - 1}. "


def _pixel(element: Element) -> bool:
    sizes = (str(element.attrs.get("width") or ""), str(element.attrs.get("height") or ""))
    return any(size.strip().removesuffix("px") in ("0", "1", "2") for size in sizes if size)
