"""The office over a socket, as viewers' kernels use it."""

from __future__ import annotations

import json
import subprocess
import sys
from multiprocessing.connection import Client
from typing import TYPE_CHECKING

import pytest
from cinema import eventually
from houses import SECRET, House

from discriminator.jobs import client
from discriminator.jobs.counter import Counter
from discriminator.jobs.errors import JobError, NobodyWorksError, NotReadyError, UnknownJobError

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A house whose counter is open."""
    house = House("")
    address = house.folder / "counter"
    monkeypatch.setenv(client.AT, str(address))
    with Counter(house.office, address):
        yield house
    house.close()


def test_a_job_goes_over_the_counter_and_its_result_comes_back(office: House) -> None:
    with office.at_work():
        job = client.submit("toy", SECRET, {"do": "echo"}, {"photo": b"a face"})
        eventually(lambda: client.look(job, SECRET)["state"] == "done")
        assert client.collect(job, SECRET).startswith(b"a face 1 ")
        assert client.forget(SECRET) == 1
        with pytest.raises(UnknownJobError):
            client.look(job, SECRET)


def test_errors_come_back_as_what_they_are(office: House) -> None:
    with pytest.raises(NobodyWorksError):
        client.submit("toy", SECRET, {}, {})
    office.somebody_is_there()
    job = client.submit("toy", SECRET, {}, {})
    with pytest.raises(NotReadyError):
        client.collect(job, SECRET)
    client.cancel(job, SECRET)
    assert client.look(job, SECRET)["state"] == "cancelled"


def test_nonsense_at_the_counter_does_not_close_it(office: House) -> None:
    address = str(office.folder / "counter")
    for nonsense in (b"", b"\xff", b"[]", json.dumps({"do": "dance"}).encode()):
        with Client(address, "AF_UNIX") as line:
            line.send_bytes(nonsense)
            assert "error" in json.loads(line.recv_bytes())
    with pytest.raises(UnknownJobError):
        client.look("nothing", SECRET)


def test_without_a_server_the_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(client.AT, raising=False)
    with pytest.raises(JobError, match="discriminator serve"):
        client.look("job", SECRET)


def test_a_kernel_that_hands_jobs_in_stays_small() -> None:
    script = "import discriminator.jobs.client, json, sys; print(json.dumps(list(sys.modules)))"
    said = subprocess.check_output([sys.executable, "-c", script], text=True)
    assert {"sqlalchemy", "psutil", "numpy"} & set(json.loads(said)) == set()
