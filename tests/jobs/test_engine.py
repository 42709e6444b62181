"""Jobs done by real processes: warm, limited, cancelled, crashed, forgotten."""

from __future__ import annotations

import os
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import psutil
import pytest
from cinema import eventually
from houses import SECRET, House
from sqlalchemy.exc import OperationalError
from toys import TOY

from discriminator.jobs.errors import (
    JobError,
    NobodyWorksError,
    NotReadyError,
    QueueFullError,
    UnknownJobError,
)
from discriminator.jobs.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path


def test_a_worker_is_set_up_once_and_does_many_jobs(house: House) -> None:
    with house.at_work():
        said = []
        for _ in range(3):
            job = house.ask("echo")
            assert house.ended(job).state == "done"
            said.append(house.office.collect(job, SECRET).read_bytes().split(b" "))
    first, *_ = done = [int(words[-2]) for words in said]
    assert done == [first, first + 1, first + 2]
    assert len({words[-1] for words in said}) == 1
    assert int(said[0][-1]) != os.getpid()


def test_what_is_wrong_with_a_job_is_said_and_the_queue_goes_on(house: House) -> None:
    with house.at_work():
        refused, stumbled, fine = (house.ask(do) for do in ("refuse", "stumble", "echo"))
        assert house.ended(refused).message == "There is no face in it: try another."
        assert house.ended(stumbled).message.startswith("Something went wrong inside")
        assert house.ended(fine).state == "done"
        with pytest.raises(NotReadyError, match="no face"):
            house.office.collect(refused, SECRET)
        assert not house.vault.folder(refused).exists()


def test_a_crash_costs_a_try_and_two_cost_the_job(house: House) -> None:
    with house.at_work():
        once, always = house.ask("crash_once"), house.ask("crash")
        assert house.ended(once).state == "done"
        ended = house.ended(always)
        assert (ended.state, ended.message) == ("failed", "It took its worker down, twice.")
        assert house.ended(house.ask("echo")).state == "done"


def test_a_worker_that_dies_while_idle_is_replaced(house: House) -> None:
    with house.at_work():
        job = house.ask("echo")
        house.ended(job)
        pid = int(house.office.collect(job, SECRET).read_bytes().split()[-1])
        psutil.Process(pid).kill()
        again = house.ask("echo")
        assert house.ended(again).state == "done"


def test_a_job_that_is_no_longer_wanted_is_left(house: House) -> None:
    with house.at_work():
        running, waiting = house.ask("wait"), house.ask("echo")
        house.runs(running)
        for job in (waiting, running):
            house.office.cancel(job, SECRET)
        assert house.ended(running).state == house.ended(waiting).state == "cancelled"
        eventually(lambda: not house.vault.folder(running).exists())
        assert not house.vault.folder(waiting).exists()


def test_a_job_that_will_not_be_left_is_ended_with_all_that_it_started(
    house: House, tmp_path: Path
) -> None:
    note = tmp_path / "note"
    with house.at_work():
        job = house.ask("hang", note=str(note))
        eventually(note.exists)
        sleeper = psutil.Process(int(eventually(note.read_text)))
        house.office.cancel(job, SECRET)
        assert house.ended(job).state == "cancelled"
        eventually(lambda: not sleeper.is_running() or sleeper.status() == psutil.STATUS_ZOMBIE)
        assert house.ended(house.ask("echo")).state == "done"


def test_progress_position_and_wait_are_told(house: House) -> None:
    with house.at_work():
        running, second, third = house.ask("wait"), house.ask("echo"), house.ask("echo")
        eventually(lambda: house.office.look(running, SECRET).progress > 0)
        tickets = [house.office.look(job, SECRET) for job in (running, second, third)]
        assert [ticket.position for ticket in tickets] == [0, 1, 2]
        assert tickets[0].wait < tickets[1].wait < tickets[2].wait
        house.office.forget(SECRET)


def test_when_the_queue_is_full_it_says_how_long(house: House) -> None:
    house.somebody_is_there()
    for _ in range(TOY.waiting):
        house.ask("echo")
    with pytest.raises(QueueFullError, match="in about 10 seconds"):
        house.ask("echo")
    assert len([path for path in house.folder.iterdir() if path.is_dir()]) == TOY.waiting


def test_where_nobody_works_nothing_waits(house: House) -> None:
    with pytest.raises(NobodyWorksError):
        house.ask("echo")
    with pytest.raises(JobError, match="'fly'"):
        house.office.submit("fly", SECRET, {}, {})


def test_a_job_belongs_to_whoever_handed_it_in(house: House) -> None:
    house.somebody_is_there()
    job = house.ask("echo")
    for act in (house.office.look, house.office.collect, house.office.cancel):
        with pytest.raises(UnknownJobError):
            act(job, "somebody else's secret")
    assert house.office.forget("somebody else's secret") == 0
    assert house.office.look(job, SECRET).state == "queued"


