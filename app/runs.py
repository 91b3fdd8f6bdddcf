"""Runs: cached, single-flight access to training. Knows the cache; not Flask's requests, not the page.

An Experiment's canonical JSON says all that its result depends on, so equal JSON means an equal payload. The cache only
saves time: whatever it does, `Runs.payload` answers. A training is one for all who ask, whatever they make of it. It
ends early when its time is over or nobody waits for it any more; long ones are done one at a time.
"""

import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path
from threading import Lock
from typing import Protocol

import numpy as np

import components
import optim
from app.flights import Flight, Flights
from app.turns import Left, Turns
from app.waiting import Always, Waiter
from components.payload.build import build
from components.payload.schema import Payload
from components.question import Trained
from components.settings import budget
from components.text.errors import Refused
from optim import Experiment, Run, Stopped

log = logging.getLogger(__name__)

# After a failed write nothing is written for a while, nor read if reading failed too: a server that is down costs a
# time-out at every touch, while what a full disk holds is still good.
REST_SECONDS = 60.0
# Whole runs held for questions, so that several about one run train it once; none of more numbers than that (40 MB).
TRAINED = 4
LARGEST_TRAINED = 5_000_000
# Estimated seconds up to which runs do not wait for each other's turn.
LIGHT_SECONDS = 0.5
TOO_LONG = f"This run was stopped after {budget.DEADLINE:g} s of computing: take fewer epochs, points or methods."
ANYBODY = Always()


class Cache(Protocol):
    """The part of flask-caching that is used here. Both methods may raise whatever their backend raises."""

    def get(self, key: str) -> object:
        """The value kept under the key, or None."""

    def set(self, key: str, value: object) -> bool | None:
        """Keep a copy of the value; whether that worked."""


def fingerprint() -> str:
    """12 hex digits of the code and the numpy that make a payload.

    A cache outlives the program in a folder or on a Redis server: with this in the key, a change of the code never
    meets the results of the code before it, and nobody has to remember to raise a version number.
    """
    digest = hashlib.sha256(np.__version__.encode())
    for package in (optim, components):
        for file in sorted(Path(package.__path__[0]).rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def seconds(experiment: Experiment) -> float:
    """The processor time that its training is estimated to take."""
    return budget.cost(experiment).seconds


class TooLong(Refused):
    """A training that was stopped because its time was over."""


class Runs:
    """Payloads by experiment: from the cache, or made once however many ask at once.

    Single-flight is per process, which is why the server runs one. Whoever asks may bring a `waiter`, who may go: Left
    is raised then. train and seconds: those of the core and the page, unless a test has others.
    """

    def __init__(
        self,
        cache: Cache,
        train: Callable[..., Mapping[str, Run]] = optim.train,
        seconds: Callable[[Experiment], float] = seconds,
    ) -> None:
        self._cache = cache
        self._train, self._seconds = train, seconds
        self._format = fingerprint()
        self._lock = Lock()
        self._flights = Flights()
        self._turns = Turns()
        self._rests_until = 0.0
        self._readable = True
        self._trained: OrderedDict[str, Trained] = OrderedDict()

    def payload(self, experiment: Experiment, watched: str | None = None, waiter: Waiter = ANYBODY) -> Payload:
        """The experiment's payload, shared: read it, never change it. Raises what the training raises.

        watched: the parameter whose gradient travels where there are too many for all (see payload/build.py).
        """
        key = self.key(experiment, watched)

        def land(flight: Flight) -> Payload:
            # Look again: an earlier flight may have landed between our first look and our take-off.
            made = self._read(key)
            if made is None:
                made = build(experiment, self.trained(experiment, flight), watched)
                self._write(key, made)
            return made

        kept = self._read(key)
        return self._flights.share(key, land, waiter) if kept is None else kept

    def key(self, experiment: Experiment, watched: str | None = None) -> str:
        """The cache key of an experiment, and of the parameter watched: short, and safe for every backend."""
        text = f"{experiment.canonical} {watched or ''}"
        return f"run-{self._format}-{hashlib.sha256(text.encode()).hexdigest()}"

    def trained(self, experiment: Experiment, waiter: Waiter = ANYBODY) -> Trained:
        """The experiment's runs in full, in float64, which no cache outside this process holds."""
        held = self._held(experiment)
        if held is not None:
            return held
        return self._flights.share(experiment.canonical, lambda flight: self._fly(experiment, flight), waiter)

    def _held(self, experiment: Experiment) -> Trained | None:
        with self._lock:
            if experiment.canonical in self._trained:
                self._trained.move_to_end(experiment.canonical)
            return self._trained.get(experiment.canonical)

    def _hold(self, experiment: Experiment, runs: Trained) -> None:
        if len(runs) * experiment.steps * (3 * experiment.resolved_model.n + 2) > LARGEST_TRAINED:
            return
        with self._lock:
            self._trained[experiment.canonical] = runs
            while len(self._trained) > TRAINED:
                self._trained.popitem(last=False)

    def _fly(self, experiment: Experiment, flight: Flight) -> Trained:
        """The training of all who wait, in its turn where it is a long one. Raises Left or TooLong, and logs that."""
        runs, asked = self._held(experiment), time.monotonic()
        if runs is not None:
            return runs
        try:
            with nullcontext() if self._seconds(experiment) <= LIGHT_SECONDS else self._turns.turn(flight):
                runs = Trained(experiment, self._timed(experiment, flight))
        except Left:
            log.info("A run of %s steps was given up after %.1f s: nobody waits for it any more (%.12s).",
                     experiment.steps, time.monotonic() - asked, experiment.digest)
            raise
        self._hold(experiment, runs)
        return runs

    def _timed(self, experiment: Experiment, flight: Flight) -> Mapping[str, Run]:
        """The training, stopped when its time is over, which is that of the processor: others take none of it."""
        ends = time.thread_time() + budget.DEADLINE
        try:
            return self._train(experiment, stop=lambda: flight.gone() or time.thread_time() > ends)
        except Stopped:
            if flight.gone():
                raise Left from None
            log.warning("A run of %s steps was stopped: its %g s of processor time are over (%.12s).",
                        experiment.steps, budget.DEADLINE, experiment.digest)
            raise TooLong(TOO_LONG) from None

    def _read(self, key: str) -> Payload | None:
        if self._resting() and not self._readable:
            return None
        try:
            kept = self._cache.get(key)
        except Exception as error:  # a backend raises anything: of the network, the disk, a missing name
            log.warning("The cache could not be read (%s: %s); training instead.", type(error).__name__, error)
            self._readable = False
            return None
        self._readable = True
        if kept is None:
            return None
        if not (isinstance(kept, dict) and kept.get("key") == key and isinstance(kept.get("payload"), dict)):
            log.warning("The cache held something that is not a run; training instead.")
            return None
        return kept["payload"]

    def _write(self, key: str, made: Payload) -> None:
        # A failed read may be one bad entry, which this write mends; a failed write means the backend itself is unwell.
        if self._resting():
            return
        try:
            failure = None if self._cache.set(key, {"key": key, "payload": made}) else "it refused the value"
        except Exception as error:  # as in _read
            failure = f"{type(error).__name__}: {error}"
        if failure:
            self._rests_until = time.monotonic() + REST_SECONDS
            log.warning("The cache could not be written (%s); doing without it for %g s.", failure, REST_SECONDS)

    def _resting(self) -> bool:
        return time.monotonic() < self._rests_until
