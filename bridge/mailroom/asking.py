"""Commands by mail: whose they are, whether they are believed, and the one answer that they get.

    answer to a letter, by its owner (reply token)       -> done; `forget-me`, and what may be prose, is asked first
    NAME-request@, NAME+VERB@ (no token)                 -> what only tells is told; the rest is asked first
    answer to what we asked     confirm+WANTED token@    -> yes: done, no: not, `post`: it becomes a post
    answer to what we answered  confirm+ANSWERED token@  -> more commands, by the same person; `post` as above

State changes by token only (promise A5). Robots do not come here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..errors import Permanent
from ..fanout.notices import commands as texts
from ..mail.message import Mailbox
from ..mail.recipient import RecipientKind
from ..mail.token import Purpose
from ..mail.triage import Own
from ..posting.commands import MODES, PLAIN, Command, is_no, is_yes, only, parse
from ..posting.people import display_name
from ..posting.post import MailingList, Person
from ..posting.verbs import Verb
from ..reply.parts import Kind
from ..store import ledger, people
from . import joining, tongue
from .announce import DAY
from .hand import Ending, Walk, addressed, reply_token
from .knowledge import gather
from .orders import Order, carry_out, help_for, kept_post
from .reading import read, understand
from .said import answer, may_answer, question, verbs_of

TELLING = frozenset((Verb.HELP, Verb.LISTS, Verb.WHO, Verb.STATUS, Verb.CONFIRM, Verb.POST))
OF_A_THREAD = frozenset(
    (
        Verb.MUTE, Verb.MUTE_BRANCH, Verb.UNMUTE, Verb.FOLLOW, Verb.UNFOLLOW, Verb.THREAD_DAILY, Verb.THREAD_WEEKLY,
        Verb.THREAD_MENTIONS, Verb.KEEP, Verb.UNMASK, Verb.MASK,
    )
)  # fmt: skip
FORGETTING = frozenset((Verb.FORGET_ME, Verb.FORGET_ALL))
HELP = Command(Verb.HELP)
QUESTION = re.compile(r"[?？](?=\s|$|[\"'”’)*_])")


@dataclass(frozen=True, slots=True)
class Wish:
    """The commands of a mail, and the list and post that they are about."""

    commands: tuple[Command, ...]
    target: MailingList
    post_id: int | None


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of ours: to whom it went, the lists that it tells of, and its post where it is not a digest."""

    person_id: int
    targets: tuple[MailingList, ...]
    post_id: int | None


def own_words(walk: Walk) -> str:
    """What the author of a mail wrote himself: no quotes, no signature, no notice."""
    return "\n".join(part.text for part in walk.reply.parts if part.kind is Kind.WORDS and not part.folded)


# -- answers to letters ----------------------------------------------------------------------------------------------


def in_answer(walk: Walk) -> Ending | None:
    """The ending of an answer to a letter that is nothing but commands of its owner; None: it is a post."""
    letter, author = _letter(walk), walk.reading.message.author
    person = people.get(walk.tx, letter.person_id) if letter else None
    if person is None or author is None or author.address not in person.addresses:
        return None
    if walk.entry.released or walk.entry.via == "import":
        return None
    wish = _in_answer(walk, person)
    if wish is None or walk.tx.ledger_get(id=walk.entry.id)["code"] == "post":
        return None  # prose, or he was asked and said that it is a post
    order = Order(walk, person, wish.target, wish.post_id, walk.entry.received, walk.entry.id)
    answered = walk.tx.post_get(id=wish.post_id) if wish.post_id else None
    asks = answered is not None and QUESTION.search(answered["text"])
    if asks and not all(command.verb in PLAIN for command in wish.commands):
        return _ask_meant(order, wish.commands)
    return _do(order, wish.commands, by_letter=answered is not None)


