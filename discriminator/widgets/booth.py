"""The photo booth's kernel half: a photo goes to the office, and the clip comes back.

Both travel as binary messages over the viewer's own connection, and have no address. Nothing here
looks at a picture: the engines are far away, in workers beside the server.
"""

from __future__ import annotations

import os
import secrets
import threading
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypedDict

from discriminator.jobs import client
from discriminator.jobs.errors import JobError

if TYPE_CHECKING:
    from collections.abc import Sequence

TRADE = "speaking"
LARGEST_PHOTO = 3 * 2**20
"""Bytes; a crop of 720 px has a tenth of that."""
POINTS = 4 * 3 * 478
"""Bytes of the points found on the photo."""
JPEG = b"\xff\xd8\xff"
_LOOK = 0.4
"""Seconds between two looks at a job."""
_REFUSED = "That was no photo with your agreement: take another one."


class Standing(TypedDict, total=False):
    """What the page is told; a clip travels beside it."""

    state: Literal["queued", "running", "done", "failed", "forgotten"]
    progress: float
    position: int
    wait: float
    why: str
    jobs: int


class Tell(Protocol):
    """Sends a message to the page, with what travels beside it."""

    def __call__(self, content: Standing, buffers: list[bytes] | None = None) -> None:
        """Send."""


class Booth:
    """Hears what the page asks for, and tells it how that stands.

    Args:
        tell: brings a message to the page.
    """

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._session = os.environ.get(client.SESSION) or secrets.token_urlsafe(32)
        self._job = ""

    def hear(self, _: object, content: Any, buffers: Sequence[memoryview]) -> None:  # noqa: ANN401 - a browser can send anything
        """Do what the page asks for; whatever else it sends is left alone."""
        try:
            match content:
                case {"do": "speak", **more}:
                    self._speak(more.get("consent") is True, [bytes(one) for one in buffers])
                case {"do": "forget"}:
                    self._job = ""
                    self._tell({"state": "forgotten", "jobs": self._forget()})
        except JobError as error:
            self._tell({"state": "failed", "why": str(error)})

    def _forget(self) -> int:
        return client.forget(self._session) if client.AT in os.environ else 0

    def _speak(self, consent: bool, files: list[bytes]) -> None:  # noqa: FBT001 - the page's own answer
        if not (consent and fits(files)):
            self._tell({"state": "failed", "why": _REFUSED})
            return
        photo, points = files
        _have_it_done()
        client.forget(self._session)  # a viewer has one photo here, the newest
        wish = {"consent": True}
        job = client.submit(TRADE, self._session, wish, {"photo": photo, "points": points})
        self._job = job
        threading.Thread(target=self._follow, args=(job,), daemon=True).start()

    def _follow(self, job: str) -> None:
        """Tell how a job stands until it is over, or no longer wanted."""
        waiting = threading.Event()
        try:
            while job == self._job and not self._over(job):
                waiting.wait(_LOOK)
        except JobError as error:
            if job == self._job:
                self._tell({"state": "failed", "why": str(error)})

    def _over(self, job: str) -> bool:
        ticket = client.look(job, self._session)
        match ticket["state"]:
            case "done":
                clip = client.collect(job, self._session)
                self._tell({"state": "done"}, [clip])
            case "failed" | "cancelled":
                self._tell({"state": "failed", "why": ticket["message"]})
            case state:
                shown = {name: ticket[name] for name in ("progress", "position", "wait")}
                self._tell({"state": state, **shown})  # type: ignore[typeddict-item]
                return False
        return True


def _have_it_done() -> None:
    """In a notebook, where no server of the film is, a worker is started beside the kernel."""
    if client.AT not in os.environ:
        # A viewer's kernel needs none of these.
        from discriminator import shipped  # noqa: PLC0415
        from discriminator.jobs import trades, workshop  # noqa: PLC0415

        workshop.open_here(trades.speaking(shipped.speech()))


def fits(files: list[bytes]) -> bool:
    """Whether these are a cropped photo and its points."""
    if [len(file) for file in files[1:]] != [POINTS]:
        return False
    return files[0].startswith(JPEG) and len(files[0]) <= LARGEST_PHOTO
