"""An HTML mail -> lines with Markdown: with `markup` the only place that knows the HTML parser.

The tree is walked once, without recursion (the parser flattens what is nested deeper than 512). Blocks become lines,
blockquotes depth, and the elements in which mail programs put attribution lines, header blocks and signatures become
hints. Hidden preheaders, tracking pixels, styles and scripts go; link targets and pictures stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from turbohtml import Element, Node, Text, parse

from ..mail.charset import without_controls
from . import markup
from .lines import PICTURE, WIDTH, Hint, Line, bare, framed, holds, read_odd_marks, split_marks
from .markdown import PLAIN as STANDARD
from .markdown import Run, Style, render, target
from .markup import BLOCKS, PLAIN, QUOTES, SKIPPED, SPACED
from .tables import Table, table_lines

SIZE = 1_000_000
"""Characters of HTML that are read; a mail with more is read up to here."""

ELEMENTS = 2_000
"""Elements that are read one by one; of those behind them the words are taken whole, and the blockquotes seen."""
TINTS = 4
"""Colours of a line that are noted."""
INDENT, DEPTH = 24, 50
"""Columns that nested lists are indented, and quote marks that are written, at most."""

_WHITE = re.compile(r"[ \t\r\n\f]+")


class Frame(NamedTuple):
    """What holds for the text inside an element."""

    style: Style = Style()
    depth: int = 0
    hint: Hint = Hint.NONE
    pre: bool = False
    indent: str = ""
    counter: list[int] | None = None
    """The next number of an ordered list, -1 in a list without numbers, None outside of lists."""
    tint: str = ""


def read(html: str) -> list[Line]:
    """The lines of an HTML body."""
    reader = _Reader()
    stack: list[tuple[Iterator[Node], Element | None, Frame]] = [
        (iter(parse(without_controls(html[:SIZE]), positions=False).children), None, Frame())
    ]
    count = 0
    while stack:
        children, element, frame = stack[-1]
        for child in children:
            if isinstance(child, Text):
                reader.words(child.data, frame)
            elif isinstance(child, Element):
                if count >= ELEMENTS:
                    reader.unread(child, children, frame)
                    continue
                below = child.children
                alone = len(below) == 1 and count < ELEMENTS - 1
                if alone and (taken := reader.short(child, below[0], frame)):
                    count += taken
                    continue
                count += 1
                inner = reader.enter(child, frame)
                if inner is not None:
                    stack.append((iter(below), child, inner))
                    break
        else:
            stack.pop()
            if element is not None:
                reader.leave(element, frame)
    reader.flush(Frame())
    _read_marks(reader.lines)
    return reader.lines


def _read_marks(lines: list[Line]) -> None:
    """Writes the marks of blockquotes, and reads those that were typed: a server may have made HTML of a plain text."""
    odd = False
    for line in lines:
        if line.depth:
            mark = "> " * min(line.depth, DEPTH)
            line.markdown = (mark + line.markdown.replace("\n", "\n" + mark)).rstrip()
        if line.text[:1] == ">" and not framed(line.text):
            typed, words = split_marks(line.text)
            line.depth, line.text = line.depth + typed, bare(words)
        odd = odd or "> " in line.text[:14] or line.text[:2] == "| "
    if odd:
        read_odd_marks(lines, wrapped=False)


class _Reader:
    """Gathers runs into lines while the tree is walked."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.runs: list[Run] = []
        self.gap = False
        self.marker = ""
        self.tints: tuple[str, ...] = ()
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
            if (frame.tint or self.tints) and frame.tint not in self.tints and not text.isspace():
                self.tinted(frame)

    def tinted(self, frame: Frame) -> None:
        """Notes the colour of the words just read; links have their own."""
        if not frame.style.href:
            before = any(run.text.strip() for run in self.runs[:-1])
            self.tints = self.tints or (("",) if before else ())
            if frame.tint not in self.tints and len(self.tints) < TINTS:
                self.tints = (*self.tints, frame.tint)

    def short(self, element: Element, only: Node, frame: Frame) -> int:
        """Reads a plain element with nothing in it but `only`, words in ASCII or a line break, as most lines are.

        As `enter`, `words` and `leave` do, in a third of the time. Gives how many elements these were; 0: none.
        """
        if element.tag not in PLAIN or element.attrs or frame.pre or frame.tint or frame.style != STANDARD:
            return 0
        if isinstance(only, Text):
            text = only.data
            if len(text) >= WIDTH or not text.isascii():
                return 0
            self.flush(frame)
            text = _collapsed(text).strip()
            if text:
                prefix, self.marker = self.marker or frame.indent, ""
                self.emit(Line(text, prefix + text, frame.depth, frame.hint, True))
            return 1
        if not isinstance(only, Element) or only.tag != "br" or only.attrs:
            return 0
        self.flush(frame)
        self.emit(Line("", "", frame.depth, frame.hint))
        return 2

    def enter(self, element: Element, frame: Frame) -> Frame | None:
        tag = element.tag
        if tag in SKIPPED:
            return None
        attrs = element.attrs
        if not attrs and tag in PLAIN:
            # as below, where nothing says how it looks
            self.flush(frame)
            return frame
        style = str(attrs.get("style") or "").lower().replace(" ", "") if attrs else ""
        if attrs and markup.hidden(element, style):
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
        if tag in BLOCKS:
            return self.enter_block(tag, element, style, frame)
        look = markup.inline(tag, element, frame.style)
        tint = markup.tint(style, frame.tint) if style else frame.tint
        if tag == "font" and element.attrs.get("color"):
            tint = markup.tint(f"color:{element.attrs.get('color')}".lower(), frame.tint)
        if look is frame.style and tint is frame.tint:
            return frame
        return frame._replace(style=look, tint=tint)

    def unread(self, first: Element, below: Iterator[Node], frame: Frame) -> None:
        """Takes the words of `first` and of all that stands `below` it in the same element, without a look inside.

        Words that stand in a line are joined as they come: half of the time of a run for each.
        """
        said: list[str] = []
        for child in chain((first,), below):
            if isinstance(child, Text) and not frame.pre:
                if text := self.joined(child.data, said):
                    said.append(text)
            elif isinstance(child, Element) and child.tag == "br":
                said.append("\n")
            elif isinstance(child, Element) and child.tag not in SKIPPED and child.tag not in BLOCKS:
                if words := child.to_text().strip():
                    said.append(_collapsed(words))
            else:
                if said:
                    self.say(said, frame)
                    said = []
                if isinstance(child, Text):
                    self.words(child.data, frame)
                elif isinstance(child, Element) and child.tag in BLOCKS:
                    self.unread_block(child, frame)
        if said:
            self.say(said, frame)

    def joined(self, text: str, said: list[str]) -> str:
        """Text as it follows what was `said` before it, else the last run."""
        before = said[-1] if said else self.runs[-1].text if self.runs else " "
        text = _collapsed(text)
        return text.lstrip(" ") if before.endswith(" ") else text

    def say(self, said: list[str], frame: Frame) -> None:
        self.runs.append(Run("".join(said), frame.style))

    def unread_block(self, element: Element, frame: Frame) -> None:
        self.flush(frame)
        words = element.to_text().strip()
        if words:
            quoted = element.tag == "blockquote" or holds(markup.names(element), QUOTES)
            text = " ".join(words[:WIDTH].split())
            self.emit(Line(text, words, frame.depth + quoted, frame.hint, paragraph=True))

    def enter_block(self, tag: str, element: Element, style: str, frame: Frame) -> Frame | None:
        self.flush(frame)
        if tag == "hr":
            self.emit(Line("", "", frame.depth, markup.hint(markup.names(element), style, frame.hint)))
            self.emit(
                Line(
                    "---",
                    frame.indent + "---",
                    frame.depth,
                    markup.hint(markup.names(element), style, frame.hint),
                )
            )
            self.gap = True
            return None
        names = markup.names(element)
        if tag in SPACED and not markup.tight(tag, names, style, frame.indent):
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
        if (tag == "blockquote" and not markup.indentation(names, style, element)) or (
            names and holds(names, QUOTES)
        ):
            depth += 1
        hint = markup.hint(names, style, frame.hint)
        look, indent, counter = frame.style, frame.indent, frame.counter
        if tag in ("ul", "ol"):
            counter = [markup.start(element) if tag == "ol" else -1]
        elif tag == "li":
            self.marker = indent[:INDENT] + markup.bullet(counter)
            indent = " " * min(len(self.marker), INDENT)
        elif tag[0] == "h" and tag[1:].isdigit():
            self.marker = indent + "#" * int(tag[1]) + " "
            look = look._replace(bold=False)
        elif tag == "pre" and markup.code(element, names):
            self.fence(frame._replace(depth=depth, hint=hint))
        tint = frame.tint
        if style and "color:" in style and "background-color:" not in style:
            tint = markup.tint(style, tint)
        if names and "elementtoproof" in names:
            tint = markup.typed(names, tint)
        pre = tag == "pre" or (frame.pre and "white-space:normal" not in style) or "white-space:pre" in style
        if tag == "pre":
            look = Style()
        return Frame(look, depth, hint, pre, indent, counter, tint)

    def leave(self, element: Element, frame: Frame) -> None:
        tag = element.tag
        if tag not in BLOCKS:
            return
        self.flush(frame)
        if tag in PLAIN:
            return
        if tag in ("li",) or (tag[0] == "h" and tag[1:].isdigit()):
            self.marker = ""
        if tag == "pre" and markup.code(element, markup.names(element)):
            self.fence(frame)
        if tag == "table" and self.tables:
            table = self.tables.pop()
            self.lines = table.outside
            self.gap = True
            for line in table_lines(table, nested=bool(self.tables)):
                self.emit(line)
        if tag in SPACED and not markup.tight(
            tag, markup.names(element), str(element.attrs.get("style") or "").lower(), frame.indent
        ):
            self.gap = True

    def fence(self, frame: Frame) -> None:
        self.emit(Line("```", "```", frame.depth, frame.hint))

    def picture(self, element: Element, frame: Frame) -> None:
        source = str(element.attrs.get("src") or "").strip()
        alt = " ".join(str(element.attrs.get("alt") or "").split())
        if "goomoji" in element.attrs or "data-emoji" in element.attrs or "emoji" in markup.names(element):
            self.runs.append(Run(alt, frame.style))
            return
        if source.lower().startswith("cid:"):
            shown = "cid:" + source[4:].strip("<>").replace(" ", "%20").replace(")", "%29").replace(
                "(", "%28"
            )
        else:
            shown = target(source)
        if not shown or markup.pixel(element) or len(shown) > 4000:
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
        if not self.runs:
            return
        runs, self.runs = self.runs, []
        if len(runs) == 1 and not self.tints and not frame.pre and self.plain(runs[0], frame):
            return
        tints = self.tints
        if tints:
            self.tints = ()
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
        self.emit(Line(bare(plain) or PICTURE, shown, frame.depth, frame.hint, not frame.pre, tints))

    def plain(self, run: Run, frame: Frame) -> bool:
        """Makes the line of one run of plain ASCII, as most are; False where `flush` must look closer (4 -> 1 us)."""
        text = run.text
        if run.picture or run.style != STANDARD or not text.isascii():
            return False
        text = text.strip()
        if text:
            prefix, self.marker = self.marker or frame.indent, ""
            shown = prefix + text if prefix else text
            self.emit(
                Line(text if len(run.text) < WIDTH else bare(run.text), shown, frame.depth, frame.hint, True)
            )
        return True

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
