"""What of an experiment is drawn, by which seed; and sets of seeds. Draws nothing itself."""

from collections.abc import Iterable

from optim.data import Generated
from optim.experiment import Experiment
from optim.fields import Whole, brief

SEED = Whole(low=0, high=2**32 - 1)


def seed_setting(experiment: Experiment) -> str:
    """The name of the seed, as a sweep takes it, that draws all that is drawn: "data.seed", or "seed".

    Of points that a seed draws it is theirs, which also draws their order and the start, where those are drawn and have
    no seed of their own. ValueError, with a sentence, where nothing is drawn, so that all seeds give one run.
    """
    if isinstance(experiment.data, Generated):
        return "data.seed"
    draws_order = experiment.shuffle and experiment.steps_per_epoch > 1
    draws_start = experiment.data is not None and experiment.curve.initial is not None
    if draws_order or draws_start or experiment.gradient_noise:
        return "seed"
    raise ValueError("Nothing here is drawn by a seed: neither points, nor their order, nor a start, nor noise.")


def own_seed(experiment: Experiment) -> int:
    """The experiment's own value of that setting."""
    if isinstance(experiment.data, Generated):
        return experiment.data.seed
    return experiment.seed or 0


def checked_seeds(name: str, seeds: Iterable[int]) -> tuple[int, ...]:
    """The seeds as plain whole numbers. ValueError for none, for what is no seed and for one that is given twice."""
    if isinstance(seeds, str) or not isinstance(seeds, Iterable):
        raise ValueError(f"{name} must be a sequence of seeds, not {brief(seeds)}")
    found = tuple(SEED.check(name, seed) for seed in seeds)
    if not found:
        raise ValueError(f"{name} must be at least one seed")
    if len(set(found)) < len(found):
        raise ValueError(f"{name} must be different seeds")
    return found
