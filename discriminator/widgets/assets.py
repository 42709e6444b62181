"""The built front end: where it lies and what its hashed files are called."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "web" / "dist"
"""Every file in it carries a hash of its content in its name, but for `manifest.json`."""


class NotBuiltError(RuntimeError):
    """The front end is missing; the message says how to build it."""


def built(source: str) -> str:
    """The file that `source` (such as `shell.ts`) became, such as `shell-4KXPOH.js`."""
    try:
        return _manifest()[source]
    except FileNotFoundError as error:
        message = (
            f"The front end is not built ({FOLDER} is missing): run `npm ci && npm run build`."
        )
        raise NotBuiltError(message) from error


def loader(source: str) -> str:
    """A tiny ES module that fetches the built `source` from wherever this film's server is.

    A notebook pushes a widget's `_esm` through the kernel, so it holds an address, not the code.
    The address starts at the root the page names, or at Jupyter's base URL in a notebook.
    """
    return _LOADER.replace("FILE", built(source))


@cache
def _manifest() -> dict[str, str]:
    manifest: dict[str, str] = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    return manifest


_LOADER = """\
const jupyter = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}");
const root = document.documentElement.dataset.root ?? `${jupyter.baseUrl ?? "/"}discriminator/`;
const module = await import(new URL(`${root}assets/FILE`, location.href).href);
export default module.default;
"""
