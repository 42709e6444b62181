"""One clip of many that fails: what is said of it, so that the others go on."""

from __future__ import annotations

from discriminator.detect.errors import DetectError, NoLabError
from discriminator.faces.errors import FaceError, NoMeshError
from discriminator.video.errors import VideoError
from discriminator.weights.errors import WeightsError

_OF_ALL = (NoLabError, NoMeshError, WeightsError)
"""What no other clip would be spared either."""


def reason(error: Exception, name: str) -> str:
    """Return in a sentence why a clip failed; what ails all clips is raised again."""
    if isinstance(error, _OF_ALL):
        raise error
    if isinstance(error, DetectError | FaceError | VideoError):
        return str(error)
    said = (str(error).splitlines() or [""])[0].rstrip(".")
    return f"{name} failed ({': '.join(filter(None, (type(error).__name__, said)))})."
