"""Letters that come back: by mail to their envelope sender, or refused by the relay at once.

Whose letter it was is told by the token in our envelope sender alone, so a forged bounce changes nothing; its content
only tells why. Each letter counts once.
"""

from __future__ import annotations

from .. import maillog
from ..fanout import notices
from ..fanout.timetable import at_hour, local
from ..mail.address import split
from ..mail.bounce import BounceReport, permanence, report
from ..mail.message import Message
from ..mail.recipient import Recipient, RecipientKind
from ..mail.token import Purpose, Tokens
from ..mail.triage import Nature
from ..posting.absence import back
from ..posting.bounces import LATE, Cause, Standing, cause, passed, struck
from ..posting.post import Person
from ..posting.site import Site
from ..store import blobs, bounces, choices, lists, people, queue
from ..store.bounces import Returned
from ..store.database import Tx
from . import caretakers, relay, tongue
from .announce import Told, tell
from .complaints import complained
from .walk import Ending, Walk

PROBE = "probe"
PURPOSES = {
    RecipientKind.BOUNCE: (Purpose.BOUNCE,),
    RecipientKind.REPLY: (Purpose.REPLY, Purpose.DIGEST),
}
"""What the token of an address may say that absence notes come to."""
LOT = 100


def returned(walk: Walk, asked: Recipient) -> Ending:
    """A mail to the envelope sender of a letter: a bounce, a complaint, or an absence note."""
    bound = walk.tokens.read(Purpose.BOUNCE, asked.token)
    of = bounces.letter(walk.tx, bound[1]) if bound else None
    if of is None:
        return Ending("bounce", "bad-token", "a bounce to an address that we never gave out")
    if complaint := complained(walk):
        return complaint
    if walk.reading.verdict.nature is Nature.AUTO_REPLY and (pause := away(walk, [asked])):
        return pause
    told = report(walk.reading.message)
    if told and told.action in ("delivered", "relayed", "expanded"):
        return Ending("bounce", "arrived", f"delivery {of.id} arrived: {told.action}")
    known = permanence(blobs.get(walk.tx, walk.entry.raw) or b"") if told is None else None
    if told is None and known is None and walk.reading.verdict.nature is not Nature.BOUNCE:
        found = walk.reading.verdict.reason or "a mail to the address that bounces come to"
        return Ending("ignored", walk.reading.verdict.nature.value, f"no bounce: {found}")
    why, status, answer = _why(walk.reading.message, told, known)
    if bounces.scored(walk.tx, of.id):
        return Ending("bounce", "again", f"of delivery {of.id}, which was counted before: {answer[:200]}")
    if why in (Cause.GONE, Cause.OTHER):
        walk.tx.delivery_bounced(id=of.id, answer=f"bounced: {answer[:400]}", now=walk.now)
    count(walk.tx, walk.site, of, why, status, answer, walk.now, walk.entry.id)
    return Ending("bounce", why.value, f"of delivery {of.id} to {of.address}: {answer[:200]}")


def _why(message: Message, told: BounceReport | None, permanent: bool | None) -> tuple[Cause, str, str]:
    """Why, the status code, and what was said: by the report, else by what flufl.bounce makes of odd forms."""
    if told is None:
        words = (message.text or message.subject)[:4_000]
        return cause("", words, permanent=permanent), "", message.subject[:400]
    failed = told.action == "failed" or None
    why = (
        cause(told.status, told.diagnostic, permanent=failed) if told.action != "delayed" else Cause.TEMPORARY
    )
    return why, told.status, f"{told.status} {told.diagnostic}".strip()


def count(
    tx: Tx,
    site: Site,
    of: Returned,
    why: Cause,
    status: str,
    answer: str,
    now: int,
    ledger_id: int | None = None,
) -> None:
    """Write a bounce down, and let it count against its address where it says something about it."""
    bounces.add(tx, of, why, status, answer, ledger_id, now)
    if why is Cause.POLICY:
        _alarm(tx, site, of, answer, now)
    if of.kind == relay.KIND and why is not Cause.TEMPORARY:
        _tell_sender(tx, site, of, now)
    before = bounces.standing(tx, of.address)
    if before is None or now - of.created > LATE:
        return
    after = struck(before, why, now, probe=of.kind == PROBE)
    if after != before:
        bounces.stand(tx, of.address, after)
        maillog.standing(of.address, before.state, after.state, round(after.score, 1))
    if after.state == "paused" != before.state and of.person_id is not None:
        queue.cancel(tx, of.person_id, None, now)
    if after.state == "dead" != before.state:
        _give_up(tx, site, of, answer, now)


def _tell_sender(tx: Tx, site: Site, of: Returned, now: int) -> None:
    """A mail to one person alone came back: its sender hears it, and no address."""
    row = tx.bounce_relayed(id=of.id)
    target = next((each for each in lists.every(tx) if row and each.id == row["list_id"]), None)
    sender = people.by_address(tx, row["author"]) if row else None
    reader = people.by_address(tx, of.address)
    if target is not None and sender is not None:
        language = tongue.of_person(tx, site, sender.id)
        name = reader.name if reader else ""
        notice = notices.came_back(site, target, sender.name, name, row["subject"], language)
        tell(tx, Told(row["author"], f"relay-lost-{row['id']}", notice, target, None, site.domain), now, site)


