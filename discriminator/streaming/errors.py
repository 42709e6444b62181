"""What can be wrong with a wish to encode."""

from discriminator.video.errors import VideoError


class EncodeError(VideoError):
    """The master, the folder or an option does not do; the message says what to change."""
