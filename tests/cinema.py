"""A film small enough for a test, and a real server that shows it."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import yaml

from discriminator import shipped, streaming
from discriminator.film import story
from discriminator.jobs import client
from discriminator.video import ffmpeg

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 12
RATE = 24
RUNGS = (streaming.Rung(640, 360, 900_000), streaming.Rung(320, 180, 400_000))
PICTURE = f"testsrc2=s=640x360:r={RATE}:d={SECONDS}"
TONE = f"sine=frequency=330:duration={SECONDS}"
CAPTIONS = """WEBVTT

00:01.000 --> 00:04.000
You posted a photograph.

00:05.000 --> 00:08.000
A machine looked at it.
"""
OTHER_WORDS = "Nobody asked."
"""What the last chapter says at its beginning, so that it can be told from the others."""
CHAPTERS = [
    {"number": 1, "stream": "chapter-1"},
    {"number": 2, "stream": "chapter-2", "cover": True, "camera": True},
    {"number": 3, "stream": "chapter-3"},
]
MASKS = {"mask_points": 0.0, "mask_nobody": 3.0, "mask_still": 5.0, "mask_own": 7.0, "voice": 9.0}
AREA = {"top": 0.1, "width": 0.3, "height": 0.5}
STAGE = {
    "face": AREA | {"left": 0.05},
    "table": AREA | {"left": 0.36, "width": 0.28},
    "second": AREA | {"left": 0.65},
    "steps": [
        {"at": "lines", "shows": ["frame", "wireframe"]},
        {"at": "twice", "shows": ["frame", "picture", "age", "emotions", "second reading"]},
        {"at": "end", "shows": []},
    ],
}
PATIENCE = 120
"""Seconds that a test waits for what surely comes; only one that fails waits so long."""


def copy_story(folder: Path, **changes: Any) -> Path:  # noqa: ANN401 - whatever YAML can hold
    """The film's own story in `folder/story`, with other values in `film.yaml`."""
    own = shipped.folder("media") / "story"
    scripts = folder / "story"
    scripts.mkdir(parents=True)
    for path in own.glob("*.yaml"):
        shutil.copy(path, scripts)
    film = story.read(own / "film.yaml", dict[str, Any]) | changes
    (scripts / "film.yaml").write_text(yaml.safe_dump(film, sort_keys=False), encoding="utf-8")
    return folder


def make_film(folder: Path) -> Path:
    """A media folder of three short chapters: one, one with cover and camera, one to be heard."""
    copy_story(folder, chapters=CHAPTERS)
    shutil.copytree(shipped.folder("media") / "sounds", folder / "sounds")
    master = folder / "masters" / "chapter.mp4"
    master.parent.mkdir()
    sources = ["-f", "lavfi", "-i", PICTURE, "-f", "lavfi", "-i", TONE]
    fast = ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"]
    ffmpeg.run([*sources, *fast, "-metadata:s:a:0", "language=eng", str(master)])
    master.with_suffix(".en.vtt").write_text(CAPTIONS, encoding="utf-8")
    seen, again, heard = [folder / "dist" / str(chapter["stream"]) for chapter in CHAPTERS]
    seen.parent.mkdir()
    streaming.encode(master, seen, streaming.Options(rungs=RUNGS))
    shutil.copytree(seen, again)
    streaming.encode(_recording(folder / "masters"), heard, streaming.Options(language="en"))
    return folder


def make_face_film(film: Path, folder: Path) -> Path:
    """The small film once more, with two more covers and all that looks at faces."""
    shutil.copytree(film, folder)
    shutil.copytree(folder / "dist" / "chapter-2", folder / "dist" / "chapter-4")
    shutil.copytree(shipped.folder("media") / "dist" / "nobody", folder / "dist" / "nobody")
    script = folder / "story" / "film.yaml"
    told = yaml.safe_load(script.read_text(encoding="utf-8"))
    first, second, third = CHAPTERS
    cues = {"lines": 1.0, "twice": 4.0, "end": 11.0}
    reading = {"number": 4, "stream": "chapter-4", "cues": cues, "stage": STAGE}
    told["chapters"] = [
        first,
        second | {"cues": MASKS},
        third | {"cover": True},
        reading | {"cover": True, "camera": True},
    ]
    script.write_text(yaml.safe_dump(told), encoding="utf-8")
    return folder


