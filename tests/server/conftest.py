"""Clients that speak to a kernel as a page would, and as nobody should."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from messages import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cinema import Server


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    """A viewer's line to a kernel of their own."""
    kernel = server.ask("").kernel
    with Line(server, kernel) as opened:
        yield opened
    server.ask(f"voila/api/shutdown/{kernel}", "POST")
