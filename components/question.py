"""Question: what a page asks about a run besides the run itself. Knows what was asked; no HTTP, no page, no answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from components.settings.parsing import Parsed
from optim import Experiment, Run


@dataclass(frozen=True)
class Question:
    """The settings that a question is about, as they were read, and what else it says: any JSON object at all.

    `train` gives the runs of an experiment; the last few are held.
    """

    parsed: Parsed
    about: Mapping[str, object]
    train: Callable[[Experiment], Mapping[str, Run]]

    @property
    def experiment(self) -> Experiment:
        """The experiment of the settings; Refused where they make none."""
        return self.parsed.required
