"""What can be wrong with a question to the detectors, said to the person who can mend it."""


class DetectError(ValueError):
    """Something about the input is wrong; the message is one sentence that says what to do."""


class UnknownDetectorError(DetectError):
    """No detector of this name is installed."""


class NoLabError(DetectError):
    """The lab's libraries are not installed."""


class Abstention(Exception):  # noqa: N818 - it is no error: a detector that cannot tell says so
    """Raised by a detector that cannot judge a clip; the message is the reason, one sentence."""
