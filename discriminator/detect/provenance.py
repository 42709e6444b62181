"""Where a file says that it comes from: signed credentials (C2PA), its metadata, its container.

Statements are not proofs, and they do not weigh the same on both sides. That a file says of itself
that a program made it up is believed. That it came from a camera is believed only if a signer says
so who is on a list of the trusted. A signature of anybody else speaks for nothing, and a file
without any is most files: every upload strips them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from discriminator.detect.errors import Abstention
from discriminator.detect.registry import Card, Detector, detector
from discriminator.detect.verdict import Opinion, Signal
from discriminator.video import history, provenance, reading

if TYPE_CHECKING:
    from discriminator.detect.clip import Clip
    from discriminator.video.history import History
    from discriminator.video.provenance import Statement

DECLARED, CAPTURED = 0.98, 0.05
"""P(fake) of a file that says it was made up, and of one that a trusted signer saw filmed."""

_GLANCE = 64


@detector(
    Card(
        name="provenance",
        description="Reads what a file says of its own making: credentials, metadata, container.",
        limits=(
            "It looks at no picture. Most files say nothing, and then it abstains; whoever wants "
            "to deceive removes what a file says. Only that a file calls itself made up, or that a "
            "trusted signer saw it filmed, is taken for evidence."
        ),
        licence="Apache-2.0",
    )
)
class ProvenanceDetector(Detector):
    """Says what the file says, where that can be relied on."""

    def judge(self, clip: Clip) -> Opinion:
        """Return the opinion of the file itself, or abstain with what is known of its history."""
        next(clip.frames(reading.Every(), longest=_GLANCE))  # raises where there is no picture
        return weighed(provenance.read(clip.path), history.read(clip.path))


def weighed(statement: Statement | None, told: History) -> Opinion:
    """Return what the statement and the history are worth, or abstain."""
    if statement and statement.synthetic:
        who = statement.maker or "whoever signed it"
        words = f"Its Content Credentials say that a program made it up ({who})."
        return Opinion(DECLARED, signals=(Signal("provenance", DECLARED, "fake", words),))
    if told.declared:
        words = f"Its metadata say that it was made up: “{told.declared}”."
        return Opinion(DECLARED, signals=(Signal("provenance", DECLARED, "fake", words),))
    if statement and statement.captured and statement.valid and statement.trusted:
        words = f"Its Content Credentials, by {statement.signer}, say that a camera filmed it."
        return Opinion(CAPTURED, signals=(Signal("provenance", CAPTURED, "real", words),))
    raise Abstention(_unsaid(statement, told))


def _unsaid(statement: Statement | None, told: History) -> str:
    """Return why the file's words decide nothing: one sentence or two."""
    if statement is None:
        said = "The file carries no Content Credentials, as most do not."
    elif not statement.valid:
        said = "The file was changed after its Content Credentials were signed."
    elif not statement.trusted:
        said = "Its Content Credentials are signed by someone who is on no list of the trusted."
    else:
        said = "Its Content Credentials do not say how it was made."
    if told.camera:
        return f"{said} It names a camera ({told.camera}), which anyone can write."
    if told.rewritten:
        return f"{said} A converter has written it anew, and with that its history is gone."
    return said
