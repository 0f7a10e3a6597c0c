"""text/enriched (RFC 1896) and its forerunner text/richtext (RFC 1341) as plain text; nesting is not looked at."""

from __future__ import annotations

import re

ENRICHED = ("text/enriched", "text/richtext")

_PARAMETER = re.compile(r"(?i)<param>[^<>]{0,1000}</param>")
_COMMAND = re.compile(r"</?[A-Za-z0-9-]{1,60}>")
_ENDS = re.compile(r"\n+")
_OPEN = "\x00"


def plain(text: str, kind: str) -> str:
    """The words; line ends as the format has them: of n the first is a space, in richtext each is one."""
    if kind == "text/richtext":
        text = re.sub(r"(?i)<nl>|</?paragraph>", _OPEN, text.replace("\n", " "))
        return _COMMAND.sub("", re.sub("(?i)<lt>", "<", text).replace(_OPEN, "\n"))
    text = _PARAMETER.sub("", text.replace("<<", _OPEN))
    text = _ENDS.sub(lambda ends: ends[0][1:] or " ", text)
    return _COMMAND.sub("", text).replace(_OPEN, "<")
