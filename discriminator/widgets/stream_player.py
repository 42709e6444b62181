"""A stream that plays in a notebook as it does in the film, and tells Python where it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from discriminator import shipped
from discriminator.widgets import assets
from discriminator.widgets.measure import Measure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DAY = 86_400.0
STATES = ["loading", "paused", "playing", "waiting", "ended", "failed"]


class StreamPlayer(anywidget.AnyWidget):
    """Plays what `streaming.encode` wrote.

        player = StreamPlayer("media/dist/chapter-1")
        player.observe(lambda change: print(change.new), "time")

    Args:
        stream: a folder below the film's `media`, or the http(s) address of a stream's folder.
        cues: named moments in seconds, such as a chapter's of the film's story; `on_cue` hears of
            each that is passed.
        time: the second to begin at, if the page's address names none with `t=`.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    source = traitlets.Unicode(help="Address of the stream's folder.").tag(sync=True)
    cues = traitlets.Dict(key_trait=traitlets.Unicode(), value_trait=Measure(min=0, max=DAY)).tag(
        sync=True
    )
    time = Measure(0.0, min=0.0, max=DAY, help="Seconds, 4 times a second.").tag(sync=True)
    duration = Measure(0.0, min=0.0, max=DAY, help="Seconds.").tag(sync=True)
    state = traitlets.Enum(STATES, "loading").tag(sync=True)

    FROM_THE_PAGE = frozenset({"time", "duration", "state"})
    """What a browser may change; whatever else it sends is left where it is."""

    def __init__(
        self, stream: str | Path, cues: Mapping[str, float] | None = None, **kwargs: object
    ) -> None:
        super().__init__(source=_address(stream), cues=dict(cues or {}), **kwargs)
        self._on_cue: list[Callable[[str], None]] = []
        self.on_msg(self._hear)

    @traitlets.default("_esm")
    def _loader(self) -> str:
        return assets.loader("stream-player.ts")

    def play(self) -> None:
        """Play. A browser may refuse until its viewer has clicked something on the page."""
        self.send({"do": "play"})

    def pause(self) -> None:
        """Pause."""
        self.send({"do": "pause"})

    def seek(self, seconds: float) -> None:
        """Go to a second of the stream."""
        self.send({"do": "seek", "to": float(seconds)})

    def on_cue(self, callback: Callable[[str], None]) -> None:
        """Call `callback` with the name of each cue that is passed while playing."""
        self._on_cue.append(callback)

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take from the page what is the page's to say."""
        super().set_state({k: v for k, v in sync_data.items() if k in self.FROM_THE_PAGE})

    def _hear(self, _: object, content: dict[str, Any], __: object) -> None:
        name = content.get("cue")
        if isinstance(name, str) and name in self.cues:
            for callback in self._on_cue:
                callback(name)


def _address(stream: str | Path) -> str:
    """The address of a stream's folder, relative to the film's root where it is the film's own.

    Raises:
        ValueError: no browser could fetch it.
    """
    text = str(stream)
    if text.startswith(("https://", "http://")):
        return text.rstrip("/") + "/"
    media = shipped.folder("media")
    for folder in (Path(text), media.parent / text, media / "dist" / text):
        if (folder / "manifest.mpd").is_file() and folder.resolve().is_relative_to(media):
            return f"media/{folder.resolve().relative_to(media).as_posix()}/"
    message = f"There is no stream in {text!r}: encode one into a folder below {media / 'dist'}."
    raise ValueError(message)
