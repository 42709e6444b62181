"""Discriminator: a documentary that makes a fake of you, and the laboratory that catches it.

    from discriminator import faces, streaming, widgets

Each name is a room of its own and is imported when it is first used, so that a viewer's kernel
carries no more than the film needs.
"""

from importlib import import_module
from types import ModuleType

__all__ = ["detect", "faces", "film", "lipsync", "streaming", "video", "widgets"]


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return [*globals(), *__all__]


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Tell a Jupyter server (plain Lab, Binder) where the film's routes are."""
    return [{"module": "discriminator.server.extension"}]
