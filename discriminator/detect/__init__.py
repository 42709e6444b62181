"""A video becomes a verdict: detectors, what they look at, and how good they are.

    from discriminator import detect

    score = detect.score("clip.mp4")
    print(score.words, *(signal.words for signal in score.signals))

FAKE is 1 and REAL is 0 throughout; a score is P(fake), or an abstention with its reason. Nothing
heavy is loaded before the first name is used.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "asking": ("score",),
    "clip": ("Clip",),
    "errors": ("Abstention", "DetectError", "UnknownDetectorError"),
    "registry": ("Card", "Detector", "cards", "detector", "load", "names"),
    "verdict": ("FaceScore", "Moment", "Opinion", "Score", "Signal"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF)  # noqa: PLE0605 - the table above is the one list of names


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name in _HOME_OF:
        return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
