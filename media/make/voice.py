"""Speak the script: `media/voice/` is made from `media/story/narration.en.yaml`.

Needs Debian's `libflite1` (free, BSD-like), and only for making: the film plays what is committed.

The narrator is Flite's `rms`. Of the free voices in Debian (Flite's slt, rms, awb and kal,
Festival's HTS slt and its diphone voices, eSpeak NG), read against an open recogniser over the same
eight sentences, rms kept the lowest error at a documentary's pace: 23 % of words at 164 words a
minute, where slt needs slowing to reach 24 %, awb has 40 % and eSpeak 91 %; only the robotic kal,
at 194 words a minute, has less. The friend on the telephone is slt: told apart at once.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import voice_script
from scipy import signal
from sound_level import CEILING, RATE, TARGET, Sound, filtered, levelled, read, write
from voice_script import MEDIA, Chapter, Line, Script, Speaker
from voice_synth import Span, Utterance, speak

VOICE = MEDIA / "voice"
KILOBITS = 64

BETWEEN_SENTENCES = 0.32  # seconds, within one line
ONSET, RELEASE = 0.03, 0.10  # seconds of the synthesiser's own silence kept around a sentence

# Beside the average of human speech (Byrne and others, 1994) the bare voice has too much chest, too
# little vowel, and two peaks of its own, at 3.6 kHz and a whistle at 6.9 kHz. Most of that is put
# right, a little presence is left; then the hardest s is softened and the level evened out.
MASTERING = (
    "highpass=f=75,bass=f=200:g=-6,equalizer=f=1000:t=o:w=1.2:g=2,equalizer=f=3600:t=o:w=1.5:g=-7,"
    "equalizer=f=6900:t=o:w=0.6:g=-14,"
    "deesser=i=0.15,acompressor=threshold=-24dB:ratio=2.5:attack=8:release=160"
)
AIR = 0.5  # of the voice's own 4-6.3 kHz, guessed above 8 kHz

# The synthesiser reads letters of a typewriter only.
TYPEWRITER = str.maketrans({"\u2019": "'", "\u201c": " ", "\u201d": " ", "-": " ", "é": "e"})


@dataclass(frozen=True)
class Spoken:
    """A line with its place in the chapter, in seconds."""

    line: Line
    start: float
    end: float
    words: tuple[Span, ...] = ()
    phones: tuple[Span, ...] = ()


def main() -> None:
    """Speak every chapter whose words have changed, and the speech."""
    script = voice_script.read()
    for chapter in (script.speech, *script.chapters):
        print(speak_chapter(script, chapter))


def speak_chapter(script: Script, chapter: Chapter, folder: Path = VOICE) -> str:
    """Write a chapter's sound and times; returns a sentence about it."""
    notes = folder / f"{chapter.stem}.json"
    checksum = made_from(script, chapter)
    if notes.exists() and json.loads(notes.read_text("utf-8"))["made_from"] == checksum:
        return f"{chapter.stem}: unchanged"
    sound, lines = voiced(script, chapter)
    opus = folder / f"{chapter.stem}.opus"
    write(opus, mastered(sound), KILOBITS)
    duration = read(opus).shape[1] / RATE
    page = {"made_from": checksum, **described(script, chapter, lines, duration)}
    notes.write_text(json.dumps(page, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return f"{chapter.stem}: {duration:.1f} s"


def voiced(script: Script, chapter: Chapter) -> tuple[Sound, list[Spoken]]:
    """Speak a chapter's lines one after the other; the sound is mono, shape (1, samples)."""
    pieces: list[Sound] = []
    lines: list[Spoken] = []
    now = 0.0
    for line in chapter.lines:
        voice, spoken = voiced_line(line, script.voices[line.speaker], script.spoken)
        pieces += [voice, _silence(line.pause)]
        lines.append(_moved(spoken, now))
        now = sum(piece.shape[1] for piece in pieces) / RATE
    return np.hstack(pieces), lines


def voiced_line(line: Line, speaker: Speaker, spoken: Mapping[str, str]) -> tuple[Sound, Spoken]:
    """Speak one line; its times count from its own start."""
    pieces: list[Sound] = []
    words: list[Span] = []
    phones: list[Span] = []
    for sentence in sentences(line.text):
        if pieces:
            pieces.append(_silence(BETWEEN_SENTENCES))
        now = sum(piece.shape[1] for piece in pieces) / RATE
        readings = [reading(word, spoken) for word in sentence]
        tokens = [token for said in readings for token in said]
        utterance = _trimmed(speak(tokens, speaker.name, speaker.stretch))
        pieces.append(_heard(utterance, speaker))
        words += _shifted(_gathered(sentence, readings, utterance.words), now)
        phones += _shifted(utterance.phones, now)
    if not words:
        return _silence(0), Spoken(line, 0, line.pause)
    return np.hstack(pieces), Spoken(line, 0, words[-1].end, tuple(words), tuple(phones))


def made_from(script: Script, chapter: Chapter) -> str:
    """Tell whether a chapter must be spoken again: sha256 of all that it is made from."""
    settings = (KILOBITS, BETWEEN_SENTENCES, ONSET, RELEASE, MASTERING, AIR, TARGET, CEILING)
    voices, spoken = sorted(script.voices.items()), sorted(script.spoken.items())
    return hashlib.sha256(repr((settings, voices, spoken, chapter)).encode()).hexdigest()


def sentences(text: str) -> list[list[str]]:
    """Cut a line into sentences, and each into its written words."""
    return [sentence.split() for sentence in re.split(r"(?<=[.?!])\s+", text) if sentence]


def mastered(voice: Sound) -> Sound:
    """Make the bare voice sound like a narrator's: full, even, and at the film's loudness."""
    return levelled(filtered(voice + _air(voice), MASTERING)[:, : voice.shape[1]])


def described(
    script: Script, chapter: Chapter, lines: list[Spoken], duration: float
) -> dict[str, Any]:
    """Note when everything is heard; the speech also has phones, for the shapes of a mouth."""
    page: dict[str, Any] = {
        "chapter": chapter.number,
        "title": chapter.title,
        "language": script.language,
        "duration": round(duration, 3),
        "cues": {item.line.cue: round(item.start, 3) for item in lines if item.line.cue},
        "lines": [_described_line(item) for item in lines],
    }
    if not chapter.number:
        page["phones"] = [_timed("phone", phone) for item in lines for phone in item.phones]
    return page


def _described_line(item: Spoken) -> dict[str, Any]:
    return {
        "text": item.line.text,
        "start": round(item.start, 3),
        "end": round(item.end, 3),
        "speaker": item.line.speaker,
        "source": list(item.line.source),
        "shot": item.line.shot,
        "words": [_timed("word", word) for word in item.words],
    }


def reading(word: str, spoken: Mapping[str, str]) -> list[str]:
    """How the synthesiser should read a written word, in plain letters."""
    match = re.fullmatch(r"([^\w]*)(.*?)([^\w]*)", word)
    before, core, after = match.groups() if match else ("", word, "")
    plain = f"{before}{spoken.get(core, core)}{after}"
    return plain.translate(TYPEWRITER).split()


def _gathered(
    sentence: list[str], readings: list[list[str]], heard: tuple[Span, ...]
) -> Iterator[Span]:
    """Give each written word the time of all the words it was read as."""
    rest = iter(heard)
    for word, said in zip(sentence, readings, strict=True):
        spans = [next(rest) for _ in said]
        yield Span(word, spans[0].start, spans[-1].end)


def _trimmed(utterance: Utterance) -> Utterance:
    """Cut the silence around a sentence, so that the script alone decides about pauses."""
    start = max(utterance.words[0].start - ONSET, 0)
    end = utterance.words[-1].end + RELEASE
    sound = utterance.sound[round(start * utterance.rate) : round(end * utterance.rate)].copy()
    ramp = np.linspace(0, 1, round(0.01 * utterance.rate))
    sound[: len(ramp)] *= ramp
    sound[-len(ramp) :] *= ramp[::-1]
    return replace(
        utterance,
        sound=sound,
        words=tuple(_shifted(utterance.words, -start)),
        phones=tuple(phone for phone in _shifted(utterance.phones, -start) if phone.end > 0),
    )


def _heard(utterance: Utterance, speaker: Speaker) -> Sound:
    sound = signal.resample_poly(utterance.sound, RATE // 1000, utterance.rate // 1000)[np.newaxis]
    if speaker.telephone:
        line = signal.butter(4, (320, 3300), "bandpass", fs=RATE, output="sos")
        sound = np.tanh(2.2 * signal.sosfilt(line, sound)) / 1.6
    return np.asarray(sound, np.float64)


def _air(voice: Sound) -> Sound:
    """The octave above 8 kHz, which the synthesiser lacks, guessed from the one below it."""
    below = signal.butter(4, (4000, 6300), "bandpass", fs=RATE, output="sos")
    above = signal.butter(6, (7800, 13000), "bandpass", fs=RATE, output="sos")
    return AIR * np.asarray(signal.sosfilt(above, np.abs(signal.sosfilt(below, voice))))


def _silence(seconds: float) -> Sound:
    return np.zeros((1, round(seconds * RATE)))


def _moved(item: Spoken, by: float) -> Spoken:
    return replace(
        item,
        start=item.start + by,
        end=item.end + by,
        words=tuple(_shifted(item.words, by)),
        phones=tuple(_shifted(item.phones, by)),
    )


def _shifted(spans: tuple[Span, ...] | Iterator[Span], by: float) -> Iterator[Span]:
    return (replace(span, start=span.start + by, end=span.end + by) for span in spans)


def _timed(kind: str, span: Span) -> dict[str, Any]:
    return {kind: span.name, "start": round(span.start, 3), "end": round(span.end, 3)}


if __name__ == "__main__":
    main()