def _letter(walk: Walk) -> Letter | None:
    """The letter of ours that a mail answers, by its token: that of a post, or a digest."""
    if bound := reply_token(walk):
        post = walk.tx.post_get(id=bound[1])
        targets = tuple(each for each in walk.lists if post and each.id == post["list_id"])
        return Letter(bound[0], targets, bound[1]) if targets else None
    for meaning in addressed(walk):
        digest = meaning.kind is RecipientKind.REPLY and walk.tokens.read(Purpose.DIGEST, meaning.token)
        if digest:
            held = {row["list_id"] for row in walk.tx.digest_posts(digest_id=digest[1])}
            targets = tuple(each for each in walk.lists if each.id in held)
            return Letter(digest[0], targets, None) if targets else None
    return None


def _in_answer(walk: Walk, person: Person) -> Wish | None:
    letter = _letter(walk)
    if letter is None or len(walk.reading.blobs) > len(walk.reading.unshown):
        return None
    commands = only(own_words(walk), [each.name for each in walk.lists], person.name)
    verbs = {command.verb for command in commands}
    if not verbs or verbs & {Verb.CONFIRM, Verb.POST}:
        return None
    target = letter.targets[0]
    if people.mode(walk.tx, target.id, person.id) is None and verbs & {Verb.STOP, Verb.UNSUBSCRIBE}:
        return None  # a guest's stop is his thread's
    if letter.post_id is None:
        return Wish(tuple(_for_each(commands, letter.targets)), target, None)
    if verbs == {Verb.KEEP} and kept_post(walk, person, letter.post_id) is None:
        return None
    return Wish(commands, target, letter.post_id)


def _for_each(commands: Sequence[Command], targets: Sequence[MailingList]) -> Iterator[Command]:
    """What answers a digest is about all the lists that it tells of, where it names none."""
    for command in commands:
        if command.verb in MODES | {Verb.UNSUBSCRIBE, Verb.STOP} and not command.list_name:
            yield from (replace(command, list_name=each.name) for each in targets)
        else:
            yield command


# -- mails to command addresses --------------------------------------------------------------------------------------


def requested(walk: Walk, target: MailingList, author: Mailbox) -> Ending:
    """The ending of a mail to NAME-request@ or NAME+VERB@: its From is a claim, and changes nothing by itself."""
    wish = _requested(walk, target)
    person = people.by_address(walk.tx, author.address)
    if not may_answer(walk, author.address):
        return Ending("ignored", "capped", f"{author.address} has had its letters of today")
    if len(wish.commands) == 1:
        (command,) = wish.commands
        named = next((each for each in walk.lists if each.name == command.list_name), target)
        if command.verb is Verb.SUBSCRIBE:
            return joining.ask_to_join(walk, named, author, wish.commands)
        if command.verb in (Verb.UNSUBSCRIBE, Verb.STOP):
            return joining.ask_to_leave(walk, named, author, wish.commands)
    stranger = Person(0, display_name(author), (author.address,), member=False)
    order = Order(walk, person or stranger, target, None, walk.entry.received, walk.entry.id)
    if not wish.commands:
        return _help(order, "")
    telling = all(command.verb in TELLING | OF_A_THREAD for command in wish.commands)
    if telling or person is None:
        return _tell(
            order, wish.commands if telling else (replace(HELP, language=_language(order, wish.commands)),)
        )
    return _ask(order, wish.commands)


def give_help(walk: Walk, target: MailingList, author: Mailbox) -> Ending:
    """Send what one can do by mail."""
    stranger = Person(0, display_name(author), (author.address,), member=False)
    person = people.by_address(walk.tx, author.address) or stranger
    return _tell(Order(walk, person, target, None, walk.entry.received, walk.entry.id), (HELP,))


def _requested(walk: Walk, target: MailingList) -> Wish:
    names = [each.name for each in walk.lists]
    subject, words = walk.reading.message.subject, own_words(walk)
    asked = next((r for r in addressed(walk) if r.kind is RecipientKind.REQUEST), None)
    if asked is None or not asked.token:
        return Wish(parse(subject, words, names), target, None)
    first = next((line for line in words.splitlines() if line.strip()), "")
    tries = (f"{asked.token} {subject}", f"{asked.token} {first}", asked.token)
    commands = next((found for text in tries if (found := parse("", text, names))), ())
    # NAME+daily@ is an address that we gave out, and no sign that its writer speaks English
    return Wish(
        tuple(replace(c, spoken=() if c.language == "en" else c.spoken) for c in commands[:1]), target, None
    )


