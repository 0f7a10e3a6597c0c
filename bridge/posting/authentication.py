"""Whether somebody vouches for the From domain of a mail: our own MTA (RFC 8601), or SPF, DKIM and DMARC (RFC 7489).

Anybody can write an Authentication-Results header. Only the topmost of exactly our authserv-id counts: our MTA put it
above all that came in. Domains align when they belong to one registered domain, which a function that knows the
public suffix list says (`organizational`). Where there is none, they align when they are equal or one lies below the
other, and the upper one is no suffix under which strangers register: that refuses some that are right, and lets no
stranger in. Headers are read up to 8,000 characters. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

HEADER_MAX = 8000
Organizational = Callable[[str], str]
"""Gives the registered domain of a domain, "" for a public suffix, as `co.uk` is one."""

# second-level labels under which registries give out names, as in co.uk, and suffixes that hosts share out
_REGISTRY_WORDS = "ac co com edu gob gouv gov gv net ne nom or org plc ltd me sch nhs police asn id"
_REGISTRY_LABELS = frozenset(_REGISTRY_WORDS.split())
_SHARED_WORDS = (
    "eu.org uk.com us.com de.com github.io gitlab.io pages.dev netlify.app web.app workers.dev herokuapp.com "
    "blogspot.com wordpress.com onmicrosoft.com azurewebsites.net"
)
_SHARED_SUFFIXES = frozenset(_SHARED_WORDS.split())
_METHOD = re.compile(r"([a-z0-9-]{1,30})(?:/\d{1,3})?=([a-z]{1,20})$")
_PROPERTY = re.compile(r"(header\.from|header\.d|header\.i|smtp\.mailfrom)=([^=]{1,320})$")


@dataclass(frozen=True, slots=True)
class Vouched:
    """What was found of an author's domain. `passed` is None where nobody could say; `reason` is for people.

    `result` is what decided, as RFC 8601 writes it, and names no more than that domain; "" where nothing did.
    """

    domain: str
    passed: bool | None
    reason: str
    result: str = ""


@dataclass(frozen=True, slots=True)
class Dmarc:
    """What a domain wants to be done with mail in its name (RFC 7489 section 6.3)."""

    policy: str
    strict_dkim: bool
    strict_spf: bool


def dmarc_record(text: str) -> Dmarc | None:
    """A DMARC record read; None for what is none."""
    first, *rest = [part.partition("=") for part in text[:HEADER_MAX].split(";")]
    if (first[0].strip().lower(), first[2].strip().lower()) != ("v", "dmarc1"):
        return None
    tags = {name.strip().lower(): value.strip().lower() for name, _, value in rest}
    return Dmarc(tags.get("p", "none"), tags.get("adkim") == "s", tags.get("aspf") == "s")


def judge(
    domain: str,
    spf_domain: str,
    signers: Sequence[str],
    record: Dmarc | None,
    organizational: Organizational | None = None,
) -> Vouched:
    """Whether a domain vouches for a mail, by the domains for which SPF and DKIM passed (RFC 7489 section 3.1)."""
    record = record or Dmarc("", False, False)
    for signer in signers:
        if signer == domain or (not record.strict_dkim and aligned(signer, domain, organizational)):
            return Vouched(domain, True, f"signed by {signer}", _passed("dkim", f"header.d={signer}", domain))
    if spf_domain == domain or (not record.strict_spf and aligned(spf_domain, domain, organizational)):
        result = _passed("spf", f"smtp.mailfrom={spf_domain}", domain)
        return Vouched(domain, bool(domain), f"sent by a host of {spf_domain}", result)
    policy = f", and its DMARC policy is {record.policy}" if record.policy else ""
    failed = f"dmarc=fail header.from={domain}" if record.policy else ""
    return Vouched(domain, False, f"neither SPF nor DKIM vouches for {domain}{policy}", failed)


def authenticated(
    headers: Mapping[str, tuple[str, ...]],
    author_address: str,
    authserv_id: str,
    organizational: Organizational | None = None,
) -> bool | None:
    """Whether a trusted result shows an aligned pass for the From address; None where no authserv-id is trusted."""
    return trusted(headers, author_address, authserv_id, organizational).passed


def trusted(
    headers: Mapping[str, tuple[str, ...]],
    author_address: str,
    authserv_id: str,
    organizational: Organizational | None = None,
) -> Vouched:
    """What our own MTA says of the From address; `passed` is None where no authserv-id is trusted."""
    domain = ascii_domain(author_address.rpartition("@")[2])
    passed, result = (False, "") if authserv_id else (None, "")
    for value in headers.get("authentication-results", ()) if authserv_id else ():
        first, *results = _clauses(value[:HEADER_MAX])
        if first[:1] == [authserv_id.lower()]:
            result = _decided(results, domain, organizational) if domain else ""
            passed = "=pass " in result
            break
    reason = "" if passed else "no trusted sign that the mail comes from where it says"
    return Vouched(domain, passed, reason, result)


def _decided(results: list[list[str]], domain: str, organizational: Organizational | None) -> str:
    """The first pass in the name of the domain, "" where there is none. A failed DMARC is the last word."""
    found = ""
    for words in results:
        method = _METHOD.match(words[0]) if words else None
        if not method:
            continue
        name, verdict = method[1], method[2]
        if name == "dmarc" and verdict == "fail":
            return f"dmarc=fail header.from={domain}"
        if verdict == "pass" and name in ("dmarc", "dkim", "spf") and not found:
            found = next(
                (
                    _passed(name, f"{key}={one}", domain)
                    for key, one in _named(name, words[1:])
                    if aligned(one.removeprefix("@"), domain, organizational)
                ),
                "",
            )
    return found


def _passed(method: str, named: str, domain: str) -> str:
    """A pass in the name of an aligned domain; where that is another, as a host's may be, it is not told."""
    same = named.partition("=")[2].removeprefix("@") == domain
    return f"{method}=pass {named}" if same else f"dmarc=pass header.from={domain}"


