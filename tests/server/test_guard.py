"""A browser cannot make a kernel run code, and cannot change what a widget holds."""

from __future__ import annotations

import json
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from cinema import eventually
from messages import Line, message
from websockets.exceptions import ConnectionClosed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cinema import Server


@pytest.fixture(params=[False, True], ids=["json", "binary"])
def any_line(server: Server, request: pytest.FixtureRequest) -> Iterator[Line]:
    """A viewer's line in each of the two protocols."""
    kernel = server.ask("").kernel
    with Line(server, kernel, binary=request.param) as opened:
        yield opened
    server.ask(f"voila/api/shutdown/{kernel}", "POST")


def code(proof: Path) -> dict[str, Any]:
    return {
        "code": f"open({str(proof)!r}, 'w').close()",
        "silent": False,
        "store_history": False,
        "user_expressions": {},
        "allow_stdin": False,
    }


def requests(proof: Path) -> list[dict[str, Any]]:
    """Everything that makes a kernel run, read or remember code."""
    run = code(proof)
    return [
        message("execute_request", run),
        message("execute_request", run, "control"),
        message("execute_request", {**run, "silent": True}),
        message("inspect_request", {"code": run["code"], "cursor_pos": 4, "detail_level": 1}),
        message("complete_request", {"code": "open(", "cursor_pos": 5}),
        message("is_complete_request", {"code": run["code"]}),
        message("history_request", {"hist_access_type": "tail", "n": 9}),
        message("debug_request", {"command": "evaluate", "arguments": run}, "control"),
        message("interrupt_request", {}, "control"),
        message("shutdown_request", {"restart": False}, "control"),
        message("input_reply", {"value": run["code"]}, "stdin"),
        message("comm_open", {"comm_id": "x", "target_name": "jupyter.widget", "data": {}}),
        message("comm_open", {"comm_id": "y", "target_name": "jupyter.widget.version", "data": {}}),
        message("comm_open", {"comm_id": "z", "data": {}}),
    ]


def test_what_could_run_code_is_dropped(any_line: Line, tmp_path: Path) -> None:
    proof = tmp_path / "proof"
    sent = [any_line.send(one) for one in requests(proof)]
    last = any_line.send(message("kernel_info_request", {}))
    answered = set()
    while last not in answered:
        answered.add(any_line.receive()["parent_header"].get("msg_id"))
    assert answered.isdisjoint(sent)
    assert not proof.exists()


def test_harmless_questions_are_answered(any_line: Line) -> None:
    assert any_line.ask("kernel_info_request")["content"]["status"] == "ok"
    comms = any_line.ask("comm_info_request", {"target_name": "jupyter.widget"})
    assert comms["content"]["comms"]


@pytest.mark.parametrize(
    "data",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"header": null, "content": {}}',
        '{"header": {"msg_type": ["comm_msg"]}, "content": {}}',
        '{"header": {"msg_type": "comm_open"}, "content": []}',
        "[" * 100_000,
        b"",
        b"\x00" * 8,
        b"\xff" * 64,
        (3).to_bytes(8, "little") + b"\x01" * 30,
    ],
    ids=range(12),
)
def test_nonsense_is_dropped_and_the_line_lives(line: Line, data: str | bytes) -> None:
    line.send_raw(data)
    assert line.ask("kernel_info_request")["content"]["status"] == "ok"


