"""One service for all tests, with a key of its own; an office with nobody in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from asking import Service, portrait, service

from discriminator import shipped
from discriminator.jobs.office import Office
from discriminator.jobs.store import Store
from discriminator.jobs.trades import Trade
from discriminator.jobs.vault import Vault
from discriminator.video import credentials, ffmpeg

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service, as it is started by `discriminator api`."""
    folder = tmp_path_factory.mktemp("api")
    with service(folder / "log", **{credentials.PLACE: str(folder / "key")}) as started:
        yield started


@pytest.fixture(scope="session")
def voice(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The first second and a half of the film's speech."""
    path = tmp_path_factory.mktemp("voice") / "short.wav"
    ffmpeg.run(["-i", str(shipped.speech()), "-t", "1.6", str(path)])
    return path.read_bytes()


@pytest.fixture(scope="session")
def clip(running: Service, voice: bytes) -> bytes:
    """What the service makes of a photo and a voice."""
    job = running.clip(portrait(), voice)
    assert job.ended()["state"] == "done"
    return job.ask(below="/video").content


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store of its own."""
    opened = Store(f"sqlite:///{tmp_path / 'jobs.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
def office(store: Store, tmp_path: Path) -> Office:
    """An office that believes in workers; nothing that is handed in there is ever done."""
    trades = {name: Trade("nobody:Nobody", "result", waiting=1) for name in ("speaking", "judging")}
    for name in trades:
        store.hear(f"who is {name}", name)
    return Office(store, Vault(tmp_path), trades)
