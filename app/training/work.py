"""Work: the program of a process that trains for another. Knows experiments and two pipes; no request and no page.

Started as `python -m app.training.work` by pool.py. On its standard input come pickled pairs: a number and the
experiment to train, or a number alone, which says that the answer to it is of no use any more. On its standard output
goes, for each experiment, its number with the runs, with STOPPED, or with what was raised. When the input ends, whoever
started it has ended, however that was, and so does this process, whatever it does. One who has not stopped a second
after the processor time of a run is over ends, too.
"""

import os
import pickle
import queue
import sys
import time
from threading import Thread
from typing import Any, BinaryIO

from components.settings import budget
from optim import Experiment, Stopped, train

STOPPED = "stopped"
READY = "ready"
OVER = 3
"""The exit code of a process whose work did not look whether its time is over."""
WATCH_SECONDS = 1.0


class Desk:
    """What is asked for, what of that is of no use any more, and since when it is worked at."""

    def __init__(self, given: BinaryIO) -> None:
        self.asked: queue.SimpleQueue[tuple[int, Experiment]] = queue.SimpleQueue()
        self.dropped = -1
        self.began: float | None = None
        self._given = given

    def read(self) -> None:
        """Take in all that comes, until there is nobody any more who could ask."""
        try:
            while True:
                number, experiment = pickle.load(self._given)
                if experiment is None:
                    self.dropped = max(self.dropped, number)
                else:
                    self.asked.put((number, experiment))
        finally:
            os._exit(0)

    def watch(self) -> None:
        """End a work that does not look whether it should."""
        while True:
            time.sleep(WATCH_SECONDS)
            if self.began is not None and time.process_time() > self.began + budget.DEADLINE + WATCH_SECONDS:
                os._exit(OVER)

    def answer(self, number: int, experiment: Experiment) -> Any:
        """The runs, or why there are none."""
        self.began = time.process_time()
        ends = time.thread_time() + budget.DEADLINE
        try:
            return dict(train(experiment, stop=lambda: self.dropped >= number or time.thread_time() > ends))
        except Stopped:
            return STOPPED
        except Exception as error:
            return RuntimeError(f"{type(error).__name__}: {error}")
        finally:
            self.began = None


def main() -> None:
    """Train until the input ends."""
    told, sys.stdout = sys.stdout.buffer, sys.stderr  # whatever prints must not come between the answers
    desk = Desk(sys.stdin.buffer)
    for work in (desk.read, desk.watch):
        Thread(target=work, daemon=True).start()
    pickle.dump((-1, READY), told)
    told.flush()
    while True:
        number, experiment = desk.asked.get()
        pickle.dump((number, desk.answer(number, experiment)), told, pickle.HIGHEST_PROTOCOL)
        told.flush()


if __name__ == "__main__":
    main()
