"""The store against every schedule that hypothesis thinks of: nothing is lost or done twice."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule
from sqlalchemy import create_engine, insert, update

from discriminator.jobs.schema import SCHEMA, STEPS, TABLES, NewerDatabaseError
from discriminator.jobs.store import (
    CANCELLED,
    DONE,
    ENDED,
    FAILED,
    QUEUED,
    RUNNING,
    Store,
    StoreError,
)

KEEP = 100.0
MOST = 4
WORKERS = ("a", "b", "c")


class Schedules(RuleBasedStateMachine):
    """Sessions and workers in any order, with a model of what must be true beside them."""

    jobs = Bundle("jobs")

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0
        self.store = Store("sqlite://", lambda: self.now)
        self.order: list[str] = []
        self.known: dict[str, str] = {}
        self.held: dict[str, str] = {}
        self.tries: dict[str, int] = {}

    @rule(target=jobs)
    def come(self) -> object:
        job = self.store.new_id()
        waiting = list(self.known.values()).count(QUEUED)
        taken = self.store.add(job, "toy", "me", {"n": 1}, keep=KEEP, most=MOST)
        assert taken == (waiting < MOST)
        if not taken:
            return multiple()
        self.order.append(job)
        self.known[job] = QUEUED
        return job

    @rule(worker=st.sampled_from(WORKERS))
    def claim(self, worker: str) -> None:
        if worker in self.held:
            return
        first = next((job for job in self.order if self.known.get(job) == QUEUED), None)
        got = self.store.claim("toy", worker)
        assert (got and got.id) == first
        if got:
            self.held[worker] = got.id
            self.known[got.id] = RUNNING
            self.tries[got.id] = self.tries.get(got.id, 0) + 1
            assert got.tries == self.tries[got.id] <= 2

    @rule(worker=st.sampled_from(WORKERS), state=st.sampled_from([DONE, FAILED, CANCELLED]))
    def end(self, worker: str, state: str) -> None:
        if job := self.held.pop(worker, None):
            assert self.store.end(job, worker, state) == (job in self.known)
            self._now_is(job, state)

    @rule(worker=st.sampled_from(WORKERS))
    def crash(self, worker: str) -> None:
        if job := self.held.pop(worker, None):
            self.store.give_back(job, worker, "crashed")
            self._now_is(job, QUEUED if self.tries[job] < 2 else FAILED)

    @rule(worker=st.sampled_from(WORKERS))
    def machine_down(self, worker: str) -> None:
        """What the broom does after a worker has not been heard of for long."""
        if worker in self.held and self.held[worker] in self.known:
            assert self.held[worker] in [job.id for job in self.store.abandoned()]

    @rule(job=jobs)
    def cancel(self, job: str) -> None:
        waiting = self.known.get(job) == QUEUED
        assert self.store.cancel(job) == waiting
        if waiting:
            self.known[job] = CANCELLED
        for worker, held in self.held.items():
            if held == job:
                assert not self.store.note(job, worker, 0.5)

    @rule()
    def forget(self) -> None:
        assert set(self.store.forget("me")) == set(self.known)
        self.known.clear()

    @rule(seconds=st.sampled_from([1.0, 60.0, KEEP]))
    def wait(self, seconds: float) -> None:
        self.now += seconds
        gone = self.store.forget_expired()
        assert set(gone) <= set(self.known)
        for job in gone:
            del self.known[job]

    def _now_is(self, job: str, state: str) -> None:
        if job in self.known:
            self.known[job] = state

    @invariant()
    def the_store_knows_what_we_know(self) -> None:
        for job in self.order:
            found = self.store.get(job, "me")
            assert (found and found.state) == self.known.get(job)
            assert self.store.get(job, "somebody else") is None
        waiting = [job for job in self.order if self.known.get(job) == QUEUED]
        running = list(self.known.values()).count(RUNNING)
        for place, job in enumerate(waiting):
            found = self.store.get(job, "me")
            assert found
            assert self.store.ahead(found) == running + place
        assert self.store.unfinished("toy") == running + len(waiting)

    def teardown(self) -> None:
        self.store.close()


Schedules.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestSchedules = Schedules.TestCase


DEEDS = st.lists(st.sampled_from(["come", "claim", "end", "crash"]), min_size=2, max_size=10)


@settings(max_examples=10, deadline=None)
@given(st.lists(DEEDS, min_size=2, max_size=4))
def test_threads_that_share_a_file_lose_nothing_and_do_nothing_twice(
    lives: list[list[str]],
) -> None:
    came: list[str] = []
    tries: list[tuple[str, int]] = []
    ended: list[str] = []
    together = threading.Barrier(len(lives))

    def live(number: int) -> None:
        name, held = f"worker {number}", None
        together.wait()
        for deed in lives[number]:
            if deed == "come":
                job = store.new_id()
                assert store.add(job, "toy", "me", {}, keep=KEEP, most=100)
                came.append(job)
            elif deed == "claim" and not held:
                held = store.claim("toy", name)
                tries.extend([(held.id, held.tries)] if held else [])
            elif deed == "end" and held:
                assert store.end(held.id, name, DONE)
                ended.append(held.id)
                held = None
            elif deed == "crash" and held:
                store.give_back(held.id, name, "crashed")
                held = None
        if held:
            store.give_back(held.id, name, "crashed")

    with TemporaryDirectory() as folder, ThreadPoolExecutor(len(lives)) as threads:
        store = Store(f"sqlite:///{folder}/jobs.sqlite", lambda: 1000.0)
        list(threads.map(live, range(len(lives))))
        while left := store.claim("toy", "the last"):
            tries.append((left.id, left.tries))
            assert store.end(left.id, "the last", DONE)
            ended.append(left.id)
        found = {job: store.get(job, "me") for job in came}
        store.close()
    assert len(set(tries)) == len(tries)
    assert len(set(ended)) == len(ended)
    done = {job for job, row in found.items() if row and row.state == DONE}
    failed = {job for job, row in found.items() if row and row.state == FAILED and row.tries == 2}
    assert done == set(ended)
    assert done | failed == set(came)


def test_a_worker_is_there_while_it_is_heard_of() -> None:
    now = 1000.0
    store = Store("sqlite://", lambda: now)
    store.hear("one", "toy")
    store.hear("two", "toy")
    store.hear("two", "toy")
    assert store.workers("toy") == 2
    store.part("one")
    assert store.workers("toy") == 1
    now += 60
    assert store.workers("toy") == 0


def test_the_latest_jobs_say_how_long_one_takes() -> None:
    now = 1000.0
    store = Store("sqlite://", lambda: now)
    assert store.usual_seconds("toy") is None
    for seconds in (100, *[4] * 20):
        store.add(store.new_id(), "toy", "me", {}, keep=KEEP, most=MOST)
        claimed = store.claim("toy", "one")
        assert claimed
        now += seconds
        store.end(claimed.id, "one", DONE)
    assert store.usual_seconds("toy") == pytest.approx(4)


@pytest.mark.parametrize("url", ["nonsense", "sqlite:////nowhere/at/all", "mysql://x/y"])
def test_a_database_that_cannot_be_used_is_told_in_one_sentence(url: str) -> None:
    with pytest.raises(StoreError, match="--db") as told:
        Store(url)
    assert "\n" not in str(told.value)


def test_an_older_database_is_brought_up_to_date_and_a_newer_one_left_alone(
    tmp_path: object,
) -> None:
    url = f"sqlite:///{tmp_path}/jobs.sqlite"
    engine = create_engine(url)
    with engine.begin() as connection:
        TABLES.create_all(connection, [SCHEMA])
        connection.execute(insert(SCHEMA).values(version=0))
    store = Store(url)
    assert store.add("one", "toy", "me", {}, keep=KEEP, most=MOST)
    store.close()
    again = Store(url)
    assert again.get("one", "me")
    again.close()
    with engine.begin() as connection:
        connection.execute(update(SCHEMA).values(version=len(STEPS) + 1))
    with pytest.raises(NewerDatabaseError, match="--db"):
        Store(url)


def test_every_state_is_an_end_or_on_its_way() -> None:
    assert ENDED | {QUEUED, RUNNING} == {QUEUED, RUNNING, DONE, FAILED, CANCELLED}
