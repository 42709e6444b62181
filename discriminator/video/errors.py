"""What can be wrong with a video, said to the person who can mend it."""


class VideoError(ValueError):
    """Something about the input is wrong; the message is one sentence that says what to do."""


class UnreadableVideoError(VideoError):
    """The file is not a video, is cut short, or holds no picture."""


class UnreadableSoundError(VideoError):
    """The file is no sound, is cut short, or is too long."""


class CredentialsError(VideoError):
    """What this machine signs with is incomplete, or does not fit."""


class NoFfmpegError(VideoError):
    """No ffmpeg can be run on this machine."""


class NoSpaceError(VideoError):
    """The disk cannot hold what is to be written."""
