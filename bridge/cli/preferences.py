"""people set: how somebody wants to be written to, as he could say himself by mail."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .people import AddressArgument, the_address, the_mode
from .shared import ConfigOption, UsageFault, opened, the_list

if TYPE_CHECKING:
    from ..fanout.deliveries import Choice
    from ..mailroom import Mailroom
    from ..posting.post import Mode, Person
    from ..store.choices import Preferences
    from ..store.database import Tx

THREADS = 30
"""How many threads with a mode of their own are told."""
SHOWN = {"follow": "each", "mute": "none"}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


Text = str | None
Flag = bool | None
ModeOption = Annotated[
    Text, typer.Option("--mode", help="each, daily, weekly, mentions or none: on all his lists.")
]
ListOption = Annotated[Text, typer.Option("--list", help="The list that --mode is for.")]
ThreadOption = Annotated[
    int | None,
    typer.Option("--thread", help="The thread (its number) that --mode is for; --mode list: as its list."),
]
ZoneOption = Annotated[Text, typer.Option("--timezone", help='As in Europe/Brussels; "" for the site\'s.')]
HourOption = Annotated[Text, typer.Option("--hour", help='Of his digests, 0-23; "" for the site\'s.')]
WeekdayOption = Annotated[Text, typer.Option("--weekday", help="Of weekly digests, as in monday.")]
QuietOption = Annotated[Text, typer.Option("--quiet", help='Hours without letters, as in 22-7; "" for none.')]
VacationOption = Annotated[
    Text, typer.Option("--vacation", help='The day of his return, as in 2027-01-31; "" for back.')
]
LanguageOption = Annotated[
    Text,
    typer.Option("--language", help='Of our letters to him: en, de, fr, es, it, pt, nl; "" for the site\'s.'),
]
OwnOption = Annotated[Flag, typer.Option("--own-posts/--no-own-posts", help="Copies of what he writes.")]
RelayOption = Annotated[Flag, typer.Option("--relay/--no-relay", help="Others may write to him through us.")]


def set_preferences(
    address: AddressArgument,
    config: ConfigOption = None,
    mode: ModeOption = None,
    on: ListOption = None,
    thread: ThreadOption = None,
    timezone: ZoneOption = None,
    hour: HourOption = None,
    weekday: WeekdayOption = None,
    quiet: QuietOption = None,
    vacation: VacationOption = None,
    language: LanguageOption = None,
    own_posts: OwnOption = None,
    relay: RelayOption = None,
) -> None:
    """Set how a member is written to; what is not named stays as it is. Letters that wait move along."""
    clean = the_address(address)
    wanted = _wanted(mode, on, thread)
    texts = {"timezone": timezone, "hour": hour, "weekday": weekday, "quiet": quiet, "vacation": vacation}
    texts["language"] = language
    flags = {"own_posts": own_posts, "relay": relay}
    with opened(config) as mailroom:
        list_id = the_list(mailroom, on).id if on else None

        def change(tx: Tx) -> str:
            from ..store import choices

            person = _person(tx, clean)
            new = _changed(choices.preferences(tx, person.id), mailroom, texts, flags)
            choices.prefer(tx, mailroom.site, person.id, new, mailroom.now())
            if thread is not None:
                _choose(tx, mailroom, person, thread, wanted)
            elif wanted is not None:
                _set_mode(tx, mailroom, person, wanted, list_id)
            return _told(tx, mailroom, person)

        print(mailroom.store.write(change))


def _wanted(mode: str | None, on: str | None, thread: int | None) -> Mode | None:
    """The mode that was typed; None where none was, or where a thread is to go with its list again."""
    if (on is not None or thread is not None) and mode is None:
        raise UsageFault("--list and --thread go with --mode")
    if on is not None and thread is not None:
        raise UsageFault("--thread and --list do not go together: a thread is of one list")
    if mode is None or (thread is not None and mode == "list"):
        return None
    return the_mode(mode)


def _person(tx: Tx, address: str) -> Person:
    from ..store import people

    if (person := people.by_address(tx, address)) is None:
        raise UsageFault(f"nobody has the address {address}")
    return person


def _set_mode(tx: Tx, mailroom: Mailroom, person: Person, mode: Mode, list_id: int | None) -> None:
    from ..store import choices

    lists = [list_id] if list_id else [row["list_id"] for row in tx.subscriptions_of(person_id=person.id)]
    before = [choices.set_mode(tx, mailroom.site, one, person.id, mode, mailroom.now()) for one in lists]
    if None in before or not before:
        raise UsageFault(f"{person.name} is not subscribed to {'that list' if list_id else 'any list'}")


def _choose(tx: Tx, mailroom: Mailroom, person: Person, thread_id: int, mode: Mode | None) -> None:
    from ..store import choices, people

    row = tx.thread_get(id=thread_id)
    if row is None or people.mode(tx, row["list_id"], person.id) is None:
        raise UsageFault(f"{person.name} is subscribed to no list with a thread {thread_id}")
    names: dict[Mode | None, Choice | None] = {None: None, "each": "follow", "none": "mute"}
    wanted: Choice | None = names.get(mode, mode)  # type: ignore[arg-type]
    choices.choose(tx, mailroom.site, person.id, thread_id, wanted, mailroom.now())


def _changed(
    old: Preferences, mailroom: Mailroom, texts: dict[str, str | None], flags: dict[str, bool | None]
) -> Preferences:
    """Preferences with what was typed. Raises `UsageFault` for what is none."""
    faults: list[str] = []
    new: dict[str, Any] = {key: flag for key, flag in flags.items() if flag is not None}
    for key, text in texts.items():
        if text is not None:
            zone = new.get("timezone", old.timezone) or mailroom.site.timezone
            try:
                new |= _read(key, text.strip(), zone)
            except ValueError as fault:
                faults.append(f"--{key} {text!r}: {fault}")
    wanted = replace(old, **new)
    try:
        wanted.check()
    except ValueError as fault:
        faults.append(str(fault))
    if faults:
        raise UsageFault("\n".join(faults))
    return wanted


def _read(key: str, text: str, zone: str) -> dict[str, Any]:
    if key == "timezone":
        return {"timezone": _zone(text)}
    if key == "hour":
        return {"hour": _hour(text) if text else None}
    if key == "language":
        return {"language": _language(text)}
    if key == "weekday":
        return {"weekday": _weekday(text)}
    if key == "quiet":
        begin, dash, end = text.partition("-")
        if text and not dash:
            raise ValueError("two hours, as in 22-7, are right")
        return {"quiet_from": _hour(begin) if text else None, "quiet_to": _hour(end) if text else None}
    return {"away_until": _day(text, zone) if text else None}


def _zone(text: str) -> str:
    from ..fanout.timetable import zone_name

    if text and zone_name(text) is None:
        raise ValueError("is no time zone, as Europe/Brussels is one")
    return (zone_name(text) or "") if text else ""


def _language(text: str) -> str:
    from ..posting.phrases import LANGUAGES

    if text and text not in LANGUAGES:
        raise ValueError(f"one of {', '.join(LANGUAGES)} is right")
    return text


def _hour(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 2 and int(text) <= 23):
        raise ValueError("an hour is 0 to 23")
    return int(text)


def _weekday(text: str) -> int:
    found = [
        number for number, name in enumerate(WEEKDAYS) if len(text) > 1 and name.startswith(text.lower())
    ]
    if len(found) != 1:
        raise ValueError("a weekday is monday to sunday")
    return found[0]


def _day(text: str, timezone: str) -> int:
    from datetime import date

    from ..fanout.timetable import at_hour

    try:
        return at_hour(date.fromisoformat(text), 0, timezone)
    except (ValueError, OverflowError):
        raise ValueError("a day as in 2027-01-31 is right") from None


def _told(tx: Tx, mailroom: Mailroom, person: Person) -> str:
    """What holds now, in one line."""
    from ..fanout.timetable import local
    from ..store import choices

    now = choices.preferences(tx, person.id)
    hours = now.rhythm(mailroom.site)
    said = [f"{row['name']} {row['mode']}" for row in tx.report_subscriptions(person_id=person.id)] or [
        "no list"
    ]
    for row in tx.choices_of(person_id=person.id, n=THREADS):
        said.append(f"thread {row['id']} {SHOWN.get(row['choice'], row['choice'])}")
    said.append(f"digests at {hours.hour}:00 {hours.timezone}, weekly on {WEEKDAYS[hours.weekday]}")
    if now.quiet_from is not None and now.quiet_to is not None:
        said.append(f"quiet {now.quiet_from}-{now.quiet_to}")
    if now.away_until is not None and hours.away(mailroom.now()):
        said.append(f"away until {local(now.away_until, hours.timezone):%Y-%m-%d}")
    if now.language:
        said.append(f"letters in {now.language}")
    if now.own_posts:
        said.append("gets his own posts")
    if not now.relay:
        said.append("no private mail through us")
    return f"{person.name}: {'; '.join(said)}"
