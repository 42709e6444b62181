"""Houses with either kind of database."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pgserver
import pytest
from houses import House

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


@pytest.fixture(params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest) -> Iterator[House]:
    """One whose store is a file, and one whose store is a server."""
    url = request.getfixturevalue("postgres") if request.param == "postgres" else ""
    made = House(url)
    yield made
    made.empty()
    made.close()
