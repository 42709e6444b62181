"""The HTTP service as its users see it: a process of its own, asked over the network."""

from __future__ import annotations

import io
import os
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import psutil
import skimage.data
from cinema import PATIENCE, eventually, free_port, program
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIPS, VERDICTS = "/v1/clips", "/v1/verdicts"
AGREED = {"consent": "true"}


@dataclass(frozen=True)
class Service:
    """`discriminator api`, and how to ask it."""

    http: httpx.Client
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def folder(self) -> Path:
        """Where files and database lie."""
        opened = psutil.Process(self.process.pid).open_files()
        (lock,) = [Path(one.path) for one in opened if Path(one.path).name == "in-use"]
        return lock.parent

    def hand_in(self, address: str, **form: Any) -> Job:  # noqa: ANN401 - as httpx has it
        """Hand a job in that is taken."""
        answer = self.http.post(address, **form)
        assert answer.status_code == 202, answer.text
        said = answer.json()
        assert answer.headers["Location"] == f"{address}/{said['id']}"
        return Job(self.http, answer.headers["Location"], said["secret"])

    def clip(self, photo: bytes, voice: bytes | None = None, **data: str) -> Job:
        """Have a photo speak."""
        files = {"photo": photo} | ({"voice": voice} if voice else {})
        return self.hand_in(CLIPS, data=AGREED | data, files=files)

    def verdict(self, file: bytes, **data: str) -> Job:
        """Have a file judged."""
        return self.hand_in(VERDICTS, data=data, files={"file": file})


@dataclass(frozen=True)
class Job:
    """A job that was handed in."""

    http: httpx.Client
    address: str
    secret: str

    def ask(self, method: str = "GET", below: str = "") -> httpx.Response:
        return self.http.request(method, self.address + below, headers=bearer(self.secret))

    @property
    def standing(self) -> dict[str, Any]:
        answer = self.ask()
        assert answer.status_code == 200, answer.text
        said: dict[str, Any] = answer.json()
        return said

    def ended(self) -> dict[str, Any]:
        """Wait until it is over, and say how it ended."""
        said: dict[str, Any] = eventually(
            lambda: (it := self.standing)["state"] not in {"queued", "running"} and it
        )
        return said

    def runs(self) -> None:
        eventually(lambda: self.standing["state"] == "running")


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


@contextmanager
def service(log: Path, **settings: str) -> Iterator[Service]:
    """`discriminator api`, from the moment it answers."""
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [program("discriminator"), "api", "--port", str(port)],
            env=os.environ | settings,
            stdout=output,
            stderr=output,
        )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE) as http:
            running = Service(http, process, log)
            eventually(lambda: _answers(running))
            yield running
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _answers(running: Service) -> bool:
    if running.process.poll() is not None:
        raise AssertionError(running.log.read_text())
    try:
        return running.http.get("/healthz").is_success
    except httpx.TransportError:
        return False


def astronaut() -> Image.Image:
    """Eileen Collins."""
    picture = Image.fromarray(skimage.data.astronaut()[:256, 96:352])
    return picture.resize((512, 512), Image.Resampling.LANCZOS)


@cache
def portrait(quality: int = 94) -> bytes:
    """The same, as a photo is sent; of another quality, it is a file that nobody else sends."""
    return saved(astronaut(), quality)


def saved(picture: Image.Image, quality: int = 94) -> bytes:
    """A picture as a file."""
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return file.getvalue()


def bomb() -> bytes:
    """A picture that is small as a file, and would fill a gigabyte when it is read."""
    file = io.BytesIO()
    Image.new("1", (15_000, 15_000)).save(file, "PNG")
    return file.getvalue()
