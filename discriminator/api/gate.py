"""What stands before the service: how much comes in, and what every answer carries."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

from discriminator.api.refusals import Refused

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 64 * 2**20
"""Bytes of a request: half a minute of video, as telephones film it."""
AT_ONCE = 8
"""Uploads; each may hold so many bytes of memory."""
LONGEST = 300.0
"""Seconds that one may take."""
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Gate:
    """Lets no more into the service than it can hold."""

    def __init__(self, service: ASGIApp) -> None:
        self._service = service
        self._uploads = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._service(scope, receive, send)
            return
        is_upload = scope["method"] == "POST"
        self._uploads += is_upload
        try:
            body = Body(scope, receive, crowded=self._uploads > AT_ONCE) if is_upload else receive
            await self._service(scope, body, _guarded(send))
        finally:
            self._uploads -= is_upload


class Body:
    """What comes with a request, as far as it is let in.

    It refuses from inside the service, which then answers as it does to everything.
    """

    def __init__(self, scope: Scope, receive: Receive, *, crowded: bool) -> None:
        self._receive = receive
        self._stated = int(Headers(scope=scope).get("content-length", 0))
        self._left = LARGEST
        self._end = time.monotonic() + LONGEST
        self._crowded = crowded
        self._is_whole = False

    async def __call__(self) -> Message:
        """Return the next piece.

        Raises:
            Refused: it is too much, takes too long, or there is no room for it.
        """
        if self._is_whole:
            return await self._receive()
        self._check_room()
        message = await self._next()
        self._left -= len(message.get("body", b""))
        self._is_whole = not message.get("more_body", False)
        if self._left < 0:
            raise _too_large()
        return message

    def _check_room(self) -> None:
        if self._stated > LARGEST:
            raise _too_large()
        if self._crowded or shutil.disk_usage(tempfile.gettempdir()).free < self._left:
            message = "There is no room for it just now: try again in a few seconds."
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, message, {"Retry-After": "5"})

    async def _next(self) -> Message:
        try:
            async with asyncio.timeout(self._end - time.monotonic()):
                return await self._receive()
        except TimeoutError as late:
            message = f"It took longer than {LONGEST:.0f} seconds to come: send less, or faster."
            raise Refused(HTTPStatus.REQUEST_TIMEOUT, message) from late


def _too_large() -> Refused:
    message = f"It is larger than {LARGEST >> 20} MB: send less, a shorter clip for one."
    return Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, message)


def _guarded(send: Send) -> Send:
    """Give every answer the headers that keep it to whoever asked."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return sending
