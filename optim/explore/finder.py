"""The rate finder: one run at a learning rate that grows all the time, and the rate that its loss suggests.

Source: L. Smith, "Cyclical Learning Rates for Training Neural Networks", 2017, section 3.3, the range test; with a rate
that grows exponentially, and the rules by which fast.ai's `lr_find` reads the loss: J. Howard and S. Gugger, "fastai: A
Layered API for Deep Learning", 2020. Knows one run; how good the suggestion is, a sweep can say.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from optim.arrays import Frozen
from optim.code import Lines
from optim.contestants import Contestant
from optim.experiment import Experiment
from optim.fields import Number, Whole, brief, number
from optim.run import Run
from optim.schedules import Schedule
from optim.training import train

Array = np.ndarray

LOWEST, HIGHEST = 1e-7, 10.0
SMOOTHED = 0.9
"""What the running mean of the loss keeps of itself at each step: it looks back over about ten."""
WILD = 4.0
"""Times the lowest loss so far at which the loss has run away, if that is above the start's too; what follows is not
looked at."""
SHARE = 0.1
"""What is suggested, as a share of the rate at which the loss is lowest: there it is about to run away."""


@dataclass(frozen=True)
class Growth(Schedule):
    """The rate times `ratio` over the whole run, the same share at every step: ratio^(j / (steps - 1)) at step j.

    ratio: above 0. Not among SCHEDULES: no training is meant to end at its highest rate.
    """

    ratio: float = number(1.0, above=0)

    formula: ClassVar[str] = r"\eta_j = \eta_0 r^{j / (T - 1)}"
    intuition: ClassVar[str] = "Try every rate in one run, from the smallest on."
    source: ClassVar[str] = "Smith, Cyclical Learning Rates for Training Neural Networks (2017), section 3.3"

    def course(self, steps: int, steps_per_epoch: int) -> Array:
        """ratio^(j / (steps - 1))."""
        return np.power(self.ratio, np.arange(steps) / max(1, steps - 1))

    def course_lines(self, steps: int, steps_per_epoch: int) -> Lines:
        """ratio^(j / (steps - 1))."""
        return (("share", f"np.power({self.ratio!r}, step / {max(1, steps - 1)})"),)


@dataclass(frozen=True, eq=False)
class RateTest(Frozen):
    """What a run at a growing rate shows. Nothing in it can be changed.

    run: the run itself, of the contestant `contestant` in `experiment`, whose schedule is the growth. rates `(steps,)`:
    of each step. loss `(steps,)`: after it, over all data, NaN from a divergence on. smoothed `(steps,)`: its running
    mean, without the bias of its beginning. looked_at: how many steps there are before the loss runs away (see WILD).
    """

    experiment: Experiment
    contestant: Contestant
    run: Run
    rates: Array
    loss: Array
    smoothed: Array
    looked_at: int

    @property
    def at_lowest(self) -> float | None:
        """The rate at which the smoothed loss is lowest; None where the first step already runs away."""
        return float(self.rates[np.argmin(self.smoothed[:self.looked_at])]) if self.looked_at else None

    @property
    def suggested(self) -> float | None:
        """A tenth of that, fast.ai's "minimum" rule: mostly nearer to the best rate than `steepest`."""
        return None if self.at_lowest is None else SHARE * self.at_lowest

    @property
    def steepest(self) -> float | None:
        """The rate at which the smoothed loss falls fastest against the rate's logarithm, fast.ai's "steep" rule.

        None where it never falls.
        """
        end = int(np.argmin(self.smoothed[:self.looked_at])) if self.looked_at else 0
        falls = np.diff(self.smoothed[:end + 1])  # the rate's logarithm grows alike from step to step
        return float(self.rates[np.argmin(falls) + 1]) if falls.size and falls.min() < 0 else None

    @property
    def sentence(self) -> str:
        """The suggestion, and the rule that it comes from."""
        label = self.contestant.label
        if self.suggested is None:
            return f"{label} runs away at the first step, at the rate {self.rates[0]:.2g}: nothing is suggested."
        return (f"{label}'s loss is lowest at the rate {self.at_lowest:.2g}; a tenth of that is suggested, "
                f"{self.suggested:.2g}.")

    def beside(self, best: float) -> str:
        """How the suggestion compares to the best rate, as a sweep finds it."""
        if self.suggested is None:
            return self.sentence
        times = self.suggested / best
        words = f"{times:.2g} times" if times >= 1 else f"1/{1 / times:.2g} of"
        return f"The suggested rate, {self.suggested:.2g}, is {words} the best one that was tried, {best:.2g}."


def rate_test(
    experiment: Experiment, label: str, lowest: float = LOWEST, highest: float = HIGHEST, *, epochs: int | None = None,
    stop: Callable[[], bool] | None = None,
) -> RateTest:
    """Train the contestant of that label once, with a rate that grows from `lowest` at the first step to `highest`.

    The growth takes its schedule's place; all else stays. epochs: of that run, by default the experiment's own. stop:
    as in `train`. ValueError for what does not fit.
    """
    lowest, highest = (Number(above=0).check(name, value) for name, value in (("lowest", lowest), ("highest", highest)))
    if not lowest < highest:
        raise ValueError(f"highest must be above lowest, not {highest:g} and {lowest:g}")
    one = next((one for one in experiment.contestants if one.label == label), None)
    if one is None:
        raise ValueError(f"{brief(label)} is no contestant")
    one = Contestant(one.label, replace(one.optimizer, lr=lowest), Growth(ratio=highest / lowest))
    epochs = experiment.epochs if epochs is None else Whole(low=1).check("epochs", epochs)
    tested = replace(experiment, contestants=(one,), epochs=epochs)
    run = train(tested, stop=stop)[label]
    loss = run.losses[1:]
    smoothed = _smoothed(loss)
    return RateTest(tested, one, run, run.learning_rate, loss, smoothed, _calm(smoothed, float(run.losses[0])))


@np.errstate(all="ignore")
def _smoothed(loss: Array) -> Array:
    """The loss' running mean without its bias towards the 0 that it starts from, as Adam's means have it."""
    mean, found = 0.0, np.empty_like(loss)
    for step, one in enumerate(loss.tolist(), start=1):
        mean = SMOOTHED * mean + (1 - SMOOTHED) * one
        found[step - 1] = mean / (1 - SMOOTHED**step)
    return found


def _calm(smoothed: Array, start: float) -> int:
    """How many steps there are before the loss is no number, or WILD times its lowest so far and above the start's."""
    lowest = np.fmin(start, np.fmin.accumulate(smoothed))
    wild = ~np.isfinite(smoothed) | ((smoothed > WILD * lowest) & (smoothed > start))
    return int(np.argmax(wild)) if wild.any() else len(smoothed)
