"""Real servers for the tests that need them, each in a directory and on ports of its own.

A server that is not installed skips the test that asks for it, or fails it where THREADBRIDGE_REAL=1 is set.
Every process is ended by its own id. This module only gathers: `Dovecot`, `Postfix`, `Sink` (a recording
smarthost) and `Daemon`.
"""

from .daemonprocess import Daemon, config_text, crlf, started
from .dovecot import PASSWORD, Dovecot
from .ground import directory, free_port, need, wait_for
from .postfix import Postfix
from .sink import CUT, DOT, RCPT, Sent, Sink

__all__ = [
    "CUT", "DOT", "PASSWORD", "RCPT", "Daemon", "Dovecot", "Postfix", "Sent", "Sink",
    "config_text", "crlf", "directory", "free_port", "need", "started", "wait_for",
]  # fmt: skip
