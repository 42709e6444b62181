"""The one place that knows mediapipe: its detectors and its mesh of 478 points.

Importing it takes seconds and most of a viewer's memory, so this module waits until a face is
really looked for.
"""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from discriminator.faces.errors import NoMeshError
from discriminator.faces.face import Box, Points
from discriminator.faces.quiet import quiet

if TYPE_CHECKING:
    from discriminator.faces.picture import Picture

_NEAR, _FAR = 0, 1
_SURE = 0.4
_PACKAGES = ("cv2", "mediapipe")
_LIBRARIES = ("libGL", "libgthread", "libglib", "libEGL")


class Sight(NamedTuple):
    """A place that looks like a face."""

    box: Box
    confidence: float


def sights(picture: Picture) -> list[Sight]:
    """Return what looks like a face in an upright picture, near or far, most likely first."""
    height, width = picture.shape[:2]
    with quiet():
        found = [_detector(reach).process(picture).detections or () for reach in (_NEAR, _FAR)]
    seen = [
        Sight(_box(one.location_data.relative_bounding_box, width, height), one.score[0])
        for one in chain.from_iterable(found)
    ]
    return sorted(seen, key=lambda sight: -sight.confidence)


def mesh(picture: Picture) -> Points | None:
    """Return the points of the most visible face of an upright picture, or None without one."""
    height, width = picture.shape[:2]
    with quiet():
        found = _mesher().process(picture).multi_face_landmarks
    if not found:
        return None
    points: Points = np.array([(p.x, p.y, p.z) for p in found[0].landmark], np.float32)
    points *= (width, height, width)
    return points


def _box(relative: Any, width: int, height: int) -> Box:  # noqa: ANN401 - mediapipe has no types
    left, top = relative.xmin * width, relative.ymin * height
    return Box(left, top, left + relative.width * width, top + relative.height * height)


@cache
def _detector(reach: int) -> Any:  # noqa: ANN401 - mediapipe has no types
    return _solution("face_detection").FaceDetection(_SURE, reach)


@cache
def _mesher() -> Any:  # noqa: ANN401 - mediapipe has no types
    return _solution("face_mesh").FaceMesh(
        static_image_mode=True, refine_landmarks=True, min_detection_confidence=0.5
    )


def _solution(name: str) -> Any:  # noqa: ANN401 - mediapipe has no types
    try:
        import mediapipe  # noqa: PLC0415 - slow, and large
    except ImportError as error:
        raise explained(error) from error
    return getattr(mediapipe.solutions, name)


def explained(error: ImportError) -> NoMeshError:
    """Return what the finder of faces lacks; raises again what anything else does.

    OpenCV, by which the lab looks at faces, comes and goes with mediapipe.
    """
    if any(library in str(error) for library in _LIBRARIES):
        said = "Finding faces needs two system libraries: `apt install libgl1 libglib2.0-0`."
        return NoMeshError(said)
    if not any(package in str(error) for package in _PACKAGES):
        raise error
    said = "Finding faces needs mediapipe, which is not here: `pip install mediapipe==0.10.21`."
    return NoMeshError(said)
