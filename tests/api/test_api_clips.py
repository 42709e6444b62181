"""A photo and a voice become a marked clip, over HTTP, and nothing of them stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from asking import AGREED, CLIPS, Service, bearer, bomb, portrait, saved
from cinema import eventually, traces
from PIL import Image

from discriminator.video import provenance
from discriminator.video.probe import probe

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "../../../../tmp/a name that nobody has to know, of someone who is somebody.jpg"


def test_a_photo_says_what_a_voice_says_and_the_clip_says_what_it_is(
    running: Service, voice: bytes, tmp_path: Path
) -> None:
    job = running.clip(portrait(), voice)
    said = job.ended()
    assert (said["state"], said["progress"], said["error"]) == ("done", 1, None)
    answer = running.http.get(said["video"], headers=bearer(job.secret))
    assert answer.headers["Content-Type"] == "video/mp4"
    assert f"synthetic-{said['id']}.mp4" in answer.headers["Content-Disposition"]
    (tmp_path / "clip.mp4").write_bytes(answer.content)
    says = provenance.read(tmp_path / "clip.mp4")
    assert says is not None
    assert (says.synthetic, says.valid) == (True, True)
    assert probe(tmp_path / "clip.mp4").seconds == pytest.approx(1.6, abs=0.1)


def test_a_clip_can_be_fetched_in_pieces(running: Service, voice: bytes) -> None:
    job = running.clip(portrait(), voice)
    job.ended()
    piece = running.http.get(
        f"{job.address}/video", headers=bearer(job.secret) | {"Range": "bytes=4-7"}
    )
    assert (piece.status_code, piece.content) == (206, b"ftyp")


def test_without_a_voice_the_film_speaks_and_what_is_deleted_meanwhile_is_gone(
    running: Service, voice: bytes
) -> None:
    photo = portrait(93)
    job = running.clip(photo)
    job.runs()
    assert job.standing["video"] is None
    waiting = running.clip(photo, voice)
    assert waiting.standing["position"] >= 1
    assert waiting.standing["wait"] > 0
    assert traces(running.folder, photo) != []
    assert job.ask(below="/video").status_code == 409
    assert [one.ask("DELETE").status_code for one in (job, waiting)] == [204, 204]
    assert [one.ask().status_code for one in (job, waiting)] == [404, 404]
    # A worker that was in the middle of a frame has moments to leave.
    eventually(lambda: not traces(running.folder, photo))
    assert running.clip(portrait(), voice).ended()["state"] == "done"


def test_a_clip_that_is_deleted_leaves_no_byte_in_folder_or_database(
    running: Service, clip: bytes, voice: bytes
) -> None:
    photo = portrait(92)
    job = running.clip(photo, voice)
    job.ended()
    video = job.ask(below="/video").content
    assert video != clip
    assert traces(running.folder, photo) != []
    assert traces(running.folder, video) != []
    assert job.ask("DELETE").content == b""
    assert traces(running.folder, photo) == []
    assert traces(running.folder, video) == []
    assert traces(running.folder, job.address.rpartition("/")[2].encode()) == []
    assert not _folder(running, job.address).exists()


def test_a_secret_is_kept_nowhere(running: Service, voice: bytes) -> None:
    job = running.clip(portrait(), voice)
    assert traces(running.folder, job.secret.encode()) == []
    job.ask("DELETE")


def test_what_a_photo_is_called_elsewhere_is_noted_nowhere(running: Service) -> None:
    files = {"photo": (HOSTILE, portrait(), "image/jpeg")}
    job = running.hand_in(CLIPS, data=AGREED, files=files)
    assert traces(running.folder, HOSTILE.encode()) == []
    assert (_folder(running, job.address) / "photo").read_bytes() == portrait()
    assert HOSTILE not in running.log.read_text()
    job.ask("DELETE")


@pytest.mark.parametrize("consent", [{}, {"consent": "false"}, {"consent": "yes"}, {"consent": ""}])
def test_nobody_speaks_without_consent(
    running: Service, voice: bytes, consent: dict[str, str]
) -> None:
    files = {"photo": portrait(), "voice": voice}
    answer = running.http.post(CLIPS, data=consent, files=files)
    assert answer.status_code == 403
    assert "agrees" in answer.json()["error"]


@pytest.mark.parametrize(
    ("photo", "why"),
    [
        (saved(Image.new("RGB", (256, 256), "olive")), "There is no face in the photo"),
        (saved(Image.new("RGB", (48, 48), "olive")), "smaller than 64 pixels"),
        (b"This is a letter, not a face. " * 40, "photo is no picture"),
        (bomb(), "photo has more than 64 million pixels"),
        (portrait()[: len(portrait()) // 2], "photo is no picture, or is cut short"),
    ],
    ids=["no face", "tiny", "no picture", "bomb", "cut short"],
)
def test_a_photo_that_will_not_do_is_told_in_a_sentence(
    running: Service, voice: bytes, photo: bytes, why: str
) -> None:
    job = running.clip(photo, voice)
    said = job.ended()
    assert said["state"] == "failed"
    assert why in said["error"]
    refused = job.ask(below="/video")
    assert (refused.status_code, refused.json()["error"]) == (409, said["error"])
    assert not _folder(running, job.address).exists()


def test_one_of_several_faces_can_be_asked_for(running: Service, voice: bytes) -> None:
    said = running.clip(portrait(), voice, face="1").ended()
    assert (said["state"], said["error"]) == ("failed", ONE_FACE)
    files = {"photo": portrait(), "voice": voice}
    answer = running.http.post(CLIPS, data={"consent": "true", "face": "-1"}, files=files)
    assert answer.status_code == 422


def test_a_voice_that_is_none_is_told_in_a_sentence(running: Service) -> None:
    said = running.clip(portrait(), b"Hello, hello. " * 40).ended()
    assert said["state"] == "failed"
    assert "voice is no sound" in said["error"]


ONE_FACE = "No face in the photo is number 1: there is one, number 0."


def _folder(running: Service, address: str) -> Path:
    return running.folder / address.removeprefix(f"{CLIPS}/")
