"""A post's Markdown as HTML that is safe to show, and as one line.

The dialect is CommonMark with tables and ~~struck~~ words, without raw HTML, entities, setext headings, indented code
and link definitions, with line breaks as typed and bare URLs as links: what people type keeps its words. Limits:
512,000 characters, 20,000 marks (a bracket or a URL counts as five, a list's as four), 10,000 lines or tags; what
exceeds one is shown as typed. nh3 has the last word. Pure.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import unquote

import nh3
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from .private import hide_addresses

TEXT_MAX = 512_000
MARKS_MAX = 20_000
TAGS_MAX = 10_000
SHORT = 4_000
"""Characters that cannot hold as much as any of these."""
DEPTH_MAX = 20
NESTING_MAX = 90
EXCERPT_READS = 4_000

_TAGS = frozenset({
    "p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a", "img", "h3", "h4", "h5", "h6",
    "s", "table", "thead", "tbody", "tr", "th", "td",
})  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}, "li": {"value"}}
_REL = "nofollow noopener ugc"
_WEB = ("http://", "https://", "ftp://", "mailto:")
_QUOTED = re.compile(r"[ \t]{0,3}>")
_FILE = re.compile(r"[\w-][\w.-]{0,200}\.(?:md|py|rs|sh|pl|ps|so|cc|mk|zip|mov|app)", re.IGNORECASE)
_SPECIAL = re.compile("[^\\w\n ,;.:!?()'\"’‘“”„«»…–—-]")
_MARK = re.compile(r"[*_`~<>\[\]|\\#]")
_LIST = frozenset("-+0123456789")
_PLAIN = bytes(place for place in range(128) if not _SPECIAL.match(chr(place)))
_TIGHT = re.compile(r"[.:](?=[^\s.])")
_GAPS = re.compile(r"\n{2,}")
_DOTTED = re.compile(r"\.\S")
_FENCE = re.compile(r"[ \t]{0,3}(?:```|~~~)")


def render(text: str, pictures: Mapping[str, str]) -> str:
    """Markdown as sanitised HTML; `![alt](cid:ID)` shows `pictures[ID]`, a URL of ours, any other picture is a link."""
    text = text.encode("utf-8", "replace").decode()
    prose = is_prose(text)
    # Nearly every line end is a tag: a break, or the end of a block.
    if len(text) > SHORT and (
        len(text) > TEXT_MAX or _marks(text, prose=prose) > MARKS_MAX or text.count("\n") > TAGS_MAX
    ):
        return as_typed(text)
    written = _paragraphs(text) if prose else _marked_up(text, pictures)
    if written is None or written.count("<") > TAGS_MAX:
        return as_typed(text)
    return sanitise(written, frozenset(pictures.values()))


def _marks(text: str, *, prose: bool) -> int:
    """What the parser would stop at, by what it costs; prose has but these two."""
    marks = text.count("!") + text.count("- ") * 4
    if not prose:
        marks += text.count("[") * 5 + text.count("<") * 5 + text.count("://") * 5 + text.count("+ ") * 4
        marks += sum(map(text.count, "*_`~||\\&"))
        marks += sum(map(text.count, "$%+:=>@]^{}-")) // 4  # nothing but stops: 3 us each
    return marks


def _marked_up(text: str, pictures: Mapping[str, str]) -> str | None:
    """Markdown as HTML that is yet to be sanitised; None where it is nested too deep."""
    parser = _parser()
    tokens = parser.parse(prepare(text))
    if any(token.level >= NESTING_MAX for token in tokens):
        return None
    _shape(tokens)
    written: str = parser.renderer.render(tokens, parser.options, {"pictures": pictures})
    return written


def is_prose(text: str) -> bool:
    """Is it words and plain punctuation alone, with no line that could begin a list, a quote or a table?

    Half of all mails are, and the parser would make of them what `_paragraphs` does, in 0.6 ms rather than 0.03 (4 kB).
    """
    # ASCII is asked without a pattern: in a third of the time
    special = text.encode().translate(None, _PLAIN) if text.isascii() else _SPECIAL.search(text)
    if special or "_" in text or " \n" in text or text.endswith(" "):
        return False
    return all([not line or line[0].isalpha() for line in text.split("\n")]) and not _TIGHT.search(text)


def _paragraphs(text: str) -> str:
    """Prose as HTML that is yet to be sanitised."""
    said = [each.replace("\n", "<br>\n") for each in _GAPS.split(text.strip("\n")) if each]
    return "".join([f"<p>{each}</p>\n" for each in said])


STOPS_MAX = 200_000_000
"""nh3 stops at each byte C2 (of U+00A0 to U+00BF: no-break spaces, `«`, `°`) and looks through all the text that it
stands in, so that 400 kB of them took four seconds. Beyond so many stops times bytes (10 ms) others stand in for them.
"""
_AWAY = {code: code + 0xF0000 for code in range(0xA0, 0xC0)} | dict.fromkeys(range(0xF00A0, 0xF00C0))
_BACK = {code + 0xF0000: code for code in range(0xA0, 0xC0)}


def sanitise(written: str, pictures: frozenset[str] = frozenset()) -> str:
    """HTML reduced to what a post may hold; of pictures only those of these URLs. A second time changes nothing."""
    cleaner = _cleaner(pictures) if pictures else _plain_cleaner()
    if not written.isascii() and written.encode().count(b"\xc2") * len(written) > STOPS_MAX:
        return cleaner.clean(written.translate(_AWAY)).translate(_BACK)
    return cleaner.clean(written)


def _cleaner(pictures: frozenset[str]) -> nh3.Cleaner:
    def keep(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "href":
            return value if value.lower().startswith(_WEB) else None
        if attribute == "src":
            return value if value in pictures else None
        # what is left: rel is nh3's own, the others are numbers of a list
        return value if attribute in ("alt", "title", "rel") or re.fullmatch("[0-9]{1,9}", value) else None

    return nh3.Cleaner(
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=keep,
        link_rel=_REL,
        url_schemes={"http", "https", "ftp", "mailto", "cid"},
    )


@cache
def _plain_cleaner() -> nh3.Cleaner:
    """For a post without pictures, as nearly all are: making one takes as long as its work (30 -> 16 us)."""
    return _cleaner(frozenset())


def as_typed(text: str) -> str:
    """A text as HTML without reading it as Markdown: for what is too large or too deep."""
    text = "".join(c for c in text.replace("\r\n", "\n").replace("\r", "\n") if c >= " " or c in "\n\t")
    return "<p>" + html.escape(text, quote=False).replace("\xa0", "&nbsp;").replace("\n", "<br>") + "</p>"


def prepare(text: str) -> str:
    """The text with quotes ended where they end: CommonMark's lazy continuation would put an answer into the quote.

    Quotes deeper than 20 are shown at depth 20 (section 5.1 of CommonMark sets no limit, the parser does).
    """
    lines: list[str] = []
    depth_before, fence = 0, -1
    for line in text.split("\n"):
        depth, rest = _depth(line)
        if depth > DEPTH_MAX:
            depth, line = DEPTH_MAX, "> " * DEPTH_MAX + rest
        if fence > depth:
            fence = -1
        if depth < depth_before and fence < 0 and rest.strip():
            lines.append(("> " * depth).rstrip())
        if _FENCE.match(rest):
            fence = depth if fence < 0 else -1
        lines.append(line)
        depth_before = depth if rest.strip() or depth else 0
    return "\n".join(lines)


def _depth(line: str) -> tuple[int, str]:
    """How deep a line is quoted, and the line without its marks."""
    depth, at = 0, 0
    while mark := _QUOTED.match(line, at):
        depth, at = depth + 1, mark.end()
    return depth, line[at:]


class _Links(LinkifyIt):  # type: ignore[misc]
    """Finds bare URLs; most paragraphs are dismissed before a pattern is tried (1.3 -> 0.5 ms for 4 kB)."""

    def pretest(self, text: str) -> bool:
        """May there be a link? Each holds a scheme, two slashes, an at sign or a dot amid a word."""
        may = ":" in text or "@" in text or "//" in text or _DOTTED.search(text)
        return bool(may) and bool(super().pretest(text))


@cache
def _parser() -> MarkdownIt:
    """The one parser: it keeps no state between texts."""
    parser = MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": True, "maxNesting": 100})
    parser.linkify = _Links()
    parser.enable(["linkify", "table", "strikethrough"])
    parser.disable(["lheading", "code", "html_block", "html_inline", "reference", "entity"])
    parser.add_render_rule("image", _image)
    parser.add_render_rule("link_open", _link_open)
    parser.add_render_rule("link_close", _link_close)
    return parser


def _shape(tokens: Sequence[Token]) -> None:
    """Headings stand below the page's own; a numbered list shows the numbers that were typed."""
    lists: list[int] = []
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 2)}"
        elif token.type == "ordered_list_open":
            lists.append(int(token.attrs.get("start", 1)))
        elif token.type == "ordered_list_close":
            lists.pop()
        elif token.type == "list_item_open" and token.info and lists:
            number = int(token.info)
            if number != lists[-1]:
                token.attrs["value"] = str(number)
            lists[-1] = number + 1
        elif token.type == "inline" and token.children:
            _unlink(token.children)


