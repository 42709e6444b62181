"""The film's frame as a widget: pages, controls and sheets, in a notebook as in a browser tab."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

from discriminator.widgets import assets
from discriminator.widgets.booth import Booth


class Shell(anywidget.AnyWidget):
    """Shows the film where it stands, or joins the page that already shows it.

    Under Voila the template has the markup in its HTML, so that nobody waits for a kernel; the
    widget then only tells that page that its kernel is there. In a notebook it brings the markup.
    Nothing is synced back: the front end has no trait to write. What a viewer hands over in the
    photo booth comes as a message of its own.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    markup = traitlets.Unicode(help="The `.film` element as HTML.").tag(sync=True)
    start = traitlets.Unicode("/", help="Address to begin at, such as `/chapter/1`.").tag(sync=True)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.on_msg(Booth(self.send).hear)

    @traitlets.default("_esm")
    def _loader(self) -> str:
        return assets.loader("shell.ts")

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Ignore what a browser sends: this widget takes nothing from it."""
