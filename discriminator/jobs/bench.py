"""How many viewers one machine serves: ten hand their photos in at the same moment."""

from __future__ import annotations

import io
import statistics
import time
from typing import TYPE_CHECKING, Any

from PIL import Image

from discriminator import faces, shipped
from discriminator.jobs.lane import set_up
from discriminator.jobs.store import DONE, ENDED
from discriminator.jobs.trades import speaking
from discriminator.jobs.workshop import Workshop
from discriminator.telling import say
from discriminator.video import reading

if TYPE_CHECKING:
    from discriminator.jobs.office import Office

VIEWERS = 10
MOST = {"cold_start": 6.0, "ten_at_once": 45.0, "lost": 0}
_SIDE = 512
"""Pixels of a photo as the film's booth sends it."""
_HOUR = 3600
_LOOK = 0.05


def run(runs: int = 3) -> dict[str, Any]:
    """Return seconds, best and median: until a worker is set up, and until all have their clip.

    `lost` counts jobs that ended otherwise, in all runs together. Goals are of medians.
    """
    say("A worker starts")
    trades = speaking(shipped.speech())
    cold = [_cold_start(trades["speaking"].maker) for _ in range(runs)]
    photo, points = _sitting()
    say(f"{VIEWERS} viewers at once, {runs + 1} times")
    with Workshop(trades) as workshop:
        rounds = [_ten_at_once(workshop.office, photo, points) for _ in range(runs + 1)]
    served = [seconds for seconds, _ in rounds[1:]]  # the first one waits for the worker too
    usual = statistics.median(served)
    reached = {
        "cold_start": round(statistics.median(cold), 2),
        "ten_at_once": round(usual, 1),
        "lost": sum(lost for _, lost in rounds),
    }
    return {
        **reached,
        "cold_start_best": round(min(cold), 2),
        "ten_at_once_best": round(min(served), 1),
        "viewers_an_hour_served": round(_HOUR * VIEWERS / usual),
        "goals": MOST,
        "met": {name: reached[name] <= limit for name, limit in MOST.items()},
    }


def _cold_start(maker: str) -> float:
    began = time.perf_counter()
    worker, reason = set_up(maker)
    if worker is None:
        raise RuntimeError(reason)
    worker.kill()
    return time.perf_counter() - began


def _sitting() -> tuple[bytes, bytes]:
    """Return a photo of nobody as a browser sends it, and the points that it found."""
    frame = next(reading.frames(shipped.folder("media") / "dist" / "nobody" / "looks.mp4"))
    face = faces.find(frame.pixels)[0]
    left, top, right, bottom = faces.crop(face.box, 0.4, *frame.pixels.shape[1::-1])
    image = Image.fromarray(frame.pixels[top:bottom, left:right]).resize((_SIDE, _SIDE))
    scale = _SIDE / (right - left), _SIDE / (bottom - top), _SIDE / (right - left)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=92)
    return file.getvalue(), ((face.points - (left, top, 0)) * scale).astype("<f4").tobytes()


def _ten_at_once(office: Office, photo: bytes, points: bytes) -> tuple[float, int]:
    """Return seconds until the last has its clip, and how many have none."""
    began = time.perf_counter()
    files = {"photo": photo, "points": points}
    secrets = [f"viewer {number}" for number in range(VIEWERS)]
    jobs = {s: office.submit("speaking", s, {"consent": True}, files) for s in secrets}
    states: dict[str, str] = {}
    while len(states) < VIEWERS:
        for secret, job in jobs.items():
            if (state := office.look(job, secret).state) in ENDED:
                states[secret] = state
        time.sleep(_LOOK)
    seconds = time.perf_counter() - began
    for secret in secrets:
        office.forget(secret)
    return seconds, sum(state != DONE for state in states.values())
