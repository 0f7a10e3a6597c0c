"""What all conversations of one door share: who is in, how much is under way, what is being kept."""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Protocol

from .. import maillog
from ..errors import Permanent, Refusal, Temporary
from .door import Accept, Admit, Arrival, Limits, Relays, as_refusal
from .guesses import Guesses
from .turns import Turns


class Guest(Protocol):
    """A conversation, as the desk sees it."""

    def leave(self, *, at_once: bool) -> None:
        """Say goodbye as soon as no mail is under way, or at once."""


@dataclass(eq=False)
class Desk:
    """One door's counters, limits and callables."""

    hostname: str
    lmtp: bool
    admit: Admit
    accept: Accept
    limits: Limits
    tls: ssl.SSLContext | None = None
    tls_required: bool = False
    behind: Callable[[], bool] = lambda: False
    closing: bool = False
    guests: set[Guest] = field(default_factory=set)
    _addresses: Counter[str] = field(default_factory=Counter)
    _pending: int = 0
    _left: asyncio.Event = field(default_factory=asyncio.Event)
    turns: Turns = field(init=False)
    _guesses: Guesses = field(init=False)
    _in_hand: set[asyncio.Task[tuple[Refusal | None, ...]]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._guesses = Guesses(self.limits.guesses)
        self.turns = Turns(lambda: not self.closing and self.behind())

    def why_not(self, address: str) -> str:
        """Why one more may not come in from there, "" if it may. The caps are for all and for each network address."""
        network = self.network(address)
        if self.closing or len(self.guests) >= self.limits.connections:
            return "too many connections"
        if network and self._addresses[network] >= self.limits.per_address:
            return "too many connections from there"
        return "too many unknown recipients from there" if self._barred(network) else ""

    def _barred(self, network: str) -> bool:
        return bool(network) and self._guesses.barred(network, monotonic())

    def enter(self, guest: Guest, address: str) -> None:
        """A conversation begins."""
        self.guests.add(guest)
        self._addresses[self.network(address)] += 1

    def exit(self, guest: Guest, address: str) -> None:
        """The conversation is over."""
        if guest not in self.guests:
            return
        self.guests.remove(guest)
        self._left.set()
        network = self.network(address)
        self._addresses[network] -= 1
        if self._addresses[network] <= 0:
            del self._addresses[network]

    def reserve(self, size: int) -> bool:
        """Room in memory for `size` more bytes on the wire; give it back with a negative size."""
        if size > 0 and self._pending + size > self.limits.pending:
            return False
        self._pending += size
        return True

    def check_room(self, size: int) -> None:
        """Raises Temporary where a mail that is announced with so many bytes has no room now."""
        if self._pending + size > self.limits.pending:
            raise Share.refusal()

    def network(self, address: str) -> str:
        """What counts as one peer, "" for a relay of ours."""
        return _network(address, self.limits.relays)

    async def let_in(self, sender: str, recipient: str, network: str) -> None:
        """Ask `admit`; raises its refusal, Temporary for any fault of ours, and for a peer that guesses too much."""
        if self._barred(network):
            raise Temporary(
                "too many unknown recipients from there, try again later", code=450, status="4.7.1"
            )
        try:
            await self.admit(sender, recipient)
        except Exception as fault:
            if network and isinstance(fault, Permanent):
                self._guesses.wrong(network, monotonic())
            self.tell("admit", fault)
            raise as_refusal(fault) from None

    async def keep(self, arrival: Arrival) -> tuple[Refusal | None, ...]:
        """Have the mail kept; goes on to its end though the client has gone and this call is cancelled."""
        keeping = asyncio.get_running_loop().create_task(self._keep(arrival))
        self._in_hand.add(keeping)
        keeping.add_done_callback(self._in_hand.discard)
        return await asyncio.shield(keeping)

    async def _keep(self, arrival: Arrival) -> tuple[Refusal | None, ...]:
        count = len(arrival.envelope.recipients)
        try:
            answers = await self.accept(arrival)
        except Exception as fault:
            self.tell("accept", fault)
            return (as_refusal(fault),) * count
        if len(answers) != count:
            wrong = ValueError(f"{len(answers)} answers for {count} recipients")
            self.tell("accept", wrong)
            return (as_refusal(wrong),) * count
        return answers

    def tell(self, stage: str, fault: Exception) -> None:
        """Log an inner fault with its traceback; a refusal is no fault."""
        if not isinstance(fault, Refusal):
            maillog.door_fault(stage, fault)

    async def quiet(self) -> None:
        """Wait until every conversation is over and no mail is being kept."""
        while self.guests:
            self._left.clear()
            await self._left.wait()
        while self._in_hand:
            await asyncio.wait(set(self._in_hand))


class Share:
    """The share of one mail in the memory for all mails on the wire."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._size, self._refused = desk, 0, False

    def grow(self, size: int) -> bool:
        """Ask for more bytes; once refused, all are given back and the answer stays no."""
        self._refused = self._refused or not self._desk.reserve(size)
        if self._refused:
            self.free()
            return False
        self._size += size
        return True

    def free(self) -> None:
        """Give all bytes back."""
        self._desk.reserve(-self._size)
        self._size = 0

    @staticmethod
    def refusal() -> Temporary:
        """What the client is told for whose mail there is no room now."""
        return Temporary("too much mail at once, try again later", code=452, status="4.3.1")


def one_answer(answers: tuple[Refusal | None, ...]) -> Refusal | None:
    """SMTP has one reply for all recipients: a temporary refusal before a permanent one before kept."""
    for kind in (Temporary, Permanent):
        for answer in answers:
            if isinstance(answer, kind):
                return answer
    return None


def _network(address: str, relays: Relays) -> str:
    """What counts as one peer: an IPv4 address, an IPv6 /64; "" for a relay of ours, which speaks for many."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    if any(found in relay for relay in relays):
        return ""
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))
