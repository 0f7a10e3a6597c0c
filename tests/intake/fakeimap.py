"""An IMAP server that speaks as it is told: for what no well-behaved server does."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable
from contextlib import suppress


class FakeImap:
    """Serves `mails` by UID from one folder; attributes make it misbehave. It remembers every command."""

    def __init__(self, capability: str = "IMAP4rev1 IDLE") -> None:
        self.capability = capability
        self.mails: dict[int, bytes] = {}
        self.validity, self.next = 7, 1
        self.greeting = b"* OK ready\r\n"
        self.state = ""
        """More lines of the answer to SELECT; without a UIDVALIDITY where `validity` is 0."""
        self.commands: list[str] = []
        self.logins = 0
        self.on: dict[str, Callable[[socket.socket, str, str], bool]] = {}
        """By verb: called with socket, tag and command; True when it has answered in the server's place."""
        self.sockets: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def add(self, *mails: bytes) -> None:
        for mail in mails:
            self.mails[self.next] = mail
            self.next += 1

    def tell(self, line: str) -> None:
        """Say something unasked to every client."""
        for client in self.sockets:
            with suppress(OSError):
                client.sendall(line.encode() + b"\r\n")

    def cut(self) -> None:
        for client in self.sockets:
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self.sockets.append(client)
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError), client, client.makefile("rb") as lines:
            client.sendall(self.greeting)
            idle = ""
            for raw in lines:
                line = raw.decode().strip()
                if idle and line == "DONE":
                    client.sendall(f"{idle} OK idle is over\r\n".encode())
                    idle = ""
                    continue
                tag, _, command = line.partition(" ")
                self.commands.append(command)
                verb = command.removeprefix("UID ").split(" ")[0].upper()
                if verb in self.on and self.on[verb](client, tag, command):
                    continue
                if verb == "IDLE":
                    idle = tag
                    client.sendall(b"+ idling\r\n")
                else:
                    self.logins += verb == "LOGIN"
                    client.sendall(self._answer(verb, command) + f"{tag} OK done\r\n".encode())
                if verb == "LOGOUT":
                    return

    def _answer(self, verb: str, command: str) -> bytes:
        if verb == "CAPABILITY":
            return f"* CAPABILITY {self.capability}\r\n".encode()
        if verb in ("SELECT", "EXAMINE"):
            state = f"* {len(self.mails)} EXISTS\r\n* OK [UIDNEXT {self.next}] ok\r\n{self.state}"
            return (state + (f"* OK [UIDVALIDITY {self.validity}] ok\r\n" if self.validity else "")).encode()
        if verb == "SEARCH":
            return f"* SEARCH {' '.join(map(str, self._asked(command)))}\r\n".encode()
        if verb == "FETCH":
            return b"".join(self._fetched(uid, command) for uid in self._asked(command))
        return b""

    def _asked(self, command: str) -> list[int]:
        words = re.search(r"(?:FETCH|UID|STORE) ([0-9:*,]+)", command)
        asked = set()
        for part in words[1].split(",") if words else []:
            low, _, high = part.partition(":")
            last = max(self.mails, default=0)
            top = last if high == "*" else int(high or low)
            asked |= {uid for uid in self.mails if int(low) <= uid <= top} | (
                {last} & set(self.mails) if high == "*" else set()
            )
        return sorted(asked)

    def _fetched(self, uid: int, command: str) -> bytes:
        mail = self.mails[uid]
        if "RFC822.SIZE" in command:
            return f"* {uid} FETCH (UID {uid} RFC822.SIZE {len(mail)})\r\n".encode()
        head = (
            f'* {uid} FETCH (UID {uid} INTERNALDATE "02-Jan-2024 03:04:05 +0200" BODY[] {{{len(mail)}}}\r\n'
        )
        return head.encode() + mail + b")\r\n"
