"""A file becomes a verdict, over HTTP: the clips that the service itself makes do not pass."""

from __future__ import annotations

import pytest
from asking import VERDICTS, Service, bomb, portrait
from cinema import traces

from discriminator.detect.registry import names


def test_the_lab_catches_what_the_service_made(running: Service, clip: bytes) -> None:
    said = running.verdict(clip).ended()
    assert (said["state"], said["leaning"], said["words"]) == ("done", "fake", "Signs of a fake.")
    score = said["score"]
    assert score["fake"] >= score["threshold"]
    assert score["polarity"] == "1 is fake"
    assert score["calibrated_on"] == "synthetic"
    assert {"faces", "frames", "moments", "versions"} <= set(score)
    signals = {signal["name"]: signal for signal in score["signals"]}
    assert "a program made it up" in signals["provenance"]["words"]
    assert signals["provenance"]["leaning"] == "fake"


def test_who_cannot_tell_abstains_and_says_why(running: Service, clip: bytes) -> None:
    said = running.verdict(clip, detector="pulse").ended()
    assert (said["state"], said["leaning"]) == ("abstained", "unclear")
    assert said["score"]["fake"] is None
    assert "A pulse needs" in said["score"]["abstained"]
    assert said["words"].startswith("No verdict.")


def test_a_picture_is_judged_too(running: Service) -> None:
    said = running.verdict(portrait(), detector="provenance").ended()
    assert said["state"] == "abstained"


def test_a_file_that_is_neither_video_nor_picture_is_told_in_a_sentence(running: Service) -> None:
    said = running.verdict(b"This is a letter, not a clip. " * 40).ended()
    assert said["state"] == "failed"
    assert "neither a video nor a picture" in said["error"]
    assert said["score"] is None


def test_a_picture_that_would_fill_the_memory_is_not_read(running: Service) -> None:
    said = running.verdict(bomb()).ended()
    assert said["state"] == "failed"
    assert "64 million pixels" in said["error"]


@pytest.mark.parametrize("name", ["nonsense", "..", "/etc", "../run"])
def test_a_detector_that_is_not_installed_is_named(running: Service, name: str) -> None:
    answer = running.http.post(VERDICTS, data={"detector": name}, files={"file": portrait()})
    assert answer.status_code == 422
    assert "choose one of together, pulse" in answer.json()["error"]


def test_a_verdict_that_is_deleted_leaves_nothing(running: Service, clip: bytes) -> None:
    changed = clip + b"a few bytes more, by which this very file can be told from others" * 20_000
    job = running.verdict(changed, detector="provenance")
    assert job.ended()["state"] in {"done", "abstained"}
    assert traces(running.folder, changed) != []
    assert job.ask("DELETE").status_code == 204
    assert traces(running.folder, changed) == []
    assert job.ask().status_code == 404


def test_the_secret_of_a_verdict_is_worth_nothing_among_the_clips(
    running: Service, clip: bytes
) -> None:
    job = running.verdict(clip, detector="provenance")
    job.ended()
    elsewhere = job.address.replace("verdicts", "clips")
    for method, address in (
        ("GET", elsewhere),
        ("GET", f"{elsewhere}/video"),
        ("DELETE", elsewhere),
    ):
        asked = running.http.request(
            method, address, headers={"Authorization": f"Bearer {job.secret}"}
        )
        assert asked.status_code == 404
    assert job.ask("DELETE").status_code == 204


def test_the_detectors_are_those_of_the_lab(running: Service) -> None:
    told = running.http.get("/v1/detectors").json()["detectors"]
    assert [one["name"] for one in told] == names()
    assert all(one["limits"] and one["state"] for one in told)
