"""Who signs what this machine makes: a key and its certificates, made at the first signature.

An operator who has a key of their own puts `chain.pem` and `key.pem` into a folder and names it in
the environment variable DISCRIMINATOR_CREDENTIALS.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from discriminator.video.errors import CredentialsError

PLACE = "DISCRIMINATOR_CREDENTIALS"
_PRIVATE = 0o600
_YEARS = 10
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Credentials:
    """A signer."""

    chain: str
    """The certificates, PEM: the signer's first, then who vouches for it."""
    key: str
    """The private key, PEM (PKCS 8), on the curve P-256."""


def load() -> Credentials:
    """Return this machine's signer, made now if there is none.

    Raises:
        CredentialsError: what is in the folder is incomplete, or the folder cannot be written.
    """
    folder = _folder()
    try:
        if not folder.exists():
            _make(folder)
        return Credentials(*((folder / name).read_text("ascii") for name in _FILES))
    except (OSError, ValueError) as error:
        message = f"{folder} should hold {' and '.join(_FILES)} for signing ({error}): mend it."
        raise CredentialsError(message) from error


_FILES = ("chain.pem", "key.pem")


def _folder() -> Path:
    if named := os.environ.get(PLACE):
        return Path(named)
    home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(home) / "discriminator" / "credentials"


def _make(folder: Path) -> None:
    """Make the whole folder at once, so that two processes never share half of one."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".credentials-"))  # mode 0700
    try:
        for name, text in zip(_FILES, _issued(), strict=True):
            (made / name).touch(_PRIVATE)
            (made / name).write_text(text, "ascii")
        made.rename(folder)
    except OSError:
        if not folder.exists():  # nobody else was faster
            raise
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _issued() -> tuple[str, str]:
    """Return a signer's certificates and key; the authority's own key is forgotten at once."""
    authority, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root_name = _named("Discriminator, this machine's authority")
    root = (
        _certificate(root_name, root_name, authority.public_key(), authority.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_may(sign=False), critical=True)
        .sign(authority, hashes.SHA256())
    )
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
    leaf = (
        _certificate(
            _named("Discriminator, a synthetic clip"),
            root_name,
            key.public_key(),
            authority.public_key(),
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_may(sign=True), critical=True)
        .add_extension(purpose, critical=False)
        .sign(authority, hashes.SHA256())
    )
    kept = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    pem = serialization.Encoding.PEM
    return (leaf.public_bytes(pem) + root.public_bytes(pem)).decode(), kept.decode()


def _named(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Discriminator"),
        ]
    )


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    issuer_key: ec.EllipticCurvePublicKey,
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _DAY)
        .not_valid_after(now + _YEARS * 365 * _DAY)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key), critical=False
        )
    )


def _may(*, sign: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=sign,
        key_cert_sign=not sign,
        crl_sign=not sign,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
