"""Contestant: a method under a label, with a schedule; and the article's four."""

from dataclasses import dataclass

from optim.fields import brief
from optim.optimizers import SGD, Adam, Momentum, Optimizer
from optim.schedules import CONSTANT, CosineAnnealing, Schedule


@dataclass(frozen=True)
class Contestant:
    """A label (a text that is not empty), the method that runs under it, and the schedule of its learning rate."""

    label: str
    optimizer: Optimizer
    schedule: Schedule = CONSTANT

    def __post_init__(self) -> None:
        if not isinstance(self.label, str) or not self.label:
            raise ValueError(f"label must be a text that is not empty, not {brief(self.label)}")
        if not isinstance(self.optimizer, Optimizer):
            raise ValueError(f"optimizer must be one such as SGD(lr=0.01), not {brief(self.optimizer)}")
        if not isinstance(self.schedule, Schedule):
            raise ValueError(f"schedule must be one such as Constant(), not {brief(self.schedule)}")


# Adam with annealing is Adam with a schedule, not a fourth method.
ARTICLE = (
    Contestant("SGD", SGD(lr=0.001)),
    Contestant("Momentum", Momentum(lr=0.001, beta=0.95)),
    Contestant("Adam", Adam(lr=1, betas=(0.7, 0.9))),
    Contestant("Adam with annealing", Adam(lr=1, betas=(0.7, 0.9)), CosineAnnealing()),
)
