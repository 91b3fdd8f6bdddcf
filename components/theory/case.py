"""Case: one method of a run whose loss is a bowl. Knows what is asked about; what theory says is in methods.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from optim import Contestant, Experiment, Optimizer
from optim.theory import Bowl

SLIDER = "lr"


@dataclass(frozen=True)
class Case:
    """The method at a `place` of the experiment's list.

    `bowl` is the loss, `descended` the bowl as the steps feel it (a batch's sum is steeper). `form` has for each method
    the value of every setting and the shared setting that it follows (see settings/methods.py).
    """

    experiment: Experiment
    bowl: Bowl
    descended: Bowl
    form: Sequence[Mapping[str, Mapping]]
    place: int

    @property
    def contestant(self) -> Contestant:
        """The method with its label and schedule."""
        return self.experiment.contestants[self.place]

    @property
    def optimizer(self) -> Optimizer:
        """The method itself."""
        return self.contestant.optimizer

    @property
    def whole(self) -> bool:
        """Whether each step takes all points."""
        return self.experiment.steps_per_epoch == 1

    def on_slider(self, place: int) -> bool:
        """Whether the rate of the method at this place follows the shared slider."""
        return self.form[place]["lr"]["follows"] == SLIDER
