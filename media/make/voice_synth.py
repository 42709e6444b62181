"""A sentence becomes sound and word times, spoken by Flite (Debian: `libflite1`).

Flite's program prints words or phones, never both together with their times, so its library
is called directly: the utterance it builds knows when each word begins and ends.
"""

import ctypes
from collections.abc import Iterator, Sequence
from ctypes import POINTER, c_char_p, c_float, c_int, c_short, c_void_p
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Item = int | None  # the address of something inside an utterance


@dataclass(frozen=True)
class Span:
    """A word or a phone and when it is heard, in seconds."""

    name: str
    start: float
    end: float


@dataclass(frozen=True)
class Utterance:
    """What was said: mono samples in -1..1, shape (samples,), its words and its phones."""

    sound: NDArray[np.float64]
    rate: int
    words: tuple[Span, ...]
    phones: tuple[Span, ...]


class _Wave(ctypes.Structure):
    _fields_ = (
        ("kind", c_char_p),
        ("rate", c_int),
        ("samples", c_int),
        ("channels", c_int),
        ("data", POINTER(c_short)),
    )


class _Voice(ctypes.Structure):
    _fields_ = (("name", c_char_p), ("features", c_void_p))


def speak(tokens: Sequence[str], voice: str, stretch: float = 1.0) -> Utterance:
    """Say one sentence; `words` has one span for each token.

    Args:
        tokens: what is said, cut at the spaces, with its punctuation.
        voice: one of Flite's American voices, as in `rms`.
        stretch: how much slower than the voice's own pace.
    """
    flite = _flite()
    speaker = _voice(voice)
    flite.feat_set_float(speaker.contents.features, b"duration_stretch", stretch)
    utterance = flite.flite_synth_text(" ".join(tokens).encode("ascii"), speaker)
    try:
        words = tuple(_words(utterance))
        if len(words) != len(tokens):
            message = f"heard {[word.name for word in words]} for {list(tokens)}"
            raise ValueError(message)
        wave = flite.utt_wave(utterance).contents
        samples = np.ctypeslib.as_array(wave.data, (wave.samples,)) / 32768
        return Utterance(samples, wave.rate, words, tuple(_phones(utterance)))
    finally:
        flite.delete_utterance(utterance)


def _words(utterance: int) -> Iterator[Span]:
    flite = _flite()
    first_phone = b"daughter.R:SylStructure.daughter.daughter.R:Segment.p.end"
    last_phone = b"daughtern.R:SylStructure.daughtern.daughtern.R:Segment.end"
    for token in _items(utterance, b"Token"):
        name = flite.ffeature_string(token, b"name").decode()
        start = flite.ffeature_float(token, first_phone)
        yield Span(name, start, flite.ffeature_float(token, last_phone))


def _phones(utterance: int) -> Iterator[Span]:
    flite = _flite()
    start = 0.0
    for phone in _items(utterance, b"Segment"):
        end = flite.ffeature_float(phone, b"end")
        yield Span(flite.ffeature_string(phone, b"name").decode(), start, end)
        start = end


def _items(utterance: int, relation: bytes) -> Iterator[int]:
    item: Item = _flite().relation_head(_flite().utt_relation(utterance, relation))
    while item:
        yield item
        item = _flite().item_next(item)


@cache
def _voice(name: str) -> "ctypes._Pointer[_Voice]":
    register = ctypes.CDLL(f"libflite_cmu_us_{name}.so.1")[f"register_cmu_us_{name}"]
    register.restype, register.argtypes = POINTER(_Voice), [c_char_p]
    voice: ctypes._Pointer[_Voice] = register(None)
    return voice


@cache
def _flite() -> ctypes.CDLL:
    """Load the library once; its voices look for its symbols among the global ones."""
    flite = ctypes.CDLL("libflite.so.1", mode=ctypes.RTLD_GLOBAL)
    for part in ("usenglish", "cmulex"):
        ctypes.CDLL(f"libflite_{part}.so.1", mode=ctypes.RTLD_GLOBAL)
    for name, result, *arguments in (
        ("flite_synth_text", c_void_p, c_char_p, POINTER(_Voice)),
        ("feat_set_float", None, c_void_p, c_char_p, c_float),
        ("utt_wave", POINTER(_Wave), c_void_p),
        ("utt_relation", c_void_p, c_void_p, c_char_p),
        ("delete_utterance", None, c_void_p),
        ("relation_head", c_void_p, c_void_p),
        ("item_next", c_void_p, c_void_p),
        ("ffeature_float", c_float, c_void_p, c_char_p),
        ("ffeature_string", c_char_p, c_void_p, c_char_p),
    ):
        function = getattr(flite, name)
        function.restype, function.argtypes = result, arguments
    flite.flite_init()
    return flite
