"""The engine beyond one machine: the same trades, as replicas of Ray Serve.

Each replica keeps one worker's process warm on its machine, as a lane does on this one, so that
limits, crashes and cancelled jobs are what they are without Ray. There are as many replicas as jobs
ask for. Photos travel to a replica and clips back; at both ends they lie in a private folder.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import uuid
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from queue import Empty, Queue
from typing import TYPE_CHECKING, Any, Self

from discriminator.jobs.engine import Engine
from discriminator.jobs.errors import JobError
from discriminator.jobs.replica import Replica
from discriminator.jobs.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from discriminator.jobs.trades import Trade

_QUICK = {"metrics_interval_s": 1.0, "look_back_period_s": 4.0, "upscale_delay_s": 2.0}
"""Somebody waits for a face: Serve's own 30 seconds until it grows are too many."""
_CLOSING = {"graceful_shutdown_timeout_s": 10.0, "graceful_shutdown_wait_loop_s": 0.1}
_TELEMETRY = "RAY_USAGE_STATS_ENABLED"


class RayEngine(Engine):
    """Has jobs done on a Ray cluster: that of RAY_ADDRESS, or one of this machine alone.

    Raises:
        JobError: Ray is not installed, or does not start; raised as the engine opens.
    """

    def __enter__(self) -> Self:
        """Join the cluster, and have it keep replicas of every trade."""
        with ExitStack() as leaving:
            self._handles = leaving.enter_context(replicas_of(self._trades))
            super().__enter__()
            self._leaving = leaving.pop_all()
        return self

    def __exit__(self, *exit_: object) -> None:
        """Let the replicas go, and the cluster too if it was made for this engine."""
        with self._leaving:
            super().__exit__(*exit_)

    def _lanes_of(self, trade: Trade) -> int:
        return trade.replicas

    def _hire(self, name: str) -> Replicas:
        return Replicas(self._handles[name], self._trades[name].result)


class Replicas:
    """The replicas of one trade, as the lane that hands them a job sees them: like a worker."""

    alive = True
    """Serve replaces those that die."""

    def __init__(self, handle: Any, result: str) -> None:  # noqa: ANN401 - Serve's handle
        self._handle = handle.options(stream=True)
        self._result = result
        self._folder = Path()
        self._stream: Any = None
        self._heard: Queue[dict[str, Any]] = Queue()
        self._heard.put({"ready": True})
        self.memory, self.seconds = 0, 0.0

    def order(self, folder: Path, wish: Mapping[str, Any]) -> None:
        """Hand a job over; it waits for a replica that has time."""
        (folder / self._result).unlink(missing_ok=True)  # of a try whose end could not be noted
        files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        self._folder, self._heard = folder, Queue()
        self.memory, self.seconds = 0, 0.0
        self._stream = self._handle.work.remote(folder.name, dict(wish), files)
        listening = (self._stream, self._heard)
        threading.Thread(target=_listen, args=listening, daemon=True).start()

    def hear(self, seconds: float) -> dict[str, Any] | None:
        """Wait so long for the next word.

        Raises:
            EOFError: the replica, or its worker, has died.
        """
        try:
            said = self._heard.get(timeout=seconds)
        except Empty:
            return None
        if "died" in said:
            raise EOFError
        self.memory, self.seconds = said.pop("memory", 0), said.pop("seconds", 0.0)
        if "done" in said:
            with suppress(FileNotFoundError):  # forgotten while it was being done
                Vault.write(self._folder / self._result, said.pop("result"))
        return said

    def stop(self) -> None:
        """Ask for the job to be left."""
        if self._stream is not None:
            self._stream.cancel()

    def kill(self) -> None:
        """Leave whatever is being done to the replica, which ends it."""
        self.stop()


def _listen(stream: Any, heard: Queue[dict[str, Any]]) -> None:  # noqa: ANN401 - Serve's response
    """Pass on what a replica says, until it has said all."""
    from ray.serve.exceptions import RequestCancelledError  # noqa: PLC0415 - see `_ray`

    try:
        for said in stream:
            heard.put(said)
    except RequestCancelledError:
        heard.put({"stopped": True})
    except Exception:  # noqa: BLE001 - whatever becomes of a replica, the job is tried once more
        heard.put({"died": True})


@contextmanager
def replicas_of(trades: Mapping[str, Trade]) -> Iterator[dict[str, Any]]:
    """Have the cluster keep replicas of every trade; yield Serve's handle of each by its name.

    Raises:
        JobError: Ray is not installed, or does not start.
    """
    with ExitStack() as leaving:
        serve = leaving.enter_context(joined())
        yield {
            name: leaving.enter_context(_kept(serve, name, trade)) for name, trade in trades.items()
        }


@contextmanager
def joined() -> Iterator[Any]:
    """Join the cluster, unless this process has joined one, and yield Serve.

    Raises:
        JobError: Ray is not installed, or does not start.
    """
    ray, serve = _ray()
    if ray.is_initialized():
        yield serve
        return
    for talker in ("ray", "ray.serve"):  # on the terminal, of each step
        logging.getLogger(talker).setLevel(logging.ERROR)
    _start(ray)
    try:
        serve.start(proxy_location="Disabled", logging_config={"enable_access_log": False})
        yield serve
    finally:
        ray.shutdown()  # which ends a cluster of our own, and leaves another's as it is


def _start(ray: Any) -> None:  # noqa: ANN401 - as `_ray`
    os.environ.setdefault(_TELEMETRY, "0")
    # A photo is not written to a disk when memory is short.
    own = {"address": "local", "_system_config": {"automatic_object_spilling_enabled": False}}
    settings = {} if os.environ.get("RAY_ADDRESS") else {"include_dashboard": False, **own}
    try:
        ray.init(log_to_driver=False, logging_level="ERROR", **settings)
    except Exception as error:
        ray.shutdown()
        reason = str(error).split(". ", 1)[0].rstrip(".")
        message = f"Ray does not start ({reason}): try again, or see its logs in /tmp/ray."
        raise JobError(message) from error


@contextmanager
def _kept(serve: Any, name: str, trade: Trade) -> Iterator[Any]:  # noqa: ANN401 - untyped
    """Have the cluster keep replicas of a trade; yield Serve's handle of them."""
    app = f"{name}-{uuid.uuid4().hex[:8]}"  # other servers may keep some of their own
    try:
        yield serve.run(_deployment(serve, name, trade).bind(trade), name=app, route_prefix=None)
    finally:
        serve.delete(app)


def _deployment(serve: Any, name: str, trade: Trade) -> Any:  # noqa: ANN401 - Serve has no types
    growing = {"min_replicas": trade.workers, "max_replicas": trade.replicas}
    there = {"env_vars": {"PYTHONPATH": os.pathsep.join(sys.path)}}
    return serve.deployment(
        Replica,
        name=name,
        max_ongoing_requests=1,
        autoscaling_config={"target_ongoing_requests": 1, **growing, **_QUICK},
        ray_actor_options={"num_cpus": 1, "runtime_env": there},
        **_CLOSING,
    )


def _ray() -> tuple[Any, Any]:
    try:
        import ray  # noqa: PLC0415 - large, and told in a sentence where it is missing
        from ray import serve  # noqa: PLC0415 - as above
    except ImportError as error:
        message = "`--engine ray` needs Ray: `pip install 'discriminator[scale]'`."
        raise JobError(message) from error
    return ray, serve
