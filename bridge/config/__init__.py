"""The configuration: frozen values read from one TOML file; `config.example.toml` explains every option.

`load` names every fault of the file at once, each with its key and what would be right. Without a file the
embedded defaults hold: one list, SMTP and the web on the loopback, letters into a Maildir. Secrets never
stand in the file: it names files or commands that give them. Limits: the file has at most 1 MB.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from ..errors import ConfigError
from .sections import (
    OWN_LOCAL_PARTS,
    Digest,
    Identity,
    ImapConfig,
    Limits,
    ListConfig,
    Listener,
    Outgoing,
    SiteConfig,
    Web,
)
from .values import Section, Told

MAX_BYTES = 1_000_000


class Config(Section):
    """The whole file, every path absolute and every default filled in."""

    site: SiteConfig
    lists: tuple[ListConfig, ...] = ()
    smtp: Listener | None = None
    lmtp: Listener | None = None
    imap: tuple[ImapConfig, ...] = ()
    outgoing: Outgoing = Outgoing()
    web: Web | None = None
    identity: Identity = Identity()
    digest: Digest = Digest()
    limits: Limits = Limits()


TABLES: dict[str, type[Section]] = {
    "site": SiteConfig, "smtp": Listener, "lmtp": Listener, "outgoing": Outgoing, "web": Web,
    "identity": Identity, "digest": Digest, "limits": Limits,
}  # fmt: skip
ARRAYS: dict[str, type[Section]] = {"list": ListConfig, "imap": ImapConfig}
EMBEDDED: dict[str, Any] = {
    "site": {"name": "Example Commons", "domain": "forum.example", "url": "http://127.0.0.1:8080"},
    "list": [{"name": "general", "title": "General", "description": "Whatever concerns us all."}],
    "smtp": {"listen": "127.0.0.1:8025"},
    "web": {"listen": "127.0.0.1:8080"},
}


def load(path: Path | None = None) -> Config:
    """The configuration in `path`; None: `config.toml`, else the embedded defaults. Raises `ConfigError`."""
    if path is None:
        path = Path("config.toml")
        if not path.exists():
            return embedded()
    return read(_tables(path), base=path.absolute().parent, source=str(path))


def embedded(**site: str) -> Config:
    """The built-in defaults, with `site` values (as in data_dir="data/demo") put over them."""
    return read(
        {**EMBEDDED, "site": {**EMBEDDED["site"], **site}}, base=Path.cwd(), source="embedded defaults"
    )


def read(tables: dict[str, Any], *, base: Path, source: str) -> Config:
    """Check the tables of a TOML file; paths count from `base`. Raises `ConfigError` with every fault."""
    faults: list[str] = []
    known = [*TABLES, *ARRAYS]
    for name in tables.keys() - set(known):
        faults.append(f"[{name}] is no table of this file{_nearest(name, known)}")
    found: dict[str, Any] = {}
    for name, model in TABLES.items():
        if name in tables or name == "site":
            found[name] = _section(model, tables.get(name, {}), f"[{name}]", base, faults)
    for name, model in ARRAYS.items():
        entries = tables.get(name, [])
        if not isinstance(entries, list):
            faults.append(f"[{name}] should be written with two brackets on each side: [[{name}]]")
            continue
        sections = [_section(model, entry, f"[[{name}]] number {number}", base, faults)
                    for number, entry in enumerate(entries, 1)]  # fmt: skip
        found[name] = tuple(section for section in sections if section is not None)
    config = _complete({name: value for name, value in found.items() if value is not None})
    faults += _clashes(config)
    if faults:
        raise ConfigError([f"{source}: {fault}" for fault in faults])
    return config


def _tables(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise ConfigError([f"{path}: is larger than {MAX_BYTES} bytes; is it a configuration?"])
        return tomllib.loads(content.decode("utf-8-sig"))  # some editors put a mark before the text
    except OSError as error:
        raise ConfigError(
            [f"{path}: cannot be read ({error.strerror}); name another file with -c"]
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError([f"{path}: is not UTF-8 at byte {error.start}; save it as UTF-8"]) from error
    except RecursionError as error:
        raise ConfigError([f"{path}: is nested too deep; is it a configuration?"]) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{path}: is not TOML: {error}"]) from error
    except ValueError as error:
        raise ConfigError([f"{path}: holds a number of thousands of digits; write a smaller one"]) from error


S = TypeVar("S", bound=Section)


def _section(model: type[S], values: Any, place: str, base: Path, faults: list[str]) -> S | None:
    if not isinstance(values, dict):
        faults.append(f"{place} should be a table with lines KEY = VALUE")
        return None
    try:
        return model.model_validate(values, context={"base": base})
    except ValidationError as error:
        faults += [_told(model, values, place, fault) for fault in error.errors(include_url=False)]
        return None


def _told(model: type[Section], values: dict[str, Any], place: str, fault: Any) -> str:
    key = str(fault["loc"][0])
    if fault["type"] == "extra_forbidden":
        return f"{place} {key} is no option here{_nearest(key, model.model_fields)}"
    right = model.model_fields[key].description
    if fault["type"] == "missing":
        return f"{place} {key} is missing: {right}"
    value = values.get(key)
    shown = f" = {json.dumps(value)[:60]}" if isinstance(value, str | int) and "password" not in key else ""
    shown = re.sub(r"//[^/@]*@", "//...@", shown)
    error = fault.get("ctx", {}).get("error")
    told = error if isinstance(error, ValueError) else "is wrong"
    return f"{place} {key}{shown} {told}" + ("" if isinstance(error, Told) else f"; right is {right}")


def _nearest(word: str, known: Iterable[str]) -> str:
    words = list(known)
    near = get_close_matches(word, words, 1, 0.7)
    return f"; did you mean {json.dumps(near[0])}?" if near else f"; there are: {', '.join(words)}"


def _complete(found: dict[str, Any]) -> Config:
    """Fill in what follows from other values. For a section with faults a stand-in is put."""
    site = found.get("site") or SiteConfig(name="-", domain="invalid", url="http://invalid")
    lists = tuple(
        entry.model_copy(update={"address": entry.address or f"{entry.name}@{site.domain}",
                                 "title": entry.title.strip() or entry.name.capitalize()})
        for entry in found.pop("list", ())
    )  # fmt: skip
    outgoing = found.get("outgoing") or Outgoing()
    if outgoing.path is None:
        outgoing = outgoing.model_copy(update={"path": site.data_dir / "outbox"})
    return Config.model_construct(**{**found, "site": site, "lists": lists, "outgoing": outgoing})


def _clashes(config: Config) -> Iterator[str]:
    """Faults that show only between sections."""
    for what in ("name", "address"):
        values = [getattr(entry, what) for entry in config.lists]
        for value in sorted({value for value in values if values.count(value) > 1}):
            yield f"[[list]] {what} = {json.dumps(value)} stands twice; each list needs its own"
    for entry in config.lists:
        local = entry.address.partition("@")[0]
        if local in OWN_LOCAL_PARTS or local.endswith("-request"):
            told = f"[[list]] name = {json.dumps(entry.name)} gives it the address {entry.address}"
            yield f"{told}, which the bridge needs for itself; take another name, or set `address`"
    doors = [
        (name, door) for name in ("smtp", "lmtp", "web") if (door := getattr(config, name)) and door.port
    ]
    for at, (name, door) in enumerate(doors):
        other = next(
            (each for each, that in doors[:at] if _same((that.host, that.port), (door.host, door.port))), ""
        )
        if other:
            yield f"[{name}] listen = {json.dumps(door.listen)} is taken by [{other}]; take another port"
    names = [entry.name for entry in config.lists]
    for number, account in enumerate(config.imap, 1):
        if account.list and account.list not in names:
            near = _nearest(account.list, names)
            yield f"[[imap]] number {number} list = {json.dumps(account.list)} is no list{near}"
    yield from _loops(config)


def _same(one: tuple[str, int], other: tuple[str, int]) -> bool:
    """Whether two addresses with ports meet, as `0.0.0.0` does with every IPv4 address of the machine."""
    hosts = [{"localhost": "127.0.0.1"}.get(host, host) for host, _ in (one, other)]
    all_of = "::" if ":" in hosts[0] else "0.0.0.0"  # noqa: S104
    meet = hosts[0] == hosts[1] or (all_of in hosts and (":" in hosts[0]) == (":" in hosts[1]))
    return meet and one[1] == other[1]


def _loops(config: Config) -> Iterator[str]:
    """Mail that would come back to where it came from, and checks that would see nothing."""
    out = config.outgoing
    for name, door in (("smtp", config.smtp), ("lmtp", config.lmtp)):
        if door and out.kind == "smtp" and _same((out.host, out.port), (door.host, door.port)):
            yield f"[outgoing] host, port are our own [{name}] door; name the server that takes letters for everybody"
    addresses = {entry.address for entry in config.lists}
    for entry in config.lists:
        for moderator in entry.moderators:
            if moderator in addresses:
                told = f"[[list]] {entry.name} moderators holds {json.dumps(moderator)}, which is a list"
                yield f"{told}; name a person's address"
    for operator in config.site.operators:
        if operator in addresses:
            yield f"[site] operators holds {json.dumps(operator)}, which is a list; name a person's address"
    for number, account in enumerate(config.imap, 1):
        folders = [re.sub("(?i)^inbox$", "INBOX", each) for each in (account.folder, account.done_folder)]
        if folders[0] == folders[1]:
            told = f"[[imap]] number {number} done_folder = {json.dumps(account.done_folder)}"
            yield f"{told} is the folder that is read; take another one"
    read = [(each.host.lower(), each.at_port, each.user, each.folder) for each in config.imap]
    for host, _, user, folder in sorted({each for each in read if read.count(each) > 1}):
        told = f"[[imap]] folder = {json.dumps(folder)} of {user} at {host} is read twice"
        yield f"{told}; take one of the tables out"
    if config.identity.verify and config.smtp is None:
        told = "[identity] verify = true looks at what comes by [smtp], which is not there"
        yield f"{told}; set trusted_authserv_id instead, or open that door"
