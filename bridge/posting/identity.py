"""Whose a mail is: the reply token, the From header and the authentication decide together, never one alone.

| token's owner | From                                | becomes                                        |
|---------------|-------------------------------------|------------------------------------------------|
| is From       | a member                            | his post                                       |
| is not From   | another member                      | that member's own post                         |
| is not From   | an outsider whom a member copied    | a guest's post, by the list's policy           |
| is not From   | anybody else                        | held; the owner is asked                       |
| no token      | a member, or a copied outsider      | his post, unless authentication is asked for and missing |
| no token      | anybody else                        | held, or a guest's post where anyone may write |

A display name is never taken for an address, and nobody ever posts as the owner of a token that is not his. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..mail.address import mixes_scripts
from ..mail.message import Mailbox
from .people import display_name, greets, same_name
from .post import MailingList, Person

__all__ = ["Author", "Claim", "Hold", "Refuse", "identify"]


@dataclass(frozen=True, slots=True)
class Claim:
    """What is known of a mail's writer before it is decided who he is."""

    author: Mailbox | None
    """The one clean address of the From header."""
    author_fault: str
    sender_person: Person | None
    """The person known by the From address."""
    owner: Person | None
    """The owner of the reply token, None where the mail bears none."""
    copied_by_member: bool
    """Whether a member copied the From address in the thread at hand."""
    authenticated: bool | None
    """An aligned pass in the trusted Authentication-Results; None where none is trusted."""
    text: str
    """The author's own words, without those that he forwards."""
    mailing_list: MailingList
    released: bool
    """Whether a moderator let the mail through."""
    doubt: str = ""
    """In words, why it is not known that the mail comes from where it says."""


@dataclass(frozen=True, slots=True)
class Author:
    """Under whom the post stands; `person` is None where he is to be added. `note` says why, where it is not plain."""

    person: Person | None
    name: str
    address: str
    guest: bool
    note: str


@dataclass(frozen=True, slots=True)
class Hold:
    """The mail waits for a moderator: `code` is for machines, `reason` for people."""

    code: str
    reason: str
    ask_owner: bool = False


@dataclass(frozen=True, slots=True)
class Refuse:
    """The mail is no post of this list."""

    code: str
    reason: str


def identify(claim: Claim) -> Author | Hold | Refuse:
    """Decide under whom a mail is posted, or why it is not."""
    if claim.author is None:
        return Hold(
            "no-author", f"nobody can be told as its writer: {claim.author_fault or 'no From header'}"
        )
    if hold := _doubt(claim, claim.author):
        return hold
    author = _author(claim, claim.author)
    if not isinstance(author, Author) or claim.released:
        return author
    return _second_look(claim, author) or author


def _doubt(claim: Claim, sender: Mailbox) -> Hold | None:
    """Why From is not to be believed, or None."""
    if claim.released or _is_owner(claim):
        return None
    if claim.authenticated is False:
        return Hold(
            "unauthenticated", claim.doubt or "no trusted sign that the mail comes from where it says"
        )
    owner = claim.owner
    if owner is None or _is_member(claim):
        return None
    if not claim.copied_by_member:
        reason = f"written to the reply address of {owner.name}, from an address that nobody here knows"
        return Hold("not-owner", reason, ask_owner=True)
    if same_name(display_name(sender), owner.name):
        return Hold("not-owner", f"bears the name of {owner.name}, but not an address of his", ask_owner=True)
    return None


def _is_member(claim: Claim) -> bool:
    return claim.sender_person is not None and claim.sender_person.member


def _is_owner(claim: Claim) -> bool:
    return (
        claim.owner is not None
        and claim.sender_person is not None
        and claim.owner.id == claim.sender_person.id
    )


def _author(claim: Claim, sender: Mailbox) -> Author | Hold | Refuse:
    """The author that From names, as a member or as a guest."""
    person = claim.sender_person
    name = person.name if person else display_name(sender)
    if person and person.member:
        note = (
            f"wrote to the reply address of {claim.owner.name}"
            if claim.owner and not _is_owner(claim)
            else ""
        )
        return Author(person, name, sender.address, False, note)
    if claim.copied_by_member:
        return _guest(claim, Author(person, name, sender.address, True, "copied by a member"))
    if claim.mailing_list.who_can_post == "anyone" or claim.released:
        return Author(person, name, sender.address, True, "not a member")
    return Hold("unknown-sender", f"{name} is not a member of {claim.mailing_list.title}")


def _guest(claim: Claim, author: Author) -> Author | Hold | Refuse:
    """What the list does with an outsider whom a member copied."""
    policy = claim.mailing_list.guests
    if policy == "refuse":
        return Refuse("guest", f"{claim.mailing_list.title} takes no mail from people who are not members")
    if policy == "hold" and not claim.released:
        return Hold("guest", f"{author.name} is a guest whom a member copied")
    return author


def _second_look(claim: Claim, author: Author) -> Hold | None:
    """Why a mail whose author is known waits nevertheless, or None."""
    if author.guest and any(mixes_scripts(word) for word in author.name.split()):
        return Hold("odd-name", f"{author.name} is a name in letters of several scripts: is he who he seems?")
    names = (author.name, *(author.person.handles if author.person else ()))
    if greets(claim.text, names):
        return Hold("self-greeting", f"greets {author.name}, who is said to have written it")
    if claim.mailing_list.who_can_post == "moderated":
        return Hold("moderated", "a moderator reads all mails to this list first")
    return None
