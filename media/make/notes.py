"""Speaks the notes of the notable names: `python media/make/notes.py`.

What the record says of an organisation is in `media/data/downloads.json`; each note becomes a clip
in `media/notes`, in the narrator's voice. Needs Debian's `libflite1`, as `voice.py` does.
"""

from __future__ import annotations

import json

import voice_script
from sound_level import write
from voice import mastered, voiced_line
from voice_script import MEDIA, Line

KILOBITS = 28

# How names and numbers of the notes are said, beside what the narration knows.
SPOKEN = {
    "6": "six",
    "11": "eleven",
    "Affectiva": "affect eeva",
    "Baidu": "by doo",
    "Bitmain": "bit main",
    "CSIAC": "C S I A C",
    "DSO": "D S O",
    "GosNIIAS": "goss N I I A S",
    "Hikvision": "hick vision",
    "Idiap": "iddy app",
    "Kipod": "kee pod",
    "NEC": "N E C",
    "NVIDIA": "en vidia",
    "Sberbank": "ess bear bank",
    "SenseTime": "sense time",
    "Smartcheckr": "smart checker",
    "US": "U S",
    "Yandex": "yan dex",
}


def main() -> None:
    """Speak every note."""
    script = voice_script.read()
    record = json.loads((MEDIA / "data" / "downloads.json").read_text("utf-8"))
    for slug, told in record["notable"].items():
        line = Line(text=told["note"])
        sound, _ = voiced_line(line, script.voices["narrator"], {**script.spoken, **SPOKEN})
        write(MEDIA / "notes" / f"{slug}.opus", mastered(sound), KILOBITS)
    print(f"{len(record['notable'])} notes")


if __name__ == "__main__":
    main()