# -- answers to what we asked or said --------------------------------------------------------------------------------


def by_token(walk: Walk, token: str) -> Ending | None:
    """The ending of a mail to `confirm+TOKEN@` whose token is of this module; None where it is another's."""
    for purpose, act in ((Purpose.WANTED, _wanted), (Purpose.ANSWERED, _answered)):
        if bound := walk.tokens.read(purpose, token):
            person, earlier = people.get(walk.tx, bound[0]), _earlier(walk, bound[1])
            if person is None or not person.addresses or earlier is None:
                return Ending("refused", "too-old", "the mail that this answer is about is gone")
            return act(walk, earlier, person)
    if walk.tokens.read(Purpose.CONFIRM, token) and is_no(own_words(walk)):
        return Ending("command", "no", "asked whether to subscribe, he said no")
    return None


def _wanted(walk: Walk, earlier: Walk, person: Person) -> Ending:
    """Yes, no, or `post` to what we asked. The letter went to the subscriber alone: its token is enough."""
    words, wish = own_words(walk), _wish_of(earlier, person)
    if wish is None or earlier.entry.received < walk.now - walk.site.confirm_days * DAY:
        return _too_late(walk, wish, earlier, person)
    order = Order(walk, person, wish.target, wish.post_id, earlier.entry.received, earlier.entry.id)
    if wish.post_id and _says_post(words):
        return _post_after_all(order)
    if is_no(words):
        return answer(order, _language(order, wish.commands), "subject_told", ["unchanged"], "no")
    if not is_yes(words):
        return _help(order, _language(order, wish.commands))
    return _do(order, wish.commands, confirmed=True)


def _too_late(walk: Walk, wish: Wish | None, earlier: Walk, person: Person) -> Ending:
    """The answer to a yes that comes too late: nothing is done, and he may ask again."""
    if wish is not None:
        order = Order(walk, person, wish.target, None, walk.entry.received, earlier.entry.id)
        language = _language(order, wish.commands)
        answer(order, language, "subject_told", [texts.say(language, "too_old")], "too-old")
    return Ending("refused", "too-old", "the mail that was to be confirmed is too old or gone")


def _answered(walk: Walk, earlier: Walk, person: Person) -> Ending:
    """More commands from the person whom we answered: he has the token, and it is his address (promise A2)."""
    author = walk.reading.message.author
    if author is None or author.address not in person.addresses:
        return Ending("refused", "not-owner", "it answers a letter that went to somebody else")
    wish = _wish_of(earlier, person)
    if wish is None:
        return Ending("refused", "too-old", "the mail that this answer is about is gone")
    order = Order(walk, person, wish.target, wish.post_id, walk.entry.received, earlier.entry.id)
    words = own_words(walk)
    if wish.post_id and _says_post(words):
        return _post_after_all(order)
    commands = parse("", words, [each.name for each in walk.lists])
    return _do(order, commands) if commands else _help(order, _language(order, wish.commands))


def _says_post(words: str) -> bool:
    return any(command.verb is Verb.POST for command in only(words))


def _post_after_all(order: Order) -> Ending:
    changed = order.walk.tx.ledger_post_after_all(id=order.about, now=order.walk.now)
    if not changed:
        return Ending("command", "post", f"mail {order.about} is no command any more")
    return Ending("command", "post", f"mail {order.about} is a post after all")


def _earlier(walk: Walk, ledger_id: int) -> Walk | None:
    """The walk of an earlier mail, read anew, in the transaction and at the time of this one."""
    entry, raw = ledger.get(walk.tx, ledger_id), ledger.raw(walk.tx, ledger_id)
    if entry is None or raw is None:
        return None
    own = Own(walk.site.domain, frozenset(each.address for each in walk.lists))
    try:
        first = replace(walk, entry=entry, reading=read(raw, entry.sender, own))
    except Permanent:
        return None
    reading = understand(first.reading, gather(first))
    return replace(first, reading=reading) if reading.reply else None


