"""What the physical detectors saw, as plots: the waves of the skin, grain, mouth and voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import plotly.graph_objects as go

from discriminator.detect import noise, pulse, sync
from discriminator.detect.errors import Abstention
from discriminator.detect.watching import BESIDE, PLACES, SKIN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from discriminator.detect.clip import Clip
    from discriminator.detect.verdict import Score
    from discriminator.detect.watching import Watched

_HEIGHT = 260


def figures(clip: Clip, scores: Iterable[Score] = ()) -> dict[str, go.Figure]:
    """Return a plot for each physical detector that has anything to show of the clip.

    Each is of the face of which the detector's words in `scores` are, or else of the first. The
    name of a figure is that of its detector.
    """
    if not clip.scene.people:
        return {}
    of = {signal.name: signal.face for score in scores for signal in score.signals}
    people = {person.number: person for person in clip.scene.people}

    def who(name: str) -> Watched:
        number = of.get(name)
        return clip.scene.people[0] if number is None else people[number]

    drawn = {
        "pulse": _pulse(who("pulse")),
        "noise": _noise(who("noise")),
        "sync": _sync(clip, who("sync")),
    }
    return {name: figure for name, figure in drawn.items() if figure}


def _pulse(person: Watched) -> go.Figure | None:
    seen = np.isfinite(person.colours).all((1, 2))
    if seen.sum() < pulse.RATE or np.ptp(person.times[seen]) < pulse.SHORTEST:
        return None
    even = pulse.evenly(person.times, person.colours)
    moments = np.arange(len(even)) / pulse.RATE
    measured = pulse.measure(person.times, person.colours)
    figure = _figure(f"Waves in the skin; the strongest beats {measured.beat:.0f} times a minute")
    for place, name in enumerate(SKIN):
        figure.add_scatter(x=moments, y=pulse.wave(even[:, place]), name=name, mode="lines")
    return _axes(figure, "seconds", "colour, relative")


def _noise(person: Watched) -> go.Figure | None:
    grains = {
        place: [
            noise.strength(noise.residual(one[place].before))
            for one in person.grain
            if place in one
        ]
        for place in (*PLACES, *BESIDE)
    }
    found = {place: values for place, values in grains.items() if values}
    if not found:
        return None
    figure = _figure("Grain of the picture, place by place")
    for place, values in found.items():
        figure.add_box(x=values, name=place, boxpoints="all", showlegend=False)
    figure.update_yaxes(autorange="reversed")  # the first is named above the others
    return _axes(figure, "grey levels", "")


def _sync(clip: Clip, person: Watched) -> go.Figure | None:
    try:
        voice = sync.voice(clip)
    except Abstention:
        return None
    figure = _figure("Mouth and voice")
    mouth = sync.mouth(person)
    heard = voice / max(float(voice.max()), 1e-9)
    moments = np.arange(len(heard)) / sync.RATE
    figure.add_scatter(x=person.point_times, y=mouth, name="mouth's opening", mode="lines")
    figure.add_scatter(x=moments, y=heard, name="loudness of the voice", mode="lines")
    return _axes(figure, "seconds", "part of the most")


def _figure(title: str) -> go.Figure:
    return go.Figure(layout={"title": title, "height": _HEIGHT, "margin": {"t": 40, "b": 40}})


def _axes(figure: go.Figure, across: str, up: str) -> go.Figure:
    figure.update_xaxes(title=across)
    figure.update_yaxes(title=up)
    return figure
