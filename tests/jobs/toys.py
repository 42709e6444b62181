"""Trades that do what a test asks of them."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from discriminator.jobs.trades import Trade

if TYPE_CHECKING:
    from discriminator.jobs.trades import Task

RESULT = "answer"
PHOTO = "photo"


class ToyError(ValueError):
    """What a trade says when the input is wrong."""


class Toy:
    """Does one of a few things, and counts how often it has been asked since it was set up."""

    def __init__(self) -> None:
        self.done = 0

    def work(self, task: Task) -> None:
        self.done += 1
        getattr(self, str(task.order["do"]))(task)

    def echo(self, task: Task) -> None:
        said = (task.folder / PHOTO).read_bytes()
        (task.folder / RESULT).write_bytes(said + f" {self.done} {os.getpid()}".encode())

    def refuse(self, _: Task) -> None:
        message = "There is no face in it: try another."
        raise ToyError(message)

    def stumble(self, _: Task) -> None:
        raise ZeroDivisionError

    def crash(self, _: Task) -> None:
        os._exit(1)

    def crash_once(self, task: Task) -> None:
        # Not in its folder: on a cluster, each try has its own.
        mark = Path(tempfile.gettempdir()) / f"tried-{task.folder.name}"
        if not mark.exists():
            mark.touch()
            os._exit(1)
        mark.unlink()
        self.echo(task)

    def grow(self, task: Task) -> None:
        held = bytearray(400 * 2**20)
        self.wait(task)
        assert held

    def wait(self, task: Task) -> None:
        for step in range(600):
            time.sleep(0.05)
            task.report(step / 600)

    def nap(self, task: Task) -> None:
        time.sleep(float(task.order["seconds"]))
        self.echo(task)

    def hang(self, task: Task) -> None:
        sleeper = subprocess.Popen(["/bin/sleep", "600"])
        (task.folder / "sleeper").write_text(str(sleeper.pid))
        Path(str(task.order["note"])).write_text(str(sleeper.pid))
        sleeper.wait()


class Speaker(Toy):
    """Speaks for anybody who has agreed."""

    def work(self, task: Task) -> None:
        if task.order["consent"] is not True or not (task.folder / "points").exists():
            self.refuse(task)
        self.done += 1
        self.echo(task)


class NeverReady:
    """Cannot be set up, and says why."""

    def __init__(self) -> None:
        message = "The weights are missing: run `discriminator weights fetch toy`."
        raise ToyError(message)


TOY = Trade("toys:Toy", RESULT, replicas=1, seconds=60, memory=300 * 2**20, waiting=5, usual=2)
