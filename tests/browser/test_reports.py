"""The pages that the lab's verbs leave open in a browser as they lie there, without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from viewer import AXE, RULES

from discriminator.detect import drift, drift_report, inspecting, judging, judging_report
from discriminator.detect.datasets import Dataset
from discriminator.detect.folders import Folder
from discriminator.detect.inspecting import Seen
from discriminator.detect.judging import Judged
from discriminator.detect.looks import Looks
from discriminator.detect.splits import Item

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

COUNT = 80


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of each kind, each with all that it may hold."""
    folder = tmp_path_factory.mktemp("reports")
    rng = np.random.default_rng(0)
    Image.fromarray(rng.integers(0, 255, (90, 120, 3), np.uint8)).save(folder / "clip.png")
    about = (("light", "dim"),)
    items = tuple(Item(f"clip{n}.png", n % 2, None, (f"p{n // 4}",), about) for n in range(COUNT))
    found = Dataset(Folder(str(folder)), "practice", items, ("One clip is missing.",))
    for item in items:
        (folder / item.name).hardlink_to(folder / "clip.png")

    said = np.clip(rng.normal([0.35 + 0.3 * one.label for one in items], 0.2), 0, 1)
    pairs = list(zip(items, said.tolist(), strict=True))
    answers = {
        "one": {i.name: Judged(i, fake, 1, about, (fake, fake / 2)) for i, fake in pairs},
        "other": {
            i.name: Judged(i, fake if n % 9 else None, n % 3) for n, (i, fake) in enumerate(pairs)
        },
    }
    table = judging.judge(items, answers)
    reasons = {"other": {"No face was found.": 9}}
    words = {"one": "It looks at mouths.", "other": "It looks at edges."}
    judging_report.write(folder / "evaluate", table, found, reasons, words)

    looks = [Looks(n / 8, 640, 480, 25, 60 + n, 0.05, n % 3) for n in range(COUNT)]
    seen = [Seen(i.name, i.label, look) for i, look in zip(items, looks, strict=True)]
    seen[-1] = Seen(seen[-1].name, 1, None, "clip79.png cannot be read: it is empty.")
    (folder / "inspect").mkdir()
    inspecting.write(folder / "inspect", found, seen)

    before = {"brightness": said, "P(fake) of one": said}
    now = {name: values + 0.2 for name, values in before.items()}
    shifts = {name: drift.shift(before[name], now[name]) for name in before}
    moved = drift.Drift(shifts, (COUNT, COUNT))
    drift_report.write(folder / "drift", moved, before, now)
    return folder


@pytest.mark.parametrize("width", [360, 1440])
def test_a_report_opens_from_its_folder(browser: Browser, written: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.add_init_script(path=AXE)
    errors: list[str] = []
    asked: list[str] = []
    page.on("console", lambda one: errors.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    for kind in ("evaluate", "inspect", "drift"):
        page.goto((written / kind / "report.html").as_uri())
        page.locator(".main-svg").first.wait_for()
        found = page.evaluate(
            "rules => axe.run({ runOnly: rules }).then(({ violations }) =>"
            " violations.map(({ id, nodes }) => [id, nodes[0].html.slice(0, 200)]))",
            RULES,
        )
        assert found == [], kind
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, kind
    assert errors == []
    own = ("file:", "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []
    context.close()
