"""The voice that the tests let people speak with."""

from __future__ import annotations

from discriminator import shipped

SPEECH = shipped.folder("media") / "voice" / "speech.en.opus"
