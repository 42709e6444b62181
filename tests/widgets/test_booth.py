"""The kernel's half of the photo booth: what it takes, what it refuses, and what it tells."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from cinema import eventually

from discriminator.jobs import client
from discriminator.jobs.errors import QueueFullError
from discriminator.widgets.booth import LARGEST_PHOTO, POINTS, Booth

if TYPE_CHECKING:
    from collections.abc import Sequence

PHOTO = b"\xff\xd8\xff and the rest of a face"
DOTS = bytes(POINTS)
SPEAK = {"do": "speak", "consent": True}


class Page:
    """Hears what a booth tells it."""

    def __init__(self) -> None:
        self.told: list[tuple[dict[str, Any], list[bytes]]] = []
        self.booth = Booth(self.hear)

    def hear(self, content: Any, buffers: list[bytes] | None = None) -> None:  # noqa: ANN401 - JSON
        self.told.append((content, buffers or []))

    def say(self, content: Any, *buffers: bytes) -> None:  # noqa: ANN401 - a browser says anything
        self.booth.hear(None, content, [memoryview(one) for one in buffers])

    @property
    def states(self) -> list[str]:
        return [content["state"] for content, _ in self.told]

    def hears(self, state: str) -> tuple[dict[str, Any], list[bytes]]:
        eventually(lambda: state in self.states)
        return next(one for one in self.told if one[0]["state"] == state)


class Office:
    """An office at which every job stands as a test wants it."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.ticket: dict[str, Any] = {"state": "queued", "progress": 0.0, "position": 2}
        self.ticket |= {"wait": 9.5, "message": ""}
        self.full = False

    def submit(self, *order: Any) -> str:  # noqa: ANN401 - as the client's
        if self.full:
            message = "The queue is full: try again in about 40 seconds."
            raise QueueFullError(message)
        self.asked.append(("submit", *order))
        return f"job {len(self.asked)}"

    def look(self, *_: str) -> dict[str, Any]:
        return self.ticket

    def collect(self, job: str, session: str) -> bytes:
        return f"the clip of {job} of {session}".encode()

    def forget(self, session: str) -> int:
        self.asked.append(("forget", session))
        return 1


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Office:
    made = Office()
    for name in ("submit", "look", "collect", "forget"):
        monkeypatch.setattr(client, name, getattr(made, name))
    monkeypatch.setenv(client.AT, "somewhere")
    monkeypatch.setenv(client.SESSION, "a secret")
    return made


def test_a_photo_with_consent_becomes_a_job_and_its_clip_comes_back(office: Office) -> None:
    page = Page()
    page.say(SPEAK, PHOTO, DOTS)
    told, _ = page.hears("queued")
    assert told == {"state": "queued", "progress": 0.0, "position": 2, "wait": 9.5}
    files = {"photo": PHOTO, "points": DOTS}
    assert office.asked == [
        ("forget", "a secret"),
        ("submit", "speaking", "a secret", {"consent": True}, files),
    ]
    office.ticket = office.ticket | {"state": "done"}
    assert page.hears("done")[1] == [b"the clip of job 2 of a secret"]


REFUSED: list[tuple[dict[str, Any], Sequence[bytes]]] = [
    ({"do": "speak"}, (PHOTO, DOTS)),
    ({"do": "speak", "consent": "yes"}, (PHOTO, DOTS)),
    ({"do": "speak", "consent": 1}, (PHOTO, DOTS)),
    (SPEAK, ()),
    (SPEAK, (PHOTO,)),
    (SPEAK, (PHOTO, DOTS[1:])),
    (SPEAK, (PHOTO, DOTS, b"more")),
    (SPEAK, (b"GIF89a", DOTS)),
    (SPEAK, (PHOTO + bytes(LARGEST_PHOTO), DOTS)),
]


@pytest.mark.parametrize(("content", "buffers"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_no_photo_with_consent_goes_no_further(
    office: Office, content: dict[str, Any], buffers: Sequence[bytes]
) -> None:
    page = Page()
    page.say(content, *buffers)
    assert page.states == ["failed"]
    assert office.asked == []


@pytest.mark.parametrize("content", [None, [], "speak", {}, {"do": "dance"}, {"do": ["speak"]}])
def test_nonsense_is_left_alone(office: Office, content: object) -> None:
    page = Page()
    page.say(content, PHOTO, DOTS)
    assert (page.told, office.asked) == ([], [])


def test_what_the_office_says_is_passed_on(office: Office) -> None:
    page = Page()
    office.full = True
    page.say(SPEAK, PHOTO, DOTS)
    assert page.told[-1][0]["why"] == "The queue is full: try again in about 40 seconds."
    office.full = False
    office.ticket = office.ticket | {"state": "failed", "message": "There is no face in it."}
    page.say(SPEAK, PHOTO, DOTS)
    eventually(lambda: page.told[-1][0].get("why") == "There is no face in it.")


def test_who_deletes_hears_that_it_is_done_and_nothing_after(office: Office) -> None:
    page = Page()
    page.say(SPEAK, PHOTO, DOTS)
    page.hears("queued")
    page.say({"do": "forget"})
    assert page.told[-1][0] == {"state": "forgotten", "jobs": 1}
    assert office.asked[-1] == ("forget", "a secret")
    office.ticket = office.ticket | {"state": "done"}
    assert "done" not in page.states


def test_where_nothing_was_done_nothing_is_started_to_delete_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(client.AT, raising=False)
    page = Page()
    page.say({"do": "forget"})
    assert page.told == [({"state": "forgotten", "jobs": 0}, [])]


def test_a_kernel_with_a_booth_stays_small() -> None:
    script = "import discriminator.widgets, json, sys; print(json.dumps(list(sys.modules)))"
    said = subprocess.check_output([sys.executable, "-c", script], text=True)
    heavy = {"sqlalchemy", "psutil", "numpy", "PIL", "mediapipe", "discriminator.lipsync"}
    assert heavy & set(json.loads(said)) == set()
