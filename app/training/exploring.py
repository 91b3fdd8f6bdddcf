"""Exploring: answers of many runs are computed after all else, in slices, for half of the threads at most.

A page explores one thing at a time: what it asks next ends what it had asked. Its blocks of lanes run in one thread of
this process, `SLICE` seconds of processor time in turn with those of other pages, and only while no run is trained or
waited for; or on a cluster (see cluster.py). Knows who waits; not what is computed.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from threading import Lock
from typing import Any, Protocol, TypeVar

from app.training.room import THREADS, Busy
from app.turns import Left, Turns
from app.waiting import Waiter
from components.text.errors import Refused

T = TypeVar("T")

SECONDS = 20.0
"""Processor time of one answer; on a cluster, whose processors nobody here sees, time."""
SLICE = 0.5
"""Processor time between two looks whether somebody else should go on."""
PLACES = THREADS // 2
"""Answers on their way at a time: each holds a thread."""
POLL_SECONDS = 0.2
OVER = f"This is as fine as {SECONDS:g} s of computing make it: take fewer epochs, points or methods for more."


class Over(Refused):
    """The time of an answer is over."""


class Away(Protocol):
    """Where blocks run instead of here."""

    def executor(self) -> Executor:
        """What sends them there."""


class Explorer:
    """Who waits for one answer: gone, too, when the same page explores something newer."""

    def __init__(self, waiter: Waiter) -> None:
        self._waiter, self.overtaken = waiter, False

    def gone(self) -> bool:
        """Whether the answer is of no use any more."""
        return self.overtaken or self._waiter.gone()

    def pages(self) -> set[str]:
        """The pages that it is for."""
        return self._waiter.pages()


class Explorations:
    """So many places; `place` has one, and what runs its blocks, as long as its block lasts.

    quiet: waits at most so many seconds until nothing else is to be computed, and says whether that is so.
    """

    def __init__(self, quiet: Callable[[float], bool], away: Away | None = None, places: int = PLACES) -> None:
        self._quiet, self._away, self._places = quiet, away, places
        self._turns, self._lock = Turns(1), Lock()
        self._inside: list[Explorer] = []

    def check(self, waiter: Waiter) -> None:
        """Raise Busy where there is no place just now; a page takes that of its own earlier question."""
        with self._lock:
            if sum(not self._yields(one, waiter) for one in self._inside) >= self._places:
                raise Busy

    @contextmanager
    def place(self, waiter: Waiter) -> Iterator[Executor]:
        """What runs blocks: it raises Left where nobody waits any more, and Over when the time is."""
        self.check(waiter)
        mine = Explorer(waiter)
        with self._lock:
            if waiter.gone():  # on a busy server a question may come here later than the newer one that it was left for
                raise Left
            for one in self._inside:
                one.overtaken |= self._yields(one, waiter)
            self._inside.append(mine)
        executor: Executor | None = None
        try:
            executor = Sent(self._away.executor(), mine) if self._away else Slices(self._turns, self._quiet, mine)
            yield executor
        finally:
            with self._lock:
                self._inside.remove(mine)
            mine.overtaken = True  # so that a block that nobody takes any more ends too
            if executor:
                executor.shutdown(wait=False, cancel_futures=True)

    def _yields(self, one: Explorer, waiter: Waiter) -> bool:
        return bool(one.pages() & waiter.pages())


class Slices(ThreadPoolExecutor):
    """One thread, which runs blocks a slice at a time. What is submitted takes a function beside its block, to ask now
    and then whether to stop (see optim/blocks.py)."""

    def __init__(self, turns: Turns, quiet: Callable[[float], bool], waiter: Waiter) -> None:
        super().__init__(1, thread_name_prefix="exploring")
        self._turns, self._quiet, self._waiter = turns, quiet, waiter
        self._turn, self._used, self._began = ExitStack(), 0.0, 0.0

    def submit(self, work: Callable[..., T], /, *about: Any, **more: Any) -> Future[T]:
        """The block, in its turn."""
        return super().submit(self._run, work, *about, **more)

    def _run(self, work: Callable[..., T], *about: Any, **more: Any) -> T:
        try:
            self._begin()
            return work(*about, self._pause, **more)
        finally:
            self._end()

    def _begin(self) -> None:
        """Wait until nothing else is to be done, and for a turn. Raises Left or Over."""
        if self._used >= SECONDS:
            raise Over(OVER)
        while not self._quiet(POLL_SECONDS):
            if self._waiter.gone():
                raise Left
        if self._waiter.gone():
            raise Left
        self._turn.enter_context(self._turns.turn(self._waiter))
        self._began = time.thread_time()

    def _end(self) -> None:
        if self._began:
            self._used += time.thread_time() - self._began
        self._began = 0.0
        self._turn.close()

    def _pause(self) -> bool:
        """Asked within a block: whether it should stop, which is said by Left and Over. Others go on meanwhile."""
        if time.thread_time() - self._began >= SLICE:
            self._end()
            self._begin()
        elif self._waiter.gone():
            raise Left
        return False


class Sent(Executor):
    """Blocks on their way to a cluster, as long as somebody waits for them and there is time."""

    def __init__(self, there: Executor, waiter: Waiter) -> None:
        self._there, self._waiter, self._ends = there, waiter, time.monotonic() + SECONDS
        self._under_way: list[Future[Any]] = []

    def submit(self, work: Callable[..., T], /, *about: Any, **more: Any) -> Future[T]:
        """The block, as it travels."""
        if self._waiter.gone():
            raise Left
        if time.monotonic() > self._ends:
            raise Over(OVER)
        self._under_way = [one for one in self._under_way if not one.done()]
        self._under_way.append(future := self._there.submit(work, *about, **more))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """What is under way is given up; the cluster is everybody's and stays."""
        for future in self._under_way:
            future.cancel()
