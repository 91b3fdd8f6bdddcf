"""The budget of a run: what it costs in operations and in bytes, and how much of either is given.

All is counted from the experiment alone, with constants that stand here: a link that opens on one machine opens on
every other. Knows no clock, no form and no server.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from components.settings.operations import Work, work
from optim import Dataset, Experiment, Model, Surface
from optim.descent import grouped

LONGEST = 3.0
"""Estimated seconds of processor time that a run may take."""
LARGEST = 100_000_000
"""Bytes of memory that a run may take."""
DEADLINE = 4 * LONGEST
"""Seconds after which a run is stopped, whatever was estimated."""
MAX_STEPS = 60_000
"""Training steps that one method may take."""
BRISK_STEPS = 10_000
"""Steps of a method that a run of more points than usual gets by itself."""

# All that follows was measured (`make bench` holds it against the clock) and rounded: an estimate within a factor of 2.
SECOND = 3 * 10**9
"""Operations in a second: an addition of two numbers among many takes a third of a nanosecond."""
CALL = 750
"""Operations in the time that a call of numpy takes however few its numbers are."""
A_STEP, A_GROUP, A_COLUMN = 10, 3, 12
"""Calls of every step, of every group of methods of one rule, and of every parameter that is moved in turn."""
AN_EVALUATION, A_SLOPE, A_SUM = 4, 2, 5
"""Calls of every gradient, and of each of its parameters: of a single point, and of a batch that is summed up."""
ERROR, ENTROPY = 3, 30
"""Operations on each point besides the curve's own: the square of an error, or a cross-entropy."""
POWER = Work(15, 5)
"""What a power, or the logarithm of one, in a formula's code is besides: it is to be rounded alike in any company."""
RECORDED = 60
"""Operations on each recorded number until it is on its way to the page."""
DRAWN, SHUFFLED = 60, 60
"""Operations of a random number, and of a point that is put in another place."""
BYTES = 8
BLOCK = 2**15
"""Numbers of a block of losses: see optim.models.base."""
FEW, AN_ARRAY = 6, 16
"""Arrays that a formula holds besides, and numbers that would have room in an array without any."""
TOLD = 2_000_000
"""Bytes of what the page is told, at most."""
MANY = 100
"""Points, or operations of a formula, from which on fewer of them make a difference."""


@dataclass(frozen=True)
class Cost:
    """What a run costs: operations, each the time of one simple operation on one number; bytes at its height."""

    operations: int
    bytes: int

    @property
    def seconds(self) -> float:
        """The processor time that the operations take on a usual machine: an estimate, the same everywhere."""
        return self.operations / SECOND


def cost(experiment: Experiment) -> Cost:
    """What training the experiment and telling the page of it costs, all of it recorded."""
    step, once = _step(experiment), _once(experiment)
    return Cost(experiment.steps * step.operations, once + experiment.steps * step.bytes)


