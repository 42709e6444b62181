"""The wav2lip engine on a photo, with weights of the published layout."""

from __future__ import annotations

from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from seeded import Golden
from skimage import data

from discriminator import faces
from discriminator.lipsync import compiled as compiling
from discriminator.lipsync import engine, mel, still
from discriminator.lipsync.compiled import BATCH, Compiled, Reference
from discriminator.lipsync.decoding import MOUTH, Decoder, folded
from discriminator.lipsync.errors import CheckpointError
from discriminator.lipsync.placing import nobody, place
from discriminator.lipsync.sitting import Sitter
from discriminator.lipsync.voice import Voice
from discriminator.lipsync.wav2lip import Generator
from discriminator.weights import WeightsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray
    from torch import Tensor

    from discriminator.faces import Picture, Points
    from discriminator.lipsync.engine import Precision

GOLDEN = Path(__file__).parent / "golden"
LEAST_DECIBELS = 40


@pytest.fixture(scope="module")
def photo() -> Picture:
    return faces.read(data.astronaut()[:360, 60:420])


@pytest.fixture(scope="module")
def points(photo: Picture) -> Points:
    return faces.find(photo)[0].points


def spoken(seconds: float = 0.4, pause: float = 0.5) -> Voice:
    """A voice that says something, rests, and says something else."""
    t = np.arange(int(seconds * 16000)) / 16000
    words = 0.3 * np.sin(2 * np.pi * (200 + 300 * t) * t) * (1 + np.sin(2 * np.pi * 4 * t)) / 2
    rest = np.zeros(int(pause * 16000))
    samples = np.concatenate((words, rest, words[::-1])).astype(np.float32)
    return Voice(Path("voice.wav"), samples)


@pytest.fixture(scope="module")
def drawn(weights: Path, photo: Picture, points: Points) -> list[Picture]:
    """All frames, by the engine as users have it, with numbers of 32 bits."""
    made = engine.make("wav2lip", engine.Options(weights, "fp32"))
    made.prepare(spoken())
    return [frame.copy() for frame in made.frames(photo, points)]


def test_there_is_a_frame_for_each_25th_of_a_second(drawn: list[Picture], photo: Picture) -> None:
    assert len(drawn) == spoken().frames == 32
    assert {frame.shape for frame in drawn} == {photo.shape}


def test_nothing_but_the_mouth_changes(
    drawn: list[Picture], photo: Picture, points: Points
) -> None:
    placed = place(photo, points)
    left, top, right, bottom = placed.patch
    for frame in drawn[::8]:
        outside = frame.copy()
        outside[top:bottom, left:right] = photo[top:bottom, left:right]
        assert (outside == photo).all()
        assert (frame != photo).any()


def test_the_seam_cannot_be_seen(photo: Picture, points: Points) -> None:
    mask = place(photo, points).mask[..., 0]
    assert max(mask[0].max(), mask[-1].max(), mask[:, 0].max(), mask[:, -1].max()) == 0
    assert mask.max() > 0.95
    assert max(np.abs(np.diff(mask, axis=0)).max(), np.abs(np.diff(mask, axis=1)).max()) < 0.35


def test_a_mouth_that_is_the_photos_own_changes_nothing(photo: Picture, points: Points) -> None:
    placed = place(photo, points)
    own = MOUTH.cut(torch.from_numpy(placed.seen()[:, 3:]))[0].numpy()
    change = np.abs(placed.pasted(own).astype(int) - photo)
    assert np.quantile(change, 0.99) < 12


def test_frames_of_silence_are_the_same_frame(drawn: list[Picture]) -> None:
    quiet = [
        number
        for number, piece in enumerate(still.pieces(spoken()))
        if (piece == mel.SILENCE).all()
    ]
    assert len(quiet) >= 5
    assert all((drawn[number] == drawn[quiet[0]]).all() for number in quiet)
    assert (drawn[0] != drawn[quiet[0]]).any()


def test_the_engine_draws_what_the_published_network_draws(
    weights: Path, photo: Picture, points: Points, drawn: list[Picture]
) -> None:
    generator = Generator()
    generator.load_state_dict(Golden.read(GOLDEN, "wav2lip_generator").tuned)
    generator.eval()
    placed = place(photo, points)
    heard = torch.from_numpy(still.pieces(spoken()))
    for number in (0, 31):
        with torch.no_grad():
            whole = generator(heard[number : number + 1], torch.from_numpy(placed.seen()))
        wanted = placed.pasted(MOUTH.cut(whole)[0].numpy())
        assert np.abs(wanted.astype(int) - drawn[number]).max() <= 1
    assert weights.exists()


