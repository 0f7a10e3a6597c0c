"""A mail's story in lines: each a text and the style that a terminal shows it in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Line = tuple[str, str]
STYLES = {"posted": "bold green", "held": "bold yellow", "refused": "bold red", "parked": "bold red"}
PLACED = {
    "token": "by the reply address that it was sent to",
    "reference": "by the mail that it names as answered",
    "quote": "by what it quotes",
    "subject": "by its subject",
    "new": "a new thread",
    "orphan": "a new thread: an answer to a mail that is not known here",
}
SHORT = 100


def tell(story: dict[str, Any]) -> Iterator[Line]:
    """The lines of one entry of `reports.story`."""
    if "outcome" in story:
        yield from _came(story)
    for post in story["posts"]:
        yield from _post(post)
    for notice in story.get("notices", ()):
        yield from _notice(notice)
    if "notice" in story:
        yield from _notice(story["notice"])
    yield "", ""


def _came(story: dict[str, Any]) -> Iterator[Line]:
    yield f"mail {story['id']}  <{story['message_id']}>", "bold"
    by = f"  came {story['received']} by {story['via']}" + (
        f" from {story['account']}" if story["account"] else ""
    )
    yield f"{by}, {story['size']:,} bytes{'' if story['raw_kept'] else ', no longer kept'}", ""
    yield (
        f"  sender {story['sender'] or '<>'}, for {', '.join(story['recipients']) or 'whom its headers name'}",
        "",
    )
    if story["author"]:
        yield f"  says it is from {story['author']}", ""
    took = f" in {story['ms']:.0f} ms" if story["ms"] is not None else ""
    again = f", try {story['tries']}" if story["tries"] > 1 else ""
    reason = f": {story['reason']}" if story["reason"] else ""
    yield f"  {story['outcome']}{reason}{took}{again}", STYLES.get(story["outcome"], "bold")
    if decided := story["decided"]:
        yield f"  {decided['verdict']} by {decided['by']}, {decided['at']}", ""


def _post(post: dict[str, Any]) -> Iterator[Line]:
    guest = " (guest)" if post["guest"] else ""
    words_of = f", words of {post['credit']}" if post["credit"] else ""
    yield f"  post {post['post']} by {post['author']}{guest}{words_of}", "green"
    yield f"    in {post['list']}, thread {post['thread']} “{post['title']}”", ""
    under = f"answers post {post['parent']} of {post['parent_author']}, " if post["parent"] else ""
    yield f"    {under}placed {PLACED.get(post['placed_by'], post['placed_by'])}", ""
    if post["answered_by"]:
        yield f"    answered by post {', '.join(str(number) for number in post['answered_by'])}", ""
    for part in post["parts"]:
        what = f"folded {part['kind']} ({part['reason']})" if part["folded"] else part["kind"]
        yield f"    {what}: {short(part['text'])}", "dim" if part["folded"] else ""
    for one in post["attachments"]:
        yield f"    attachment {one['name']} ({one['type']}, {one['size']:,} bytes)", ""
    if post["copied"]:
        yield f"    copied: {', '.join(one['name'] or one['address'] for one in post['copied'])}", ""
    if not post["deliveries"]:
        yield "    no letters", "dim"
    for one in post["deliveries"]:
        yield f"    letter to {one['name']} <{one['address']}> ({one['reason']}): {_state(one)}", ""


def _notice(notice: dict[str, Any]) -> Iterator[Line]:
    yield f"  notice “{notice['subject']}” to {notice['address']}: {_state(notice)}", ""


def _state(letter: dict[str, Any]) -> str:
    """What became of a letter, with the last answer."""
    state = letter["state"] or "not queued"
    tries = f" after {letter['attempts']} tries" if (letter["attempts"] or 0) > 1 else ""
    when = f", due {letter['due']}" if state == "waiting" else f" {letter['updated'] or ''}".rstrip()
    return f"{state}{when}{tries}" + (f", {short(letter['answer'])}" if letter["answer"] else "")


def short(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1] + "…"
