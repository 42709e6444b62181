"""Model files that others have published: which there are, whose they are, whether they are whole.

from discriminator import weights

weights.path("wav2lip")   # where it is, or a sentence that says how to get it
"""

from discriminator.weights.errors import WeightsError
from discriminator.weights.fetching import fetch
from discriminator.weights.known import KNOWN, Published
from discriminator.weights.shelf import State, digest_of, folder, given, how_to_get, path, verify

__all__ = [
    "KNOWN",
    "Published",
    "State",
    "WeightsError",
    "digest_of",
    "fetch",
    "folder",
    "given",
    "how_to_get",
    "path",
    "verify",
]
