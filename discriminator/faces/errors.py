"""What can be wrong with a picture, said to the person who can mend it."""


class FaceError(ValueError):
    """Something about the picture is wrong; the message is one sentence that says what to do."""


class UnreadablePictureError(FaceError):
    """The file is no picture, is cut short, or is too large or too small to be looked at."""


class NoFaceError(FaceError):
    """A face was wanted, and there is none, or not the one that was asked for."""


class NoMeshError(FaceError):
    """The face finder cannot run on this machine."""