def _unlink(words: list[Token]) -> None:
    """Bare URLs lose the colon after them, and names of files, as in `notes.md`, are no links."""
    for opens, shown, closes in zip(words, words[1:], words[2:], strict=False):
        if opens.type != "link_open" or opens.markup != "linkify":
            continue
        if _FILE.fullmatch(shown.content):
            opens.hidden = closes.hidden = True
        elif shown.content.endswith(":"):
            opens.attrs["href"] = str(opens.attrs["href"]).removesuffix(":")
            shown.content, closes.meta["after"] = shown.content[:-1], ":"


def _link_open(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, _env: Any) -> str:
    return "" if tokens[idx].hidden else self.renderToken(tokens, idx, options, _env)


def _link_close(_self: Any, tokens: Sequence[Token], idx: int, _options: Any, _env: Any) -> str:
    return ("" if tokens[idx].hidden else "</a>") + str(tokens[idx].meta.get("after", ""))


def _image(
    _self: Any, tokens: Sequence[Token], idx: int, _options: Any, env: MutableMapping[str, Any]
) -> str:
    """A picture of the mail in its place; the picture of another site as a link, so that reading fetches nothing."""
    token = tokens[idx]
    source, alt = str(token.attrs.get("src", "")), html.escape(token.content)
    if source.lower().startswith("cid:"):
        url = env["pictures"].get(unquote(source[4:])) or env["pictures"].get(source[4:])
        return (
            f'<img src="{html.escape(url)}" alt="{alt}">'
            if url
            else f"[picture: {alt}]"
            if alt
            else "[picture]"
        )
    if any(t.type == "link_open" for t in tokens[max(0, idx - 3) : idx]):
        return alt or "[picture]"
    return f'<a href="{html.escape(source)}">{alt or html.escape(source)}</a>'


