"""What stands before every route: headers that confine a page, and an answer when a page fails.

Nothing is fetched from elsewhere and no script runs, whatever stands in a post: the policy allows the style sheet,
pictures and forms of this very origin. A failure is told as a bare 500 (503 where the disk is full or the database
in use), its reason goes to the log alone.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .. import maillog
from ..store.faults import PASSING, trouble

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cache-Control": "no-store",
}


class Guard:
    """ASGI middleware, the outermost of ours: a route's own header wins over the one set here."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and see to the headers of what comes back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self.app(scope, receive, guarded)
        except Exception as fault:
            # Only the first part of the path: what follows may be a token.
            maillog.page_failed("/" + scope["path"].split("/")[1][:40], fault)
            if started:
                raise
            status = 503 if trouble(fault) in PASSING else 500  # a full disk: who asks again is served
            response = PlainTextResponse("Something went wrong here. Please try again later.\n", status)
            await response(scope, receive, guarded)
