"""How soon and how often the film sees a face, and what its page pays for that.

A Chromium whose camera shows Nobody comes to cover 2, where the tracker starts, and goes on to
chapter 2, where a mask is worn over the playing film: once to fill its cache, then to be measured.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from discriminator import shipped
from discriminator.video import ffmpeg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Request

LIMITS = {
    "first_result_seconds": 1.5,
    "longest_block_milliseconds": 200,
    "first_level_kilobytes": 6144,
}
"""From the camera's first picture to the first sight, its files cached; the longest time from that
picture on for which the page's thread did nothing else; what its files weigh on the line."""
FLOORS = {"results_a_second": 12, "page_frames_a_second": 30}
"""Without a graphics processor, on two cores, while the film plays and a mask is worn."""
SPAN = 8
"""Seconds over which results and frames are counted."""
PATIENCE = 60_000
"""Milliseconds that each step of a visit may take."""
WATCH = """
localStorage.setItem('discriminator', JSON.stringify({ camera: true }));
window.seen = { blocks: [], results: 0 };
new PerformanceObserver(list => {
  for (const { startTime, duration } of list.getEntries()) seen.blocks.push([startTime, duration]);
}).observe({ type: 'longtask', buffered: true });
new MutationObserver(() => {
  const { camera, tracking } = document.querySelector('.film').dataset;
  if (camera === 'on') seen.on ??= performance.now();
  if (tracking === 'hot') seen.hot ??= performance.now();
}).observe(document, { subtree: true, attributeFilter: ['data-camera', 'data-tracking'] });
window.Worker = class extends Worker {
  constructor(...given) {
    super(...given);
    this.addEventListener('message', () => { seen.results += 1; });
  }
};
"""
"""Notes when the camera came on and the tracker got hot, every long task, and every result."""
COUNT = """
seconds => new Promise(done => {
  const [began, before] = [performance.now(), seen.results];
  let frames = 0;
  const next = now => {
    const passed = (now - began) / 1000;
    if (passed < seconds) { frames += 1; requestAnimationFrame(next); return; }
    done([(seen.results - before) / passed, frames / passed]);
  };
  requestAnimationFrame(next);
})
"""
"""Results and frames a second over so many seconds."""


def run(address: str, runs: int, launch: Callable[..., Browser]) -> dict[str, Any]:
    """Return the medians of `runs` visits to the film at `address`, beside their goals.

    Args:
        address: of the film, with a slash at its end.
        runs: how many visits are measured.
        launch: starts a Chromium with these options.
    """
    with _camera() as options:
        browser = launch(*options)
        context = browser.new_context(permissions=["camera"])
        context.set_default_timeout(PATIENCE)
        kilobytes = _weigh(context, address)
        visits = [_visit(context, address) for _ in range(runs)]
        browser.close()
    figures = {name: round(median(one[name] for one in visits), 3) for name in visits[0]}
    figures["first_level_kilobytes"] = round(kilobytes)
    met = {name: figures[name] <= limit for name, limit in LIMITS.items()}
    met |= {name: figures[name] >= floor for name, floor in FLOORS.items()}
    return {**figures, "goals": {**LIMITS, **FLOORS}, "met": met}


@contextmanager
def _camera() -> Iterator[tuple[str, str]]:
    """Options of a Chromium before whose camera Nobody sits."""
    source = shipped.folder("media") / "dist" / "nobody" / "looks.mp4"
    with TemporaryDirectory() as folder:
        clip = Path(folder) / "nobody.mjpeg"
        ffmpeg.run(["-i", str(source), "-an", "-pix_fmt", "yuvj420p", "-q:v", "4", str(clip)])
        fake = "--use-fake-device-for-media-stream"
        yield fake, f"--use-file-for-fake-video-capture={clip}"


def _weigh(context: BrowserContext, address: str) -> float:
    """Kilobytes of what the tracker's first level asks for and the film without it does not."""
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    page = context.new_page()
    page.goto(f"{address}permissions")
    page.wait_for_load_state("networkidle")
    page.on("requestfinished", note)
    _arrive(page, address)
    page.wait_for_load_state("networkidle")
    sizes = [one.sizes()["responseBodySize"] for one in asked if "/assets/" in one.url]
    page.close()
    return sum(sizes) / 1024


def _visit(context: BrowserContext, address: str) -> dict[str, float]:
    """Sit down before the camera, then wear a mask over the playing film."""
    page = context.new_page()
    _arrive(page, address)
    page.keyboard.press("n")
    page.locator("canvas[data-worn]").wait_for()
    results, frames = page.evaluate(COUNT, SPAN)
    seen = page.evaluate("() => seen")
    page.close()
    blocks = [took for began, took in seen["blocks"] if began >= seen["on"]]
    return {
        "first_result_seconds": (seen["hot"] - seen["on"]) / 1000,
        "longest_block_milliseconds": max(blocks, default=0),
        "results_a_second": results,
        "page_frames_a_second": frames,
    }


def _arrive(page: Page, address: str) -> None:
    page.add_init_script(WATCH)
    page.goto(f"{address}chapter/2?type=cover")
    page.locator('.film[data-tracking="hot"]').wait_for()
