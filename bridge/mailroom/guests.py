"""Guests of a thread: people without a subscription whom a member copied.

A guest is told once what he has been copied into, joins the thread with his first answer, gets its posts from then
on, and leaves it with the one word `stop`. He never gets an account. Limits: one note for an address and thread, and
a few a day for an address (promise L4) and for the member who copies.
"""

from __future__ import annotations

import re
from typing import Any

from ..fanout import notices
from ..mail.address import split
from ..mail.message import Mailbox
from ..mail.token import Purpose
from ..mail.triage import ROBOT_LOCAL
from ..posting.commands import only
from ..posting.identity import Author
from ..posting.people import display_name
from ..posting.post import MailingList, Person
from ..posting.verbs import Verb
from ..store import choices, people
from ..store.threads import Place
from . import tongue
from .announce import DAY, Told, tell
from .hand import Ending, Walk, tell_by

NOTES_TO = 3
"""How many notes an address gets in a day, over all threads and lists."""
NOTES_BY = 50
"""How many notes one member's mails bring about in a day."""
NOTES_PER_MAIL = 20

ROBOT = re.compile(
    r"(?:postmaster|abuse|hostmaster|webmaster|root|daemon|listserv|majordomo|mailman|owner-.{1,64}|"
    r".{1,64}(?:-request|-bounces|-owner|-admin|[+-](?:un)?subscribe))"
)


def joined(walk: Walk, author: Author, post: Any) -> None:
    """A guest whom a member copied, or a moderator let in, gets the posts of the thread from his own on."""
    if author.guest and (author.note == "copied by a member" or walk.entry.released):
        walk.tx.guest_put(thread_id=post["thread_id"], person_id=post["author_id"], since=walk.now, told=1)


def invite(walk: Walk, target: MailingList, author: Author, post: Any) -> int:
    """Send the outsiders whom a member's mail copied their one note; gives how many there were."""
    if author.guest or target.guests == "refuse":
        return 0
    tx, sent = walk.tx, 0
    outsiders = list(tx.copied_list(post_id=post["id"]))
    if not outsiders:
        return 0
    left = NOTES_BY - tx.guest_notes_by(author=author.address, since=walk.now - DAY)["n"]
    for copied in outsiders:
        if sent >= min(left, NOTES_PER_MAIL):
            break
        if not is_robot(copied["address"]):
            sent += _invite_one(walk, target, post, copied)
    return sent


def is_robot(address: str) -> bool:
    """Whether an address is one that no person reads, by its local part."""
    local, _ = split(address)
    return bool(ROBOT_LOCAL.fullmatch(local) or ROBOT.fullmatch(local))


def _invite_one(walk: Walk, target: MailingList, post: Any, copied: Any) -> bool:
    tx, address = walk.tx, copied["address"]
    known = people.by_address(tx, address)
    if known:
        row = tx.guest_get(thread_id=post["thread_id"], person_id=known.id)
        if people.mode(tx, target.id, known.id) is not None or (row and (row["told"] or row["since"])):
            return False
        if tx.guest_stopped(person_id=known.id):
            return False
    if tx.guest_notes_to(address=address, since=walk.now - DAY)["n"] >= NOTES_TO:
        return False
    name = copied["name"] or display_name(Mailbox("", address))
    person = known or people.add_person(tx, name, [address], [], False, walk.now)
    tx.guest_put(thread_id=post["thread_id"], person_id=person.id, since=0, told=1)
    stop = f"confirm+{walk.tokens.mint(Purpose.STOP, person.id, post['thread_id'])}@{walk.site.domain}"
    told = Told(
        address, f"guest-{post['thread_id']}",
        notices.guest_note(
            walk.site, target, person.name, post["author"], post["subject"], stop, _language(walk, person)
        ),
        target, walk.entry.id, walk.site.domain, in_reply_to=post["message_id"],
        reply_to=f"reply+{walk.tokens.mint(Purpose.REPLY, person.id, post['id'])}@{walk.site.domain}",
    )  # fmt: skip
    return tell(tx, told, walk.now)


def _language(walk: Walk, guest: Person) -> str:
    """A guest's own language where it is known, else that of the member who copied him."""
    return choices.preferences(walk.tx, guest.id).language or tongue.of_sender(walk)


def stopping(
    walk: Walk, target: MailingList, person: Person, owner: Person | None, place: Place
) -> Ending | None:
    """The ending of a guest's mail that says no more than stop; None for any other mail. `person` sent it."""
    author = walk.reading.message.author
    if author is None or walk.entry.via == "import" or person.member:
        return None
    thread_id = place.thread_id or _only_thread(walk, target, person)
    own = owner is not None and owner.id == person.id
    # What a mail says is looked at last: it takes a millisecond.
    if thread_id is None or not (own or walk.tx.guest_get(thread_id=thread_id, person_id=person.id)):
        return None
    if not says_stop(walk.reply.text, person.name):
        return None
    if own:
        return stop(walk, target, person, thread_id)
    token = walk.tokens.mint(Purpose.STOP, person.id, thread_id)
    title, language = _title(walk, thread_id), tongue.of_sender(walk)
    notice = notices.guest_asked(walk.site, target, person.name, title, language)
    tell_by(walk, target, author.address, "guest-ask", notice, f"confirm+{token}@{walk.site.domain}")
    return Ending("command", "stop", f"asked {author.address} whether it was he who said stop")


def says_stop(words: str, name: str = "") -> bool:
    """Whether a mail's words are only `stop`, in any of our languages."""
    return any(command.verb in (Verb.STOP, Verb.UNSUBSCRIBE) for command in only(words, name=name))


def _only_thread(walk: Walk, target: MailingList, person: Person) -> int | None:
    row = walk.tx.guest_of_list(list_id=target.id, person_id=person.id)
    return row["thread_id"] if row else None


def _title(walk: Walk, thread_id: int) -> str:
    row = walk.tx.thread_get(id=thread_id)
    return row["title"] if row else ""


def by_token(walk: Walk, token: str) -> Ending | None:
    """The ending of a mail to `confirm+TOKEN@` whose token says stop; None where it says something else."""
    bound = walk.tokens.read(Purpose.STOP, token)
    person = people.get(walk.tx, bound[0]) if bound else None
    thread = walk.tx.thread_get(id=bound[1]) if bound else None
    target = next((each for each in walk.lists if thread and each.id == thread["list_id"]), None)
    if bound is None:
        return None
    if person is None or target is None:
        return Ending("refused", "bad-token", "the guest or the conversation of this address is gone")
    return stop(walk, target, person, bound[1])


def stop(walk: Walk, target: MailingList, person: Person, thread_id: int) -> Ending:
    """End what a guest gets of a thread, also what waits for him already, and say so."""
    walk.tx.guest_stop(thread_id=thread_id, person_id=person.id)
    walk.tx.queue_cancel_thread(person_id=person.id, thread_id=thread_id, now=walk.now)
    title, language = _title(walk, thread_id), tongue.of_sender(walk)
    notice = notices.guest_stopped(walk.site, target, person.name, title, language)
    if person.addresses:
        tell_by(walk, target, person.addresses[0], f"stopped-{thread_id}", notice)
    return Ending("command", "stop", f"{person.name} gets no more of thread {thread_id} of {target.name}")
