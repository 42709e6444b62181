"""A photo and a voice become a talking face.

    from discriminator import lipsync

    clip = lipsync.Narrator("speech.wav").speak("me.jpg", consent=True)

Every clip is marked, tagged and signed as synthetic; nothing switches that off.
"""

from discriminator.lipsync.engine import ENGINES, Engine, Options
from discriminator.lipsync.errors import (
    CheckpointError,
    ConsentError,
    LipsyncError,
    NoEngineError,
    PhotoError,
    VoiceError,
)
from discriminator.lipsync.narrator import Clip, Narrator, growing
from discriminator.lipsync.voice import Voice

__all__ = [
    "ENGINES",
    "CheckpointError",
    "Clip",
    "ConsentError",
    "Engine",
    "LipsyncError",
    "Narrator",
    "NoEngineError",
    "Options",
    "PhotoError",
    "Voice",
    "VoiceError",
    "growing",
]