def _give_up(tx: Tx, site: Site, of: Returned, answer: str, now: int) -> None:
    """No more letters: his modes become `none`, and whoever looks after each list is told once."""
    person = people.by_address(tx, of.address)
    every = {each.id: each for each in lists.every(tx)}
    for row in list(tx.bounce_lists(person_id=person.id)) if person else []:
        if person is not None:
            choices.set_mode(tx, site, row["list_id"], person.id, "none", now)
            target = every[row["list_id"]]
            for one in caretakers.of_list(tx, site, target.id):
                language = tongue.of_address(tx, site, one.address)
                notice = notices.unreachable(site, target, person.name, of.address, answer, language)
                kind = f"unreachable-{person.id}"
                tell(tx, Told(one.address, kind, notice, target, None, site.domain), now, site)


def _alarm(tx: Tx, site: Site, of: Returned, answer: str, now: int) -> None:
    """A relay refuses us by its rules: the operator hears of it, once a day for each domain."""
    domain, said = (
        split(of.address)[1],
        maillog.shorten(answer),
    )  # a member's address is not for other lists' moderators
    every = lists.every(tx)
    target = next((each for each in every if each.id == of.list_id), every[0] if every else None)
    readers = caretakers.of_site(tx, site, target.id) if target else ()
    maillog.refused_by_policy(domain, answer, told=bool(readers))
    for one in readers:
        if target is not None:
            language = tongue.of_address(tx, site, one.address)
            notice = notices.refused_by_policy(site, target, domain, said, language)
            tell(tx, Told(one.address, f"policy-{domain}", notice, target, None, site.domain), now, site)


def reached(tx: Tx, person: Person) -> None:
    """He answered a letter of ours that only he has: his addresses are in good standing."""
    for address in person.addresses:
        bounces.stand(tx, address, Standing())


def away(walk: Walk, meanings: list[Recipient]) -> Ending | None:
    """An absence note with a date, in answer to a letter of ours, pauses instant mail until then.

    A vacation that lasts longer, by the person's own word, is not cut short.
    """
    author, message = walk.reading.message.author, walk.reading.message
    sender = people.by_address(walk.tx, author.address) if author else None
    if sender is None or sender.id not in {_owner(walk, meaning) for meaning in meanings}:
        return None
    wanted = choices.preferences(walk.tx, sender.id)
    zone = wanted.rhythm(walk.site).timezone
    label, _, title = message.subject.partition(":")
    # Behind the colon stands our own subject, whatever day that names.
    told = f"{walk.reading.note}\n{label if title.strip() else message.subject}"
    until = back(told, local(walk.now, zone).date())
    if until is None:
        return None
    midnight = at_hour(until, 0, zone)
    if midnight > (wanted.away_until or 0):
        choices.away(walk.tx, walk.site, sender.id, midnight, walk.now)
    return Ending("ignored", "away", f"an absence note: {sender.name} gets no instant mail until {until}")


def _owner(walk: Walk, meaning: Recipient) -> int | None:
    """Whose letter brought a mail to this address."""
    for purpose in PURPOSES.get(meaning.kind, ()):
        if bound := walk.tokens.read(purpose, meaning.token):
            person = people.get(walk.tx, bound[0])
            return person.id if person else None
    return None


def look_after(tx: Tx, site: Site, tokens: Tokens, now: int) -> int:
    """Count what relays refused, send probes that are due, forgive what came back no more; gives how many."""
    refused = bounces.unscored(tx, now - LATE, LOT)
    for of in refused:
        count(tx, site, of, cause("", of.answer, permanent=True), "", of.answer, now)
    steps = bounces.due(tx, now, LOT)
    for address, person_id in steps:
        before = bounces.standing(tx, address) or Standing()
        after = passed(before, now)
        bounces.stand(tx, address, after)
        maillog.standing(address, before.state, after.state, round(after.score, 1))
        if after.state == "probing" != before.state:
            _probe(tx, site, tokens, address, person_id, now)
    return len(refused) + len(steps)


def _probe(tx: Tx, site: Site, tokens: Tokens, address: str, person_id: int, now: int) -> None:
    """Ask an address whether it is there; an answer says yes at once."""
    person = people.get(tx, person_id)
    subscribed = [row["list_id"] for row in tx.bounce_lists(person_id=person_id)]
    target = next((each for each in lists.every(tx) if each.id in subscribed), None)
    if person is None or target is None:
        return
    back = f"confirm+{tokens.mint(Purpose.CONFIRM, person_id, target.id)}@{site.domain}"
    notice = notices.probe(site, target, person.name, tongue.of_person(tx, site, person.id))
    tell(tx, Told(address, PROBE, notice, target, None, site.domain, reply_to=back), now, site)
