"""Workers: all jobs are done, in their order, and no worker takes the core of another."""

from __future__ import annotations

import os

import cv2

from discriminator.detect import crew
from discriminator.video import reading


def done(job: int) -> tuple[int, int, int, int]:
    return job, os.getpid(), cv2.getNumThreads(), reading.threads


def test_each_job_is_done_in_its_place_by_a_worker_on_one_core() -> None:
    told = list(crew.each(done, range(6), workers=2))
    assert [job for job, *_ in told] == list(range(6))
    assert os.getpid() not in {worker for _, worker, *_ in told}
    assert {(of_pictures, of_clips) for _, _, of_pictures, of_clips in told} == {(1, 1)}
    assert reading.threads == 0  # here, where nobody else is at work


def test_nothing_to_do_starts_nobody() -> None:
    assert list(crew.each(done, [])) == []
