"""The pool: processes that train, a few, each of which can be stopped. Knows experiments; not who asks.

A process of its own computes while this one answers, and what cannot be stopped in it is killed with it. They speak
through pipes (work.py), on every system alike, so that none outlives this process. They are started when something is
to be trained first; until they are there, and where none can be started, this process trains by itself.
"""

import contextlib
import logging
import os
import pickle
import queue
import subprocess
import sys
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from threading import Lock, Thread
from typing import Any, BinaryIO, cast

from app.training import work
from optim import Experiment, Run, Stopped, train

log = logging.getLogger(__name__)

POLL_SECONDS = 0.05
"""Between two looks whether work that is under way should end."""
GRACE_SECONDS = 1.0
"""In which it has to end then."""
ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "app.training.work"]


class Ended(Exception):
    """The process has ended, and its work with it: killed from outside, most likely for want of memory."""


class Process:
    """One process, which does one thing at a time."""

    def __init__(self) -> None:
        # In a session of its own nobody's Ctrl+C reaches it: it ends when this process does.
        self._process = subprocess.Popen(
            COMMAND, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self._said: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()
        self._numbers = count()
        self.ready = self.ended = False
        Thread(target=self._listen, name="training", daemon=True).start()

    @property
    def pid(self) -> int:
        """Its number in the system."""
        return self._process.pid

    def train(self, experiment: Experiment, stop: Callable[[], bool]) -> Mapping[str, Run]:
        """The runs; Stopped where `stop` or the process ends it, Ended where it has gone."""
        number, left = next(self._numbers), None
        self._tell((number, experiment))
        while True:
            try:
                answered, answer = self._said.get(timeout=POLL_SECONDS)
            except queue.Empty:
                if left is None and stop():
                    self._tell((number, None))
                    left = GRACE_SECONDS
                elif left is not None:
                    left -= POLL_SECONDS
                    if left <= 0:
                        self.end()
                        raise Stopped from None
                continue
            if answer is Ended:
                raise Stopped if left is not None or self._process.wait() == work.OVER else Ended
            if answered == number:
                break
        if answer == work.STOPPED:
            raise Stopped
        if isinstance(answer, Exception):
            raise answer
        return cast(Mapping[str, Run], answer)

    def end(self) -> None:
        """Kill it."""
        self.ended = True
        self._process.kill()

    def _tell(self, what: tuple[int, Experiment | None]) -> None:
        pipe = cast(BinaryIO, self._process.stdin)
        said = pickle.dumps(what, pickle.HIGHEST_PROTOCOL)  # whole before the first byte goes
        try:
            pipe.write(said)
            pipe.flush()
        except (OSError, ValueError) as error:
            raise Ended from error

    def _listen(self) -> None:
        """Hear what it says until it ends."""
        pipe = cast(BinaryIO, self._process.stdout)
        with pipe, contextlib.suppress(EOFError, OSError, pickle.UnpicklingError):
            while True:
                number, answer = pickle.load(pipe)
                if answer == work.READY:
                    self.ready = True
                else:
                    self._said.put((number, answer))
        self.ended = True
        with contextlib.suppress(OSError):
            cast(BinaryIO, self._process.stdin).close()
        self._said.put((-1, Ended))
        self._process.wait()


class Pool:
    """So many processes; `train` is optim's, done in one of them, for at most as many at once."""

    def __init__(self, size: int) -> None:
        self._size, self._lock = size, Lock()
        self._idle: list[Process] = []
        self._all: list[Process] = []
        self._owner = os.getpid()
        self._open = False

    def open(self) -> None:
        """From now on processes are started."""
        self._open = True

    def train(self, experiment: Experiment, stop: Callable[[], bool] | None = None) -> Mapping[str, Run]:
        """The runs of the experiment, with the bytes of `train` in this process."""
        stop = stop or (lambda: False)
        process = self._taken()
        if process is None:
            return train(experiment, stop=stop)
        try:
            return process.train(experiment, stop)
        finally:
            self._back(process)

    def close(self) -> None:
        """End all processes."""
        with self._lock:
            self._open = False
            for process in self._all:
                process.end()
            self._idle, self._all = [], []

    def _taken(self) -> Process | None:
        """A process that has nothing to do; none before they are there."""
        with self._lock:
            if self._owner != os.getpid():  # those of the process that this one was forked from are not its own
                self._owner, self._idle, self._all = os.getpid(), [], []
            self._start()
            ready = next((one for one in self._idle if one.ready), None)
            if ready:
                self._idle.remove(ready)
            return ready

    def _back(self, process: Process) -> None:
        with self._lock:
            if process in self._all and not process.ended:
                self._idle.append(process)
            self._start()

    def _start(self) -> None:
        self._all = [one for one in self._all if not one.ended]
        self._idle = [one for one in self._idle if not one.ended]
        while self._open and len(self._all) < self._size:
            try:
                process = Process()
            except OSError as error:
                log.warning("No process that trains can be started (%s); training in this one.", error)
                self._open = False
                return
            self._all.append(process)
            self._idle.append(process)
