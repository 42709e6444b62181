"""Reads Nobody's face for chapter 4: `python media/make/readings.py`.

The readings come from the program that reads the viewer's face in the page, in the browser it is
made for. They are kept in `shots/chapter_4/readings.json`, because the pictures are drawn from
them and must be the same on every machine.
"""

from __future__ import annotations

import base64
import io
import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nobody
import numpy as np
from nobody import DAYLIGHT, REST
from PIL import Image
from playwright.sync_api import sync_playwright
from shots.chapter_4 import read

if TYPE_CHECKING:
    from nobody import Colour, Expression, Picture
    from playwright.sync_api import Page

HOUSE = Path(__file__).parents[2]
SIDE = 400  # px of the pictures that are read
PROGRAM = """async () => {
  const modules = `${location.origin}/node_modules/`;
  const { default: Human } = await import(`${modules}@vladmandic/human/dist/human.esm.js`);
  const afresh = { skipFrames: 0, skipTime: 0, minConfidence: 0.05 };
  const off = { enabled: false };
  window.human = new Human({
    backend: "wasm", wasmPath: `${modules}@tensorflow/tfjs-backend-wasm/dist/`,
    modelBasePath: `${modules}@vladmandic/human/models/`,
    cacheSensitivity: 0, warmup: "none", filter: off, body: off, hand: off, object: off,
    gesture: off, segmentation: off,
    face: { detector: { ...afresh, rotation: false, maxDetected: 1 }, iris: off,
            emotion: afresh, description: afresh, antispoof: off, liveness: off },
  });
  await human.load();
}"""
READ = """async (address) => {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  const [face] = (await human.detect(picture)).face;
  return { confidence: face.score, age: face.age, gender: face.gender, sure: face.genderScore,
           feelings: Object.fromEntries(face.emotion.map((one) => [one.emotion, one.score])) };
}"""


def main() -> None:
    """Read every picture and keep what was said."""
    candle, day = (_figure(REST, light) for light in (read.CANDLE, DAYLIGHT))
    frowns = [
        _figure(REST.toward(read.FROWN, frown), read.CANDLE) for frown in read.FROWNS.tolist()
    ]
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(HOUSE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/media/fonts/Newsreader-OFL.txt")
        page.evaluate(PROGRAM)
        told = {
            "made_from": read.recipe(),
            "candle": [_read(page, candle, light) for light in read.LIGHTS.tolist()],
            "day": [_read(page, day, light) for light in read.LIGHTS.tolist()],
            "frowns": [_read(page, frown, 1.0) for frown in frowns],
        }
        browser.close()
    server.shutdown()
    read.READINGS.write_text(_lines(told), encoding="utf-8")


def _figure(does: Expression, light: Colour) -> Picture:
    return nobody.portrait(read.WHO, does, size=SIDE, framing=read.SQUARE, light=light)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _read(page: Page, figure: Picture, light: float) -> dict[str, Any]:
    said = page.evaluate(READ, _address(figure, light))
    feelings = [round(said["feelings"].get(word, 0.0), 3) for word in read.FEELINGS]
    return {
        "confidence": round(said["confidence"], 3),
        "age": said["age"],
        "gender": said["gender"],
        "sure": round(said["sure"] or 0.0, 3),
        "feelings": feelings,
    }


def _address(figure: Picture, light: float) -> str:
    """Return the picture, in stronger or weaker light, as a data address."""
    cover = figure[..., 3:] / 255
    whole = (figure[..., :3] * cover + np.array(read.BEHIND) * (1 - cover)) * light
    kept = io.BytesIO()
    Image.fromarray(whole.clip(0, 255).round().astype(np.uint8)).save(kept, "PNG")
    return f"data:image/png;base64,{base64.b64encode(kept.getvalue()).decode()}"


def _lines(told: dict[str, Any]) -> str:
    """Return JSON with one reading a line."""
    parts = []
    for name, value in told.items():
        if isinstance(value, list):
            rows = ",\n    ".join(json.dumps(one) for one in value)
            parts.append(f'  "{name}": [\n    {rows}\n  ]')
        else:
            parts.append(f'  "{name}": {json.dumps(value)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    main()