def excerpt(text: str, size: int = 140) -> str:
    """The first words of a text on one line, at most `size` characters: no marks, quotes or addresses."""
    head = text[:EXCERPT_READS]
    words = head if _is_plain(head) else _words(head)
    return shortened(" ".join(hide_addresses(words).split()), size)


def _is_plain(text: str) -> bool:
    """Are its words all that would be shown of it? No mark, and no line that could begin a list."""
    lines = [line.lstrip()[:1] for line in text.split("\n") if line]
    return not _MARK.search(text) and _LIST.isdisjoint(lines)


def shortened(line: str, size: int) -> str:
    """A line of at most `size` characters, cut at a word."""
    if len(line) <= size:
        return line
    cut = line[: size - 1]
    at_word = cut.rfind(" ")
    return (cut[:at_word] if at_word > size // 2 else cut).rstrip(" ,;:.-") + "…"


def _words(text: str) -> str:
    """What a text shows but for its quotes, without marks."""
    words: list[str] = []
    quoted = 0
    for token in _parser().parse(prepare(text)):
        if token.type in ("blockquote_open", "blockquote_close"):
            quoted += token.nesting
        elif not quoted and token.type == "inline":
            words += [_shown(child) for child in token.children or ()] + [" "]
        elif not quoted and token.type == "fence":
            words.append(token.content + " ")
    return "".join(words)


def runs(text: str) -> Iterator[str]:
    """The plain words of a Markdown text, run by run: what stands in quotes, code, links and pictures is left out."""
    quoted = 0
    for token in _parser().parse(prepare(text)):
        if token.type in ("blockquote_open", "blockquote_close"):
            quoted += token.nesting
        elif token.type == "inline" and not quoted:
            yield from _plain_runs(token.children or ())


def _plain_runs(children: Sequence[Token]) -> Iterator[str]:
    words: list[str] = []
    links = 0
    for child in children:
        if child.type in ("link_open", "link_close"):
            links += child.nesting
        elif not links and child.type in ("text", "softbreak", "hardbreak"):
            words.append(child.content or "\n")
            continue
        if words:
            yield "".join(words)
        words = []
    if words:
        yield "".join(words)


def _shown(token: Token) -> str:
    """What an inline token shows in plain text."""
    if token.type == "image":
        return "(picture)"
    return " " if token.type in ("softbreak", "hardbreak") else token.content
