"""Content Credentials (C2PA): what made a file, signed into it, and read from any file.

What they say is a statement, not a proof. A signature of a machine's own authority reads as valid
but not trusted; and that a file carries none says nothing, since every upload strips them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import c2pa

from discriminator.video import credentials
from discriminator.video.errors import CredentialsError

if TYPE_CHECKING:
    from pathlib import Path

SYNTHETIC = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
"""The IPTC's word for what a program made up."""
_IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_MADE_UP = {
    f"{_IPTC}{name}"
    for name in (
        "trainedAlgorithmicMedia",
        "compositeWithTrainedAlgorithmicMedia",
        "algorithmicMedia",
        "compositeSynthetic",
        "virtualRecording",
    )
}
_FILMED = {f"{_IPTC}digitalCapture", f"{_IPTC}computationalCapture"}
_MAKER = "Discriminator"


@dataclass(frozen=True)
class Statement:
    """What a file says about itself."""

    maker: str
    """The program that made it."""
    sources: tuple[str, ...]
    """Digital source types, as IPTC addresses."""
    signer: str
    """Who issued the certificate."""
    valid: bool
    """The file is as it was when it was signed."""
    trusted: bool
    """The signer is on a list of those who may be believed."""

    @property
    def synthetic(self) -> bool:
        """Whether it says that a program made up some of it."""
        return not _MADE_UP.isdisjoint(self.sources)

    @property
    def captured(self) -> bool:
        """Whether it says that a camera filmed it, and nothing else was brought in."""
        return bool(self.sources) and _FILMED.issuperset(self.sources)


def sign_synthetic(path: Path, signed: Path, title: str) -> None:
    """Write a copy of a finished video that says, signed, that a program made it up.

    Raises:
        CredentialsError: this machine's key cannot be used.
    """
    who = credentials.load()
    made = {"action": "c2pa.created", "digitalSourceType": SYNTHETIC}
    manifest = {
        "claim_generator_info": [{"name": _MAKER}],
        "title": title,
        "format": "video/mp4",
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": [made]}}],
    }
    try:
        info = c2pa.C2paSignerInfo(
            c2pa.C2paSigningAlg.ES256, who.chain.encode(), who.key.encode(), None
        )
        with c2pa.Signer.from_info(info) as signer, c2pa.Builder.from_json(manifest) as builder:
            builder.sign_file(path, signed, signer)
    except c2pa.C2paError as error:
        message = f"The clip could not be signed with this machine's key ({error}): renew it."
        raise CredentialsError(message) from error


def read(path: Path) -> Statement | None:
    """Return what a file says about itself, or None where it carries no credentials."""
    try:
        with c2pa.Reader(str(path)) as reader:
            return _statement(json.loads(reader.json()))
    except c2pa.C2paError:
        return None


def _statement(told: dict[str, Any]) -> Statement:
    manifest = told["manifests"][told["active_manifest"]]
    actions = [
        action
        for assertion in manifest.get("assertions", ())
        if assertion["label"].startswith("c2pa.actions")
        for action in assertion["data"]["actions"]
    ]
    makers = manifest.get("claim_generator_info") or [{}]
    state = told.get("validation_state", "")
    return Statement(
        maker=makers[0].get("name", ""),
        sources=tuple(a["digitalSourceType"] for a in actions if "digitalSourceType" in a),
        signer=(manifest.get("signature_info") or {}).get("issuer", ""),
        valid=state in {"Valid", "Trusted"},
        trusted=state == "Trusted",
    )
