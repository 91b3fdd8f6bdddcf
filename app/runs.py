"""Runs: cached, single-flight access to training. Knows the cache; not Flask's requests, not the page.

An Experiment's canonical JSON says all that its result depends on, so equal JSON means an equal payload. The cache only
saves time: whatever it does, `Runs.payload` answers.
"""

import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path
from threading import Lock
from typing import Protocol

import numpy as np

import components
import optim
from components import payload
from optim import Experiment, Run, train

log = logging.getLogger(__name__)

# After a failed write nothing is written for a while, nor read if reading failed too: a server that is down costs a
# time-out at every touch, while what a full disk holds is still good.
REST_SECONDS = 60.0
# Whole runs held for inquiries, so that several about one run train it once; none of more numbers than that (40 MB).
TRAINED = 4
LARGEST_TRAINED = 5_000_000


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
        for file in sorted(Path(package.__file__).parent.rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def train_and_build(experiment: Experiment, watched: str | None = None) -> dict:
    """The experiment trained, as the JSON object that the browser draws."""
    return payload.build(experiment, train(experiment), watched)


class Runs:
    """Payloads by experiment: from the cache, or made once however many ask at once.

    Single-flight is per process, which is why the server runs one.
    """

    def __init__(self, cache: Cache, make: Callable[[Experiment, str | None], dict] = train_and_build) -> None:
        self._cache = cache
        self._make = make
        self._format = fingerprint()
        self._lock = Lock()
        self._flights: dict[str, Future] = {}
        self._rests_until = 0.0
        self._readable = True
        self._trained: OrderedDict[str, Mapping[str, Run]] = OrderedDict()

    def payload(self, experiment: Experiment, watched: str | None = None) -> dict:
        """The experiment's payload, shared: read it, never change it. Raises what the training raises.

        watched: the parameter whose gradient travels where there are too many for all (see payload.py).
        """
        key = self.key(experiment, watched)
        kept = self._read(key)
        if kept is not None:
            return kept
        with self._lock:
            leads = key not in self._flights
            flight = self._flights.setdefault(key, Future())
        if leads:
            self._fly(flight, key, experiment, watched)
        return flight.result()

    def key(self, experiment: Experiment, watched: str | None = None) -> str:
        """The cache key of an experiment, and of the parameter watched: short, and safe for every backend."""
        text = f"{experiment.canonical} {watched or ''}"
        return f"run-{self._format}-{hashlib.sha256(text.encode()).hexdigest()}"

    def trained(self, experiment: Experiment) -> Mapping[str, Run]:
        """The experiment's runs in full, in float64, which no cache outside this process holds."""
        key = experiment.canonical
        with self._lock:
            if key in self._trained:
                self._trained.move_to_end(key)
                return self._trained[key]
        runs = train(experiment)
        numbers = len(runs) * experiment.steps * (3 * experiment.resolved_model.n + 2)
        if numbers <= LARGEST_TRAINED:
            with self._lock:
                self._trained[key] = runs
                while len(self._trained) > TRAINED:
                    self._trained.popitem(last=False)
        return runs

    def _fly(self, flight: Future, key: str, experiment: Experiment, watched: str | None) -> None:
        """Fill `flight` with the payload or with the error, so that whoever waits is woken either way."""
        try:
            # Look again: an earlier flight may have landed between our first look and our take-off.
            made = self._read(key)
            if made is None:
                made = self._make(experiment, watched)
                self._write(key, made)
            flight.set_result(made)
        except BaseException as error:
            flight.set_exception(error)
        finally:
            with self._lock:
                del self._flights[key]

    def _read(self, key: str) -> dict | None:
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

    def _write(self, key: str, made: dict) -> None:
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
