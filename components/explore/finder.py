"""Rate finder: each method's loss in one run at a rate that grows all the time, the rate that it suggests, and the
best one of a sweep.

Knows what may be asked and in which words; the run and its rules are optim's `rate_test`, the sweep is that of
rate_sweep.py, and assets/explore/finder.js draws.
"""

import math
from collections.abc import Callable, Iterator

from components.explore.program import program
from components.explore.rate_sweep import ENDS, RATES, best_rates, curves
from components.explore.starts import told
from components.question import Question
from components.text.infinities import plain_list
from optim import Experiment, rate_test
from optim.explore.finder import HIGHEST, LOWEST, SHARE, SMOOTHED, RateTest

FEWEST = 100
"""Steps of the run, at least: as many as fast.ai's has. A shorter experiment is run for longer here."""
MOST = 1000
"""Steps that are told; of more, every second or so."""
EQUAL = 1.1
"""Rates of which one is no more than so many times the other are as good as equal."""
HUNDRED = 100


def rate_finder(question: Question) -> Iterator[dict]:
    """The runs of all methods one after another, then the sweep, coarse and fine.

    The first part says what is to come: the `methods`, the `rates` that can be set, the `span` of those of the run, its
    `steps` and every how many of them are told (`every`); the `measure` in words, whether it can be told by powers
    (`log`), and what it is at the `start`; how many steps the running mean looks back over (`back`); and the `program`.
    Each part of a run has its method's `place`, the `rates`, `loss` and `smoothed` of its steps, how many of these are
    looked at (`calm`), what is `suggested`, the rate at which the loss is `lowest` and that of the `steepest` fall, and
    that in words (`says`). Each part of the sweep has of every method the `best` rate so far, and how that compares.
    """
    experiment = question.experiment
    label, base, log = scale(experiment)
    epochs = epochs_of(experiment)
    steps = epochs * experiment.steps_per_epoch
    every = math.ceil(steps / MOST)
    yield {
        "count": len(experiment.contestants) * (1 + len(RATES)),
        "methods": [one.label for one in experiment.contestants],
        "rates": RATES,
        "span": (LOWEST, HIGHEST),
        "steps": steps,
        "every": every,
        "measure": label,
        "log": log,
        "start": told(float(experiment.loss(experiment.start)) - base),
        "back": round(1 / (1 - SMOOTHED)),
        "share": SHARE,
        "program": {"file": "descent_rate_finder.py", "text": program_of(experiment, epochs)},
    }
    tests: list[RateTest] = []
    for place, one in enumerate(experiment.contestants):
        if question.executor is None:
            found = run_of(experiment, one.label, epochs)
        else:
            found = question.executor.submit(run_of, experiment, one.label, epochs).result()
        tests.append(found)
        yield {"done": len(tests), "place": place, **of_test(found, every, base), "says": found.sentence}
    done = len(tests)
    for places, _, readings in curves(experiment, measure_of(experiment), question.executor):
        done += len(places) * len(tests)
        best = [None if one["best"] is None else RATES[one["best"]] for one in readings]
        yield {"done": done, "best": best, "says": [
            compared(found, rate) for found, rate in zip(tests, best, strict=True)]}


def run_of(experiment: Experiment, label: str, epochs: int, stop: Callable[[], bool] | None = None) -> RateTest:
    """The run of one method, wherever it is run."""
    return rate_test(experiment, label, epochs=epochs, stop=stop)


def epochs_of(experiment: Experiment) -> int:
    """The experiment's own, or more where that is a run of few steps."""
    return max(experiment.epochs, math.ceil(FEWEST / experiment.steps_per_epoch))


def measure_of(experiment: Experiment) -> str:
    """What the sweep measures: the same as the rate sweep at first."""
    return ENDS["end"][experiment.floor is None]


def scale(experiment: Experiment) -> tuple[str, float, bool]:
    """What the axis is of, what is taken from the loss for it, and whether powers can tell it.

    A surface may go below 0: then it is the loss above its floor, or the value itself where no floor is known.
    """
    if experiment.data is not None:
        return "Loss", 0.0, True
    if experiment.floor is None:
        return "Value", 0.0, False
    return ("Value", 0.0, True) if experiment.floor >= 0 else ("Value above the lowest", experiment.floor, True)


def of_test(found: RateTest, every: int, base: float) -> dict:
    """A run as it is told: every so many steps."""
    return {
        "rates": found.rates[::every].tolist(),
        "loss": plain_list(found.loss[::every] - base),
        "smoothed": plain_list(found.smoothed[::every] - base),
        "calm": math.ceil(found.looked_at / every),
        "suggested": found.suggested,
        "lowest": found.at_lowest,
        "steepest": found.steepest,
    }


def compared(found: RateTest, best: float | None) -> str:
    """The suggestion beside the best rate, in a sentence."""
    label, suggested = found.contestant.label, found.suggested
    if suggested is None:
        return found.sentence
    begin = f"{label} suggests {suggested:.2g}; "
    if best is None:
        return f"{begin}no rate of the sweep ends below the start."
    times = best / suggested
    if max(times, 1 / times) <= EQUAL:
        return f"{begin}the sweep\u2019s best is about the same, {best:.2g}."
    off = max(times, 1 / times)
    far = f"{off:.2g}" if off < HUNDRED else f"{off:,.0f}"
    return f"{begin}the sweep\u2019s best is {best:.2g}, {far} times {'higher' if times > 1 else 'lower'}."


def program_of(experiment: Experiment, epochs: int) -> str:
    """The same in `optim` alone: prints each method's suggestion and losses, then what the sweep finds."""
    return program("The loss of every method in one run at a growing rate, and what a sweep finds best.", experiment, [
        "for one in experiment.contestants:",
        f"    found = rate_test(experiment, one.label, epochs={epochs})",
        "    print(found.sentence)",
        "    print(found.suggested, found.steepest)",
        "    print(*found.loss.tolist())",
        "    print(*found.smoothed.tolist())",
        *best_rates(measure_of(experiment)),
    ], ["rate_test", "sweep"])
