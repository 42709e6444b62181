"""The film's photo booth in a notebook: what it takes comes to Python when the person agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anywidget
import traitlets
from ipywebrtc import MediaStream
from ipywidgets import widget_serialization

from discriminator import shipped
from discriminator.widgets import assets
from discriminator.widgets.booth import fits

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = {
    "booth_lead": "The photo stays in this page until you agree to hand it over.",
    "booth_question": "May this notebook have the photo?",
    "booth_terms": (
        "If you agree, this square and the green points go to the notebook's kernel, and nothing "
        "else. What becomes of them there is the notebook's business: ask whoever wrote it."
    ),
    "booth_yes": "Hand it over",
    "booth_ready_clip": "The notebook has your photo.",
    "clip_is_ready": "It is in `photo`, its points in `points`, until you delete it.",
    "clip_is_deleted": "The notebook has nothing of it any more.",
}
"""What the film says otherwise, because there the photo learns to speak."""


class PhotoBooth(anywidget.AnyWidget):
    """Takes a photo of whoever sits before a camera, and hands it over only if they agree.

        camera = ipywebrtc.CameraStream.facing_user(audio=False)
        booth = PhotoBooth(camera, said=["This mouth is being moved."])

        narrator = lipsync.Narrator("speech.wav")
        narrator.speak(booth.photo, points=booth.points, consent=booth.consent)

    Freezing, cropping and looking happen in the browser. Only the square around the face, and the
    points found on it, ever come here.

    Args:
        camera: any stream of ipywebrtc.
        said: the sentences that the face shall say; they stand beside the question.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    camera = traitlets.Instance(MediaStream).tag(sync=True, **widget_serialization)
    said = traitlets.List(traitlets.Unicode()).tag(sync=True)
    words = traitlets.Dict(key_trait=traitlets.Unicode(), value_trait=traitlets.Unicode()).tag(
        sync=True
    )
    photo = traitlets.Bytes(b"", help="A JPEG of the face, or nothing.")
    points = traitlets.Any(None, allow_none=True, help="float32 (478, 3), px of the photo.")
    consent = traitlets.Bool(default_value=False, help="Whether the person has agreed.")

    def __init__(self, camera: MediaStream, said: Sequence[str] = (), **kwargs: object) -> None:
        super().__init__(camera=camera, said=list(said), **kwargs)
        self.on_msg(self._hear)

    @traitlets.default("_esm")
    def _loader(self) -> str:
        return assets.loader("photo-booth.ts")

    @traitlets.default("words")
    def _film_words(self) -> dict[str, str]:
        import yaml  # noqa: PLC0415 - a kernel without a booth needs none

        story = shipped.words().read_text(encoding="utf-8")
        spoken: dict[str, str] = yaml.safe_load(story)["interludes"]
        return {name: " ".join(text.split()) for name, text in spoken.items()} | WORDS

    def forget(self) -> None:
        """Let go of the photo."""
        with self.hold_trait_notifications():
            self.photo, self.points, self.consent = b"", None, False

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Ignore what a browser syncs: a photo comes as a message, with the person's word."""

    def _hear(self, _: object, content: Any, buffers: Sequence[memoryview]) -> None:  # noqa: ANN401 - a browser can send anything
        match content:
            case {"do": "speak", "consent": True}:
                self._take([bytes(one) for one in buffers])
            case {"do": "forget"}:
                self.forget()
                self.send({"state": "forgotten"})

    def _take(self, files: list[bytes]) -> None:
        if not fits(files):
            self.send({"state": "failed", "why": "That was no photo of a booth."})
            return
        import numpy as np  # noqa: PLC0415 - a kernel without a booth needs none

        photo, points = files
        with self.hold_trait_notifications():
            self.photo, self.consent = photo, True
            self.points = np.frombuffer(points, "<f4").reshape(-1, 3)
        self.send({"state": "done"}, [b""])
