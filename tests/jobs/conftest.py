"""Houses with either kind of database."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pgserver
import pytest
from cinema import eventually
from houses import House
from toys import TOY

from discriminator.jobs import cluster as ray_cluster
from discriminator.jobs.cluster import RayEngine, joined, replicas_of
from discriminator.jobs.engine import Engine
from discriminator.jobs.errors import JobError

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL server, for as long as the tests run."""
    # Started by root it runs as another user, who must be able to reach its folder.
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        with pgserver.get_server(Path(place) / "data", cleanup_mode="stop") as running:
            yield running.get_uri().replace("postgresql:", "postgresql+psycopg:")


@pytest.fixture(scope="session")
def cluster() -> Iterator[None]:
    """A real Ray cluster, which engines join, for as long as the tests run."""
    with pytest.MonkeyPatch.context() as patch, ExitStack() as leaving:
        patch.setenv("RAY_OVERRIDE_RESOURCES", '{"CPU": 4}')
        eventually(lambda: _joins(leaving), within=300)
        yield


def _joins(leaving: ExitStack) -> bool:
    """Ray gives its own processes 30 seconds to start, which a busy machine may not have."""
    try:
        leaving.enter_context(joined())
    except JobError:
        return False
    return True


@pytest.fixture(scope="session")
def replicas(cluster: None) -> Iterator[dict[str, Any]]:  # noqa: ARG001 - it has to be there
    """Replicas that stay from test to test: Serve takes seconds to make others."""
    with replicas_of({"toy": TOY}) as handles:
        yield handles


@pytest.fixture(params=["sqlite", "postgres", "ray"])
def house(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """One whose store is a file, one whose store is a server, and one whose workers are Ray's."""
    url = request.getfixturevalue("postgres") if request.param == "postgres" else ""
    if request.param == "ray":
        handles = request.getfixturevalue("replicas")
        monkeypatch.setattr(ray_cluster, "replicas_of", lambda _: nullcontext(handles))
    made = House(url, RayEngine if request.param == "ray" else Engine)
    yield made
    made.empty()
    made.close()
