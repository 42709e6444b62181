"""A viewer's photo on a real server, without a browser: it goes in, the clip comes out, both go."""

from __future__ import annotations

import io
import shutil
import signal
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import psutil
import pytest
import skimage.data
from cinema import PATIENCE, add_speech, eventually, serving, traces, workshop_of
from messages import Line, message
from PIL import Image
from websockets.exceptions import ConnectionClosed

from discriminator import faces
from discriminator.video import provenance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cinema import Server

AGREED = {"do": "speak", "consent": True}


@cache
def photo() -> tuple[bytes, bytes]:
    """A photo as the booth sends it, and its points."""
    picture = np.ascontiguousarray(skimage.data.astronaut()[:256, 96:352])
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "JPEG", quality=94)
    return file.getvalue(), faces.find(picture)[0].points.astype("<f4").tobytes()


@pytest.fixture(scope="module")
def cinema(film_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The small film, with something for its viewers' faces to say."""
    folder = speaking(film_folder, tmp_path_factory.mktemp("speaking"))
    with serving(folder / "log", "--media", str(folder)) as running:
        yield running


def speaking(film: Path, place: Path) -> Path:
    folder = place / "film"
    shutil.copytree(film, folder)
    add_speech(folder)
    return folder


class Seat:
    """A viewer's page, as far as their kernel can tell."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.kernel = server.ask("").kernel
        self.line = Line(server, self.kernel, binary=True)

    def sit(self) -> Seat:
        self.line.__enter__()
        states = self.line.states()
        self.model = next(key for key, state in states.items() if "markup" in state)
        return self

    def leave(self) -> None:
        self.line.__exit__()
        self.server.ask(f"voila/api/shutdown/{self.kernel}", "POST")

    def say(self, content: dict[str, Any], *buffers: bytes) -> None:
        data = {"method": "custom", "content": content}
        self.line.send(message("comm_msg", {"comm_id": self.model, "data": data}), *buffers)

    def hears(self, *states: str) -> dict[str, Any]:
        """Wait until the kernel says that it has come to one of these."""
        while True:
            got = self.line.receive()
            data = got.get("content", {}).get("data", {})
            said: dict[str, Any] = data.get("content", {}) if data.get("method") == "custom" else {}
            if said.get("state") in states:
                return {**said, "buffers": got["buffers"]}


@pytest.fixture
def seat(cinema: Server) -> Iterator[Seat]:
    taken = Seat(cinema).sit()
    yield taken
    taken.leave()


def test_a_photo_comes_back_as_a_signed_clip_and_is_deleted_on_request(
    cinema: Server, seat: Seat, tmp_path: Path
) -> None:
    folder = workshop_of(cinema)
    seat.say(AGREED, *photo())
    told = seat.hears("done", "failed")
    assert told["state"] == "done", told
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(told["buffers"][0])
    says = provenance.read(clip)
    assert says is not None
    assert says.synthetic
    kept = [traces(folder, content) for content in (*photo(), clip.read_bytes())]
    assert [[name.rpartition("/")[2] for name in names] for names in kept] == [
        ["photo"],
        ["points"],
        ["clip.mp4"],
    ]  # and so in no database
    seat.say({"do": "forget"})
    assert seat.hears("forgotten")["jobs"] == 1
    assert [traces(folder, content) for content in (*photo(), clip.read_bytes())] == [[], [], []]
    assert [path.name for path in folder.iterdir() if path.is_dir()] == []


def test_whoever_leaves_takes_their_photo_along(cinema: Server) -> None:
    folder = workshop_of(cinema)
    taken = Seat(cinema).sit()
    taken.say(AGREED, *photo())
    taken.hears("queued", "running", "done")
    assert traces(folder, photo()[0])
    taken.leave()
    eventually(lambda: traces(folder, photo()[0]) == [])


def test_a_new_photo_takes_the_place_of_the_old_one(cinema: Server, seat: Seat) -> None:
    folder = workshop_of(cinema)
    for _ in range(2):
        seat.say(AGREED, *photo())
        assert seat.hears("done", "failed")["state"] == "done"
    assert len(traces(folder, photo()[0])) == 1


def test_nothing_is_kept_of_a_photo_without_consent(cinema: Server, seat: Seat) -> None:
    seat.say({"do": "speak"}, *photo())
    assert "agreement" in seat.hears("failed")["why"]
    assert traces(workshop_of(cinema), photo()[0]) == []


def test_a_server_that_is_ended_leaves_no_photo(film_folder: Path, tmp_path: Path) -> None:
    media = tmp_path / "film"
    shutil.copytree(film_folder, media)
    add_speech(media)
    with serving(tmp_path / "log", "--media", str(media), "--ready", "1") as server:
        taken = Seat(server).sit()
        folder = workshop_of(server)
        taken.say(AGREED, *photo())
        taken.hears("queued", "running")
        assert traces(folder, photo()[0])
        taken.line.__exit__()
        server.process.terminate()
        assert server.process.wait(PATIENCE) == 0
        assert not folder.exists()


@pytest.mark.parametrize(
    "buffers", [(b"\xff\xd8\xff", b"", b""), (b"x" * 5 * 2**20,)], ids=["three", "five mebibytes"]
)
def test_what_no_booth_sends_does_not_reach_a_kernel(
    cinema: Server, seat: Seat, buffers: tuple[bytes, ...]
) -> None:
    other = Seat(cinema)
    other.kernel = seat.kernel
    other.line = Line(cinema, seat.kernel, binary=True)
    other.sit()
    with suppress(ConnectionClosed):  # what is far too large ends the connection
        other.say(AGREED, *buffers)
        other.line.__exit__()
    seat.say({"do": "forget"})
    assert seat.hears("forgotten", "failed")["state"] == "forgotten"


@pytest.mark.soak
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_cluster_makes_the_clip_too_and_goes_with_its_server(
    film_folder: Path, tmp_path: Path, ending: signal.Signals
) -> None:
    folder = speaking(film_folder, tmp_path)
    asked = ("--media", str(folder), "--engine", "ray")
    with serving(folder / "log", *asked, within=300) as server:
        taken = Seat(server).sit()
        taken.say(AGREED, *photo())
        assert taken.hears("done", "failed")["state"] == "done"
        started = psutil.Process(server.process.pid).children(recursive=True)
        assert [one for one in started if "ServeReplica:speaking" in " ".join(one.cmdline())]
        server.process.send_signal(ending)
        psutil.wait_procs(started, timeout=120)
        assert [one.cmdline() for one in started if one.is_running()] == []
