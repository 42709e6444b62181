"""From a picture to faces: where they are, how they look, and how to bend them.

    from discriminator import faces

    for face in faces.find("group.jpg"):
        print(face.box, faces.eye_openness(face.points), faces.head_pose(face.points))

The finder itself, mediapipe, is loaded when a face is first looked for; `faces.warp`, which bends
pictures, is imported by name.
"""

from discriminator.faces.errors import (
    FaceError,
    NoFaceError,
    NoMeshError,
    UnreadablePictureError,
)
from discriminator.faces.events import Blinks, Switch, mouth_switch
from discriminator.faces.face import Box, Face, Points
from discriminator.faces.finding import find, follow
from discriminator.faces.geometry import (
    HeadPose,
    Openness,
    align,
    around,
    crop,
    eye_openness,
    head_pose,
    mouth_openness,
)
from discriminator.faces.picture import Picture, Source, read

__all__ = [
    "Blinks",
    "Box",
    "Face",
    "FaceError",
    "HeadPose",
    "NoFaceError",
    "NoMeshError",
    "Openness",
    "Picture",
    "Points",
    "Source",
    "Switch",
    "UnreadablePictureError",
    "align",
    "around",
    "crop",
    "eye_openness",
    "find",
    "follow",
    "head_pose",
    "mouth_openness",
    "mouth_switch",
    "read",
]
