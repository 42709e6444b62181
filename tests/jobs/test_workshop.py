"""A workshop is open or wholly gone."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from cinema import eventually
from sqlalchemy import create_engine, func, select
from toys import PHOTO, TOY

from discriminator.jobs import client
from discriminator.jobs.schema import JOBS
from discriminator.jobs.store import Store, StoreError
from discriminator.jobs.trades import ENGINES
from discriminator.jobs.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from discriminator.jobs.trades import Trade

TRADES: Mapping[str, Trade] = {"toy": TOY}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_workshop_does_jobs_in_a_folder_of_its_own_and_leaves_nothing(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    if engine == "ray":
        request.getfixturevalue("cluster")
    with Workshop(TRADES, engine=engine) as workshop:
        assert stat.S_IMODE(workshop.folder.stat().st_mode) == 0o700
        monkeypatch.setenv(client.AT, str(workshop.counter))
        job = client.submit("toy", "me", {"do": "echo"}, {PHOTO: b"a face"})
        eventually(lambda: client.look(job, "me")["state"] == "done")
        said = client.collect(job, "me")
        worker = psutil.Process(int(said.split()[-1]))
    assert said.startswith(b"a face")
    assert not workshop.folder.exists()
    assert not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE


def test_a_workshop_that_cannot_open_leaves_nothing(tmp_path: Path) -> None:
    workshop = Workshop(TRADES, f"sqlite:///{tmp_path}/no/such/folder/jobs.sqlite")
    with pytest.raises(StoreError, match="cannot be used"), workshop:
        pass
    assert not workshop.folder.exists()


def test_a_second_workshop_on_the_same_database_is_refused_while_the_first_is_open(
    tmp_path: Path,
) -> None:
    db = f"sqlite:///{tmp_path}/jobs.sqlite"
    with Workshop(TRADES, db):
        second = Workshop(TRADES, db)
        with pytest.raises(StoreError, match="one of its own"), second:
            pass
        assert not second.folder.exists()
    with Workshop(TRADES, db):
        pass


def rows(db: str) -> int:
    engine = create_engine(db)
    with engine.begin() as connection:
        return connection.scalar(select(func.count()).select_from(JOBS)) or 0


def test_no_job_stays_in_a_database_when_its_workshop_closes_or_another_opens(
    tmp_path: Path,
) -> None:
    db = f"sqlite:///{tmp_path}/jobs.sqlite"
    with Workshop(TRADES, db) as workshop:
        workshop.office.submit("toy", "me", {"do": "wait"}, {PHOTO: b"a face"})
        assert rows(db) == 1
    assert rows(db) == 0
    killed = Store(db)
    for trade in ("toy", "another's"):
        killed.add(trade, trade, "me", {}, keep=60, most=1)
    killed.close()
    with Workshop(TRADES, db):
        assert rows(db) == 1  # of a trade that is not worked at here


LEFT = """
from discriminator.jobs.vault import private_folder

folder = private_folder()
(folder / "photo").write_bytes(b"a face")
print(folder, flush=True)
input()
"""


def test_what_a_killed_process_left_is_deleted_by_the_next_that_opens() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", LEFT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    left = Path(process.stdout.readline().strip())
    with Workshop({}):
        assert (left / "photo").exists()  # its process lives
    process.kill()
    process.communicate()
    with Workshop({}):
        assert not left.exists()


HERE = """
import os, sys
from discriminator.jobs import client, workshop
from toys import TOY

workshop.open_here({"toy": TOY})
job = client.submit("toy", "me", {"do": "echo"}, {"photo": b"a face"})
while client.look(job, "me")["state"] != "done":
    pass
print(os.environ[client.AT])
"""


def test_a_process_that_opens_one_for_itself_takes_it_along_when_it_ends() -> None:
    paths = os.pathsep.join(sys.path)
    env = {name: value for name, value in os.environ.items() if name != client.AT}
    said = subprocess.check_output(
        [sys.executable, "-c", HERE], env=env | {"PYTHONPATH": paths}, text=True
    )
    assert not Path(said.strip()).parent.exists()
