"""Experiment: everything that determines a result. It says what is to be trained, and does not train (see
training.py)."""

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from optim import canonical
from optim.contestants import ARTICLE, Contestant
from optim.data import ARTICLE_DATA, Dataset, Generated
from optim.models import MODELS, Model
from optim.run import DIVERGENCE_LIMIT
from optim.settings import Number, Settings, brief, choice, switch, whole


def vector(name: str, values: Any, length: int | None = None) -> tuple[float, ...]:
    """`values` as a tuple of plain floats, at most DIVERGENCE_LIMIT in size; at least one, or as many as `length` says.

    ValueError for anything else.
    """
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise ValueError(f"{name} must be a sequence of numbers, not {brief(values)}")
    values = tuple(values)
    if not values or len(values) != (length or len(values)):
        wanted = "at least one number" if length is None else f"{length} number{'s' * (length > 1)}"
        raise ValueError(f"{name} must be {wanted}, not {len(values)}")
    kind = Number(low=-DIVERGENCE_LIMIT, high=DIVERGENCE_LIMIT)
    return tuple(kind.check(f"{name}[{i}]", value) for i, value in enumerate(values))


@dataclass(frozen=True)
class Experiment(Settings):
    """Everything that determines a result. `Experiment()` is the article's comparison.

    model: a name in MODELS, or a Model. true_params: what `Generated` data are drawn around, ignored with a Dataset.
    start: the parameters at step 0. epochs, batch_size: whole numbers from 1; a batch larger than the data means all
    of it. shuffle: whether each epoch takes the points in another order; seed: that order's seed, by default the
    data's own (0 for a Dataset). reduction: updates descend the "mean" or the "sum" of a batch's squared errors.
    coordinates: all parameters are updated "together", or "in turn", each from the already updated ones. contestants:
    at least one, labels unique. ValueError for anything else.
    """

    model: str | Model = "line"
    true_params: tuple[float, ...] = (1.5, -28.0)
    start: tuple[float, ...] = (1.0, 1.0)
    data: Generated | Dataset = ARTICLE_DATA
    epochs: int = whole(50, low=1)
    batch_size: int = whole(1, low=1)
    shuffle: bool = switch(False)
    reduction: str = choice("mean", "sum")
    coordinates: str = choice("together", "in turn")
    contestants: tuple[Contestant, ...] = ARTICLE
    seed: int | None = whole(None, low=0, high=2**32 - 1, optional=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        model, data = self.model, self.data
        if isinstance(model, Model):
            model = model.name if MODELS.get(model.name) is model else model
        elif not isinstance(model, str) or model not in MODELS:
            raise ValueError(f"model must be a Model or one of {', '.join(MODELS)}, not {brief(model)}")
        object.__setattr__(self, "model", model)
        if not isinstance(data, Generated | Dataset):
            raise ValueError(f"data must be Generated(...) or Dataset(x, y), not {brief(data)}")
        n = self.resolved_model.n
        true_params = vector("true_params", self.true_params, n) if isinstance(data, Generated) else ()
        object.__setattr__(self, "true_params", true_params)
        object.__setattr__(self, "start", vector("start", self.start, n))
        object.__setattr__(self, "contestants", _unique(self.contestants))

    @property
    def resolved_model(self) -> Model:
        """The Model itself, where `model` may be its name."""
        return MODELS[self.model] if isinstance(self.model, str) else self.model

    @cached_property
    def dataset(self) -> Dataset:
        """The points, drawn where they are to be generated."""
        if isinstance(self.data, Dataset):
            return self.data
        return self.data.draw(self.resolved_model, self.true_params)

    @property
    def effective_batch_size(self) -> int:
        """The number of points in every batch but, perhaps, an epoch's last."""
        return min(self.batch_size, self.data.size)

    @property
    def effective_seed(self) -> int | None:
        """The seed of the shuffled order, None without shuffling."""
        if not self.shuffle:
            return None
        return self.seed if self.seed is not None else getattr(self.data, "seed", 0)

    @property
    def steps_per_epoch(self) -> int:
        """Updates per pass over the data."""
        return math.ceil(self.data.size / self.effective_batch_size)

    @property
    def steps(self) -> int:
        """Updates in the whole run."""
        return self.epochs * self.steps_per_epoch

    @property
    def canonical(self) -> str:
        """The one JSON text of this experiment: spellings of the same experiment share it.

        ValueError for a model, method or schedule that is not registered, since a text cannot carry a program.
        """
        if not isinstance(self.model, str):
            raise ValueError(f"model {self.model.name!r} is not registered, so this experiment has no text form")
        names = ("model", "start", "data", "epochs", "shuffle", "reduction", "coordinates", "contestants")
        settings = {name: getattr(self, name) for name in names} | {"batch_size": self.effective_batch_size}
        if isinstance(self.data, Generated):
            settings["true_params"] = self.true_params
        if self.shuffle:
            settings["seed"] = self.effective_seed
        return canonical.write(settings)

    @classmethod
    def from_canonical(cls, text: str) -> "Experiment":
        """The experiment of such a text, with the defaults for what it leaves out. ValueError for any other text."""
        return canonical.call(cls, canonical.read(text))

    @property
    def digest(self) -> str:
        """The first 16 hexadecimal digits of the SHA-256 of `canonical`."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()[:16]


def _unique(contestants: Any) -> tuple[Contestant, ...]:
    """The contestants as a tuple, or a ValueError where there are none, or two of one label."""
    if isinstance(contestants, str) or not isinstance(contestants, Iterable):
        raise ValueError(f"contestants must be a sequence of Contestants, not {brief(contestants)}")
    contestants = tuple(contestants)
    labels = set()
    for one in contestants:
        if not isinstance(one, Contestant):
            raise ValueError(f"contestants must be Contestants, not {brief(one)}")
        if one.label in labels:
            raise ValueError(f"each contestant needs a label of its own, but {one.label!r} is given twice")
        labels.add(one.label)
    if not labels:
        raise ValueError("contestants must be at least one")
    return contestants


def batches(experiment: Experiment) -> list[np.ndarray]:
    """The indices of the points that each step uses: one array a step, consecutive slices of the epoch's order.

    An epoch's last batch may be smaller. With shuffle, epoch e's order is the e-th permutation that
    `numpy.random.default_rng(seed)` draws; without, it is the order of the data.
    """
    size, width = experiment.data.size, experiment.effective_batch_size
    random = np.random.default_rng(experiment.effective_seed)
    found: list[np.ndarray] = []
    for _ in range(experiment.epochs):
        order = random.permutation(size) if experiment.shuffle else np.arange(size)
        found += [order[first:first + width] for first in range(0, size, width)]
    return found
