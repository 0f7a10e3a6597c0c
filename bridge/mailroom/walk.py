"""One mail's walk through the store: recipients -> place -> author -> Post -> Deliveries, in one transaction.

Every function takes the `Walk`, decides or writes one thing, and gives its result; nothing here waits, and nothing
is kept outside the transaction, so that a walk that is cut short never happened.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Any

from ..fanout import notices
from ..mail.message import Mailbox
from ..mail.recipient import Recipient, RecipientKind, recipient
from ..mail.sealed import is_encrypted
from ..mail.token import Purpose
from ..posting.identity import Author, Claim, Hold, Refuse, identify
from ..posting.people import display_name
from ..posting.post import MailingList, Person
from ..posting.threads import chain, is_answer
from ..reply.parts import Kind, Reply
from ..store import blobs, people, threads
from ..store.ledger import Outcome
from ..store.threads import Place
from . import answers, guests, mentions, moderation, tongue
from .announce import announce
from .hand import Ending, Walk, addressed, reply_token, tell_by
from .knowledge import learn
from .reading import PENDING

__all__ = ["Ending", "Walk", "addressed", "post_to_lists", "reply_token", "tell_by"]

FOUND_BY = {
    "token": "below the post of its reply address",
    "reference": "placed by References",
    "quote": "placed by what it quotes",
    "subject": "placed by its subject",
    "new": "a new thread",
    "orphan": "a thread of its own until its parent comes",
}
ENCRYPTED = Refuse("encrypted", "it is encrypted, and nobody can read it here")
PERMALINK = re.compile(r"/post/([0-9]{1,18})\b")
WORD = re.compile(r"\w{1,60}")

# The outcome of a mail for several lists is the first of these that any of them had: what waits for somebody's
# decision must be seen, and released it is walked again, where the other lists know it as a duplicate.
WEIGHT: tuple[Outcome, ...] = ("held", "posted", "command", "refused", "ignored")


def post_to_lists(walk: Walk, recipients: list[Recipient]) -> Ending:
    """Post the mail to every list it is for; gives the weightiest of their endings."""
    if found := answers.place(walk):
        return found if isinstance(found, Ending) else _in_thread(walk, found)
    bound = reply_token(walk)
    answered = walk.tx.post_get(id=bound[1]) if bound else None
    owner = people.get(walk.tx, bound[0]) if bound and answered else None
    wanted = [r.list_address for r in recipients if r.kind is RecipientKind.POST]
    by_token = answered is not None and any(r.kind is RecipientKind.REPLY for r in recipients)
    targets = [
        each
        for each in walk.lists
        if each.address in wanted or (by_token and answered is not None and each.id == answered["list_id"])
    ]
    if not targets:
        return _no_target(walk, recipients)
    endings = []
    for target in targets:
        at = answered["id"] if answered is not None and answered["list_id"] == target.id else None
        endings.append(post_to_list(walk, target, owner if at else None, at))
    first = min(endings, key=lambda ending: WEIGHT.index(ending.outcome))
    return replace(first, reason="; ".join(ending.reason for ending in endings))


def _in_thread(walk: Walk, found: answers.Found) -> Ending:
    """Post an answer to a digest in the list of the thread that it is for."""
    return post_to_list(walk, found.target, people.get(walk.tx, found.person_id), found.post_id)


def _no_target(walk: Walk, recipients: list[Recipient]) -> Ending:
    if any(r.kind is RecipientKind.REPLY for r in recipients):
        lost = Hold("bad-token", "the reply address is not one that we gave out, or its post is gone")
        # The first list's moderators look after what belongs to none.
        return (
            moderation.hold(walk, walk.lists[0], lost)
            if walk.lists
            else Ending("held", lost.code, lost.reason)
        )
    return Ending("ignored", "not-ours", "no list of ours is among its recipients")


def post_to_list(walk: Walk, target: MailingList, owner: Person | None, answered: int | None) -> Ending:
    """Place the mail in one list, find whose it is, and write the post, or say why not."""
    twin = walk.tx.post_twin(list_id=target.id, message_id=walk.message_id)
    if twin and (ending := _again(walk, target, twin)):
        return ending
    mail_chain = chain(walk.reading.message)
    sender = _sender(walk, target)
    place = find_place(walk, target, sender, answered, mail_chain)
    if sender and (ending := guests.stopping(walk, target, sender, owner, place)):
        return ending
    decision = whose(walk, target, sender, owner, place)
    if isinstance(decision, Hold):
        if decision.ask_owner and owner is not None:
            _ask_owner(walk, target, owner)
        return moderation.hold(walk, target, decision)
    if isinstance(decision, Refuse):
        return moderation.refused(walk, target, decision)
    if is_encrypted(walk.reading.message) and walk.entry.via != "import":
        return moderation.refused(walk, target, ENCRYPTED)
    if walk.reading.empty:
        return _nothing_new(walk, target, decision, place)
    if hold := moderation.look_again(walk, target, decision, place):
        return moderation.hold(walk, target, hold)
    # What another mail took first is not this one's id (promise A10).
    message_id = f"{walk.entry.id}.{walk.entry.raw[:24]}@{walk.site.domain}" if twin else walk.message_id
    post = write_post(walk, target, place, decision, message_id, mail_chain)
    copied = _copy(walk, target, post["id"], decision)
    mentions.note(walk.tx, target, post, copied=copied)
    if walk.entry.via != "import":
        guests.joined(walk, decision, post)
        announce(walk.tx, walk.site, target, post, walk.now, copied=copied)
        if copied:
            guests.invite(walk, target, decision, post)
    return Ending(
        "posted", "", f"post {post['id']} in {target.name}, {FOUND_BY.get(place.found_by, place.found_by)}"
    )


def _again(walk: Walk, target: MailingList, row: Any) -> Ending | None:
    """The ending of a mail whose Message-ID a post (`row`) has: a duplicate, unless it is plainly another mail.

    Of another writer any other text is another mail; of the same one, whose copies pass through lists that add to them,
    a text that shares no words with it, as from a program that numbers its mails anew.
    """
    author = walk.reading.message.author.address if walk.reading.message.author else ""
    other = _shares_no_words if row["author"] == author else str.__ne__
    if not row["forgotten"] and other(row["text"], walk.reply.text):
        row = walk.tx.post_again(
            list_id=target.id, message_id=walk.message_id, author=author, text=walk.reply.text
        )
        if row is None:
            return None
    return Ending("ignored", "duplicate", f"the same mail is post {row['id']} in {target.name} already")


def _shares_no_words(one: str, other: str) -> bool:
    """Whether of two texts with words not one word in five of the shorter stands in the longer."""
    few, more = sorted(({*WORD.findall(text[:20_000].lower())} for text in (one, other)), key=len)
    return bool(few) and len(few & more) * 5 < len(few)


def _sender(walk: Walk, target: MailingList) -> Person | None:
    """Whose the From address is, if anybody's: a member where he is one of this list."""
    author = walk.reading.message.author
    sender = people.by_address(walk.tx, author.address) if author else None
    return sender and replace(sender, member=people.mode(walk.tx, target.id, sender.id) is not None)


