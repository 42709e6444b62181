"""What is Ray's own: more replicas for a longer queue, nothing left of a photo, and its absence."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from cinema import eventually
from houses import SECRET, House
from toys import TOY

from discriminator.jobs.cluster import RayEngine
from discriminator.jobs.errors import JobError


@pytest.mark.soak
@pytest.mark.usefixtures("cluster")
def test_a_longer_queue_brings_more_replicas() -> None:
    house = House("", RayEngine, toy=replace(TOY, replicas=2))

    def two_answer() -> bool:
        jobs = [house.ask("nap", seconds=0.5) for _ in range(4)]
        assert {house.ended(job).state for job in jobs} == {"done"}
        said = [house.office.collect(job, SECRET).read_bytes() for job in jobs]
        return len({one.split()[-1] for one in said}) == 2

    with house.at_work():
        eventually(two_answer, within=300)
    house.close()


def test_without_ray_a_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    house = House("", RayEngine)
    with pytest.raises(JobError, match=r"discriminator\[scale\]"), house.at_work():
        pass
    house.close()


@pytest.mark.usefixtures("cluster")
def test_a_replica_that_cannot_be_set_up_says_why() -> None:
    house = House("", RayEngine, toy=replace(TOY, maker="toys:NeverReady"))
    with house.at_work():
        ended = house.ended(house.ask("echo"))
    house.close()
    assert (ended.state, "weights are missing" in ended.message) == ("failed", True)