@pytest.mark.parametrize(
    ("do", "limits", "message"),
    [
        ("wait", {"seconds": 1.0}, "longer than the 1 seconds"),
        ("grow", {"memory": 200 * 2**20}, "more than the 200 MB"),
    ],
)
def test_a_job_that_spends_too_much_is_ended(
    house: House, do: str, limits: dict[str, float], message: str
) -> None:
    house.trades["toy"] = replace(TOY, **limits)  # type: ignore[arg-type]
    with house.at_work():
        ended = house.ended(house.ask(do))
        assert ended.state == "failed"
        assert message in ended.message
        # The replica has no limits of its own here: its worker lets go of the memory by and by.
        eventually(lambda: house.ended(house.ask("echo")).state == "done")


def test_a_worker_that_cannot_be_set_up_says_why(caplog: pytest.LogCaptureFixture) -> None:
    house = House("", toy=replace(TOY, maker="toys:NeverReady"))
    with house.at_work():
        for _ in range(2):  # who comes while it rests hears it too
            job = house.ask("echo")
            ended = house.ended(job)
            assert (ended.state, "weights are missing" in ended.message) == ("failed", True)
            eventually(lambda job=job: not house.vault.folder(job).exists())
    house.close()
    assert caplog.text.count("weights are missing") == 1


def test_nothing_of_a_job_outlives_its_time(house: House) -> None:
    with house.at_work() as engine:
        done, running = house.ask("echo"), house.ask("wait")
        house.ended(done)
        house.runs(running)
        house.late += TOY.keep + 1
        engine.sweep()
        with pytest.raises(UnknownJobError):
            house.office.look(done, SECRET)
        eventually(lambda: not any(path.is_dir() for path in house.folder.iterdir()))
        house.late -= TOY.keep + 1
        assert house.ended(house.ask("echo")).state == "done"


def test_what_a_machine_left_undone_is_done_by_another(house: House) -> None:
    house.somebody_is_there()
    job = house.ask("echo")
    assert house.store.claim("toy", "somebody")
    house.late += 60
    with house.at_work() as engine:
        engine.sweep()
        assert house.ended(job).state == "done"


@pytest.mark.parametrize("asked", ["note", "end", "give_back"])
def test_a_job_outlives_a_database_that_is_away_for_a_moment(
    house: House, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    gone = OperationalError("", {}, Exception())
    away = iter([gone])
    answer = getattr(house.store, asked)

    def stumble(*words: object) -> object:
        if raised := next(away, None):
            raise raised
        return answer(*words)

    monkeypatch.setattr(house.store, asked, stumble)
    with house.at_work():
        job = house.ask("crash_once" if asked == "give_back" else "nap", seconds=0.3)
        assert house.ended(job).state == "done"
    assert next(away, None) is None


def test_an_engine_that_closes_in_mid_job_leaves_it_and_calls_nobody_dead(
    caplog: pytest.LogCaptureFixture,
) -> None:
    house = House("")
    with house.at_work():
        job = house.ask("wait")
        house.runs(job)
    assert caplog.text == ""
    assert house.office.look(job, SECRET).state == "queued"
    house.close()


def test_workers_are_counted_until_the_engine_closes(house: House) -> None:
    with house.at_work():
        assert house.store.workers("toy") == 1
    assert house.store.workers("toy") == 0


def test_many_at_once_and_none_is_lost(house: House) -> None:
    house.trades["toy"] = replace(TOY, workers=2, waiting=100)
    chance = random.Random(5)  # noqa: S311 - a schedule, no secret
    deeds = [chance.choice(["echo", "refuse", "crash_once", "nap"]) for _ in range(24)]
    ends = {"echo": "done", "nap": "done", "crash_once": "done", "refuse": "failed"}
    together = threading.Barrier(8)

    def come(deed: str) -> str:
        together.wait()
        return house.ask(deed, secret=f"{deed}'s", seconds=0.05)

    with house.at_work(), ThreadPoolExecutor(8) as viewers:
        jobs = list(viewers.map(come, deeds))
        tickets = [house.ended(job, f"{deed}'s") for job, deed in zip(jobs, deeds, strict=True)]
    assert [ticket.state for ticket in tickets] == [ends[deed] for deed in deeds]


def test_nothing_can_be_found_of_what_was_forgotten() -> None:
    house = House("")
    with house.at_work():
        job = house.office.submit("toy", SECRET, {"do": "echo"}, {"photo": b"\xffthe face\xfe"})
        house.ended(job)
        assert b"\xffthe face\xfe" in house.office.collect(job, SECRET).read_bytes()
        assert house.folder.stat().st_mode & 0o777 == 0o700
        assert (house.vault.folder(job) / "photo").stat().st_mode & 0o777 == 0o600
        assert house.office.forget(SECRET) == 1
        left = b"".join(path.read_bytes() for path in house.folder.rglob("*") if path.is_file())
    assert left, "the database itself must be there, or nothing was looked at"
    for trace in (b"the face", job.encode(), SECRET.encode()):
        assert trace not in left
    house.close()


def test_a_full_disk_keeps_nothing_half_written(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    house.somebody_is_there()
    monkeypatch.setattr(Vault, "write", full)
    with pytest.raises(JobError, match="No space left"):
        house.ask("echo")
    assert not any(path.is_dir() for path in house.folder.iterdir())
