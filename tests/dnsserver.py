"""A DNS server of our own on the loopback: answers from a table, and misbehaves where it is told to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

Records = Mapping[tuple[str, str], list[str]]
"""(name, kind) -> the records as a zone file writes them."""


@dataclass
class DnsServer:
    """What it answers from, and what it was asked."""

    records: dict[tuple[str, str], list[str]]
    port: int = 0
    silent: set[str] = field(default_factory=set)
    """Names for which no answer comes."""
    failing: set[str] = field(default_factory=set)
    """Names for which it says SERVFAIL."""
    asked: list[tuple[str, str]] = field(default_factory=list)

    @property
    def at(self) -> tuple[str, int]:
        return "127.0.0.1", self.port

    def answer(self, wire: bytes) -> bytes | None:
        """The answer to one question; None: none is sent."""
        query = dns.message.from_wire(wire)
        question = query.question[0]
        name, kind = question.name.to_text(True).lower(), dns.rdatatype.to_text(question.rdtype)
        self.asked.append((name, kind))
        if name in self.silent:
            return None
        response = dns.message.make_response(query)
        response.flags |= dns.flags.RA
        if name in self.failing:
            response.set_rcode(dns.rcode.SERVFAIL)
        elif found := self.records.get((name, kind)):
            response.answer.append(dns.rrset.from_text_list(question.name, 60, "IN", kind, found))
        elif not any(known == name for known, _ in self.records):
            response.set_rcode(dns.rcode.NXDOMAIN)
        return response.to_wire()


def txt(text: str) -> str:
    """A TXT record as a zone file writes it, in strings of at most 200 bytes."""
    return " ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200))


@contextmanager
def dns_server(records: Records) -> Iterator[DnsServer]:
    """A server that runs until the block ends."""
    server = DnsServer(dict(records))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.bind(("127.0.0.1", 0))
        server.port = udp.getsockname()[1]

        def serve() -> None:
            while True:
                wire, peer = udp.recvfrom(4096)
                if wire == b"stop":
                    return
                if (answer := server.answer(wire)) is not None:
                    udp.sendto(answer, peer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
                end.sendto(b"stop", server.at)
            thread.join(60)