def find_place(
    walk: Walk, target: MailingList, sender: Person | None, answered: int | None, mail_chain: tuple[str, ...]
) -> Place:
    """Thread and parent: by token, by References, by what is quoted, by subject; else a new thread."""
    tx, message, reply = walk.tx, walk.reading.message, walk.reply
    if answered is not None and (place := threads.at_post(tx, answered, "token")):
        return place
    if place := threads.by_chain(tx, target.id, mail_chain):
        return place
    linked = [
        int(found[1])
        for link in reply.quoted_links
        if link.startswith(walk.site.url) and (found := PERMALINK.search(link))
    ]
    if place := threads.by_quotes(tx, target.id, reply.quoted_ids, linked):
        return place
    if place := threads.by_ghost(tx, target.id, walk.message_id, mail_chain):
        return place
    if not is_answer(message.subject):
        return Place(None, None, "new")
    by_subject = sender and threads.by_subject(tx, target.id, message.subject, sender.id, walk.date)
    return by_subject or Place(None, None, "orphan")


def whose(
    walk: Walk, target: MailingList, sender: Person | None, owner: Person | None, place: Place
) -> Author | Hold | Refuse:
    """Gather what speaks for and against the From address, and decide."""
    tx, message = walk.tx, walk.reading.message
    address = message.author.address if message.author else ""
    copied = place.thread_id is not None and tx.copied_by_member(thread_id=place.thread_id, address=address)
    return identify(
        Claim(
            author=message.author,
            author_fault=message.author_fault,
            sender_person=sender,
            owner=owner,
            copied_by_member=bool(copied),
            authenticated=walk.vouched.passed,
            text="\n\n".join(part.text for part in walk.reply.parts if part.kind is Kind.WORDS),
            mailing_list=target,
            # What an operator imports was let in by the old list, under whose rules its writers wrote.
            released=walk.entry.released or walk.entry.via == "import",
            doubt=walk.vouched.reason,
        )
    )


