"""The mail log: one function per fact, each with the id of its mail. No body, no token, ever."""

from __future__ import annotations

import structlog

log = structlog.get_logger("bridge")
