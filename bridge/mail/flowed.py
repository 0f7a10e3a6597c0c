"""format=flowed (RFC 3676): paragraphs that a mail program broke into lines for the way, made whole again."""

from __future__ import annotations

SIGNATURE = "-- "


def unflow(text: str, *, delsp: bool = False) -> str:
    """Join the soft line breaks; quote depth stays as `>` marks, `-- ` stays a line of its own."""
    out: list[str] = []
    pieces: list[str] = []
    depth = 0
    for line in text.split("\n"):
        mark = len(line) - len(line.lstrip(">"))
        words = _unstuffed(line[mark:])
        # Section 4.5: a paragraph never crosses a change of quote depth, nor takes in the signature's mark. An empty
        # line ends one as well: many programs say "flowed" and leave a space at the end of what was typed.
        if pieces and (mark != depth or words in ("", SIGNATURE)):
            out.append(_line(depth, pieces))
            pieces = []
        depth = mark
        soft = words.endswith(" ") and words != SIGNATURE
        pieces.append(words[:-1] if soft and delsp else words)
        if not soft:
            out.append(_line(depth, pieces))
            pieces = []
    if pieces:
        out.append(_line(depth, pieces))
    return "\n".join(out)


def _unstuffed(words: str) -> str:
    """A line without the space that was put before it on the way (section 4.4); a typed `>` keeps it."""
    return words if words.startswith(" >") else words.removeprefix(" ")


def _line(depth: int, pieces: list[str]) -> str:
    words = "".join(pieces)
    if words != SIGNATURE:
        words = words.rstrip(" ")
    return ">" * depth + " " * (depth > 0 and words != "") + words
