"""The wav2lip engine: a network draws the mouth, and a photo stays still around it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import torch

from discriminator import weights
from discriminator.lipsync import checkpoint, mel
from discriminator.lipsync.compiled import BATCH, Compiled, Known, Reference, Sounds
from discriminator.lipsync.decoding import MOUTH, Decoder, folded
from discriminator.lipsync.errors import VoiceError
from discriminator.lipsync.placing import nobody, place
from discriminator.lipsync.voice import FRAMES
from discriminator.lipsync.wav2lip import Generator

if TYPE_CHECKING:
    from collections import abc
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from discriminator.faces import Picture, Points
    from discriminator.lipsync.engine import Options
    from discriminator.lipsync.sitting import Sitter
    from discriminator.lipsync.voice import Voice

_QUIET = 0.02
"""Of the voice's own loudness: below it nobody speaks, and the mouth is drawn as in silence."""
_HEARD_AT_ONCE = 64
_EXAMPLES = 24
"""Batches that int8 learns from."""


class Still:
    """Draws a photo that speaks, with the weights of Wav2Lip.

    Raises:
        WeightsError: the weights have not been fetched.
        CheckpointError: they are of another network.
        NoEngineError: OpenVINO is not installed.
    """

    def __init__(self, options: Options) -> None:
        own = options.weights
        self._weights = weights.given(own) if own else weights.path("wav2lip")
        self._precision = options.precision
        generator = folded(checkpoint.load(Generator(), self._weights))
        self._encoder = generator.audio_encoder
        self._decoder = Decoder(generator, MOUTH)
        del generator.face_decoder_blocks, generator.output_block  # the decoder has its own now
        self._drawer: Compiled | Reference | None = None
        self._mover: Compiled | Reference | None = None
        self._sounds: Sounds = np.zeros((1, 512, 1, 1), np.float32)
        self._order: NDArray[np.intp] = np.zeros(0, np.intp)

    @torch.no_grad()
    def prepare(self, voice: Voice) -> None:
        """Turn the voice into one point of the network's space for each different frame of it.

        The first time, the network is compiled too, and learns to count in eight bits.
        """
        heard = pieces(voice)
        different, order = np.unique(heard, axis=0, return_inverse=True)
        batches = torch.split(torch.from_numpy(different), _HEARD_AT_ONCE)
        self._sounds = torch.cat([self._encoder(batch) for batch in batches]).numpy()
        self._order = order.reshape(-1)
        # A viewer does not wait for this, and nothing is learned from a viewer's face.
        self._drawer = self._drawer or self._compile(
            self._decoder.still(torch.from_numpy(nobody()))
        )

    def frames(self, photo: Picture, points: Points) -> abc.Generator[Picture]:
        """Yield the pictures of the photo speaking, 25 a second."""
        placed = place(photo, points)
        with torch.no_grad():
            known = self._decoder.still(torch.from_numpy(placed.seen()))
        for mouth in self._mouths(known):
            yield placed.pasted(mouth)

    @torch.no_grad()
    def moving(self, sitters: Iterator[Sitter]) -> abc.Generator[Picture]:
        """Yield the frames of a video speaking; each has a face of its own to look at."""
        numbers = iter(self._order.tolist())
        while batch := list(islice(sitters, BATCH)):
            placed = [place(*sitter) for sitter in batch]
            filled = placed + placed[-1:] * (BATCH - len(placed))
            seen = np.concatenate([one.seen() for one in filled])
            known = self._decoder.still(torch.from_numpy(seen))
            self._mover = self._mover or self._compile(known)
            heard = list(islice(numbers, len(placed)))
            for mouths in self._mover.draw(self._batches(heard), known):
                for one, mouth in zip(placed, mouths, strict=False):
                    yield one.pasted(mouth)

    def _mouths(self, known: Known) -> Iterator[NDArray[np.float32]]:
        """Each frame's mouth. The few sounds that come again (silence) are drawn once."""
        times = np.bincount(self._order)
        again = {number for number in np.argsort(-times)[:BATCH].tolist() if times[number] > 1}
        kept: dict[int, NDArray[np.float32]] = {}
        once = _firsts(self._order.tolist(), again)
        drawn = (mouth for batch in self._drawn(once, known) for mouth in batch)
        for number in self._order.tolist():
            mouth = kept[number] if number in kept else next(drawn)
            if number in again:
                kept[number] = mouth
            yield mouth

    def _drawn(self, numbers: list[int], known: Known) -> Iterator[NDArray[np.float32]]:
        if self._drawer is None:
            message = "The network has heard no voice yet: call `prepare` first."
            raise VoiceError(message)
        return self._drawer.draw(self._batches(numbers), known)

    def _batches(self, numbers: list[int]) -> Iterator[Sounds]:
        """Batches of one size, for a drawer that was made for it; the last is filled up."""
        for start in range(0, len(numbers), BATCH):
            batch = numbers[start : start + BATCH]
            filled = batch + batch[-1:] * (BATCH - len(batch))
            yield np.ascontiguousarray(self._sounds[filled])

    def _compile(self, known: Known) -> Compiled | Reference:
        if torch.cuda.is_available():
            return Reference(self._decoder, "cuda")
        chance = np.random.default_rng(0)
        chosen = chance.integers(0, len(self._sounds), (_EXAMPLES, BATCH))
        examples = [self._sounds[numbers] for numbers in chosen]
        return Compiled(self._decoder, known, self._precision, self._learned, examples)

    @property
    def _learned(self) -> Path:
        """Beside the weights, and never taken for that of others."""
        digest = weights.digest_of(self._weights)
        return self._weights.with_name(f"{self._weights.stem}-{digest[:12]}.int8.xml")


def pieces(voice: Voice) -> NDArray[np.float32]:
    """What each frame of a voice hears, (frames, 1, 80, 16); pure silence where nobody speaks."""
    heard: NDArray[np.float32] = mel.pieces(mel.spectrogram(voice.samples), FRAMES)
    heard = heard[np.minimum(np.arange(voice.frames), len(heard) - 1)]
    heard[~spoken(voice)] = mel.SILENCE
    return heard


def spoken(voice: Voice) -> NDArray[np.bool_]:
    """Whether anybody speaks in what each frame hears."""
    loudness = np.sqrt(np.mean(np.square(voice.samples)))
    samples = mel.RATE // FRAMES
    span = mel.PIECE * mel.STEP
    padded = np.pad(voice.samples, (0, voice.frames * samples + span))
    starts = np.arange(voice.frames) * samples
    windows = np.lib.stride_tricks.sliding_window_view(padded, span)
    power = np.empty(voice.frames, np.float32)
    for start in range(0, voice.frames, _HEARD_AT_ONCE):
        some = slice(start, start + _HEARD_AT_ONCE)
        power[some] = np.square(windows[starts[some]]).mean(1)
    loud: NDArray[np.bool_] = np.sqrt(power) > _QUIET * loudness
    return loud


def _firsts(numbers: list[int], again: set[int]) -> list[int]:
    """Leave out what has been drawn before, of what comes again."""
    seen: set[int] = set()
    firsts = []
    for number in numbers:
        if number not in seen:
            firsts.append(number)
        if number in again:
            seen.add(number)
    return firsts
