"""Question: what a page asks about a run besides the run itself, and the runs that it is about.

Knows what was asked; no HTTP, no page, no answers.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar

from components.settings.parsing import Parsed
from optim import Experiment, Run

T = TypeVar("T")


class Trained(Mapping[str, Run]):
    """The runs of an experiment, and beside them what answers made of them: it is held as long as they are."""

    def __init__(self, experiment: Experiment, runs: Mapping[str, Run]) -> None:
        self._experiment, self._runs = experiment, runs
        self._made: dict[Callable, Any] = {}
        self._one_at_a_time = Lock()

    def __getitem__(self, label: str) -> Run:
        return self._runs[label]

    def __iter__(self) -> Iterator[str]:
        return iter(self._runs)

    def __len__(self) -> int:
        return len(self._runs)

    def beside(self, make: Callable[[Experiment, Mapping[str, Run]], T]) -> T:
        """What `make(experiment, runs)` returns: made once, for all who ask."""
        with self._one_at_a_time:
            if make not in self._made:
                self._made[make] = make(self._experiment, self._runs)
            return self._made[make]


@dataclass(frozen=True)
class Question:
    """The settings that a question is about, as they were read, and what else it says: any JSON object at all.

    `train` gives the runs of an experiment; the last few are held. `executor` runs the blocks of a sweep, for answers
    that ask for many runs: it ends them where nobody waits for the answer, and when its time is over.
    """

    parsed: Parsed
    about: Mapping[str, object]
    train: Callable[[Experiment], Trained]
    executor: Executor | None = None

    @property
    def experiment(self) -> Experiment:
        """The experiment of the settings; Refused where they make none."""
        return self.parsed.required
