"""What can be wrong with a wish to make a face speak."""


class LipsyncError(ValueError):
    """Photo, sound, weights or consent do not do; the message says what to change."""


class CheckpointError(LipsyncError):
    """A file of weights does not fit the network."""
