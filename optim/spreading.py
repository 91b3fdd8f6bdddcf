"""spread: blocks run by an executor, their results in the blocks' order. Knows no cells and no grid."""

import os
import pickle
import threading
import warnings
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

import numpy as np

from optim.blocks import Block, Ended, measured

Array = np.ndarray
Tag = TypeVar("Tag")

NARROW = 2**12
"""Numbers of an array below which numpy gives Python's lock up too briefly for two threads to gain by it."""
AHEAD = 16
"""Blocks that an executor has at a time, where it does not say how many workers there are; they bound the memory."""
CANNOT_TRAVEL = (
    "The experiment holds functions that no other process can be sent, a lambda perhaps, so that threads of this one "
    "run it instead.")


def spread(tasks: Iterator[tuple[Block, Tag]], executor: Executor | None) -> Generator[tuple[Array, Tag], None, None]:
    """Each task's measured lanes and its tag, in order. Blocks are taken from `tasks` as there is room for them.

    Without an executor, and for blocks that cannot be pickled, threads; a RuntimeWarning says the latter. Once closed,
    what has not begun is not run, and threads stop within some hundred steps.
    """
    task = next(tasks, None)
    sends = executor is not None and not isinstance(executor, ThreadPoolExecutor)
    if task and sends and not _packed(task[0]):
        warnings.warn(CANNOT_TRAVEL, RuntimeWarning, stacklevel=2)
        executor, sends = None, False
    stop, turn = threading.Event(), threading.Lock()
    own = ThreadPoolExecutor(cores()) if executor is None else None
    run: Any = partial(_measured_here, stop, turn) if own else _measured_there if sends else measured
    runner: Any = own or executor
    ahead = getattr(runner, "_max_workers", AHEAD - 1) + 1
    pending: deque[tuple[Future[Array], Tag]] = deque()
    try:
        while task or pending:
            while task and len(pending) < ahead:
                pending.append((runner.submit(run, _packed(task[0]) if sends else task[0]), task[1]))
                task = next(tasks, None)
            future, tag = pending.popleft()
            yield future.result(), tag
    finally:
        stop.set()
        for future, _ in pending:
            future.cancel()
        if own:
            own.shutdown()


def _measured_here(stop: threading.Event, turn: threading.Lock, block: Block) -> Array:
    """The block, run in a thread: narrow ones one after another."""
    if block.width >= NARROW:
        return measured(block, stop.is_set)
    with turn:
        if stop.is_set():
            raise Ended
        return measured(block, stop.is_set)


def _measured_there(packed: bytes) -> Array:
    """The block, run in another process."""
    return measured(pickle.loads(packed))


def _packed(block: Block) -> bytes:
    """The block as it travels, empty where it cannot. An engine that names a task by its arguments reads bytes fast."""
    try:
        return pickle.dumps(block, pickle.HIGHEST_PROTOCOL)
    except Exception:  # whatever an object raises that is not made for it
        return b""


def cores() -> int:
    """The processor's cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