def write_post(
    walk: Walk,
    target: MailingList,
    place: Place,
    author: Author,
    message_id: str,
    mail_chain: tuple[str, ...],
) -> dict[str, Any]:
    """Write post, parts, attachments and tree; gives the post's row, as it was written at first."""
    tx, message, reply = walk.tx, walk.reading.message, walk.reply
    if place.thread_id is None:
        place = replace(place, thread_id=threads.begin(tx, target.id, message.subject, walk.date))
    person = author.person or people.add_person(tx, author.name, [author.address], [], False, walk.now)
    post: dict[str, Any] = {
        "list_id": target.id, "thread_id": place.thread_id, "parent_id": place.parent_id, "author_id": person.id,
        "author": author.name, "guest": int(author.guest), "credit": _credited(reply),
        "subject": answers.subject(walk, place), "date": walk.date, "received": walk.entry.received,
        "message_id": message_id, "origin": "email", "ledger_id": walk.entry.id, "placed_by": place.found_by,
        "text": reply.text, "html": walk.reading.html,
    }  # fmt: skip
    post["id"] = post_id = int(tx.post_add(**post)["id"])
    tx.part_add([
        {"post_id": post_id, "seq": seq, "kind": part.kind.value, "text": part.text, "reason": part.reason,
         "folded": int(part.folded), "quoted_id": part.post or None}
        for seq, part in enumerate(reply.parts)
    ])  # fmt: skip
    learn(walk)
    _attach(walk, post_id)
    threads.settle(
        tx,
        list_id=target.id,
        post_id=post_id,
        place=place,
        message_id=message_id,
        chain=mail_chain,
        date=walk.date,
    )
    if place.found_by == "new" and place.thread_id is not None:
        threads.adopt_orphans(tx, target.id, post_id, place.thread_id, message.subject, walk.date)
    return post


def _credited(reply: Reply) -> str:
    """The name of who wrote the words that were passed on, as an author's is shown: without the list they came by."""
    credit = reply.credit
    return display_name(Mailbox(credit.name, credit.address)) if credit and credit.name else ""


def _attach(walk: Walk, post_id: int) -> None:
    """Store the attachments, and the HTML with their real paths."""
    html = walk.reading.html
    for seq, (part, blob) in enumerate(
        zip(walk.reading.message.attachments, walk.reading.blobs, strict=True)
    ):
        row = walk.tx.attachment_add(
            post_id=post_id, seq=seq, name=part.name, type=part.type, size=blob.size,
            sha256=blobs.put(walk.tx, blob), inline=int(part.inline), content_id=part.content_id,
            folded=int(seq in walk.reading.unshown),
        )  # fmt: skip
        html = html.replace(PENDING.format(seq), f"/attachment/{row['id']}/")
    if html != walk.reading.html:  # each writing of a post is one of the search index too
        walk.tx.post_html(id=post_id, html=html)


def _copy(walk: Walk, target: MailingList, post_id: int, author: Author) -> bool:
    """Note whom the mail copied, and look again at mails held because nobody knew their writer; false: nobody."""
    own = frozenset(mailing_list.address for mailing_list in walk.lists)
    others = [
        mailbox
        for mailbox in (*walk.reading.message.to, *walk.reading.message.cc)
        if mailbox.address != author.address and recipient(mailbox.address, walk.site.domain, own) is None
    ]
    stranger = author.note == "not a member" and walk.entry.via != "import"
    name = display_name if stranger else partial(_copied_name, walk, target)
    walk.tx.copied_add([{"post_id": post_id, "address": m.address, "name": name(m)} for m in others])
    if not author.guest:
        for mailbox in others:
            walk.tx.ledger_rewalk_held_of(author=mailbox.address, now=walk.now)
    return bool(others)


def _copied_name(walk: Walk, target: MailingList, mailbox: Mailbox) -> str:
    """What the list calls him; whom it does not know is called as the mail does, or a page would tell his name."""
    known = people.by_address(walk.tx, mailbox.address)
    here = known and walk.tx.person_in_list(list_id=target.id, person_id=known.id)
    return known.name if known and known.name and here else display_name(mailbox)


def _nothing_new(walk: Walk, target: MailingList, author: Author, place: Place) -> Ending:
    """A mail without words of its sender's own is no post, and he is told once, if he is a member."""
    if author.person and not author.guest and walk.entry.via != "import":
        subject = walk.reading.message.subject
        notice = notices.quote_only(walk.site, target, author.name, subject, tongue.of_sender(walk))
        back = target.address
        if place.parent_id is not None:
            token = walk.tokens.mint(Purpose.REPLY, author.person.id, place.parent_id)
            back = f"reply+{token}@{walk.site.domain}"
        tell_by(walk, target, author.address, "quote-only", notice, back)
    return Ending(
        "refused", "nothing-new", "it holds nothing of its sender's own, at most quoted text or a signature"
    )


def _ask_owner(walk: Walk, target: MailingList, owner: Person) -> None:
    author = walk.reading.message.author
    if owner.addresses and author is not None:
        notice = notices.owner_asked(
            walk.site, target, owner.name, display_name(author), walk.reading.message.subject,
            tongue.of_person(walk.tx, walk.site, owner.id),
        )  # fmt: skip
        tell_by(walk, target, owner.addresses[0], "owner-asked", notice)