def _named(method: str, words: list[str]) -> Iterator[tuple[str, str]]:
    """The domains that a result speaks of, each with its property; `header.i` has an @ before it."""
    wanted = {"dmarc": ("header.from",), "dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom",)}[method]
    for word in words:
        found = _PROPERTY.match(word)
        if found and found[1] in wanted:
            domain = ascii_domain(found[2].rpartition("@")[2])
            yield found[1], f"@{domain}" if found[1] == "header.i" else domain


def aligned(domain: str, author_domain: str, organizational: Organizational | None = None) -> bool:
    """Relaxed alignment: equal, or of one registered domain as far as that is known."""
    if not domain or domain == author_domain:
        return bool(domain)
    if organizational is not None:
        own = organizational(author_domain)
        return bool(own) and organizational(domain) == own
    upper, lower = sorted((domain, author_domain), key=len)
    return lower.endswith("." + upper) and not _shared(upper)


def _shared(domain: str) -> bool:
    """Whether names below the domain belong to strangers, as far as can be told without a list."""
    labels = domain.split(".")
    if len(labels) < 2 or domain in _SHARED_SUFFIXES:
        return True
    return len(labels) == 2 and labels[0] in _REGISTRY_LABELS and len(labels[1]) == 2


def ascii_domain(domain: str) -> str:
    """A domain in small letters and A-labels, without its last dot; empty where it is none."""
    domain = domain.strip().rstrip(".").lower()
    try:
        return domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _clauses(value: str) -> list[list[str]]:
    """The parts between semicolons, each as its words in lower case; comments gone, quotation marks taken off."""
    clauses: list[list[str]] = [[]]
    word, depth, quoted, escaped = "", 0, False, False
    for char in value + " ":
        if escaped:
            escaped = False
            word += "" if depth else char
        elif char == "\\" and (quoted or depth):
            escaped = True
        elif quoted:
            quoted = char != '"'
            word += "" if char in '";= ' else char
        elif char == "(" or depth:
            depth += {"(": 1, ")": -1}.get(char, 0)
        elif char == '"':
            quoted = True
        elif char in "; \t":
            clauses[-1] += [word.lower()] if word else []
            word = ""
            if char == ";":
                clauses.append([])
        else:
            word += char
    return [list(_rejoined(clause)) for clause in clauses]


def _rejoined(words: list[str]) -> Iterator[str]:
    """Words with the white space around their `=` taken out again: "dkim = pass" is "dkim=pass"."""
    whole = ""
    for word in words:
        if whole and (word.startswith("=") or whole.endswith("=")):
            whole += word
            continue
        if whole:
            yield whole
        whole = word
    if whole:
        yield whole
