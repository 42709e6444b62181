"""Jupyter's messages over a websocket, in both of its protocols, without a browser."""

from __future__ import annotations

import json
import struct
import uuid
from contextlib import ExitStack
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Self

from cinema import PATIENCE
from websockets.sync.client import connect
from websockets.typing import Subprotocol

if TYPE_CHECKING:
    from cinema import Server

V1 = Subprotocol("v1.kernel.websocket.jupyter.org")
LARGEST = 64 * 2**20

Message = dict[str, Any]


def message(kind: str, content: Message, channel: str = "shell", **more: Any) -> Message:  # noqa: ANN401
    """A message as Jupyter's clients write it."""
    header = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": kind,
        "session": "test",
        "username": "viewer",
        "version": "5.3",
        "date": "2026-11-20T12:00:00Z",
    }
    body = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
    return {**body, "channel": channel, "buffers": [], **more}


def packed(one: Message, buffers: tuple[bytes, ...] = ()) -> bytes:
    """The same in the binary protocol: offsets, channel, four JSON parts, buffers."""
    names = ("header", "parent_header", "metadata", "content")
    parts = [one["channel"].encode(), *(json.dumps(one[name]).encode() for name in names), *buffers]
    offsets = [8 * (len(parts) + 2)]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    return struct.pack(f"<{len(offsets) + 1}Q", len(offsets), *offsets) + b"".join(parts)


def unpacked(data: str | bytes) -> Message:
    """A message of either protocol as one dictionary; only the binary one brings buffers."""
    if isinstance(data, str):
        whole: Message = json.loads(data)
        return whole
    (count,) = struct.unpack_from("<Q", data)
    offsets = struct.unpack_from(f"<{count}Q", data, 8)
    parts = [data[start:end] for start, end in pairwise(offsets)]
    names = ("header", "parent_header", "metadata", "content")
    words = {name: json.loads(part) for name, part in zip(names, parts[1:5], strict=True)}
    return {**words, "buffers": parts[5:]}


class Line:
    """A websocket to a kernel, open while in its `with`."""

    def __init__(self, server: Server, kernel: str, *, binary: bool = False) -> None:
        self.server = server
        self.kernel = kernel
        self.binary = binary
        self._closing = ExitStack()
        self._address = (
            f"{server.socket_address}api/kernels/{kernel}/channels?session_id={uuid.uuid4()}"
        )

    def __enter__(self) -> Self:
        protocols = [V1] if self.binary else None
        opening = connect(self._address, subprotocols=protocols, max_size=LARGEST)
        self._socket = self._closing.enter_context(opening)
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def send(self, one: Message, *buffers: bytes) -> str:
        """Send a message and return its id."""
        self._socket.send(packed(one, buffers) if self.binary else json.dumps(one))
        sent: str = one["header"]["msg_id"]
        return sent

    def send_raw(self, data: str | bytes) -> None:
        """Send what may be no message at all."""
        self._socket.send(data)

    def ask(self, kind: str, content: Message | None = None, channel: str = "shell") -> Message:
        """Send a request and return its reply."""
        sent = self.send(message(kind, content or {}, channel))
        return self.answer(sent, kind.replace("_request", "_reply"))

    def receive(self) -> Message:
        """Wait for the next message, whatever it is."""
        return unpacked(self._socket.recv(PATIENCE))

    def answer(self, sent: str, kind: str) -> Message:
        """Wait for the message of a kind that answers another."""
        while True:
            got = self.receive()
            if got["parent_header"].get("msg_id") == sent and got["header"]["msg_type"] == kind:
                return got

    def states(self) -> dict[str, Message]:
        """What the kernel says of its widgets, by their ids."""
        comm = uuid.uuid4().hex
        opening = {
            "comm_id": comm,
            "target_name": "jupyter.widget.control",
            "data": {},
        }
        versions = {"version": "1.0.0"}
        self.send(message("comm_open", opening, metadata=versions))
        request = {"comm_id": comm, "data": {"method": "request_states"}}
        sent = self.send(message("comm_msg", request))
        answer = self.answer(sent, "comm_msg")["content"]["data"]
        return {model: one["state"] for model, one in answer["states"].items()}