def most_steps(experiment: Experiment) -> int:
    """The steps that such a run may have, perhaps none."""
    step, once = _step(experiment), _once(experiment)
    return max(0, min(MAX_STEPS, int(LONGEST * SECOND) // step.operations, (LARGEST - once) // step.bytes))


def excess(experiment: Experiment) -> str | None:
    """The sentence that says why this run is more than a run may be, and what to make smaller; or None."""
    steps = experiment.steps
    if steps > MAX_STEPS:
        an_epoch = steps // experiment.epochs
        if experiment.data is None:
            return f"{steps:,} steps are too many; at most {MAX_STEPS:,} are run."
        return f"{experiment.epochs:,} epochs of {an_epoch:,} steps are {steps:,} steps; at most {MAX_STEPS:,} are run."
    if steps <= (most := most_steps(experiment)):
        return None
    limit = f"{LARGEST / 1e6:g} MB of memory" if cost(experiment).bytes > LARGEST else f"{LONGEST:g} s of computing"
    some = f"At most {most:,} such steps are" if most else "Not even one such step is"
    return f"{some} run, about {limit}, and these are {steps:,}: {_smaller(experiment)} would do."


def in_larger_batches(experiment: Experiment, many: float) -> Experiment:
    """The same with batches as large as a short run needs: of one's own points, which may be more than `many`."""
    if not isinstance(experiment.data, Dataset):
        return experiment
    size, batch = experiment.data.size, experiment.effective_batch_size
    enough = BRISK_STEPS if size > many else MAX_STEPS
    while experiment.steps > (most := min(enough, most_steps(experiment))) and batch < size:
        batch = min(size, max(-(-size // max(1, most // experiment.epochs)), batch + 1))
        experiment = replace(experiment, batch_size=batch)
    return experiment


def _smaller(experiment: Experiment) -> str:
    """What would make the run cheaper."""
    problem, found = experiment.resolved_model, _formula(experiment.resolved_model)
    ways = {
        "fewer epochs" if experiment.data is not None else "fewer steps": experiment.epochs > 1,
        "fewer methods": len(experiment.contestants) > 1,
        "fewer points": experiment.data is not None and experiment.data.size > MANY,
        "smaller batches": experiment.effective_batch_size > MANY and _once(experiment) > LARGEST / 2,
        "a shorter formula": " = " in problem.name and found.slopes.numbers > MANY,
        "all parameters together": experiment.coordinates == "in turn" and problem.n > 2,
    }
    return " or ".join(", ".join(way for way, helps in ways.items() if helps).rsplit(", ", 1))


@dataclass(frozen=True)
class _Formula:
    """What one value of a curve or surface costs, and all its slopes at one place; and arrays held meanwhile."""

    value: Work
    slopes: Work
    value_held: int
    slopes_held: int


@lru_cache(maxsize=64)
def _formula(problem: Model | Surface) -> _Formula:
    """Counted from the problem's code; ten operations each where it has none."""
    code, n = problem.code, problem.n
    if code is None:
        return _Formula(Work(10, 10), Work(10 * n, 10 * n), 10, 10 * n)
    texts = [[*each, *(text for _, text in code.needed(*each))] for each in ((code.value,), code.slopes)]
    value, slopes = map(_written, texts)
    value_held, slopes_held = FEW, n + FEW
    if code.blocks:  # each operation is on several parameters' numbers, and a sum adds them one by one
        rows = -(-3 * n // (2 * len(code.slopes)))  # half as much again for putting them together
        value, slopes = Work(value.calls + rows, rows * value.numbers), Work(slopes.calls, rows * slopes.numbers)
        value_held, slopes_held = 3 * rows, 2 * n + FEW
    if " = " in problem.name:  # a typed one, whose operations are looked up one by one, and all of them held
        value_held, slopes_held = (work(each).calls + FEW for each in texts)
        value, slopes = (Work(2 * calls, numbers) for calls, numbers in (value, slopes))
    return _Formula(value, slopes, value_held, slopes_held)


def _written(texts: Sequence[str]) -> Work:
    """The work of a formula's code, where a power is several calls: it is to be rounded alike in any company."""
    powers = sum(text.count("power") for text in texts)
    return work(texts) + Work(powers * POWER.calls, powers * POWER.numbers)


def _step(experiment: Experiment) -> Cost:
    """What each step adds to the cost."""
    problem, lanes = experiment.resolved_model, len(experiment.contestants)
    n, batch = problem.n, experiment.effective_batch_size
    times = n if experiment.coordinates == "in turn" else 1
    calls, operations = A_STEP, 0
    one = _evaluation(experiment)
    calls += times * one.calls
    operations += times * one.numbers * lanes * batch
    for _, members in grouped(experiment.contestants)[1]:
        rule = work(line.text for line in members[0].lines())
        calls += times * (rule.calls + A_GROUP)
        operations += rule.numbers * n * len(members)
    if times > 1:
        calls += A_COLUMN * n
    recorded = lanes * (3 * n + 2)
    operations += RECORDED * recorded + lanes * _loss(experiment)
    numbers = (lanes + 2) * (3 * n + 2)  # and one method's, told to the page
    if experiment.shuffle:
        operations += SHUFFLED * batch
        calls += 4
        numbers += batch + AN_ARRAY
    if experiment.gradient_noise:
        operations += DRAWN * n
        numbers += n
    return Cost(calls * CALL + operations, BYTES * numbers)


def _evaluation(experiment: Experiment) -> Work:
    """One gradient of a lane and a point; calls are of all together."""
    problem = experiment.resolved_model
    found, n = _formula(problem), problem.n
    if experiment.data is None:
        return Work(found.slopes.calls + A_SLOPE * n, found.slopes.numbers + n)
    single = experiment.effective_batch_size == 1
    calls = AN_EVALUATION + found.value.calls + found.slopes.calls + (A_SLOPE if single else A_SUM) * n
    return Work(calls, found.value.numbers + found.slopes.numbers + ERROR + 2 * n)


def _loss(experiment: Experiment) -> int:
    """Operations of the loss at one step of one lane."""
    if experiment.data is None:
        return _formula(experiment.resolved_model).value.numbers
    curve = experiment.curve
    if curve.logit:
        return experiment.data.size * (_formula(curve.logit).value.numbers + ENTROPY)
    return experiment.data.size * (_formula(curve).value.numbers + ERROR)


def _once(experiment: Experiment) -> int:
    """Bytes of what is computed with, however many steps there are: a block of losses, and the gradients of a batch."""
    found, lanes = _formula(experiment.resolved_model), len(experiment.contestants)
    return BYTES * (BLOCK * found.value_held + lanes * experiment.effective_batch_size * found.slopes_held) + TOLD
