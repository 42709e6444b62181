"""What a replica does with its worker when nobody waits for the job any longer."""

from __future__ import annotations

import asyncio

import pytest
from toys import PHOTO, TOY

from discriminator.jobs.replica import Replica


async def server_of_an_echo(replica: Replica) -> int:
    """Return the process that answered."""
    async for said in replica.work("echo", {"do": "echo"}, {PHOTO: b""}):
        if "done" in said:
            return int(said["result"].split()[-1])
    pytest.fail("it did not answer")


async def leave(replica: Replica, wish: str, memory: int) -> None:
    """Wait for a job until its worker holds more than this, and then no longer."""
    job = replica.work("left", {"do": wish, "seconds": 60}, {})
    async for said in job:
        if said["memory"] > memory:
            break
    await job.aclose()  # type: ignore[attr-defined] # it is a generator


@pytest.mark.parametrize(
    ("wish", "memory", "stays"),
    [
        pytest.param("wait", 0, True, id="it stops, and serves the next"),
        pytest.param("nap", 0, False, id="it does not stop"),
        pytest.param("grow", TOY.memory, False, id="the next would be blamed for what it holds"),
    ],
)
def test_a_job_is_left(wish: str, memory: int, *, stays: bool) -> None:
    async def seen() -> list[int]:
        first = await server_of_an_echo(replica)
        await leave(replica, wish, memory)
        return [first, await server_of_an_echo(replica)]

    replica = Replica(TOY)
    first, second = asyncio.run(seen())
    assert (first == second) is stays
