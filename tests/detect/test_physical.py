"""What the detectors without weights measure: by hand, and on clips that were made for it.

That they tell made clips apart is a check of themselves, and no claim about the world.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from skimage.data import astronaut

from discriminator import detect
from discriminator.detect import encoding, noise, pulse, sync, together
from discriminator.detect.clip import Clip
from discriminator.detect.watching import BESIDE, PLACES, Grain, Scene, Watched
from discriminator.faces import Box

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from discriminator.faces import Picture

    Numbers = NDArray[np.float64]

# --- pulse ----------------------------------------------------------------------------------------


def skin(beat: float, *, rate: float = 25.0, seed: int = 0) -> tuple[Numbers, Numbers]:
    """Colours of three squares that beat so often a minute, or not at all."""
    rng = np.random.default_rng(seed)
    times = np.arange(int(10 * rate)) / rate
    wave = np.sin(2 * np.pi * beat / 60 * times)[:, None, None] * [0.33, 0.77, 0.53] * 0.01
    light = 1 + 0.02 * np.sin(2 * np.pi * 0.2 * times)[:, None, None]
    colours = np.array([170.0, 120.0, 100.0]) * light * (1 - (wave if beat else 0))
    return times, colours + rng.normal(0, 0.15, (len(times), 3, 3))


@pytest.mark.parametrize("beat", [48, 66, 90, 120, 168])
@pytest.mark.parametrize("rate", [15.0, 25.0, 29.97])
def test_a_heartbeat_is_counted(beat: float, rate: float) -> None:
    measured = pulse.measure(*skin(beat, rate=rate))
    assert measured.beat == pytest.approx(beat, abs=3)
    assert measured.agreement > 0.9
    assert pulse.fake(measured) < 0.2


def test_where_nothing_beats_nothing_is_found() -> None:
    doubts = [pulse.fake(pulse.measure(*skin(0, seed=seed))) for seed in range(12)]
    assert np.median(doubts) > 0.8
    # Chance looks like a heart now and then: better that than to accuse someone who has one.
    assert sum(doubt > 0.5 for doubt in doubts) >= 9


def test_squares_that_beat_each_for_itself_are_no_face() -> None:
    times, colours = skin(66)
    for place, beat in enumerate((60, 84, 110)):
        colours[:, place] = skin(beat, seed=place)[1][:, place]
    assert pulse.fake(pulse.measure(times, colours)) > 0.8


def test_gaps_are_bridged() -> None:
    times, colours = skin(72)
    colours[100:110] = np.nan
    assert pulse.measure(times, colours).beat == pytest.approx(72, abs=3)


def person(beat: float, grain: float) -> Watched:
    """Someone whose skin beats or not, in a clip of so much grain."""
    rng = np.random.default_rng(2)
    times, colours = skin(beat, seed=1)
    moments = [
        {place: Grain(*grey(rng, grain)) for place in (*PLACES, *BESIDE)}
        for _ in range(noise.FEWEST)
    ]
    box, points = Box(0, 0, 200, 200), np.zeros((0, 478, 3), np.float32)
    return Watched(0, box, 200.0, times, colours, times[:0], points, moments)


def grey(rng: np.random.Generator, grain: float) -> NDArray[np.uint8]:
    return rng.normal(128, grain, (2, 31, 31)).round().clip(0, 255).astype(np.uint8)


class Seen(Clip):
    """A clip of which it is known who is seen."""

    def __init__(self, who: Watched) -> None:
        super().__init__("seen.mp4")
        self.scene = Scene((who,), len(who.times), 10.0)


def test_no_beat_accuses_only_where_compression_has_left_some_grain() -> None:
    judge = pulse.PulseDetector()
    assert (judge.score(Seen(person(0, 4.0))).fake or 0) > 0.5
    pressed = judge.score(Seen(person(0, 0.0)))
    assert pressed.fake is None
    assert "may have taken it" in (pressed.abstained or "")
    # A beat that is seen is seen, however little grain there is.
    assert (judge.score(Seen(person(72, 0.0))).fake or 1) < 0.2


# --- noise ----------------------------------------------------------------------------------------


def test_even_shades_have_no_grain() -> None:
    ramp = np.add.outer(np.arange(20), 2 * np.arange(20))
    assert np.abs(noise.residual(ramp)).max() < 1e-9


def test_the_grain_of_noise_grows_with_it() -> None:
    rng = np.random.default_rng(0)
    one, two = (noise.strength(noise.residual(rng.normal(0, s, (90, 90)))) for s in (1.0, 2.0))
    # The root of the sum of the kernel's squares, over its scale.
    assert one == pytest.approx(np.sqrt((noise.KERNEL**2).sum()) / 12, rel=0.05)
    assert two == pytest.approx(2 * one, rel=0.05)


def test_grain_that_moves_by_a_pixel_is_still_the_same() -> None:
    rng = np.random.default_rng(0)
    first, other = (rng.integers(0, 255, (40, 40), np.uint8) for _ in range(2))
    assert noise.likeness(Grain(first, np.roll(first, 1, 1))) > 0.9
    assert noise.likeness(Grain(first, other)) < 0.2


def test_skin_without_grain_may_accuse_but_not_acquit() -> None:
    grainy = noise.Noise(behind=3.0, skin=2.8, mouth=2.6, likeness=0.2)
    smooth = noise.Noise(behind=3.0, skin=0.9, mouth=0.9, likeness=0.9)
    pressed = noise.Noise(behind=1.6, skin=1.2, mouth=1.2, likeness=0.9)
    assert noise.has_grain(grainy)
    assert noise.fake(grainy) < 0.5
    assert noise.has_grain(smooth)
    assert noise.fake(smooth) > 0.5
    assert noise.fake(pressed) < 0.5
    assert not noise.has_grain(pressed)
    assert not noise.has_grain(noise.Noise(float("nan"), 1.2, 1.2, 0.9))


# --- sync -----------------------------------------------------------------------------------------


def speech(seed: int = 0) -> tuple[Numbers, Numbers]:
    rng = np.random.default_rng(seed)
    times = np.arange(200) / 25
    bursts = np.convolve(rng.random(len(times)) < 0.15, np.hanning(7), mode="same").clip(0, 1)
    return times, bursts


@pytest.mark.parametrize("shift", [-8, 0, 5])
def test_the_shift_of_mouth_and_voice_is_found(shift: int) -> None:
    times, talk = speech()
    rng = np.random.default_rng(1)
    mouth = 0.4 * talk + 0.08 * rng.random(len(talk))
    measured = sync.measure(times, mouth, 0.1 * np.roll(talk, shift) + 0.001)
    assert measured.shift == pytest.approx(shift / 25, abs=0.041)
    assert measured.likeness > 0.6


def test_a_mouth_that_goes_with_something_else_is_strange() -> None:
    times, mouth = speech(seed=1)
    _, voice = speech(seed=2)
    assert sync.fake(sync.measure(times, mouth, 0.1 * voice)) > 0.5
    assert sync.fake(sync.Sync(0.6, 0.04)) < 0.1
    assert sync.fake(sync.Sync(0.6, 0.4)) > 0.9
    assert sync.fake(sync.Sync(0.99, 0.0)) > 0.8


def test_a_tone_is_as_loud_as_it_is() -> None:
    tone = np.sin(np.arange(16_000) * 0.3).astype(np.float32)
    assert sync.loudness(tone, 1.0) == pytest.approx(np.full(25, 2**-0.5), abs=0.02)


# --- on clips that were made for it ---------------------------------------------------------------

CAUGHT = {
    "puppet": {"pulse", "noise"},
    "swap": {"pulse", "noise"},
    "mouth": {"noise"},
    "dub": {"sync"},
}
"""Nothing here needs what a file says of itself: made clips say nothing. A face laid over itself
keeps beat, voice and mostly its grain, so that it is left to networks."""


@pytest.fixture(scope="module")
def verdicts(clips: dict[str, Path]) -> dict[str, dict[str, detect.Score]]:
    detectors = {name: detect.load(name) for name in ("together", *together.MEMBERS)}
    judged = {}
    for kind, path in clips.items():
        clip = detect.Clip(path)
        judged[kind] = {name: one.score(clip) for name, one in detectors.items()}
    return judged


def test_a_living_person_raises_no_alarm(verdicts: dict[str, dict[str, detect.Score]]) -> None:
    judged = {name: verdicts["real"][name] for name in ("together", *together.PHYSICAL)}
    for name, score in judged.items():
        assert score.abstained is None, (name, score)
        assert score.leaning == "real", (name, score)
        assert score.words == "No signs of a fake."
        assert score.calibrated_on == "synthetic"
        assert score.frames > 100
        assert len(score.faces) == 1


@pytest.mark.parametrize("kind", CAUGHT)
def test_each_fake_is_caught_by_what_it_lacks(
    verdicts: dict[str, dict[str, detect.Score]], kind: str
) -> None:
    assert verdicts[kind]["provenance"].fake is None
    alarmed = {name for name in together.PHYSICAL if verdicts[kind][name].leaning == "fake"}
    assert alarmed & CAUGHT[kind], verdicts[kind]
    assert verdicts[kind]["together"].leaning == "fake"
    assert any(signal.leaning == "fake" for signal in verdicts[kind]["together"].signals)


def test_the_encoder_does_not_tell(clips: dict[str, Path]) -> None:
    for kind, path in clips.items():
        assert b"fake" not in path.read_bytes()
        assert path.with_suffix(".json").is_file()
        assert ("fake" in path.name) == (kind != "real")


# --- what they cannot judge -----------------------------------------------------------------------


def still(folder: Path, picture: Picture, frames: int) -> Path:
    path = folder / "still.mp4"
    encoding.write(path, [picture] * frames, 25)
    return path


@pytest.mark.parametrize("name", ["together", *together.PHYSICAL])
def test_without_a_face_there_is_no_verdict(tmp_path: Path, name: str) -> None:
    clip = still(tmp_path, np.full((96, 128, 3), 90, np.uint8), 30)
    score = detect.score(clip, name)
    assert score.fake is None
    assert score.words.startswith("No verdict. No face was found.")


def test_each_says_what_it_lacks(tmp_path: Path) -> None:
    clip = detect.Clip(still(tmp_path, astronaut()[:320, 60:380], 40))
    reasons = {name: detect.load(name).score(clip).abstained for name in together.MEMBERS}
    assert reasons["pulse"] is not None
    assert "needs 6 seconds" in reasons["pulse"]
    assert reasons["sync"] is not None
    assert "no sound" in reasons["sync"]
    assert reasons["noise"] is not None
    joined = detect.load("together").score(clip).abstained
    assert joined is not None
    assert all(reason in joined for reason in reasons.values() if reason)


def test_the_most_alarmed_weighs_most() -> None:
    assert together.join([0.3]) == pytest.approx(0.3)
    assert together.join([0.05, 0.05, 0.95]) > 0.8
    assert together.join([0.05, 0.1, 0.1]) < 0.15
    assert 0 < together.join([0.0, 1.0]) < 1