def _wish_of(earlier: Walk, person: Person) -> Wish | None:
    if _letter(earlier) is not None:
        return _in_answer(earlier, person)
    asked = next((r for r in addressed(earlier) if r.list_address), None)
    target = next((each for each in earlier.lists if asked and each.address == asked.list_address), None)
    return _requested(earlier, target) if target else None


def _language(order: Order, commands: Sequence[Command]) -> str:
    return tongue.of_commands(commands, tongue.of_sender(order.walk))


def _spoken(order: Order, commands: Sequence[Command]) -> tuple[str, tuple[Command, ...]]:
    """The language to answer commands in, and these in it; but a day is read in the one that it was written in."""
    language = _language(order, commands)
    return language, tuple(c if c.argument else replace(c, language=language) for c in commands)


# -- the one answer --------------------------------------------------------------------------------------------------


def _do(
    order: Order, commands: Sequence[Command], *, confirmed: bool = False, by_letter: bool = False
) -> Ending:
    forgets = any(command.verb in FORGETTING for command in commands)
    if forgets and not confirmed:
        return _ask(order, commands)
    language, commands = _spoken(order, commands)
    if any(map(tongue.is_sure, commands)):
        tongue.learn(order.walk.tx, order.person, language)
    paragraphs = [paragraph for command in commands for paragraph in carry_out(order, command)]
    if by_letter:
        post = texts.word(language, Verb.POST).upper()
        paragraphs.append(texts.say(language, "for_all", post=post))
    telling = all(command.verb in TELLING for command in commands)
    subject = "subject_told" if telling else "subject_done"
    ending = answer(order, language, subject, paragraphs, verbs_of(commands))
    if forgets:
        return Ending("command", "forget-me", "somebody was forgotten")
    return ending


def _tell(order: Order, commands: Sequence[Command]) -> Ending:
    """Answer what only asks; the same once a day, for the From address is a mere claim."""
    language, commands = _spoken(order, commands)
    paragraphs = [paragraph for command in commands for paragraph in carry_out(order, command)]
    subject = "subject_help" if {c.verb for c in commands} == {Verb.HELP} else "subject_told"
    return answer(order, language, subject, paragraphs, verbs_of(commands), claimed=True)


def _help(order: Order, language: str) -> Ending:
    """To a mail without any command."""
    language = language or _language(order, ())
    paragraphs = [
        texts.say(language, "not_understood"),
        *help_for(order, order.target, language),
    ]
    return answer(order, language, "subject_help", paragraphs, "help", claimed=True)


def _ask(order: Order, commands: Sequence[Command]) -> Ending:
    """Ask the subscriber whether it was he."""
    walk = order.walk
    language, commands = _spoken(order, commands)
    paragraphs = [
        texts.say(language, "ask"), texts.rows_of(language, commands), texts.say(language, "ask_yes"),
    ]  # fmt: skip
    return question(order, language, "subject_ask", paragraphs, f"ask-{verbs_of(commands)}-{walk.entry.id}")


def _ask_meant(order: Order, commands: Sequence[Command]) -> Ending:
    """One word in answer to a question may be a command or an answer: its author knows."""
    walk = order.walk
    language, commands = _spoken(order, commands)
    row = walk.tx.thread_get(id=walk.tx.post_get(id=order.post_id)["thread_id"])
    facts = {
        "thread": row["title"], "text": own_words(walk).strip(), "what": texts.does(language, commands[0].verb),
        "yes": texts.say(language, "yes").upper(), "post": texts.word(language, Verb.POST).upper(),
    }  # fmt: skip
    paragraphs = [texts.say(language, "meant", **facts)]
    return question(order, language, "subject_meant", paragraphs, f"meant-{walk.entry.id}")