def add_speech(folder: Path) -> None:
    """Give a film a second and a half for its viewers' own faces to say."""
    own = shipped.folder("media") / "voice"
    voice = folder / "voice"
    voice.mkdir()
    ffmpeg.run(["-i", str(own / "speech.en.opus"), "-t", "1.6", str(voice / "speech.en.opus")])
    script = json.loads((own / "speech.en.json").read_bytes())
    script["lines"] = script["lines"][:1]
    script["phones"] = [phone for phone in script["phones"] if phone["end"] < 1.6]
    (voice / "speech.en.json").write_text(json.dumps(script), encoding="utf-8")


def _recording(masters: Path) -> Path:
    """A master that has no picture, for a chapter that the page draws."""
    recording = masters / "voice.wav"
    ffmpeg.run(["-f", "lavfi", "-i", TONE, str(recording)])
    words = CAPTIONS.replace("You posted a photograph.", OTHER_WORDS)
    recording.with_suffix(".en.vtt").write_text(words, encoding="utf-8")
    return recording


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def kernel(self) -> str:
        """Id of the kernel that came with a page."""
        return re.search(r'"kernelId": "([0-9a-f-]+)"', self.text)[1]  # type: ignore[index]


@dataclass(frozen=True)
class Server:
    """A film's server in a process of its own."""

    port: int
    root: str
    process: subprocess.Popen[str]
    log: Path

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        """Where the film begins, with a slash at its end."""
        return self.origin + self.root

    @property
    def socket_address(self) -> str:
        return f"ws://127.0.0.1:{self.port}{self.root}"

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for an address below the root, exactly as it is written."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, self.root + path, headers=named)
        answer = connection.getresponse()
        with answer:
            return Answer(answer.status, answer.headers, answer.read())

    @property
    def health(self) -> dict[str, Any]:
        health: dict[str, Any] = json.loads(self.ask("healthz").body)
        return health


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def program(name: str) -> str:
    """The path of a program that came with the Python that runs the tests."""
    return str(Path(sys.executable).with_name(name))


@contextmanager
def serving(
    log: Path,
    *options: str,
    root: str = "/",
    port: int | None = None,
    within: float = PATIENCE,
    **settings: str,
) -> Iterator[Server]:
    """`discriminator serve`, from the moment it answers.

    Args:
        log: where its words go.
        options: of the command line.
        root: the path that it is told to serve below.
        port: a free one if not given.
        within: seconds in which it has to answer.
        settings: of its environment.
    """
    port = port or free_port()
    command = [program("discriminator"), "serve", "--port", str(port), "--base-url", root]
    with log.open("w") as output:
        process = subprocess.Popen(
            [*command, *options],
            env={**os.environ, **settings},
            stdout=output,
            stderr=output,
            text=True,
        )
    server = Server(port, root, process, log)
    try:
        eventually(lambda: _answers(server), within)
        yield server
    finally:
        process.terminate()
        process.wait(PATIENCE)


def eventually(
    holds: Any,  # noqa: ANN401 - any function of no arguments
    within: float = PATIENCE,
) -> Any:  # noqa: ANN401 - whatever it answers
    """Ask until the answer is true in Python's sense, and return it."""
    end = time.monotonic() + within
    while not (answer := holds()):
        if time.monotonic() > end:
            message = f"not so after {within} s: {holds}"
            raise AssertionError(message)
        time.sleep(0.1)
    return answer


def _answers(server: Server) -> bool:
    if server.process.poll() is not None:
        raise AssertionError(server.log.read_text())
    try:
        return server.ask("healthz").status == http.client.OK
    except OSError:
        return False


def workshop_of(server: Server) -> Path:
    """The folder in which a server's viewers have their photos, as their kernels know it."""
    children = psutil.Process(server.process.pid).children(recursive=True)
    kernels = [child for child in children if "ipykernel_launcher" in " ".join(child.cmdline())]
    return Path(kernels[0].environ()[client.AT]).parent


def traces(folder: Path, content: bytes) -> list[str]:
    """The files below a folder, databases and their logs too, that hold a piece of some content."""
    middle = len(content) // 2
    piece = content[middle : middle + 48]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return sorted(str(path.relative_to(folder)) for path in files if piece in path.read_bytes())
