"""Whatever a browser sends to a widget: it changes what is the page's to say, or nothing."""

from __future__ import annotations

import math
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ipywebrtc import CameraStream
from traitlets import TraitError

from discriminator.widgets import FaceTracker, PhotoBooth, Plot, Shell, StreamPlayer

if TYPE_CHECKING:
    from collections.abc import Callable

    import anywidget

MAKERS: dict[str, Callable[[], anywidget.AnyWidget]] = {
    "shell": lambda: Shell(markup="<p></p>"),
    "player": lambda: StreamPlayer("https://film.example/stream", {"one": 1.0}),
    "tracker": lambda: FaceTracker(CameraStream()),
    "plot": lambda: Plot({"data": [], "layout": {}}),
    "booth": lambda: PhotoBooth(CameraStream(), ["This mouth is being moved."]),
}
THE_PAGES_OWN = {
    "shell": set[str](),
    "player": StreamPlayer.FROM_THE_PAGE,
    "tracker": FaceTracker.FROM_THE_PAGE,
    "plot": {"picked", "answered"},  # Python counts the clicks that it has dealt with
    "booth": set[str](),
}
"""What may change by a message of the page; adding to a widget means adding here, on purpose."""
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4)
    ),
    max_leaves=8,
)


def held(widget: anywidget.AnyWidget) -> dict[str, Any]:
    """The synced traits of a widget, and their values."""
    return {name: getattr(widget, name) for name in widget.keys if not name.startswith("_view")}


@pytest.fixture(params=MAKERS, scope="module")
def named(request: pytest.FixtureRequest) -> tuple[str, anywidget.AnyWidget]:
    return request.param, MAKERS[request.param]()


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_only_the_pages_own_traits_change(
    named: tuple[str, anywidget.AnyWidget], data: st.DataObject
) -> None:
    name, widget = named
    before = held(widget)
    state = data.draw(st.dictionaries(st.sampled_from(sorted(before)), JSON, max_size=5))
    with suppress(TraitError):
        widget.set_state(state)
    changed = {key for key, value in held(widget).items() if value is not before[key]}
    assert {key for key in changed if held(widget)[key] != before[key]} <= THE_PAGES_OWN[name]


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, 1e300])
@pytest.mark.parametrize(("name", "trait"), [("player", "time"), ("tracker", "mouth")])
def test_no_number_that_is_none(name: str, trait: str, number: float) -> None:
    widget = MAKERS[name]()
    with pytest.raises(TraitError):
        widget.set_state({trait: number})
    assert getattr(widget, trait) == 0


@pytest.mark.parametrize("name", ["player", "tracker"])
def test_code_addresses_and_names_of_modules_stay_as_they_are(name: str) -> None:
    widget = MAKERS[name]()
    before = held(widget)
    widget.set_state(
        {
            "_esm": "alert(1)",
            "_css": "@import '//x'",
            "_model_module": "elsewhere",
            "source": "//elsewhere.example",
            "camera": "IPY_MODEL_nothing",
        }
    )
    assert held(widget) == before


@pytest.mark.parametrize("content", [{}, {"cue": None}, {"cue": ["one"]}, {"cue": "x" * 10_000}])
def test_a_cue_that_the_film_does_not_know_is_not_passed_on(content: dict[str, Any]) -> None:
    heard: list[str] = []
    player = StreamPlayer("https://film.example/stream", {"one": 1.0})
    player.on_cue(heard.append)
    player._handle_custom_msg(content, [])  # noqa: SLF001 - as a message of the page comes in
    assert heard == []
    player._handle_custom_msg({"cue": "one"}, [])  # noqa: SLF001
    assert heard == ["one"]
