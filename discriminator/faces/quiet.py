"""Keeps from the terminal what mediapipe writes there and nobody can use; the rest is passed on."""

from __future__ import annotations

import os
import re
import tempfile
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ERRORS = 2
"""The descriptor that its C++ writes to, past Python's `sys.stderr` and past any setting."""
_CHATTER = re.compile(
    rb"^(?:[IW]\d{4} |INFO: Created TensorFlow|WARNING: All log messages).*\n", re.MULTILINE
)
_ALONE = threading.Lock()


@contextmanager
def quiet() -> Iterator[None]:
    """Hold back what is written to stderr inside, and then pass on what is no chatter."""
    with _ALONE, tempfile.TemporaryFile() as held:
        terminal = os.dup(_ERRORS)
        os.dup2(held.fileno(), _ERRORS)
        try:
            yield
        finally:
            os.dup2(terminal, _ERRORS)
            held.seek(0)
            with os.fdopen(terminal, "wb") as out:
                out.write(_CHATTER.sub(b"", held.read()))
