"""Make all sounds and lay them under the voice: `media/sounds/` and `media/mix/`.

Everything that sounds, except the voice, is computed here from seeds; there are no samples.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import sound_beds
import sound_effects
import sound_level
import voice_script
from scipy import signal
from sound_beds import BEDS, DRONES
from sound_level import RATE, Sound, decibels, levelled, measure, read, write
from voice_script import MEDIA

SOUNDS = MEDIA / "sounds"
MIX = MEDIA / "mix"
VOICE = MEDIA / "voice"
LEDGER = "made_from.json"

BED_LEVEL = -23.0  # LUFS of a bed's own file
BED_KILOBITS, EFFECT_KILOBITS, MIX_KILOBITS = 32, 48, 96

# In the mix, relative to those levels, in dB: alone with a picture, and while someone speaks.
ALONE, SPOKEN_OVER, EFFECT = -2.0, -11.0, -12.0
CROSS_FADE = 3.0  # seconds between beds, and at both ends of a chapter
DUCK = 0.9  # seconds to go down and up again

# What plays under a chapter, from which cue on.
SCORE = {
    1: {"shutter": "album", "gathering": "machines", "condition": "piles", "end": "mask"},
    2: {"mask_points": "mask", "voice": "call", "recipe": "machines", "film": "mask"},
    3: {"call": "call", "album": "album", "rain": "rain", "list": "machines", "piles": "piles"},
    4: {"wish": "reading", "nist": "machines", "invitation": "reading", "coda": "lab"},
}

# What sounds once. The readings of chapter 4 are not here: the page plays theirs as they appear.
STRUCK = {
    1: {"shutter": "shutter", "tick": "stage-1"},
    2: {},
    3: {"call": "ring"} | {f"year_{2014 + n}": f"stage-{n}" for n in range(1, 6)},
    4: {},
}


def main() -> None:
    """Make what has changed."""
    for line in (*make_sounds(), *make_mixes()):
        print(line)


def make_sounds(folder: Path = SOUNDS) -> Iterator[str]:
    """Write beds, drones and effects, unless the code that makes them is the same."""
    made_from = _score()
    if _ledger(folder).get("sounds") == made_from:
        yield "sounds: unchanged"
        return
    for name, bed in [*((f"bed-{name}", bed) for name, bed in BEDS.items()), *DRONES.items()]:
        sound = sound_beds.played(bed)
        quiet = sound * decibels(BED_LEVEL - measure(sound).integrated)
        write(folder / f"{name}.opus", quiet, BED_KILOBITS)
        yield f"{name}: {bed.seconds} s"
    for name, effect in sound_effects.effects():
        write(folder / f"{name}.opus", effect[np.newaxis], EFFECT_KILOBITS)
    yield "effects: written"
    _note(folder, "sounds", made_from)


def make_mixes(folder: Path = MIX) -> Iterator[str]:
    """Write each chapter's voice with what plays under it."""
    for chapter in voice_script.read().chapters:
        page = json.loads((VOICE / f"{chapter.stem}.json").read_text("utf-8"))
        made_from = f"{page['made_from'][:16]}-{_score()[:16]}"
        if _ledger(folder).get(chapter.stem) == made_from:
            yield f"{chapter.stem}: unchanged"
            continue
        mix = mixed(page, read(VOICE / f"{chapter.stem}.opus"))
        write(folder / f"{chapter.stem}.opus", mix, MIX_KILOBITS)
        _note(folder, chapter.stem, made_from)
        yield f"{chapter.stem}: {measure(mix)}"


def mixed(page: dict[str, Any], voice: Sound) -> Sound:
    """Lay beds and effects under a chapter's voice; stereo."""
    samples = voice.shape[1]
    mix = beds(page, samples) * ducking(page, samples)
    for cue, name in STRUCK[page["chapter"]].items():
        effect = decibels(EFFECT) * read(SOUNDS / f"{name}.opus")
        start = round(page["cues"][cue] * RATE)
        mix[:, start : start + effect.shape[1]] += effect[:, : samples - start]
    # A mono voice on two loudspeakers is 3 dB louder than its file.
    return levelled(decibels(-3) * voice + mix)


def beds(page: dict[str, Any], samples: int) -> Sound:
    """Let one bed after the other run under a chapter; stereo."""
    score = SCORE[page["chapter"]]
    starts = [round(page["cues"][cue] * RATE) for cue in score]
    starts[0] = 0
    sound = np.zeros((2, samples))
    for name, start, end in zip(score.values(), starts, [*starts[1:], samples], strict=True):
        bed = read(SOUNDS / f"bed-{name}.opus")
        sound += bed[:, np.arange(samples) % bed.shape[1]] * _during(start, end, samples)
    return sound


def ducking(page: dict[str, Any], samples: int) -> Sound:
    """The beds' gain: down a little before each line, up again after it; shape (samples,)."""
    steps = np.full(int(page["duration"] * 100) + 2, decibels(ALONE))
    for line in page["lines"]:
        if line["words"]:
            steps[int((line["start"] - DUCK / 2) * 100) : int((line["end"] + DUCK / 2) * 100)] = (
                decibels(SPOKEN_OVER)
            )
    window = signal.windows.hann(round(DUCK * 100))
    smooth = signal.convolve(np.pad(steps, len(window), "edge"), window / window.sum(), "same")
    times = (np.arange(len(smooth)) - len(window)) / 100
    return np.asarray(np.interp(np.arange(samples) / RATE, times, smooth), np.float64)


def _during(start: int, end: int, samples: int) -> Sound:
    """One between two moments, with slopes that keep the power of two crossing beds even."""
    position = np.arange(samples)
    half = CROSS_FADE * RATE / 2
    # At both ends of a chapter the slope lies inside it.
    rising = (position - (start or half)) / (2 * half) + 0.5
    falling = ((end if end < samples else samples - half) - position) / (2 * half) + 0.5
    return np.asarray(np.sin(np.pi / 2 * np.clip(np.minimum(rising, falling), 0, 1)), np.float64)


def _score() -> str:
    """Tell whether the sounds must be made again: sha256 of the code that makes them."""
    makers = (sound_beds, sound_effects, sound_level)
    code = b"".join(Path(str(maker.__file__)).read_bytes() for maker in makers)
    settings = repr((BED_LEVEL, BED_KILOBITS, EFFECT_KILOBITS, MIX_KILOBITS, SCORE, STRUCK))
    gains = repr((ALONE, SPOKEN_OVER, EFFECT, CROSS_FADE, DUCK))
    return hashlib.sha256(code + settings.encode() + gains.encode()).hexdigest()


def _ledger(folder: Path) -> dict[str, str]:
    path = folder / LEDGER
    ledger: dict[str, str] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return ledger


def _note(folder: Path, name: str, made_from: str) -> None:
    ledger = {**_ledger(folder), name: made_from}
    (folder / LEDGER).write_text(json.dumps(ledger, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
