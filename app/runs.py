"""Runs: cached, single-flight access to training. Knows the shelf; not Flask's requests, not the page.

An Experiment's canonical JSON says all that its result depends on, so equal JSON means an equal payload. A finished run
is a file: its payload as JSON, compressed once, under a name that never means another. A training is one for all who
ask, whatever they make of it. It ends early when its time is over or nobody waits for it any more; a few are done at a
time, one of them a light one, and where too many wait who asks is told to come again.
"""

import hashlib
import json
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

import numpy as np

import components
import optim
from app.entries import File
from app.flights import Flight, Flights
from app.training import codings
from app.training.locks import Lock as Locked
from app.training.locks import unlocked
from app.training.room import Room
from app.training.shelf import Cache, Shelf
from app.turns import Left, Turns
from app.waiting import Always, Waiter
from components.payload.build import build
from components.payload.schema import Payload
from components.question import Trained
from components.settings import budget
from components.text.errors import Refused
from optim import Dataset, Experiment, Run, Stopped

log = logging.getLogger(__name__)

# What a run's key in the cache begins with; the rest is its name.
KEY = "run-"
# Whole runs held for questions, so that several about one run train it once; none of more numbers than that (40 MB).
TRAINED = 4
LARGEST_TRAINED = 5_000_000
# Runs that are trained at a time, the last of them one of at most so many estimated seconds.
PLACES = 2
LIGHT_SECONDS = 0.3
TOO_LONG = f"This run was stopped after {budget.DEADLINE:g} s of computing: take fewer epochs, points or methods."
ANYBODY = Always()


@dataclass(frozen=True)
class Made:
    """A run's file, and whether it stood in the cache when it was asked for, and so has an address."""

    file: File
    stood: bool
    fresh: bytes | None = None

    @property
    def name(self) -> str:
        """What it is asked for by: of the code that makes it and of all that it depends on."""
        return self.file.key.removeprefix(KEY)

    @property
    def text(self) -> bytes:
        """The payload as JSON; it need not be unpacked where it has just been packed."""
        return self.fresh or codings.unpack(self.file.body, self.file.coding)

    @property
    def payload(self) -> Payload:
        """The payload."""
        return json.loads(self.text)


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


def packed_json(payload: Payload) -> bytes:
    """The payload as JSON, without a space too many."""
    return json.dumps(payload, separators=(",", ":"), allow_nan=False).encode("ascii")


class TooLong(Refused):
    """A training that was stopped because its time was over."""


class Runs:
    """Payloads by experiment: from the cache, or made once however many ask at once.

    Once for all processes where these have a cache in common (training/locks.py), else once in each. Whoever asks may
    bring a `waiter`, who may go: Left is raised then. train: the core's, or a pool's (training/pool.py).
    seconds: what a run is estimated to take. locked: what keeps other processes from the same work.
    """

    def __init__(
        self,
        cache: Cache,
        train: Callable[..., Mapping[str, Run]] = optim.train,
        seconds: Callable[[Experiment], float] = seconds,
        locked: Locked = unlocked,
    ) -> None:
        self._shelf, self._locked = Shelf(cache), locked
        self._train, self._seconds = train, seconds
        self._format = fingerprint()
        self._lock = Lock()
        self._flights = Flights()
        self._turns, self.room = Turns(PLACES), Room()
        self._trained: OrderedDict[str, Trained] = OrderedDict()

    def quiet(self, seconds: float) -> bool:
        """Wait until no run is trained or waited for, at most so long; whether that is so now."""
        return self._turns.quiet(seconds)

    def file(
        self, experiment: Experiment, watched: str | None = None, waiter: Waiter = ANYBODY, coding: str = "br"
    ) -> Made:
        """The experiment's payload as a file, in this coding where it is made now. Raises what the training raises.

        watched: the parameter whose gradient travels where there are too many for all (see payload/build.py).
        """
        key = self.key(experiment, watched)

        def land(flight: Flight) -> Made:
            # Look again: an earlier flight may have landed between our first look and our take-off.
            # Another process may have made it as well.
            with (unlocked if self._shelf.rests else self._locked)(key, flight) as waiting:
                kept = self._shelf.get(key)
                if kept:
                    return Made(kept, True)
                text = packed_json(build(experiment, self._flown(experiment, waiting), watched))
                made = File(key, coding, isinstance(experiment.data, Dataset), codings.pack(text, coding))
                self._shelf.put(made)
                return Made(made, False, text)

        kept = self._shelf.get(key)
        if kept:
            return Made(kept, True)
        with self.room.place(waiter):
            return self._flights.share(key, land, waiter)

    def stands(self, name: str) -> bool:
        """Whether a file of this name is in the cache."""
        return self._shelf.stands(KEY + name)

    def kept(self, name: str, coding: str) -> File | None:
        """The file of this name, in this coding, where there is one."""
        found = self._shelf.get(KEY + name)
        if found and found.coding != coding:
            body = codings.pack(codings.unpack(found.body, found.coding), coding)
            found = replace(found, coding=coding, body=body)
            self._shelf.put(found)
        return found

    def payload(self, experiment: Experiment, watched: str | None = None, waiter: Waiter = ANYBODY) -> Payload:
        """The same unpacked."""
        return self.file(experiment, watched, waiter).payload

    def key(self, experiment: Experiment, watched: str | None = None) -> str:
        """The cache key of an experiment, and of the parameter watched: short, and safe for every backend."""
        text = f"{experiment.canonical} {watched or ''}"
        return f"{KEY}{self._format}-{hashlib.sha256(text.encode()).hexdigest()}"

    def trained(self, experiment: Experiment, waiter: Waiter = ANYBODY) -> Trained:
        """The experiment's runs in full, in float64, which no cache outside this process holds."""
        held = self._held(experiment)
        if held is not None:
            return held
        with self.room.place(waiter):
            return self._flown(experiment, waiter)

    def _flown(self, experiment: Experiment, waiter: Waiter) -> Trained:
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
        """The training of all who wait, in its turn. Raises Left or TooLong, and logs that."""
        runs, asked = self._held(experiment), time.monotonic()
        if runs is not None:
            return runs
        try:
            with self._turns.turn(flight, self._seconds(experiment) <= LIGHT_SECONDS):
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
