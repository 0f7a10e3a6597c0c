"""To moderators: mails that wait for them, what became of a decision, and mails to those who run the list. Pure.

These letters show a stranger's address and words: their readers look after the list, and decide by them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ...posting.post import MailingList
from ...posting.site import Site
from ..headers import clean
from .form import SUBJECT_MAX, Notice, hello, sign, title

BRIEF = 600
"""How many characters of each mail stand in a letter about several."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail that waits: `approve` is empty where no moderator can let it through; `received` in microseconds UTC."""

    name: str
    address: str
    subject: str
    received: int
    reason: str
    text: str
    """Its words, each line quoted by `> `, and below them what we say of its other parts."""
    approve: str
    refuse: str
    told: bool
    """Whether its sender hears of a refusal."""


def to_decide(site: Site, mailing_list: MailingList, name: str, waiting: Sequence[Waiting]) -> Notice:
    """One or more mails that wait, each with the addresses that decide on it."""
    where = title(mailing_list)
    if len(waiting) == 1:
        (one,) = waiting
        return Notice(
            f"A mail to {where} waits for you: {clean(one.subject)[:SUBJECT_MAX] or '(no subject)'}",
            f"{hello(name)}a mail to {where} waits for your decision.\n\n{_facts(one)}\n{_ways(one)}\n"
            f"This is what it says:\n\n{one.text}\n" + _end(site, mailing_list),
        )
    parts = [
        f"**{n}. {_bold(one)}**\n\n{_facts(one)}\n{_ways(one)}\n{_brief(one.text)}\n"
        for n, one in enumerate(waiting, 1)
    ]
    return Notice(
        f"{len(waiting)} mails to {where} wait for you",
        f"{hello(name)}{len(waiting)} mails to {where} wait for your decision.\n\n"
        + "\n".join(parts)
        + _end(site, mailing_list),
    )


def _bold(one: Waiting) -> str:
    return clean(one.subject)[:SUBJECT_MAX].replace("*", "") or "(no subject)"


def _facts(one: Waiting) -> str:
    """What is known of the mail, a line each."""
    came = datetime.fromtimestamp(one.received // 1_000_000, UTC).strftime("%Y-%m-%d %H:%M UTC")
    address = f"<{clean(one.address)}>" if one.address else ""
    return (
        f"From: {' '.join(filter(None, (clean(one.name), address))) or 'nobody who can be named'}\n"
        f"Subject: {clean(one.subject)[:SUBJECT_MAX] or '(none)'}\n"
        f"Came in: {came}\n" + (f"Why it waits: {clean(one.reason)}\n" if one.reason else "")
    )


def _ways(one: Waiting) -> str:
    """The two addresses; they do nothing for anybody but the moderator to whom they are written."""
    name = clean(one.name) or "the sender"
    told = (
        f"What you write there is sent to {name} as the reason"
        if one.told
        else f"{name} is not told, for nobody vouches for that address"
    )
    refuse = f"- To refuse it, write to <{one.refuse}>. {told}.\n"
    if not one.approve:
        return refuse
    return (
        f"- To post it, write to <{one.approve}>; the mail may be empty. With the word “always” in it, {name} may "
        f"write here from now on.\n{refuse}"
    )


def _brief(text: str) -> str:
    """The text with fewer of its quoted words; what we say of it stays."""
    lines, left = [], BRIEF
    for line in text.splitlines():
        if not line.startswith(">"):
            lines.append(line)
        elif left > 0:
            lines.append(line if len(line) <= left else f"{line[:left]} …")
            left -= len(line)
    return "\n".join(lines)


def _end(site: Site, mailing_list: MailingList) -> str:
    return "\nIf another moderator is faster, you are told so, and nothing happens twice.\n" + sign(
        site, mailing_list
    )


def decided(site: Site, mailing_list: MailingList, name: str, subject: str, outcome: str) -> Notice:
    """The answer to a decision: `outcome` is a sentence, without its full stop, on what became of the mail."""
    about = clean(subject)[:SUBJECT_MAX] or "(no subject)"
    return Notice(
        f"Re: {about}",
        f"{hello(name)}the mail “{about}” to {title(mailing_list)}: {clean(outcome)}.\n"
        + sign(site, mailing_list),
    )


def passed_on(
    site: Site, mailing_list: MailingList, name: str, one: Waiting, written_to: str, attached: bool
) -> Notice:
    """A mail to those who run the list or the site; an answer goes to its sender."""
    whole = "The whole mail is attached." if attached else "The whole mail is too large to be attached."
    return Notice(
        f"For the moderators of {title(mailing_list)}: {clean(one.subject)[:SUBJECT_MAX] or '(no subject)'}",
        f"{hello(name)}somebody wrote to {written_to}, which reaches you and the other moderators.\n\n{_facts(one)}\n"
        f"Reply to this mail to answer the sender. {whole}\n\n{one.text}\n" + sign(site, mailing_list),
    )
