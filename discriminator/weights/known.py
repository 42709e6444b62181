"""The model files that this package can use."""

from __future__ import annotations

from typing import NamedTuple


class Published(NamedTuple):
    """A model file, by the name that the command line knows it by."""

    file: str
    """What it is called on the shelf."""
    about: str
    licence: str
    """What its authors allow, in one sentence; shown before it is fetched."""
    page: str
    """Where its authors tell of it."""
    address: str | None = None
    """Where it can be fetched from; None where its authors' own links have moved too often."""
    size: int | None = None
    """Bytes."""
    sha256: str | None = None
    """None where nobody has published it: then that of the first fetch or use counts."""


_WAV2LIP = "https://github.com/Rudrabha/Wav2Lip#getting-the-weights"
_WAV2LIP_LICENCE = (
    "For research, study and other personal use only: its authors allow no commercial use, because "
    "it was trained on BBC programmes (LRS2)."
)

KNOWN = {
    "wav2lip": Published(
        file="wav2lip.pth",
        about="Wav2Lip, the generator whose lips fit best",
        licence=_WAV2LIP_LICENCE,
        page=_WAV2LIP,
    ),
    "mtcnn": Published(
        file="facenet_pytorch-2.6.0-py3-none-any.whl",
        about="MTCNN's three networks, which find faces, as facenet-pytorch ships them",
        licence="MIT: free for any use that keeps its authors' notice.",
        page="https://github.com/timesler/facenet-pytorch",
        address=(
            "https://pypi.org/packages/py3/f/facenet-pytorch/facenet_pytorch-2.6.0-py3-none-any.whl"
        ),
        size=1_881_930,
        sha256="ecb82b27beb226d106f2219efe8f829b01b87a8595badd01545679bdb9f19cca",
    ),
}
