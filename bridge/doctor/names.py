"""What the DNS says of our domain: MX, SPF, DKIM, DMARC, and the names of the addresses that letters leave from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ..config import Config
from ..dns.checks import Sent, dmarc, sent_by
from ..dns.resolver import Resolver
from ..errors import Temporary
from ..fanout.dkim import Key
from ..posting.authentication import aligned
from .finding import Finding, fail, ok, warn

WEAK = 2048


def records(
    config: Config, resolver: Resolver, keys: Sequence[Key], leaving: Sequence[str],
    organizational: Callable[[str], str],
) -> Iterator[Finding]:  # fmt: skip
    """All that is to be said; `leaving` are the IP addresses that letters leave from, as far as they are known."""
    domain = config.site.domain
    domains = dict.fromkeys((domain, *(each.address.partition("@")[2] for each in config.lists)))
    for each in domains:
        yield from _asked(f"mx {each}", lambda each=each: _exchanges(each, resolver))  # type: ignore[misc]
    yield from _asked(f"spf {domain}", lambda: _spf(domain, resolver, leaving))
    for key in keys:
        yield from _asked(f"dkim {key.domain}", lambda key=key: _key(key, resolver))  # type: ignore[misc]
    signer = keys[0].domain if keys else ""
    for each in domains:
        if signer and not aligned(signer, each, organizational):
            told = f"letters of {each} are signed by {signer}, which does not speak for it (DMARC)"
            yield warn(f"dkim {each}", told, "give its lists addresses in one domain with dkim_domain")
    if not keys and config.outgoing.kind == "smtp":
        told = "no dkim_key_file: the server that takes letters has to sign them"
        yield warn(f"dkim {domain}", told, "see with `threadbridge doctor --send ADDRESS` whether it does")
    for each in domains:
        yield from _asked(f"dmarc {each}", lambda each=each: _dmarc(each, resolver, organizational))  # type: ignore[misc]
    for address in leaving:
        yield from _asked(f"ptr {address}", lambda address=address: _pointer(address, resolver))  # type: ignore[misc]


def _asked(about: str, look: Callable[[], Iterator[Finding]]) -> list[Finding]:
    try:
        return list(look())
    except Temporary as trouble:
        return [warn(about, str(trouble), "try again, or name another one by [identity] resolver")]


def _exchanges(domain: str, resolver: Resolver) -> Iterator[Finding]:
    about = f"mx {domain}"
    hosts = resolver.exchanges(domain)
    if hosts == ["."]:
        yield fail(
            about, "the domain says that it takes no mail (null MX)", "put this machine's name into its MX"
        )
        return
    if not hosts:
        if resolver.addresses(domain):
            yield warn(about, "there is no MX: senders fall back on its address", f"{domain}. MX 10 HOST.")
        else:
            cure = f"{domain}. MX 10 HOST. (not needed where all mail is read by IMAP)"
            yield fail(about, "there is neither MX nor address: no mail can come", cure)
        return
    lost = [host for host in hosts if not resolver.addresses(host)]
    for host in lost:
        yield fail(about, f"its MX {host} has no address", "give the host an A or AAAA record")
    if not lost:
        yield ok(about, ", ".join(hosts[:5]))


def _spf(domain: str, resolver: Resolver, leaving: Sequence[str]) -> Iterator[Finding]:
    about = f"spf {domain}"
    found = [text for text in resolver.texts(domain) if text.lower().split(" ")[0] == "v=spf1"]
    if not found:
        yield fail(
            about, "there is no SPF record", f'{domain}. TXT "v=spf1 mx -all" (with every host that sends)'
        )
    elif len(found) > 1:
        yield fail(about, f"there are {len(found)} SPF records: receivers take none", "make them one")
    elif found[0].lower().split()[-1] in ("+all", "all"):
        yield fail(about, f"everybody may send for it: {found[0][:100]}", "end it with -all or ~all")
    else:
        refused = [ip for ip in leaving if not _may_send(ip, domain, resolver)]
        for address in refused:
            yield fail(
                about, f"it does not let {address} send: {found[0][:100]}", f"add ip4:{address} (ip6:)"
            )
        if not refused:
            yield ok(about, found[0][:100])


def _may_send(address: str, domain: str, resolver: Resolver) -> bool:
    return bool(sent_by(Sent(address, domain, f"postmaster@{domain}", b""), domain, resolver, None))


def _key(key: Key, resolver: Resolver) -> Iterator[Finding]:
    about, name = f"dkim {key.domain}", f"{key.selector}._domainkey.{key.domain}"
    own = key.published()
    cure = f'{name}. TXT "{own}"'
    found = [text for text in resolver.texts(name) if "p=" in text]
    if not found:
        yield fail(about, f"{name} has no key", cure)
        return
    tags = {tag.strip().lower(): "".join(value.split()) for tag, _, value in _tags(found[0])}
    if not tags.get("p"):
        yield fail(about, f"{name} says that the key is revoked", cure)
    elif tags["p"] != own.rpartition("p=")[2]:
        yield fail(about, f"{name} has another key than the one we sign with", cure)
    else:
        yield ok(about, f"{name} is the key we sign with ({key.algorithm})")
        if "y" in tags.get("t", "").split(":"):
            yield warn(about, f"{name} says t=y: receivers ignore what is signed", "take t=y out")
        if (bits := getattr(key.private, "key_size", WEAK)) < WEAK:
            yield warn(about, f"the key has {bits} bits", f"make one of {WEAK}")


def _tags(text: str) -> list[tuple[str, str, str]]:
    return [part.partition("=") for part in text.split(";")]


def _dmarc(domain: str, resolver: Resolver, organizational: Callable[[str], str]) -> Iterator[Finding]:
    about, name = f"dmarc {domain}", f"_dmarc.{domain}"
    count = sum(text.lower().startswith("v=dmarc1") for text in resolver.texts(name))
    found = dmarc(domain, resolver, organizational)
    if count > 1:
        yield fail(about, f"{name} has {count} DMARC records: receivers take none", "make them one")
    elif found is None:
        yield warn(
            about, "there is no DMARC record: large providers ask for one", f'{name}. TXT "v=DMARC1; p=none"'
        )
    else:
        yield ok(about, f"policy {found.policy}")


def _pointer(address: str, resolver: Resolver) -> Iterator[Finding]:
    about, cure = f"ptr {address}", "let who gave you the address set its reverse name to your mail host's"
    names = resolver.names(address)
    if not names:
        yield fail(about, "it has no name: many receivers refuse its mail", cure)
    elif not any(address in resolver.addresses(name) for name in names):
        yield fail(about, f"its name {names[0]} does not lead back to it", cure)
    else:
        yield ok(about, names[0])