def test_who_leaves_while_the_line_is_laid_leaves_no_traceback(server: Server) -> None:
    kernel = server.ask("").kernel
    asked = (
        f"GET /api/kernels/{kernel}/channels?session_id=gone HTTP/1.1\r\n"
        f"Host: 127.0.0.1:{server.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    for _ in range(10):
        with socket.create_connection(("127.0.0.1", server.port)) as page:
            page.sendall(asked.encode())
    with Line(server, kernel) as line:
        assert line.ask("kernel_info_request")["content"]["status"] == "ok"
    server.ask(f"voila/api/shutdown/{kernel}", "POST")
    assert "kernel_ws_protocol" not in server.log.read_text(encoding="utf-8")


@pytest.mark.parametrize("binary", [False, True])
def test_half_a_disguise_does_not_help(server: Server, tmp_path: Path, *, binary: bool) -> None:
    """A harmless type beside one that runs code: only the header counts, for guard and kernel."""
    proof = tmp_path / "proof"
    kernel = server.ask("").kernel
    with Line(server, kernel, binary=binary) as line:
        disguised = message("execute_request", code(proof))
        line.send({**disguised, "msg_type": "comm_msg", "parent_header": {"msg_type": "comm_msg"}})
        line.ask("kernel_info_request")
    assert not proof.exists()
    server.ask(f"voila/api/shutdown/{kernel}", "POST")


def test_one_header_that_says_two_things_does_not_help(line: Line, tmp_path: Path) -> None:
    proof = tmp_path / "proof"
    text = json.dumps(message("execute_request", code(proof)))
    text = text.replace(
        '"msg_type": "execute_request"', '"msg_type": "execute_request", "msg_type": "comm_msg"'
    )
    line.send_raw(text)
    line.ask("kernel_info_request")
    assert not proof.exists()


def shell_of(line: Line) -> tuple[str, dict[str, Any]]:
    """The film's frame among the widgets of a kernel."""
    states = line.states()
    return next((key, state) for key, state in states.items() if "markup" in state)


HOSTILE_STATES: list[Callable[[], dict[str, Any]]] = [
    lambda: {"_esm": "alert(1)"},
    lambda: {"markup": "<img src=x onerror=alert(1)>"},
    lambda: {"start": "//elsewhere.example/"},
    lambda: {"markup": "x" * 2**20, "start": "y" * 2**20},
    lambda: {"start": ["not", {"a": "text"}], "markup": None, "_esm": 7},
    lambda: {"_model_module": "elsewhere", "_view_name": None, "layout": "IPY_MODEL_nothing"},
    lambda: {"__class__": "Evil", "comm": None, "_trait_values": {}},
]


@pytest.mark.parametrize("hostile", HOSTILE_STATES)
def test_a_hostile_state_changes_nothing(
    any_line: Line, hostile: Callable[[], dict[str, Any]]
) -> None:
    model, before = shell_of(any_line)
    for buffers, paths in [((), []), ((b"\x00" * 64,), [["markup"]])]:
        data = {"method": "update", "state": hostile(), "buffer_paths": paths}
        update = message("comm_msg", {"comm_id": model, "data": data})
        any_line.send(update, *buffers)
    assert shell_of(any_line) == (model, before)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"method": "update"},
        {"method": "update", "state": [], "buffer_paths": [["markup"]]},
        {"method": "request_state"},
        {"method": "custom", "content": {"kind": "anywidget-command", "name": "__init__"}},
        {"method": "nonsense"},
    ],
    ids=range(6),
)
def test_a_hostile_message_changes_nothing(line: Line, data: dict[str, Any]) -> None:
    model, before = shell_of(line)
    line.send(message("comm_msg", {"comm_id": model, "data": data}))
    assert shell_of(line) == (model, before)


@pytest.mark.parametrize("mebibytes", [8, 13])
def test_a_huge_message_changes_nothing(server: Server, line: Line, mebibytes: int) -> None:
    before = shell_of(line)
    data = {"method": "update", "state": {"start": "x" * mebibytes * 2**20}, "buffer_paths": []}
    with Line(server, line.kernel) as other, suppress(ConnectionClosed):
        other.send(message("comm_msg", {"comm_id": before[0], "data": data}))
        other.ask("kernel_info_request")
    assert shell_of(line) == before


def test_what_was_dropped_is_noted_without_its_content(line: Line, tmp_path: Path) -> None:
    line.send(message("execute_request", code(tmp_path / "a-private-name")))
    eventually(lambda: "Dropped a message" in line.server.log.read_text())
    assert "a-private-name" not in line.server.log.read_text()
