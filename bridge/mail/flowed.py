"""format=flowed (RFC 3676): paragraphs that a mail program broke into lines for the way, made whole again."""

from __future__ import annotations


def unflow(text: str, *, delsp: bool = False) -> str:
    """Join the soft line breaks; quote depth stays as `>` marks, `-- ` stays a line of its own."""
    out: list[str] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:]
        words = words.removeprefix(" ")
        soft = words.endswith(" ") and words != "-- "
        if open_depth == depth and words != "-- ":
            out[-1] += words
        else:
            out.append((">" * depth + " " if depth else "") + words)
        if soft and delsp:
            out[-1] = out[-1][:-1]
        open_depth = depth if soft else None
        if not soft and words != "-- ":
            out[-1] = out[-1].rstrip(" ")
    return "\n".join(out)
