"""The kernels behind the viewers: handed over, waited for, ended, buried and replaced."""

from __future__ import annotations

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import psutil
from cinema import PATIENCE, eventually, serving

from discriminator.server.kernels import Kernels

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path

    from cinema import Server

COMING = GRACE = 0.5
BROKEN = "the inside of the house"


def processes(server: Server) -> dict[str, psutil.Process]:
    """The kernels of a server, by their ids."""
    found = {}
    for child in psutil.Process(server.process.pid).children(recursive=True):
        if child.status() == psutil.STATUS_ZOMBIE:
            continue  # dead already, and about to be buried
        if kernel := re.search(r"kernel-([0-9a-f-]{36})", " ".join(child.cmdline())):
            found[kernel[1]] = child
    return found


def leave(server: Server, kernel: str) -> int:
    return server.ask(f"voila/api/shutdown/{kernel}", "POST").status


def test_whoever_leaves_ends_their_kernel(server: Server) -> None:
    kernel = server.ask("").kernel
    process = processes(server)[kernel]
    assert leave(server, kernel) == 204
    process.wait(PATIENCE)
    assert kernel not in processes(server)


def test_a_kernel_that_is_not_there_cannot_be_left(server: Server) -> None:
    for kernel in ["00000000-0000-0000-0000-000000000000", "nonsense", "..%2f.."]:
        answer = server.ask(f"voila/api/shutdown/{kernel}", "POST")
        assert answer.status in {400, 404}
        assert "Traceback" not in answer.text


def test_a_viewer_has_a_kernel_of_their_own(server: Server) -> None:
    kernels = [server.ask("").kernel for _ in range(3)]
    assert len(set(kernels)) == 3
    assert {leave(server, kernel) for kernel in kernels} == {204}


def test_a_ready_kernel_that_dies_is_replaced(server: Server) -> None:
    eventually(lambda: server.health["ready"] == 2)
    waiting = processes(server)
    kernel, process = next(
        (key, one) for key, one in waiting.items() if len(waiting) == 2 or one.is_running()
    )
    process.kill()
    eventually(lambda: kernel not in (living := processes(server)) and len(living) == 2)
    eventually(lambda: server.health["ready"] == 2)
    answer = server.ask("")
    assert answer.status == 200
    leave(server, answer.kernel)


def test_when_every_seat_is_taken_the_next_viewer_waits(film_folder: Path, tmp_path: Path) -> None:
    options = ["--media", str(film_folder), "--seats", "1", "--ready", "0"]
    with serving(tmp_path / "log", *options) as small:
        first = small.ask("")
        second = small.ask("chapter/1")
        assert (first.status, second.status) == (200, 503)
        assert second.headers["Retry-After"] == "4"
        assert second.headers["Cache-Control"] == "no-store"
        assert "Every seat is taken" in second.text
        assert '<meta http-equiv="refresh" content="4">' in second.text
        assert "<script" not in second.text
        assert small.health == {"status": "ok", "viewers": 1, "ready": 0, "seats": 1}
        assert leave(small, first.kernel) == 204
        assert small.ask("chapter/1").status == 200


def test_a_notebook_that_breaks_shows_nothing_of_the_inside(
    film_folder: Path, tmp_path: Path
) -> None:
    library = tmp_path / "library"
    library.mkdir()
    (library / "anywidget.py").write_text(f"raise RuntimeError({BROKEN!r})", encoding="utf-8")
    spec = tmp_path / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    kernel = {
        "argv": ["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "broken",
        "language": "python",
        "env": {"PYTHONPATH": str(library)},
    }
    (spec / "kernel.json").write_text(json.dumps(kernel), encoding="utf-8")
    options = ["--media", str(film_folder), "--ready", "0"]
    with serving(tmp_path / "log", *options, JUPYTER_PATH=str(tmp_path / "jupyter")) as broken:
        answer = broken.ask("")
    assert BROKEN not in answer.text
    assert "Traceback" not in answer.text
    assert "Discriminator" in answer.text


def test_a_kernel_that_cannot_start_is_told_in_the_films_words(
    film_folder: Path, tmp_path: Path
) -> None:
    spec = tmp_path / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    kernel = {"argv": ["/nowhere/python"], "display_name": "broken", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(kernel), encoding="utf-8")
    options = ["--media", str(film_folder), "--ready", "0"]
    with serving(tmp_path / "log", *options, JUPYTER_PATH=str(tmp_path / "jupyter")) as broken:
        answer = broken.ask("")
        assert broken.health["status"] == "ok"
    assert answer.status == 500
    assert "Something broke behind the screen" in answer.text
    assert "nowhere" not in answer.text


# --- in one process, where time can be short ------------------------------------------------------


def run(story: Coroutine[None, None, None]) -> None:
    """Run it in a thread of its own: browser tests leave the main one with a running loop."""
    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, story).result()


async def started() -> tuple[Kernels, str]:
    kernels = Kernels(coming=COMING, grace=GRACE, look_every=600)
    kernel: str = await kernels.start_kernel()
    return kernels, kernel


async def end(kernels: Kernels) -> None:
    await kernels.shutdown_all(now=True)


def test_a_kernel_whose_viewer_never_comes_is_ended_soon() -> None:
    async def story() -> None:
        kernels, kernel = await started()
        await kernels.look_after()
        assert kernel in kernels.list_kernel_ids()
        await asyncio.sleep(COMING)
        await kernels.look_after()
        assert kernel not in kernels.list_kernel_ids()

    run(story())


def test_a_kernel_with_a_viewer_is_kept_and_the_grace_begins_anew_when_they_go() -> None:
    async def story() -> None:
        kernels, kernel = await started()
        await kernels.look_after()
        kernels.notify_connect(kernel)
        await asyncio.sleep(GRACE)
        await kernels.look_after()
        kernels.grace = PATIENCE
        kernels.notify_disconnect(kernel)  # type: ignore[no-untyped-call]
        await kernels.look_after()
        await asyncio.sleep(COMING)
        await kernels.look_after()
        assert kernel in kernels.list_kernel_ids()
        kernels.grace = 0
        await kernels.look_after()
        assert kernel not in kernels.list_kernel_ids()

    run(story())


def test_a_dead_kernel_is_buried() -> None:
    async def story() -> None:
        kernels, kernel = await started()
        manager: Any = kernels.get_kernel(kernel)
        await manager.signal_kernel(9)
        await manager.provisioner.wait()
        await kernels.look_after()
        assert kernel not in kernels.list_kernel_ids()
        await end(kernels)

    run(story())


def test_seats_count_viewers_only() -> None:
    async def story() -> None:
        kernels, _ = await started()
        kernels.seats = 1
        assert kernels.full
        assert kernels.report() == {"viewers": 1, "ready": 0, "seats": 1}
        kernels.seats = 2
        assert not kernels.full
        await end(kernels)

    run(story())
