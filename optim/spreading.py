"""spread: blocks run by an executor, their results in the blocks' order. Knows no cells and no grid."""

import os
import pickle
import threading
import warnings
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from optim.blocks import Block, measured

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
    stop = threading.Event()
    # Narrow ones one after another, in their order, so that no later grid's block holds up an earlier grid.
    own = {narrow: ThreadPoolExecutor(1 if narrow else cores()) for narrow in (True, False)} if executor is None else {}

    def submit(block: Block) -> Future[Array]:
        if executor is None:
            return own[block.width < NARROW].submit(measured, block, stop.is_set)
        return executor.submit(_measured_there, _packed(block)) if sends else executor.submit(measured, block)

    ahead = 1 + (cores() if executor is None else getattr(executor, "_max_workers", AHEAD - 1))
    pending: deque[tuple[Future[Array], Tag]] = deque()
    try:
        while task or pending:
            while task and len(pending) < ahead:
                pending.append((submit(task[0]), task[1]))
                task = next(tasks, None)
            future, tag = pending.popleft()
            yield future.result(), tag
    finally:
        stop.set()
        for future, _ in pending:
            future.cancel()
        for threads in own.values():
            threads.shutdown()


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
