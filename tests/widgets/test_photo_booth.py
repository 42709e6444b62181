"""The booth of notebooks hands over a photo that was agreed to, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from ipywebrtc import CameraStream

from discriminator.widgets import PhotoBooth
from discriminator.widgets.booth import POINTS

if TYPE_CHECKING:
    from collections.abc import Sequence

PHOTO = b"\xff\xd8\xff and the rest of a face"
AGREED = {"do": "speak", "consent": True}


@pytest.fixture
def booth() -> PhotoBooth:
    return PhotoBooth(CameraStream.facing_user(audio=False), ["This mouth is being moved."])


def hand_over(booth: PhotoBooth, content: dict[str, Any], *buffers: bytes) -> None:
    """What the page's message does in the kernel."""
    messages = [memoryview(one) for one in buffers]
    booth._handle_custom_msg(content, messages)  # noqa: SLF001 - where a browser comes in


def test_a_photo_comes_with_its_points_and_the_persons_word(booth: PhotoBooth) -> None:
    hand_over(booth, AGREED, PHOTO, bytes(POINTS))
    assert booth.photo == PHOTO
    assert booth.points.shape == (478, 3)
    assert booth.points.dtype == np.float32
    assert booth.consent is True


@pytest.mark.parametrize(
    ("content", "buffers"),
    [
        ({"do": "speak"}, (PHOTO, bytes(POINTS))),
        ({"do": "speak", "consent": "yes"}, (PHOTO, bytes(POINTS))),
        (AGREED, (PHOTO,)),
        (AGREED, (b"GIF", bytes(POINTS))),
        (AGREED, (PHOTO, b"short")),
    ],
    ids=range(5),
)
def test_anything_else_is_left_where_it_is(
    booth: PhotoBooth, content: dict[str, Any], buffers: Sequence[bytes]
) -> None:
    hand_over(booth, content, *buffers)
    assert (booth.photo, booth.points, booth.consent) == (b"", None, False)


def test_a_browser_syncs_nothing_into_it(booth: PhotoBooth) -> None:
    booth.set_state({"photo": PHOTO, "consent": True, "said": [], "words": {}})
    assert (booth.photo, booth.consent) == (b"", False)
    assert booth.said == ["This mouth is being moved."]


def test_whoever_deletes_it_takes_it_all_back(booth: PhotoBooth) -> None:
    hand_over(booth, AGREED, PHOTO, bytes(POINTS))
    hand_over(booth, {"do": "forget"})
    assert (booth.photo, booth.points, booth.consent) == (b"", None, False)


def test_the_page_gets_words_and_no_photo(booth: PhotoBooth) -> None:
    hand_over(booth, AGREED, PHOTO, bytes(POINTS))
    state = booth.get_state()
    assert {"photo", "points", "consent"} & state.keys() == set()
    assert state["words"]["booth_yes"] == "Hand it over"
    assert state["words"]["booth_take"] == "Take a photo"
