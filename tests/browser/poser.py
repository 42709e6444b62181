"""Somebody before the camera who holds each pose until the film has seen it, however slow it is."""

from __future__ import annotations

import base64
import io
from functools import cache
from typing import TYPE_CHECKING

import performer
from cinema import eventually
from PIL import Image

if TYPE_CHECKING:
    from performer import Pose
    from viewer import Viewer

CAMERA = """
(() => {
  const [width, height] = [640, 480];
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d');
  let picture;
  window.hold = async (address) => {
    const next = new Image();
    next.src = address;
    await next.decode();
    picture = next;
  };
  // A canvas gives a frame when it was drawn on.
  setInterval(() => picture && context.drawImage(picture, 0, 0), 40);
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream();
  window.sights = 0;
  window.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({ data }) => { window.sights += data?.sight ? 1 : 0; });
    }
  };
  window.heard = [];
  window.Audio = class extends Audio {
    constructor(address) {
      super(address);
      window.heard.push(address);
    }
  };
})();
localStorage.setItem('discriminator', JSON.stringify({ camera: true }));
"""
"""A camera whose picture a test chooses, a count of the tracker's sights, and of sounds played."""
SEEN = 3
"""Sights after which a pose was surely seen: one may have been under way, one may be a mixture."""


class Poser:
    """Sits before the camera of a viewer who has not opened the film yet.

    Args:
        viewer: whose camera it is.
        pose: how the somebody looks at first.
    """

    def __init__(self, viewer: Viewer, pose: Pose = performer.STILL) -> None:
        self._page = viewer.page
        viewer.page.add_init_script(CAMERA + f"hold({_address(pose)!r});")

    def hold(self, *poses: Pose) -> None:
        """Take poses, one after the other, each until it was seen."""
        for pose in poses:
            self._page.evaluate("address => window.hold(address)", _address(pose))
            before = self._sights
            eventually(lambda before=before: self._sights >= before + SEEN)

    def heard(self, name: str) -> int:
        """How many sounds of a kind were played."""
        heard: list[str] = self._page.evaluate("() => window.heard")
        return sum(f"/{name}-" in address for address in heard)

    @property
    def _sights(self) -> int:
        sights: int = self._page.evaluate("() => window.sights")
        return sights


@cache
def _address(pose: Pose) -> str:
    file = io.BytesIO()
    Image.fromarray(performer.frame(pose)).save(file, "JPEG", quality=92)
    return "data:image/jpeg;base64," + base64.b64encode(file.getvalue()).decode()
