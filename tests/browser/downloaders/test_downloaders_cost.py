"""What chapter 3 costs a browser: memory, bytes, milliseconds."""

from __future__ import annotations

import gzip
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from told_chapter import EXPLORING, SECONDS, go, map_drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer import Viewer


def test_three_runs_leave_nothing_behind(
    take: Callable[..., Viewer], figure: Callable[[str], None]
) -> None:
    viewer = take(1)
    page = viewer.page
    line = page.context.new_cdp_session(page)
    weights: list[tuple[int, int, float]] = []
    for _ in range(4):
        for name, second in SECONDS.items():
            go(viewer, second, name)
            if name == "list":
                map_drawn(page)
        page.keyboard.press("1")
        viewer.is_at("cover-1")
        line.send("HeapProfiler.collectGarbage")
        counters = line.send("Memory.getDOMCounters")
        heap = line.send("Runtime.getHeapUsage")["usedSize"] / 1e6
        weights.append((counters["nodes"], counters["jsEventListeners"], heap))
        page.keyboard.press("3")
        viewer.is_at("cover-3")
        viewer.part("next").click()
        viewer.is_at("chapter-3")
        page.locator("video").evaluate("video => video.pause()")
    # The first run loads what stays: Plotly, the world, the player.
    _, first, _, last = weights
    assert last[0] <= first[0] * 1.1 + 500
    assert last[1] <= first[1] * 1.1 + 50
    assert last[2] <= first[2] * 1.1 + 2
    runs = ", ".join(f"{heap:.1f}" for _, _, heap in weights)
    figure(f"chapter 3, memory after each run: {runs} MB")


SCREEN_CHANGE = """async second => {
  const video = document.querySelector("video");
  const began = performance.now();
  const before = document.querySelector(".scene[data-on]");
  video.currentTime = second;
  while (document.querySelector(".scene[data-on]") === before
    || getComputedStyle(document.querySelector(".scene[data-on]")).opacity !== "1") {
    await new Promise(requestAnimationFrame);
  }
  return performance.now() - began;
}"""
FILTER = """async text => {
  const field = document.querySelector("input[type=search]");
  const began = performance.now();
  field.value = text;
  field.dispatchEvent(new Event("input"));
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - began;
}"""
HOVER = """async slug => {
  const name = document.querySelector(`.list li:not([hidden]) [data-notable=${slug}]`);
  const began = performance.now();
  name.dispatchEvent(new Event("pointerover", { bubbles: true }));
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - began;
}"""


LARGEST = 1.5e6
"""Bytes of the chapter's own scripts, compressed, beyond Plotly."""


def test_the_chapters_own_script_is_small(
    take: Callable[..., Viewer], figure: Callable[[str], None]
) -> None:
    viewer = take(EXPLORING)
    map_drawn(viewer.page)
    paths = {urlsplit(url).path for url in viewer.requests}
    own = [path for path in paths if path.endswith(".js") and "plotly" not in path]
    assert any("/chapter-" in path for path in own)
    answers = [viewer.server.ask(path.lstrip("/"), Accept_Encoding="gzip") for path in own]
    assert all(gzip.decompress(answer.body) for answer in answers)
    size = sum(len(answer.body) for answer in answers)
    figure(f"chapter 3, scripts of the page and the chapter beyond Plotly: {size / 1e3:.0f} kB")
    assert size <= LARGEST


def test_how_fast_screens_change_and_filters_answer(
    take: Callable[..., Viewer], figure: Callable[[str], None]
) -> None:
    viewer = take(EXPLORING)
    page = viewer.page
    map_drawn(page)
    changes = [page.evaluate(SCREEN_CHANGE, second) for second in [100, 150, 30, 170, 5, 150] * 2]
    filters = [page.evaluate(FILTER, text) for text in ["u", "un", "uni", "", "ali", ""] * 2]
    hovers = [page.evaluate(HOVER, slug) for slug in ["amazon", "huawei", "nudt", "google"] * 2]
    for what, times in [("screen", changes), ("filter", filters), ("hover", hovers)]:
        assert all(time > 0 for time in times)
        figure(f"chapter 3, {what}: median {median(times):.0f} ms, worst {max(times):.0f} ms")
