"""What the film's captions say, and when."""

from __future__ import annotations

import re

from discriminator import shipped

CUE = re.compile(r"^00:(\d+):([\d.]+) --> 00:(\d+):([\d.]+)\n(.+)$", re.MULTILINE)


def cues(chapter: str) -> list[tuple[float, float, str]]:
    """Begin, end and first line of a stream's captions."""
    path = shipped.folder("media") / "dist" / chapter / "captions-en.vtt"
    return [
        (int(m1) * 60 + float(s1), int(m2) * 60 + float(s2), words)
        for m1, s1, m2, s2, words in CUE.findall(path.read_text(encoding="utf-8"))
    ]
