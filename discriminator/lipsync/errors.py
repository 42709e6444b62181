"""What can be wrong with a wish to make a face speak."""


class LipsyncError(ValueError):
    """Photo, sound, weights or consent do not do; the message says what to change."""


class CheckpointError(LipsyncError):
    """A file of weights does not fit the network."""


class ConsentError(LipsyncError):
    """Nobody has said that the person in the photo agrees."""


class PhotoError(LipsyncError):
    """The photo shows no face, or one that is too small."""


class VoiceError(LipsyncError):
    """The sound is too short, too long, damaged or silent, or its words are not."""


class NoEngineError(LipsyncError):
    """There is no such engine, or something that it needs is not installed."""
