"""Many viewers at once."""

from __future__ import annotations

import statistics
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import psutil
import pytest
from cinema import eventually, serving
from messages import Line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cinema import Server

pytestmark = pytest.mark.soak

VIEWERS = 100
READY = 2


def kernels(server: Server) -> list[psutil.Process]:
    children = psutil.Process(server.process.pid).children(recursive=True)
    return [one for one in children if "ipykernel_launcher" in " ".join(one.cmdline())]


def test_a_hundred_viewers_sit_in_one_cinema(
    film_folder: Path, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    options = ["--media", str(film_folder), "--seats", str(VIEWERS)]
    with serving(tmp_path / "log", *options) as server:
        began = time.monotonic()
        with ExitStack() as seats:
            lines = [sit_down(server, seats) for _ in range(VIEWERS)]
            figure(f"{VIEWERS} viewers opened in {time.monotonic() - began:.0f} s")
            assert server.ask("").status == 503
            for line in lines:
                assert line.ask("kernel_info_request")["content"]["status"] == "ok"
            shares = [one.memory_full_info().pss / 1e6 for one in kernels(server)]
            figure(f"a viewer: {statistics.median(shares):.0f} MB; all: {sum(shares):.0f} MB")
            own = psutil.Process(server.process.pid)
            figure(f"the server: {own.memory_info().rss / 1e6:.0f} MB, {own.num_fds()} descriptors")
        for line in lines:
            assert server.ask(f"voila/api/shutdown/{line.kernel}", "POST").status == 204
        eventually(lambda: server.health["viewers"] == 0)
        eventually(lambda: len(kernels(server)) <= READY)
        assert "[FilmServer] ERROR" not in server.log.read_text()


def sit_down(server: Server, seats: ExitStack) -> Line:
    answer = server.ask("")
    assert answer.status == 200
    line = seats.enter_context(Line(server, answer.kernel))
    assert line.ask("kernel_info_request")["content"]["status"] == "ok"
    return line
