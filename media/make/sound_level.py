"""Sound files in and out, and how loud they are. ffmpeg does the work, numpy holds the sound.

A sound is an array of shape (channels, samples), float64 in -1..1, 48,000 samples a second.
"""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float64]

RATE = 48_000

# The film is heard on phones and laptops: podcasts' loudness, and room for the encoder's overshoot.
TARGET = -16.0  # LUFS, integrated
CEILING = -3.0  # dBTP before Opus, which adds up to one and a half


@dataclass(frozen=True)
class Loudness:
    """As EBU R 128 measures it."""

    integrated: float  # LUFS
    peak: float  # dBTP


def read(path: Path) -> Sound:
    """Decode a mono or stereo file."""
    _, banner = _ffmpeg(["-i", str(path), "-t", "0", "-f", "null", "-"])
    channels = 1 if re.search(r"Audio: .*\bmono\b", banner) else 2
    raw, _ = _ffmpeg(["-i", str(path), "-f", "f32le", "-ar", str(RATE), "-"])
    return np.frombuffer(raw, "<f4").reshape(-1, channels).T.astype(np.float64)


def write(path: Path, sound: Sound, kilobits: int) -> None:
    """Encode as Opus; the same sound gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part.opus")
    exact = ["-fflags", "+bitexact", "-flags:a", "+bitexact", "-map_metadata", "-1"]
    opus = ["-c:a", "libopus", "-b:a", f"{kilobits}k", "-application", "audio"]
    _ffmpeg([*_pipe(sound), *opus, *exact, "-y", str(part)], sound)
    part.replace(path)


def filtered(sound: Sound, chain: str) -> Sound:
    """Send a sound through a chain of ffmpeg's filters."""
    raw, _ = _ffmpeg([*_pipe(sound), "-af", chain, "-f", "f32le", "-ar", str(RATE), "-"], sound)
    return np.frombuffer(raw, "<f4").reshape(-1, len(sound)).T.astype(np.float64)


def measure(sound: Sound | Path) -> Loudness:
    """Measure integrated loudness and true peak of a sound or of a file."""
    meter = ["-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    if isinstance(sound, Path):
        _, log = _ffmpeg(["-i", str(sound), *meter])
    else:
        _, log = _ffmpeg([*_pipe(sound), *meter], sound)
    summary = log[log.rindex("Summary:") :]
    integrated, peak = re.findall(r"(?:I|Peak):\s+(-?[\d.]+|-inf)", summary)
    return Loudness(float(integrated), float(peak))


def levelled(sound: Sound) -> Sound:
    """Bring a sound to the film's loudness below its ceiling.

    Limiting takes a little loudness away, so the gain is corrected once.
    """
    gain = TARGET - measure(sound).integrated
    limited = _limited(sound, gain)
    return _limited(sound, gain + TARGET - measure(limited).integrated)


def decibels(value: float) -> float:
    """The factor for a gain in dB."""
    return float(10 ** (value / 20))


def _limited(sound: Sound, gain: float) -> Sound:
    # Four times the rate shows the limiter the peaks between the samples.
    limiter = f"alimiter=limit={decibels(CEILING)}:attack=3:release=80:level=0:latency=1"
    chain = f"volume={gain}dB,aresample={4 * RATE},{limiter},aresample={RATE}"
    return filtered(sound, chain)[:, : sound.shape[1]]


def _pipe(sound: Sound) -> list[str]:
    return ["-f", "f32le", "-ar", str(RATE), "-ac", str(len(sound)), "-i", "-"]


def _ffmpeg(arguments: list[str], sound: Sound | None = None) -> tuple[bytes, str]:
    """Run ffmpeg; returns what it wrote and what it logged."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostats", *arguments]
    raw = None if sound is None else sound.T.astype("<f4").tobytes()
    done = subprocess.run(command, input=raw, capture_output=True, check=False)
    log = done.stderr.decode(errors="replace")
    if done.returncode:
        raise RuntimeError(log)
    return done.stdout, log
