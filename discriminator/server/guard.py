"""What a browser may say to a kernel, and the headers every answer carries."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado.web import Finish, OutputTransform
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tornado.httputil import HTTPHeaders

MESSAGES = ["comm_close", "comm_info_request", "comm_msg", "comm_open", "kernel_info_request"]
"""No message among these runs code; asking a kernel to execute, inspect or complete is dropped."""

COMMS = {"jupyter.widget.control"}
"""A browser may ask for the widgets that are there. It may not make new ones."""

LARGEST_MESSAGE = 4 * 2**20
"""Bytes; the largest that has a reason is one cropped photo with its points."""

LARGEST_WORDS = 2**16
"""Bytes of a message without what travels beside it; no page of ours says a tenth of that."""

MOST_BUFFERS = 2
"""A photo, and the points that were found on it."""

WORDS = 4
"""Parts of a binary message that are JSON: header, parent, metadata and content."""

OFFSET = 8
"""Bytes of each number in the head of a binary message."""


class Nobody(IdentityProvider):
    """Every viewer is the same nobody: no name is made up for them and no cookie set."""

    async def get_user(self, handler: Any) -> User:  # noqa: ANN401, ARG002 - Jupyter's signature
        """Answer without looking at who asks."""
        return User(username="viewer")


class Leave(VoilaShutdownKernelHandler):
    """Ends the kernel of a viewer who leaves; their page says so as it closes."""

    def check_xsrf_cookie(self) -> None:
        """Ask for no cookie: whoever knows the kernel's random id is its viewer."""


class Line(VoilaKernelWebsocketHandler):
    """A page's line to its kernel."""

    def select_subprotocol(self, subprotocols: list[str]) -> str | None:
        """Choose how to speak.

        Raises:
            Finish: the page left while its line was laid, over which Jupyter would trip.
        """
        if self.connection is None:
            raise Finish
        chosen: str | None = super().select_subprotocol(subprotocols)
        return chosen


class GuardedConnection(ZMQChannelsWebsocketConnection):
    """A kernel's websocket that drops whatever could make the kernel do what no page asks for."""

    def handle_incoming_message(self, incoming_msg: Any) -> None:  # noqa: ANN401 - text or bytes
        """Pass a message on, or log that it was dropped."""
        try:
            harmless = _harmless(incoming_msg)
        except (LookupError, AttributeError, RecursionError, TypeError, ValueError):
            harmless = False
        if harmless:
            super().handle_incoming_message(incoming_msg)
        else:
            self.log.warning("Dropped a message that no page of ours sends")


def _harmless(message: str | bytes) -> bool:
    if len(message) > LARGEST_MESSAGE:
        return False
    kind, content, buffers = _read(message)
    if buffers > (MOST_BUFFERS if kind == "comm_msg" else 0):
        return False
    if kind == "comm_open":
        return content.get("target_name") in COMMS
    return kind in MESSAGES


def _read(message: str | bytes) -> tuple[str, dict[str, Any], int]:
    """Kind, content and number of buffers of a message in either of Jupyter's protocols."""
    if isinstance(message, bytes):
        _check_count(message)
        _, parts = deserialize_msg_from_ws_v1(message)
        _check_words(*parts[:WORDS])
        content = json.loads(parts[WORDS - 1])
        return json.loads(parts[0])["msg_type"], content, len(parts) - WORDS
    _check_words(message)
    whole = json.loads(message)
    return whole["header"]["msg_type"], whole["content"], 0


def _check_words(*parts: str | bytes) -> None:
    size = sum(map(len, parts))
    if size > LARGEST_WORDS:
        text = f"{size} bytes of words are more than any page of ours says"
        raise ValueError(text)


def _check_count(message: bytes) -> None:
    """Jupyter reads as many offsets as a message claims to have: 2**64 would stop the server."""
    claimed = int.from_bytes(message[:OFFSET], "little")
    if OFFSET * claimed > len(message):
        text = f"{claimed} offsets do not fit into {len(message)} bytes"
        raise ValueError(text)


def content_policy(origins: Iterable[str] = (), wallet: str | None = None) -> str:
    """The Content-Security-Policy of every page.

    Args:
        origins: foreign origins that the operator lets the page send to.
        wallet: the foreign origin of the operator's Web Monetization wallet, if there is one.
    """
    monetization = f"; monetization-src {wallet}" if wallet else ""
    connect = " ".join(["'self'", *origins])
    return (
        "default-src 'self'; script-src 'self' blob: 'wasm-unsafe-eval'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        f"connect-src {connect}; media-src 'self' blob:; worker-src 'self' blob:; "
        f"object-src 'none'; base-uri 'self'; frame-ancestors 'self'{monetization}"
    )


def security_headers(policy: str) -> type[OutputTransform]:
    """A tornado transform that gives every answer the headers that keep the film to itself."""
    fixed = {
        "Content-Security-Policy": policy,
        "Permissions-Policy": "camera=(self), microphone=(), geolocation=(), payment=()",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Cross-Origin-Opener-Policy": "same-origin",
    }

    class SecurityHeaders(OutputTransform):
        def transform_first_chunk(
            self,
            status_code: int,
            headers: HTTPHeaders,
            chunk: bytes,
            finishing: bool,  # noqa: ARG002, FBT001 - tornado's signature
        ) -> tuple[int, HTTPHeaders, bytes]:
            for name, value in fixed.items():
                headers[name] = value
            headers.pop("Server", None)
            return status_code, headers, chunk

    return SecurityHeaders
