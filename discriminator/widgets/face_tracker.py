"""A face that is followed in the browser, as traits and arrays in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anywidget
import traitlets
from ipywebrtc import MediaStream
from ipywidgets import widget_serialization

from discriminator.widgets import assets
from discriminator.widgets.measure import Measure

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

POINTS = 478
NUMBERS = 3 * POINTS
LONGEST = 60.0
"""Seconds between two reports, at most."""
EMOTIONS = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
STATES = ["cold", "loading", "hot", "paused"]
Share = Measure(0.0, min=0.0, max=1.0)


class FaceTracker(anywidget.AnyWidget):
    """Follows the face before a camera, and tells Python what it measures.

        camera = ipywebrtc.CameraStream.facing_user(audio=False)
        tracker = FaceTracker(camera)
        tracker.observe(lambda change: print(change.new), "blinks")

    Frames stay in the browser. What is measured comes here, because this notebook asks for it by
    making a tracker; the film's pages make none.

    Args:
        camera: any stream of ipywebrtc.
        level: `mesh` measures the face; `guesses` also asks what a machine believes of the person.
        smooth: whether the points are smoothed (one-euro filter), for drawing on them.
        every: seconds between two reports, so that the kernel has time for other work.
        backend: what computes; `auto` begins with WebAssembly and takes what is faster.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    camera = traitlets.Instance(MediaStream).tag(sync=True, **widget_serialization)
    level = traitlets.Enum(["mesh", "guesses"], "mesh").tag(sync=True)
    smooth = traitlets.Bool(default_value=False).tag(sync=True)
    every = Measure(0.1, min=0.0, max=LONGEST).tag(sync=True)
    backend = traitlets.Enum(["auto", "wasm", "webgl", "webgpu"], "auto").tag(sync=True)

    state = traitlets.Enum(STATES, "cold").tag(sync=True)
    landmarks = traitlets.Any(None, allow_none=True, help="float32 (478, 3), px; or None.").tag(
        sync=True, to_json=lambda *_: None, from_json=lambda value, _: _points(value)
    )
    blinks = traitlets.Int(0, min=0, help="Since the tracker was shown.").tag(sync=True)
    eyes = Measure(0.0, min=0.0, help="Openness, as `faces.eye_openness`.").tag(sync=True)
    mouth = Measure(0.0, min=0.0, max=1.0, help="Openness.").tag(sync=True)
    head = traitlets.Tuple(
        *(Measure(0.0, min=-180.0, max=180.0) for _ in range(3)),
        default_value=(0.0, 0.0, 0.0),
        help="Yaw, pitch and roll in degrees, as `faces.head_pose`.",
    ).tag(sync=True)
    confidence = Measure(0.0, min=0.0, max=1.0).tag(sync=True)
    rate = Measure(0.0, min=0.0, help="Faces a second.").tag(sync=True)
    age = Measure(None, allow_none=True, help="A guess, in years.").tag(sync=True)
    gender = traitlets.Enum(["female", "male", None], None, allow_none=True).tag(sync=True)
    emotions = traitlets.Dict(
        key_trait=traitlets.Enum(EMOTIONS), value_trait=Share, help="Guesses, parts of 1."
    ).tag(sync=True)

    FROM_THE_PAGE = frozenset(
        {"state", "landmarks", "blinks", "eyes", "mouth", "head", "confidence", "rate"}
        | {"age", "gender", "emotions"}
    )
    """What a browser may change; whatever else it sends is left where it is."""

    def __init__(self, camera: MediaStream, **kwargs: object) -> None:
        super().__init__(camera=camera, **kwargs)

    @traitlets.default("_esm")
    def _loader(self) -> str:
        return assets.loader("face-tracker.ts")

    def set_state(self, sync_data: Mapping[str, Any]) -> None:
        """Take from the page what is the page's to say."""
        super().set_state({k: v for k, v in sync_data.items() if k in self.FROM_THE_PAGE})


def _points(value: object) -> NDArray[np.float32] | None:
    """The points that a browser sent as bytes; nothing where it sent anything else."""
    import numpy as np  # noqa: PLC0415 - a kernel without a tracker needs none

    if not isinstance(value, (bytes, memoryview)) or len(value) != 4 * NUMBERS:
        return None
    points = np.frombuffer(value, "<f4").reshape(POINTS, 3)
    return points if np.isfinite(points).all() else None
