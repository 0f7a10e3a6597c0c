"""To those who look after a list: what waits, what became of a decision, mails to them, letters that come back. Pure.

These letters show a stranger's address and words: their readers look after the list, and decide by them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ...posting.post import MailingList
from ...posting.site import Site
from ..headers import clean
from ..languages import MODERATION
from .form import ENGLISH, SUBJECT_MAX, Notice, hello, sign, title, told

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
    code: str = ""
    """Of the reason, by which other languages have it."""


def to_decide(
    site: Site, mailing_list: MailingList, name: str, waiting: Sequence[Waiting], language: str = ENGLISH
) -> Notice:
    """One or more mails that wait, each with the addresses that decide on it."""
    end = f"\n{_say(language, 'end')}\n{sign(site, mailing_list, language)}"
    facts = {"list": title(mailing_list), "n": len(waiting)}
    if len(waiting) == 1:
        (one,) = waiting
        return Notice(
            _say(language, "wait_subject", subject=_subject(one, language), **facts),
            f"{hello(name, language)}{_say(language, 'wait', **facts)}\n\n{_facts(one, language)}\n"
            f"{_ways(one, language)}\n{_say(language, 'says')}\n\n{one.text}\n{end}",
        )
    parts = [
        f"**{n}. {_subject(one, language).replace('*', '')}**\n\n{_facts(one, language)}\n{_ways(one, language)}\n"
        f"{_brief(one.text)}\n"
        for n, one in enumerate(waiting, 1)
    ]
    return Notice(
        _say(language, "many_subject", **facts),
        f"{hello(name, language)}{_say(language, 'many', **facts)}\n\n" + "\n".join(parts) + end,
    )


def _say(language: str, key: str, **facts: object) -> str:
    return MODERATION.get(language, MODERATION[ENGLISH])[key].format_map(facts)


def _subject(one: Waiting, language: str) -> str:
    return clean(one.subject)[:SUBJECT_MAX] or _say(language, "no_subject")


def _facts(one: Waiting, language: str) -> str:
    """What is known of the mail, a line each."""
    came = datetime.fromtimestamp(one.received // 1_000_000, UTC).strftime("%Y-%m-%d %H:%M UTC")
    address = f"<{clean(one.address)}>" if one.address else ""
    rows = {
        "from": " ".join(filter(None, (clean(one.name), address))) or _say(language, "nobody"),
        "subject": clean(one.subject)[:SUBJECT_MAX] or _say(language, "none"),
        "came": came,
        "why": _reason(one, language),
    }
    return "".join(f"{_say(language, key)} {said}\n" for key, said in rows.items() if said)


def _reason(one: Waiting, language: str) -> str:
    """Why it waits: in English with all that was found, else as the code says it."""
    key = f"hold_{one.code}"
    if language == ENGLISH or key not in MODERATION.get(language, {}):
        return clean(one.reason)
    return _say(language, key)


def _ways(one: Waiting, language: str) -> str:
    """The two addresses; they do nothing for anybody but the moderator to whom they are written."""
    name = clean(one.name) or _say(language, "sender")
    told = _say(language, "reason" if one.told else "untold", name=name)
    told = told if clean(one.name) else told[:1].upper() + told[1:]
    refuse = f"- {_say(language, 'refuse', address=one.refuse)} {told}\n"
    if not one.approve:
        return refuse
    approve = _say(language, "let_in" if one.code == "join" else "post", address=one.approve, name=name)
    return f"- {approve}\n{refuse}"


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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mail: a key of `MODERATION`, who decided, or the state that it is in."""

    key: str
    name: str = ""
    state: str = ""

    def told(self, language: str = ENGLISH) -> str:
        """It as a sentence without its full stop, as in "it is released"."""
        return _say(language, self.key, name=clean(self.name), outcome=self.state)


def decided(
    site: Site, mailing_list: MailingList, name: str, subject: str, outcome: Outcome, language: str = ENGLISH
) -> Notice:
    """The answer to a decision."""
    about = clean(subject)[:SUBJECT_MAX] or _say(language, "no_subject")
    told = _say(language, "decided", subject=about, list=title(mailing_list), outcome=outcome.told(language))
    return Notice(f"Re: {about}", f"{hello(name, language)}{told}\n{sign(site, mailing_list, language)}")


def passed_on(
    site: Site, mailing_list: MailingList, name: str, one: Waiting, written_to: str, attached: bool,
    language: str = ENGLISH,
) -> Notice:  # fmt: skip
    """A mail to those who run the list or the site; an answer goes to its sender."""
    whole = _say(language, "whole" if attached else "too_large")
    return Notice(
        _say(language, "passed_subject", list=title(mailing_list), subject=_subject(one, language)),
        f"{hello(name, language)}{_say(language, 'passed', address=written_to)}\n\n{_facts(one, language)}\n"
        f"{_say(language, 'reply')} {whole}\n\n{one.text}\n{sign(site, mailing_list, language)}",
    )


def unreachable(
    site: Site, mailing_list: MailingList, name: str, address: str, answer: str, language: str = ENGLISH
) -> Notice:
    """To whoever looks after a list: a member's address is gone for good."""
    facts = {"name": clean(name) or told(language, "a_member"), "list": title(mailing_list)}
    text = _say(language, "lost", address=clean(address), answer=clean(answer)[:300], **facts)
    return Notice(
        _say(language, "lost_subject", **facts),
        f"{hello('', language)}{text}\n{sign(site, mailing_list, language)}",
    )


def refused_by_policy(
    site: Site, mailing_list: MailingList, domain: str, answer: str, language: str = ENGLISH
) -> Notice:
    """To whoever runs this: a mail system refuses us by its rules, which no member can mend."""
    facts = {"domain": clean(domain), "list": title(mailing_list), "site": site.domain}
    text = _say(language, "policy", answer=clean(answer)[:300], **facts)
    return Notice(
        _say(language, "policy_subject", **facts),
        f"{hello('', language)}{text}\n{sign(site, mailing_list, language)}",
    )
