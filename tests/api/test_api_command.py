"""`discriminator api`: it starts, says where it is, and leaves nothing when it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import psutil
import pytest
from cinema import eventually, free_port, program

from discriminator import cli
from discriminator.api import command

if TYPE_CHECKING:
    from collections.abc import Callable

ENGINES = {"av", "cv2", "mediapipe", "numpy", "openvino", "pandas", "ray", "scipy", "torch"}


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=lambda how: how.name)
def test_it_says_its_address_and_ends_politely_leaving_nothing(how: signal.Signals) -> None:
    port = free_port()
    with subprocess.Popen(
        [program("discriminator"), "api", "--port", str(port), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        said = json.loads(process.stdout.readline())
        assert said == {"address": f"http://localhost:{port}/"}
        eventually(lambda: _is_well(port))
        own = psutil.Process(process.pid)
        workers = own.children(recursive=True)
        (lock,) = [one.path for one in own.open_files() if one.path.endswith("in-use")]
        os.kill(process.pid, how)
        _, complaints = process.communicate()
    assert (process.returncode, complaints) == (0, "")
    assert workers != []
    assert not any(worker.is_running() for worker in workers)
    assert not Path(lock).parent.exists()


def test_a_port_that_is_taken_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit) as left:
            cli.main(["api", "--port", str(port)])
    assert left.value.code == 2
    (said,) = capsys.readouterr().err.splitlines()
    assert f"Port {port} cannot be used" in said
    assert f"--port {port + 1}" in said


def test_a_database_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    words = ["--port", str(free_port()), "--db", f"sqlite:///{tmp_path}/no/such/jobs.sqlite"]
    done = subprocess.run(
        [program("discriminator"), "api", *words], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    (said,) = done.stderr.splitlines()
    assert "check its address in --db" in said


def test_weights_that_are_not_there_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["api", "--port", str(free_port()), "--weights", str(tmp_path / "none.pth")])
    assert left.value.code == 2
    assert "none.pth is not there" in capsys.readouterr().err


@pytest.mark.parametrize("missing", command.NEEDED)
def test_without_its_libraries_it_says_how_to_get_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    monkeypatch.setattr(command, "find_spec", _all_but(missing))
    with pytest.raises(SystemExit) as left:
        cli.main(["api"])
    assert left.value.code == 2
    (said,) = capsys.readouterr().err.splitlines()
    assert f"needs {missing}: `pip install 'discriminator[api]'`" in said


def _all_but(missing: str) -> Callable[[str], object]:
    return lambda name: None if name == missing else util.find_spec(name)


def test_the_service_itself_loads_no_engine() -> None:
    script = "import discriminator.api.serving, json, sys; print(json.dumps(list(sys.modules)))"
    loaded = subprocess.check_output([sys.executable, "-c", script], text=True)
    assert ENGINES & set(json.loads(loaded)) == set()


def _is_well(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/healthz").is_success
    except httpx.TransportError:
        return False
