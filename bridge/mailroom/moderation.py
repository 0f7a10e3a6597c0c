"""Mails that wait for a moderator: what holds them, who is told, and what a decision does.

The moderators of a list get a letter about the first mail that waits, at once; what comes within the hour after it
is told in one letter at its end. Each held mail is told of once. A letter has, for each mail and each moderator, an
address that lets the mail through and one that refuses it; they are worth something only in that moderator's hand.
"""

from __future__ import annotations

import zlib
from dataclasses import replace

from ..fanout import notices
from ..mail.token import Purpose, Tokens
from ..posting import moderation as policy
from ..posting.identity import Author, Hold, Refuse
from ..posting.people import display_name
from ..posting.post import MailingList
from ..posting.site import Site
from ..store import ledger, lists, moderation, people
from ..store.database import Tx
from ..store.moderation import Held
from ..store.threads import Place
from . import tongue
from .announce import Told, tell, write
from .hand import Ending, Walk

HOUR = moderation.HOUR
LOT = 30
"""How many mails one letter to a moderator is about; the others follow in the next one."""


# -- while a mail is walked ------------------------------------------------------------------------------------------


def look_again(walk: Walk, target: MailingList, author: Author, place: Place) -> Hold | None:
    """Why a mail waits though its author is known; never one of an archive, or one that a moderator let through."""
    if walk.entry.released or walk.entry.via == "import":
        return None
    text = walk.reply.text
    posted, hourly, repeats = False, 0, 0
    if author.person is not None:
        posted, hourly, repeats = moderation.habits(
            walk.tx, target.id, author.person.id, place.thread_id, text, walk.now, walk.site.posts_per_hour
        )
    facts = policy.Facts(
        mailing_list=target,
        name=author.name,
        size=walk.entry.size,
        score=policy.spam_score(walk.reading.message.headers.get(target.spam_header.lower(), ())),
        first=not posted and not (author.guest and target.who_can_post != "anyone"),
        hourly=hourly,
        repeats=repeats if place.found_by != "new" and policy.repeatable(text) else 0,
    )
    return policy.second_look(facts, walk.site)


def hold(walk: Walk, target: MailingList, why: Hold) -> Ending:
    """Hold the mail for the moderators of a list, and tell its sender where that is safe."""
    message = walk.reading.message
    author = message.author
    held = Held(
        ledger_id=walk.entry.id, list_id=target.id, at=walk.now, code=why.code, reason=why.reason,
        name=display_name(author) if author else "", address=author.address if author else "",
        subject=message.subject, text=policy.shown(message, walk.reply), safe=_safe(walk),
    )  # fmt: skip
    moderation.hold(walk.tx, held)
    if held.safe and not walk.entry.released and why.code != "owner":
        notice = notices.held(
            walk.site, target, held.name, held.subject, why.reason, tongue.of_sender(walk), why.code
        )
        _answer(walk, target, held.address, f"held-{why.code}", notice)
    return Ending("held", why.code, why.reason)


def refused(walk: Walk, target: MailingList, why: Refuse) -> Ending:
    """Refuse the mail by the rules of a list, and tell its sender where that is safe."""
    author = walk.reading.message.author
    if author and _safe(walk):
        notice = notices.refused(
            walk.site, target, display_name(author), walk.reading.message.subject, why.reason,
            tongue.of_sender(walk), "no-guests" if why.code == "guest" else why.code,
        )  # fmt: skip
        _answer(walk, target, author.address, f"refused-{why.code}", notice)
    return Ending("refused", why.code, why.reason)


def _safe(walk: Walk) -> bool:
    """Whether the sender may be told: a member or somebody vouched for, and nobody of an archive."""
    author = walk.reading.message.author
    if author is None or walk.entry.via == "import" or not walk.entry.sender:
        return False
    person = people.by_address(walk.tx, author.address)
    return policy.may_tell(person is not None and person.member, walk.vouched.passed)


