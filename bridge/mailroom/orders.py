"""What each command does for the person who gave it; each function gives the paragraphs that tell him.

Whether a person may be believed is decided before (`mailroom.asking`); here it is done, in the transaction of the walk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from ..fanout.deliveries import Choice
from ..fanout.languages import DAYS
from ..fanout.notices import commands as notices
from ..fanout.notices.form import title
from ..fanout.timetable import Rhythm, at_hour, local, zone_name
from ..posting import hours
from ..posting.commands import MODES, Command
from ..posting.dates import Unclear, until
from ..posting.post import MailingList, Mode, Person
from ..posting.verbs import Verb
from ..reply.parts import Kind
from ..store import choices, people
from . import names
from .forget import forget
from .hand import Walk
from .restoring import restore

NAMES = 200
"""How many names an answer to WHO holds."""
THREADS = 30
EXAMPLES = {Verb.HOUR: "18", Verb.QUIET: "22-7", Verb.ZONE: "Europe/Brussels"}
CHOICES: dict[Verb, Choice | None] = {
    Verb.MUTE: "mute", Verb.STOP: "mute", Verb.FOLLOW: "follow", Verb.THREAD_DAILY: "daily",
    Verb.THREAD_WEEKLY: "weekly", Verb.THREAD_MENTIONS: "mentions", Verb.UNMUTE: None, Verb.UNFOLLOW: None,
}  # fmt: skip
"""What each verb chooses for a thread."""
CHOSEN_BY: dict[Choice | None, Verb] = {
    choice: verb for verb, choice in CHOICES.items() if verb is not Verb.STOP
}
OWN_PARTS = frozenset((Kind.SIGNATURE, Kind.DISCLAIMER, Kind.FORWARD_HEADER))


@dataclass(frozen=True, slots=True)
class Order:
    """Who gave commands; the post that his mail answers, when it came in (`asked`), and its ledger id (`about`)."""

    walk: Walk
    person: Person
    target: MailingList
    post_id: int | None
    asked: int
    about: int

    def list_of(self, command: Command) -> MailingList:
        """The list that a command is about; to who only guessed its name, one for members has no other title."""
        named = next((each for each in self.walk.lists if each.name == command.list_name), self.target)
        if named.visibility == "public" or named.id == self.target.id:
            return named
        member = people.mode(self.walk.tx, named.id, self.person.id) is not None
        return named if member else replace(named, title=named.name)


def carry_out(order: Order, command: Command) -> list[str]:
    """Do what one command asks, and tell it."""
    if command.verb in MODES:
        return _mode(order, command)
    return ACTS[command.verb](order, command)


def _mode(order: Order, command: Command) -> list[str]:
    walk, target, language = order.walk, order.list_of(command), command.language
    mode: Mode = command.verb.value  # type: ignore[assignment]
    before = choices.set_mode(walk.tx, walk.site, target.id, order.person.id, mode, walk.now)
    if before is None:
        return _not_subscribed(target, language)
    wanted = notices.does(language, command.verb)
    if before == mode:
        return [notices.say(language, "mode_same", list=title(target), mode=wanted)]
    was = notices.does(language, Verb(before))
    told = notices.say(language, "mode_set", list=title(target), mode=wanted, before=was)
    return [told, _undo(language, Verb(before))]


def _undo(language: str, verb: Verb) -> str:
    return notices.say(language, "undo", word=notices.word(language, verb).upper())


def _not_subscribed(target: MailingList, language: str) -> list[str]:
    address = target.address.replace("@", "+subscribe@")
    return [notices.link(language, "not_subscribed", list=title(target), address=address)]


def _subscribe(order: Order, command: Command) -> list[str]:
    walk, target, language = order.walk, order.list_of(command), command.language
    mode = people.mode(walk.tx, target.id, order.person.id)
    if mode is None and target.visibility != "public":
        return _not_subscribed(target, language)  # a moderator lets him in, whom a mail to +subscribe asks
    if mode is None:
        people.subscribe(walk.tx, target.id, order.person.addresses[0], "", "each", walk.now)
    described = notices.does(language, Verb(mode or "each"))
    told = notices.say(language, "subscribed", list=title(target), mode=described)
    return [told] if mode else [told, _undo(language, Verb.UNSUBSCRIBE)]


def _unsubscribe(order: Order, command: Command) -> list[str]:
    walk, target, language = order.walk, order.list_of(command), command.language
    if not choices.leave(walk.tx, target.id, order.person.id, walk.now):
        return _not_subscribed(target, language)
    address = target.address.replace("@", "+subscribe@")
    return [notices.link(language, "left", list=title(target), address=address)]


def _stop(order: Order, command: Command) -> list[str]:
    """The milder of what it may mean where it answers a letter: no more of that thread, and how to leave the list."""
    if order.post_id is None or command.list_name:
        return _unsubscribe(order, command)
    leave = notices.word(command.language, Verb.UNSUBSCRIBE).upper()
    return [*_thread(order, command), notices.say(command.language, "to_leave", word=leave)]


def _thread(order: Order, command: Command) -> list[str]:
    """Mute, follow, a mode of its own, and the end of that: of the thread of the post that the mail answers."""
    tx, person, language = order.walk.tx, order.person, command.language
    post = tx.post_get(id=order.post_id) if order.post_id else None
    if post is None:
        word = notices.word(language, command.verb)
        return [notices.say(language, "no_thread", word=word.upper())]
    mode = people.mode(tx, order.target.id, person.id)
    if mode is None:
        return _not_subscribed(order.target, language)
    row = tx.thread_get(id=post["thread_id"])
    key, back = _choose(order, command.verb, post["thread_id"])
    wanted = CHOICES.get(command.verb)
    own = wanted if wanted in choices.MODES else mode
    facts = {"thread": row["title"], "author": post["author"], "mode": notices.does(language, Verb(own))}
    return [notices.say(language, key, **facts), *([_undo(language, back)] if back else [])]


def _choose(order: Order, verb: Verb, thread_id: int) -> tuple[str, Verb | None]:
    """What is said of it, and the verb that undoes it."""
    walk, person_id = order.walk, order.person.id
    if verb is Verb.MUTE_BRANCH and order.post_id is not None:
        choices.mute_branch(walk.tx, person_id, order.post_id, walk.now)
        return "branch_muted", Verb.UNMUTE
    wanted = CHOICES[verb]
    if wanted in (None, "follow"):
        walk.tx.branch_unmute_thread(person_id=person_id, thread_id=thread_id)
    before = choices.choose(walk.tx, walk.site, person_id, thread_id, wanted, walk.now)
    key = {"mute": "muted", "follow": "followed", None: "unmuted"}.get(wanted, "thread_mode")
    if before not in (None, wanted):
        return key, CHOSEN_BY[before]
    return key, {"mute": Verb.UNMUTE, None: None}.get(wanted, Verb.UNFOLLOW)


def _vacation(order: Order, command: Command) -> list[str]:
    walk, language = order.walk, command.language
    zone = choices.preferences(walk.tx, order.person.id).rhythm(walk.site).timezone
    try:
        day = until(command.argument, local(order.asked, zone).date(), language)
    except Unclear as fault:
        example = notices.say(language, "example")
        return [notices.say(language, f"day_{fault.why}", text=command.argument, example=example)]
    choices.away(walk.tx, walk.site, order.person.id, at_hour(day, 0, zone), walk.now)
    return [notices.say(language, "away", day=day.isoformat()), _undo(language, Verb.BACK)]


def _back(order: Order, command: Command) -> list[str]:
    walk = order.walk
    until_then = choices.preferences(walk.tx, order.person.id).away_until
    choices.away(walk.tx, walk.site, order.person.id, None, walk.now)
    away = until_then is not None and until_then > walk.now
    return [notices.say(command.language, "back" if away else "not_away")]


def _who(order: Order, command: Command) -> list[str]:
    walk, target, language = order.walk, order.list_of(command), command.language
    if target.who != "members" or people.mode(walk.tx, target.id, order.person.id) is None:
        return [notices.say(language, "who_not", list=title(target))]
    rows = list(walk.tx.subscriber_names(list_id=target.id, n=NAMES))
    number = rows[0]["number"]
    names = [notices.shown(row["name"]) for row in rows]
    if number > len(rows):
        names.append(notices.say(language, "more", number=number - len(rows)))
    return [notices.say(language, "who", number=number, list=title(target)), notices.bullets(names)]


def _lists(order: Order, command: Command) -> list[str]:
    """The public lists, and those that he is subscribed to."""
    own = {row["list_id"] for row in order.walk.tx.subscriptions_of(person_id=order.person.id)}
    rows = [
        f"{title(each)}: {each.address}"
        + (f", {notices.shown(each.description)}" if each.description else "")
        for each in order.walk.lists
        if each.visibility == "public" or each.id in own
    ]
    return [notices.say(command.language, "lists"), notices.bullets(rows)]


def _status(order: Order, command: Command) -> list[str]:
    tx, site, language = order.walk.tx, order.walk.site, command.language
    titles = {each.id: title(each) for each in order.walk.lists}
    modes = [
        f"{titles[row['list_id']]}: {notices.does(language, Verb(row['mode']))}"
        for row in tx.subscriptions_of(person_id=order.person.id)
        if row["list_id"] in titles
    ]
    if not modes:
        return [notices.say(language, "status_none")]
    wanted = choices.preferences(tx, order.person.id)
    rhythm = wanted.rhythm(site)
    told = [notices.say(language, "status"), notices.bullets(modes)]
    if rhythm.away(order.walk.now):
        day = local(wanted.away_until or 0, rhythm.timezone).date().isoformat()
        told += [notices.say(language, "status_away", day=day), _undo(language, Verb.BACK)]
    told.append(_digest_hours(language, rhythm))
    if wanted.quiet_from is not None:
        told.append(_quiet(language, rhythm))
    if wanted.own_posts:
        told.append(notices.say(language, "own_on"))
    if not wanted.relay:
        told.append(notices.say(language, "relay_off"))
    chosen = list(tx.choices_of(person_id=order.person.id, n=THREADS))
    for choice in choices.CHOICES:
        if threads := [notices.shown(row["title"]) for row in chosen if row["choice"] == choice]:
            told += [_of_threads(language, choice), notices.bullets(threads)]
    return told


def _of_threads(language: str, choice: Choice) -> str:
    if choice in ("follow", "mute"):
        return notices.say(language, f"status_{choice}")
    return notices.say(language, "status_threads", mode=notices.does(language, Verb(choice)))


def kept_post(walk: Walk, person: Person, post_id: int) -> int | None:
    """The post that `keep` is about: his own that the mail answers, else his newest of the thread with folded parts."""
    row = walk.tx.post_to_keep(person_id=person.id, post_id=post_id)
    return int(row["id"]) if row else None


def _keep(order: Order, command: Command) -> list[str]:
    """Show what was folded of his own words; the quotes, and what mail programs write, only where that is all."""
    walk, language = order.walk, command.language
    post_id = kept_post(walk, order.person, order.post_id) if order.post_id else None
    if post_id is None:
        return [notices.say(language, "kept_nothing")]
    if not restore(walk.tx, post_id, walk.now, OWN_PARTS):
        restore(walk.tx, post_id, walk.now)
    return [notices.link(language, "kept", link=f"{walk.site.url}/post/{post_id}")]


def _mask(order: Order, command: Command) -> list[str]:
    """Show to everybody what is private in his own post of the thread, or hide it again."""
    tx, language, unmask = order.walk.tx, command.language, command.verb is Verb.UNMASK
    row = tx.post_own(person_id=order.person.id, post_id=order.post_id) if order.post_id else None
    if row is None:
        return [notices.say(language, "masked_nothing")]
    tx.post_unmask(id=row["id"], unmasked=int(unmask))
    told = notices.link(
        language, "unmasked" if unmask else "masked", link=f"{order.walk.site.url}/post/{row['id']}"
    )
    return [told, _undo(language, Verb.MASK if unmask else Verb.UNMASK)]


def _add(order: Order, command: Command) -> list[str]:
    """Ask the address itself; who may ask for that was settled before."""
    return [names.claim(order.walk, order.target, order.person, command.argument, command.language)]


def _relay(order: Order, command: Command) -> list[str]:
    """Whether others may write to him alone through us."""
    on = command.verb is Verb.RELAY_ON
    wanted = replace(choices.preferences(order.walk.tx, order.person.id), relay=on)
    choices.prefer(order.walk.tx, order.walk.site, order.person.id, wanted, order.walk.now)
    back = Verb.RELAY_OFF if on else Verb.RELAY_ON
    return [
        notices.say(command.language, "relay_on" if on else "relay_off"), _undo(command.language, back),
    ]  # fmt: skip


def _forget(order: Order, command: Command) -> list[str]:
    """What lies in raw mails and free pages goes within the hour; what he wrote stays under no name, or goes too."""
    everything = command.verb is Verb.FORGET_ALL
    forget(order.walk.tx, order.person.id, delete_posts=everything, now=order.walk.now)
    return [notices.say(command.language, "forgotten")]


def _help(order: Order, command: Command) -> list[str]:
    return help_for(order, order.list_of(command), command.language)


def help_for(order: Order, target: MailingList, language: str) -> list[str]:
    """All that he can do by mail; how to join, to whoever is subscribed to nothing: a letter too small to abuse."""
    if order.person.id and list(order.walk.tx.subscriptions_of(person_id=order.person.id)):
        return notices.help_paragraphs(order.walk.site, target, language)
    page = notices.link(language, "help_page", url=f"{order.walk.site.url}/{target.name}")
    return [*_not_subscribed(target, language), page]


def _hours(order: Order, command: Command) -> list[str]:
    """Set the hour, the weekday or the zone of his digests, or his quiet hours, and tell what holds now."""
    walk, language, verb = order.walk, command.language, command.verb
    before = choices.preferences(walk.tx, order.person.id)
    changed = _changed(verb, command.argument)
    word = notices.word(language, verb)
    if changed is None:
        example = f"{word} {EXAMPLES.get(verb) or DAYS[language][4]}"
        return [notices.say(language, "hours_form", text=command.argument, example=example)]
    choices.prefer(walk.tx, walk.site, order.person.id, replace(before, **changed), walk.now)
    now, was = (each.rhythm(walk.site) for each in (choices.preferences(walk.tx, order.person.id), before))
    undo = {
        Verb.HOUR: was.hour, Verb.ZONE: was.timezone, Verb.WEEKDAY: DAYS[language][was.weekday],
        Verb.QUIET: "off" if before.quiet_from is None else f"{before.quiet_from}-{before.quiet_to}",
    }[verb]  # fmt: skip
    told = _quiet(language, now) if verb is Verb.QUIET else _digest_hours(language, now)
    return [told, notices.say(language, "undo", word=f"{word.upper()} {undo}")]


def _changed(verb: Verb, text: str) -> dict[str, Any] | None:
    """The preferences that a command's argument gives; None where it gives none."""
    if verb is Verb.QUIET:
        found = hours.quiet(text)
        begin, end = found or (None, None)
        return None if found is None else {"quiet_from": begin, "quiet_to": end}
    read: dict[Verb, Callable[[str], int | str | None]] = {
        Verb.HOUR: hours.hour, Verb.WEEKDAY: hours.weekday, Verb.ZONE: zone_name,
    }  # fmt: skip
    value = read[verb](text)
    return None if value is None else {verb.value: value}


