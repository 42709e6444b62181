"""What a clip says about itself is signed into it, and read back."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest
from cryptography import x509

from discriminator.video import credentials, ffmpeg, provenance
from discriminator.video.errors import CredentialsError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "who" / "signs"
    monkeypatch.setenv(credentials.PLACE, str(place))
    return place


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clips") / "clip.mp4"
    ffmpeg.run(["-f", "lavfi", "-i", "testsrc2=s=96x96:d=1:r=10", "-c:v", "libx264", str(path)])
    return path


def test_a_signed_clip_says_that_it_is_synthetic(clip: Path, tmp_path: Path, folder: Path) -> None:
    provenance.sign_synthetic(clip, tmp_path / "signed.mp4", "A test")
    says = provenance.read(tmp_path / "signed.mp4")
    assert says is not None
    assert says.synthetic
    assert (says.maker, says.signer) == ("Discriminator", "Discriminator")
    assert says.valid
    assert not says.trusted  # nobody but this machine vouches for it
    assert folder.is_dir()


def test_a_changed_clip_is_found_out(clip: Path, tmp_path: Path, folder: Path) -> None:
    signed = tmp_path / "signed.mp4"
    provenance.sign_synthetic(clip, signed, "A test")
    content = bytearray(signed.read_bytes())
    at = content.rindex(b"mdat") + 200
    content[at] ^= 0xFF
    signed.write_bytes(content)
    says = provenance.read(signed)
    assert says is not None
    assert not says.valid
    assert folder.is_dir()


def test_an_unsigned_file_says_nothing(clip: Path, tmp_path: Path) -> None:
    assert provenance.read(clip) is None
    text = tmp_path / "clip.mp4"
    text.write_text("no clip")
    assert provenance.read(text) is None
    assert provenance.read(tmp_path / "none.mp4") is None


def test_the_key_is_made_once_and_for_nobody_else(folder: Path) -> None:
    first = credentials.load()
    assert credentials.load() == first
    assert stat.S_IMODE((folder / "key.pem").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_the_signer_is_vouched_for_and_may_do_no_more_than_sign(folder: Path) -> None:
    leaf, root = x509.load_pem_x509_certificates(credentials.load().chain.encode())
    leaf.verify_directly_issued_by(root)
    assert not leaf.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert sorted(path.name for path in folder.iterdir()) == ["chain.pem", "key.pem"]


def test_an_operators_own_key_signs(folder: Path, clip: Path, tmp_path: Path) -> None:
    folder.mkdir(parents=True)
    chain, key = credentials._issued()  # noqa: SLF001 - any key will do
    (folder / "chain.pem").write_text(chain)
    (folder / "key.pem").write_text(key)
    provenance.sign_synthetic(clip, tmp_path / "signed.mp4", "A test")
    assert credentials.load().chain == chain


def test_a_key_that_does_not_do_is_named(folder: Path, clip: Path, tmp_path: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "chain.pem").write_text("no certificate")
    with pytest.raises(CredentialsError, match=r"chain\.pem and key\.pem"):
        provenance.sign_synthetic(clip, tmp_path / "signed.mp4", "A test")
    (folder / "key.pem").write_text("no key")
    with pytest.raises(CredentialsError, match="could not be signed"):
        provenance.sign_synthetic(clip, tmp_path / "signed.mp4", "A test")
