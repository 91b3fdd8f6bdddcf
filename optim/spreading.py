"""spread: blocks run by an executor, their results in the blocks' order. Knows no cells and no grid."""

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

AHEAD = 16
"""Blocks that an executor has at a time, where it does not say how many workers there are; they bound the memory."""
CANNOT_TRAVEL = (
    "The experiment holds functions that no other process can be sent, a lambda perhaps, so that this one runs it "
    "instead.")


def spread(tasks: Iterator[tuple[Block, Tag]], executor: Executor | None) -> Generator[tuple[Array, Tag], None, None]:
    """Each task's measured lanes and its tag, in order. Blocks are taken from `tasks` as there is room for them.

    Without an executor, and for blocks that cannot be pickled, a thread; a RuntimeWarning says the latter. It is one
    alone: blocks fit in a core's near memory, and numpy works at their arrays for some microseconds, after which two
    threads spend more on handing Python's lock to each other than they gain. Once closed, what has not begun is not
    run, and the thread stops within some hundred steps.
    """
    task = next(tasks, None)
    sends = executor is not None and not isinstance(executor, ThreadPoolExecutor)
    if task and sends and not _packed(task[0]):
        warnings.warn(CANNOT_TRAVEL, RuntimeWarning, stacklevel=2)
        executor, sends = None, False
    stop = threading.Event()
    engine = ThreadPoolExecutor(1) if executor is None else executor
    own = engine is not executor
    ahead = 1 + getattr(engine, "_max_workers", AHEAD - 1)

    def submit(block: Block) -> Future[Array]:
        if own:
            return engine.submit(measured, block, stop.is_set)
        return engine.submit(_measured_there, _packed(block)) if sends else engine.submit(measured, block)

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
        if own:
            engine.shutdown()


def _measured_there(packed: bytes) -> Array:
    """The block, run in another process."""
    return measured(pickle.loads(packed))


def _packed(block: Block) -> bytes:
    """The block as it travels, empty where it cannot. An engine that names a task by its arguments reads bytes fast."""
    try:
        return pickle.dumps(block, pickle.HIGHEST_PROTOCOL)
    except Exception:  # whatever an object raises that is not made for it
        return b""
