"""Beds, drones, effects, and the mix."""

import json
from pathlib import Path

import numpy as np
import pytest
import sound
import sound_beds
import sound_effects
import sound_level
import voice_script

CHAPTERS = voice_script.read().chapters
FOLDER = sound.SOUNDS
MEGABYTE = 1_000_000

chapters = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.stem)


def test_every_sound_is_there() -> None:
    names = [f"bed-{name}" for name in sound_beds.BEDS] + list(sound_beds.DRONES)
    for family, many in (("blink", 6), ("stage", 6), ("success", 6), ("mask", 21)):
        names += [f"{family}-{number}" for number in range(1, many + 1)]
    names += ["shutter", "tick", "ring"]
    assert sorted(path.stem for path in FOLDER.glob("*.opus")) == sorted(names)


def test_sounds_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.opus")) <= 3 * MEGABYTE


@pytest.mark.parametrize("path", sorted(FOLDER.glob("drone-*.opus")), ids=lambda path: path.stem)
def test_a_drone_can_start_again_without_a_click(path: Path) -> None:
    drone = sound_level.read(path)
    assert np.abs(drone[:, 0] - drone[:, -1]).max() < 0.001
    assert np.abs(drone).max() < 0.9


def test_effects_are_even_and_none_is_twice_the_same() -> None:
    made = dict(sound_effects.effects())
    for name, effect in made.items():
        assert np.abs(effect).max() == pytest.approx(sound_effects.PEAK, rel=0.05), name
        assert 0.05 < len(effect) / sound_level.RATE < 2.5, name
        assert abs(effect[-1]) < 0.01, name
    assert len({effect.tobytes() for effect in made.values()}) == len(made)


def test_effects_are_the_same_whenever_they_are_made() -> None:
    assert np.array_equal(sound_effects.mask(3), sound_effects.mask(3))


def test_a_bed_is_the_same_whenever_it_is_played() -> None:
    bed = sound_beds.Bed(4, ((0, 7),), 1.5, 10, bells=2, seed=1)
    assert np.array_equal(sound_beds.played(bed), sound_beds.played(bed))


def test_beds_make_room_for_the_voice() -> None:
    line = {"start": 4.0, "end": 6.0, "words": [{}]}
    gain = sound.ducking({"duration": 10.0, "lines": [line]}, 10 * sound_level.RATE)
    spoken, alone = (gain[round(second * sound_level.RATE)] for second in (5.0, 9.0))
    assert spoken == pytest.approx(sound_level.decibels(sound.SPOKEN_OVER), rel=0.01)
    assert alone == pytest.approx(sound_level.decibels(sound.ALONE), rel=0.01)
    assert np.abs(np.diff(gain)).max() < 0.001


@chapters
def test_the_score_knows_its_cues(chapter: voice_script.Chapter) -> None:
    cues = {line.cue for line in chapter.lines}
    assert set(sound.SCORE[chapter.number]) <= cues
    assert set(sound.STRUCK[chapter.number]) <= cues
    assert set(sound.SCORE[chapter.number].values()) <= set(sound_beds.BEDS)


@chapters
def test_the_mix_is_as_loud_as_the_film(chapter: voice_script.Chapter) -> None:
    loudness = sound_level.measure(sound.MIX / f"{chapter.stem}.opus")
    assert loudness.integrated == pytest.approx(-16, abs=1)
    assert loudness.peak <= -1


@chapters
def test_the_mix_holds_the_voice_as_it_is_now(chapter: voice_script.Chapter) -> None:
    page = json.loads((sound.VOICE / f"{chapter.stem}.json").read_text("utf-8"))
    ledger = json.loads((sound.MIX / sound.LEDGER).read_text("utf-8"))
    assert ledger[chapter.stem].startswith(page["made_from"][:16])