def _answer(walk: Walk, target: MailingList, address: str, kind: str, notice: notices.Notice) -> bool:
    told = Told(address, kind, notice, target, walk.entry.id, walk.site.domain, in_reply_to=walk.message_id)
    return tell(walk.tx, told, walk.now)


# -- telling the moderators ------------------------------------------------------------------------------------------


def tell_moderators(tx: Tx, site: Site, tokens: Tokens, every: tuple[MailingList, ...], now: int) -> int:
    """Queue a letter to the moderators of each list for which mails wait, at most hourly; gives how many letters."""
    letters = 0
    for target in every:
        appointed = lists.moderators(tx, target.id)
        if not appointed or max(one.last_told for one in appointed) + HOUR > now:
            continue
        waiting = moderation.untold(tx, target.id, LOT)
        if not waiting:
            continue
        for one in appointed:
            shown = [_waiting(site, tokens, held, one.person_id) for held in waiting]
            language = tongue.of_person(tx, site, one.person_id)
            notice = notices.to_decide(site, target, one.name, shown, language)
            told = Told(one.address, "moderate", notice, target, waiting[0].ledger_id, site.domain)
            write(tx, told, now, site)
            letters += 1
        moderation.mark_told(tx, target.id, waiting, now)
    return letters


def _waiting(site: Site, tokens: Tokens, held: Held, moderator_id: int) -> notices.Waiting:
    def address(purpose: Purpose) -> str:
        return f"confirm+{tokens.mint(purpose, moderator_id, held.ledger_id)}@{site.domain}"

    return notices.Waiting(
        held.name, held.address, held.subject, held.received, held.reason, held.text,
        approve="" if held.code in policy.FINAL else address(Purpose.APPROVE),
        refuse=address(Purpose.REFUSE),
        told=held.safe, code=held.code,
    )  # fmt: skip


# -- deciding --------------------------------------------------------------------------------------------------------


def release(tx: Tx, ledger_id: int, by: str, now: int, mode: str = "") -> bool:
    """Let a held or parked mail through, and with a `mode` make its sender a member; false where it is neither."""
    if not tx.ledger_release(id=ledger_id, now=now):
        return False
    moderation.decide(tx, ledger_id, "released", by, now)
    for held in moderation.of_mail(tx, ledger_id) if mode else ():
        known = people.by_address(tx, held.address)
        if held.address and not (known and people.mode(tx, held.list_id, known.id)):
            people.subscribe(tx, held.list_id, held.address, "" if known else held.name, mode, now)
    return True


def refuse(
    tx: Tx, site: Site, every: tuple[MailingList, ...], ledger_id: int, reason: str, by: str, now: int
) -> bool:
    """Refuse a held mail for good, and tell its sender why where that is safe; false where it is not held."""
    if not tx.ledger_refuse(id=ledger_id, reason=reason, now=now):
        return False
    moderation.decide(tx, ledger_id, "refused", by, now)
    for held in moderation.of_mail(tx, ledger_id):
        target = next((each for each in every if each.id == held.list_id), None)
        if target is None or not (held.safe and held.address):
            continue
        kind = f"refused-{zlib.crc32(reason.encode('utf-8', 'replace')):08x}"
        language = tongue.of_address(tx, site, held.address)
        notice = notices.refused(site, target, held.name, held.subject, reason, language)
        told = Told(held.address, kind, notice, target, ledger_id, site.domain)
        tell(tx, replace(told, in_reply_to=held.message_id), now)
    return True


def standing(tx: Tx, ledger_id: int) -> notices.Outcome:
    """What has become of a mail, and by whom."""
    made = moderation.decision(tx, ledger_id)
    row = tx.ledger_get(id=ledger_id)
    if row is None:
        return notices.Outcome("gone")
    if made is None:
        outcome: ledger.Outcome = row["outcome"]
        return notices.Outcome("other", state=outcome) if outcome != "held" else notices.Outcome("waits")
    return notices.Outcome(f"was_{made.verdict}", made.name)