def _quiet(language: str, rhythm: Rhythm) -> str:
    if rhythm.quiet_from is None or rhythm.quiet_to is None:
        return notices.say(language, "quiet_off")
    return notices.say(language, "quiet_set", begin=rhythm.quiet_from, end=rhythm.quiet_to)


def _digest_hours(language: str, rhythm: Rhythm) -> str:
    facts = {"hour": rhythm.hour, "weekday": DAYS[language][rhythm.weekday], "zone": rhythm.timezone}
    return notices.say(language, "status_hours", **facts)


def _own_posts(order: Order, command: Command) -> list[str]:
    """Whether copies of his own posts come to him."""
    on = command.verb is Verb.OWN_ON
    wanted = replace(choices.preferences(order.walk.tx, order.person.id), own_posts=on)
    choices.prefer(order.walk.tx, order.walk.site, order.person.id, wanted, order.walk.now)
    told = notices.say(command.language, "own_on" if on else "own_off")
    return [told, _undo(command.language, Verb.OWN_OFF if on else Verb.OWN_ON)]


ACTS: dict[Verb, Callable[[Order, Command], list[str]]] = {
    Verb.SUBSCRIBE: _subscribe, Verb.UNSUBSCRIBE: _unsubscribe, Verb.STOP: _stop, Verb.MUTE: _thread,
    Verb.MUTE_BRANCH: _thread, Verb.UNMUTE: _thread, Verb.FOLLOW: _thread, Verb.UNFOLLOW: _thread,
    Verb.THREAD_DAILY: _thread, Verb.THREAD_WEEKLY: _thread, Verb.THREAD_MENTIONS: _thread,
    Verb.VACATION: _vacation, Verb.BACK: _back, Verb.WHO: _who, Verb.LISTS: _lists, Verb.STATUS: _status,
    Verb.KEEP: _keep, Verb.UNMASK: _mask, Verb.MASK: _mask, Verb.ADD: _add, Verb.RELAY_OFF: _relay,
    Verb.RELAY_ON: _relay, Verb.HOUR: _hours, Verb.WEEKDAY: _hours, Verb.QUIET: _hours, Verb.ZONE: _hours,
    Verb.OWN_ON: _own_posts, Verb.OWN_OFF: _own_posts,
    Verb.FORGET_ME: _forget, Verb.FORGET_ALL: _forget, Verb.HELP: _help, Verb.CONFIRM: _help, Verb.POST: _help,
}  # fmt: skip
"""What is done for each verb that is no mode."""