def test_a_photo_waits_for_nothing_that_could_be_done_before(
    weights: Path, photo: Picture, points: Points, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[list[Tensor]] = []

    class Drawer:
        def __init__(self, decoder: Decoder, known: list[Tensor], *_: object) -> None:
            self.size = decoder.region.size
            looked_at.append(known)

        def draw(self, sounds: Iterable[object], _: object) -> Iterator[NDArray[np.float32]]:
            return (np.zeros((BATCH, 3, *self.size), np.float32) for _ in sounds)

    monkeypatch.setattr(still, "Compiled", Drawer)
    made = engine.make("wav2lip", engine.Options(weights))
    made.prepare(spoken())
    assert len(looked_at) == 1
    assert len(list(made.frames(photo, points))) == 32
    made.prepare(spoken(0.2))
    assert len(looked_at) == 1


def test_the_face_that_is_learned_from_is_one_as_the_network_sees_it() -> None:
    seen = nobody()
    assert seen.shape == (1, 6, 96, 96)
    assert (seen[0, :3, :48] == seen[0, 3:, :48]).all()
    assert not seen[0, :3, 48:].any()
    assert 0.1 < seen[0, 3:].mean() < 0.9


# --- precision ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def decoder() -> Decoder:
    generator = Generator()
    generator.load_state_dict(Golden.read(GOLDEN, "wav2lip_generator").tuned)
    return Decoder(folded(generator), MOUTH)


@pytest.fixture(scope="module")
def known(decoder: Decoder) -> list[Tensor]:
    """The golden face: random, its lower half hidden."""
    face = torch.from_numpy(np.random.default_rng(0).random((1, 6, 96, 96), dtype=np.float32))
    face[:, :3, 48:] = 0
    with torch.no_grad():
        return decoder.still(face)


def sounds(decoder: Decoder, seed: int) -> NDArray[np.float32]:
    chance = np.random.default_rng(seed + 1000)
    heard = torch.from_numpy(8 * chance.random((BATCH, 1, 80, 16), dtype=np.float32) - 4)
    with torch.no_grad():
        embedded: NDArray[np.float32] = decoder.generator[0].audio_encoder(heard).numpy()
    return embedded


@pytest.mark.parametrize("precision", ["fp32", "bf16", "int8"])
def test_fewer_bits_draw_the_same(
    decoder: Decoder, known: list[Tensor], tmp_path: Path, precision: Precision
) -> None:
    examples = [sounds(decoder, seed) for seed in range(1, 5)]
    kept = tmp_path / "learned.xml"
    compiled = Compiled(decoder, known, precision, kept, examples)
    asked = [sounds(decoder, 0), sounds(decoder, 7)]
    wanted = np.concatenate(list(Reference(decoder, "cpu").draw(asked, known)))
    got = np.concatenate(list(compiled.draw(asked, known)))
    difference = got.astype(np.float64) - wanted
    if precision == "fp32":
        assert np.abs(difference).max() < 1e-4
    assert -10 * np.log10(np.square(difference).mean()) >= LEAST_DECIBELS
    assert kept.exists() == (precision == "int8")


@pytest.mark.parametrize("part", [".xml", ".bin"])
def test_what_was_learned_and_cut_short_is_learned_anew(  # noqa: PLR0913, PLR0917 - fixtures
    decoder: Decoder,
    known: list[Tensor],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    part: str,
) -> None:
    learning = []

    def learn(model: object, *_: object) -> object:  # what it learns is looked at elsewhere
        learning.append(model)
        return model

    monkeypatch.setattr(compiling, "_learned", learn)
    kept = tmp_path / "learned.xml"
    for _ in range(2):
        Compiled(decoder, known, "int8", kept, [])
    assert (len(learning), caplog.text) == (1, "")
    cut = kept.with_suffix(part)
    cut.write_bytes(cut.read_bytes()[:1000])
    Compiled(decoder, known, "int8", kept, [])
    assert len(learning) == 2
    assert "learned.xml cannot be read" in caplog.text
    assert {path.name for path in tmp_path.iterdir()} == {"learned.bin", "learned.xml"}


def test_who_leaves_early_leaves_nothing_busy(
    decoder: Decoder, known: list[Tensor], tmp_path: Path
) -> None:
    compiled = Compiled(decoder, known, "fp32", tmp_path / "learned.xml", [])
    asked = [sounds(decoder, seed) for seed in range(4)]
    wanted = next(compiled.draw(asked, known))
    for _ in range(5):
        assert (next(compiled.draw(asked, known)) == wanted).all()


def test_a_card_draws_with_a_copy_and_the_next_photo_is_looked_at_here(decoder: Decoder) -> None:
    Reference(decoder, "meta")  # as far from the processor as a card, and everywhere
    assert {weight.device.type for weight in decoder.parameters()} == {"cpu"}


# --- what can be wrong ----------------------------------------------------------------------------


def test_without_weights_it_says_how_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCRIMINATOR_WEIGHTS", str(tmp_path))
    with pytest.raises(WeightsError, match="weights fetch wav2lip"):
        engine.make("wav2lip", engine.Options())
    with pytest.raises(CheckpointError):
        engine.make("wav2lip", engine.Options(tmp_path / "none.pth"))


@pytest.mark.parametrize("seconds", [0.001, 0.05])
def test_a_voice_of_one_frame_is_one_frame(
    weights: Path, photo: Picture, points: Points, seconds: float
) -> None:
    made = engine.make("wav2lip", engine.Options(weights, "fp32"))
    made.prepare(spoken(seconds, pause=0))
    assert len(list(made.frames(photo, points))) == 1 + int(seconds > 0.04)


def test_a_video_is_drawn_frame_by_frame_as_the_photo_is(
    weights: Path, photo: Picture, points: Points, drawn: list[Picture]
) -> None:
    made = engine.make("wav2lip", engine.Options(weights, "fp32"))
    made.prepare(spoken())
    sitters = repeat(Sitter(photo, points), 32)
    frames = [frame.copy() for frame in made.moving(sitters)]
    assert len(frames) == 32
    for got, wanted in zip(frames, drawn, strict=True):
        assert np.abs(got.astype(int) - wanted).max() <= 1
