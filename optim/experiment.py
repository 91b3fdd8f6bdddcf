"""Contestant and Experiment: everything that determines a result, and its one text form.

An experiment says what is to be trained; it does not train (see training.py).
"""

import hashlib
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np

from optim.data import Dataset, Generated
from optim.models import MODELS, Model
from optim.optimizers import OPTIMIZERS, SGD, Adam, Momentum, Optimizer
from optim.schedules import SCHEDULES, Constant, CosineAnnealing, Schedule
from optim.settings import Number, Settings, choice, switch, whole

# The largest size of a parameter that still counts as training: beyond it a run has diverged.
DIVERGENCE_LIMIT = 1e18


@dataclass(frozen=True)
class Contestant:
    """A label (a non-empty text), the method that runs under it, and the schedule of its learning rate."""

    label: str
    optimizer: Optimizer
    schedule: Schedule = Constant()

    def __post_init__(self) -> None:
        if not isinstance(self.label, str) or not self.label:
            raise ValueError(f"label must be a text that is not empty, not {self.label!r}")
        if not isinstance(self.optimizer, Optimizer):
            raise ValueError(f"optimizer must be one such as SGD(lr=0.01), not {self.optimizer!r}")
        if not isinstance(self.schedule, Schedule):
            raise ValueError(f"schedule must be one such as Constant(), not {self.schedule!r}")


# The article's four. Adam with annealing is Adam with a schedule, not a fourth method.
ARTICLE = (
    Contestant("SGD", SGD(lr=0.001)),
    Contestant("Momentum", Momentum(lr=0.001, beta=0.95)),
    Contestant("Adam", Adam(lr=1, betas=(0.7, 0.9))),
    Contestant("Adam with annealing", Adam(lr=1, betas=(0.7, 0.9)), CosineAnnealing()),
)


def vector(name: str, values: Any, length: int) -> tuple[float, ...]:
    """`values` as a tuple of `length` plain floats, each at most DIVERGENCE_LIMIT in size, or a ValueError."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise ValueError(f"{name} must be a sequence of numbers, not {values!r}")
    values = tuple(values)
    if len(values) != length:
        raise ValueError(f"{name} must be {length} numbers, one a parameter, not {len(values)}")
    kind = Number(low=-DIVERGENCE_LIMIT, high=DIVERGENCE_LIMIT)
    return tuple(kind.check(f"{name}[{i}]", value) for i, value in enumerate(values))


@dataclass(frozen=True)
class Experiment(Settings):
    """Everything that determines a result. `Experiment()` is the article's comparison.

    model: a name in MODELS, or a Model. true_params: what `Generated` data are drawn around, ignored with a Dataset.
    start: the parameters at step 0. epochs, batch_size: whole numbers from 1; a batch larger than the data means all of it.
    shuffle: whether each epoch takes the points in another order; seed: that order's seed, by default the data's own (0 for
    a Dataset). reduction: the updates' loss is the "mean" or the "sum" of the batch's squared errors. coordinates: all
    parameters are updated "together", or "in turn", each from the already updated ones. ValueError for anything else.
    """

    model: str | Model = "line"
    true_params: tuple[float, ...] = (1.5, -28.0)
    start: tuple[float, ...] = (1.0, 1.0)
    data: Generated | Dataset = Generated()
    epochs: int = whole(50, low=1)
    batch_size: int = whole(1, low=1)
    shuffle: bool = switch(False)
    reduction: str = choice("mean", "sum")
    coordinates: str = choice("together", "in turn")
    contestants: tuple[Contestant, ...] = ARTICLE
    seed: int | None = whole(None, low=0, optional=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        if isinstance(self.model, Model):
            if MODELS.get(self.model.name) is self.model:
                object.__setattr__(self, "model", self.model.name)
        elif not isinstance(self.model, str) or self.model not in MODELS:
            raise ValueError(f"model must be one of {', '.join(MODELS)}, or a Model, not {self.model!r}")
        if not isinstance(self.data, Generated | Dataset):
            raise ValueError(f"data must be Generated(...) or Dataset(x, y), not {self.data!r}")
        n = self.resolved_model.n
        object.__setattr__(self, "start", vector("start", self.start, n))
        if isinstance(self.data, Generated):
            object.__setattr__(self, "true_params", vector("true_params", self.true_params, n))
        else:
            object.__setattr__(self, "true_params", ())
        object.__setattr__(self, "contestants", self._checked_contestants())

    def _checked_contestants(self) -> tuple[Contestant, ...]:
        given = self.contestants
        if not isinstance(given, Sequence) or not given or not all(isinstance(one, Contestant) for one in given):
            raise ValueError(f"contestants must be a sequence of at least one Contestant, not {given!r}")
        labels = [one.label for one in given]
        if len(set(labels)) < len(labels):
            twice = next(label for i, label in enumerate(labels) if label in labels[:i])
            raise ValueError(f"each contestant needs a label of its own, but {twice!r} is given twice")
        return tuple(given)

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
        """The number of points in every batch but an epoch's last."""
        return min(self.batch_size, self.data.size)

    @property
    def effective_seed(self) -> int | None:
        """The seed of the shuffled order, or None without shuffling."""
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
        """The one JSON text of this experiment: experiments with the same result have the same text.

        ValueError for a model, method or schedule that is not registered, since a text cannot carry a program.
        """
        if not isinstance(self.model, str):
            raise ValueError(f"the model {self.model.name!r} is not registered in MODELS, so this experiment has no text form")
        plain = {
            "model": self.model,
            "start": self.start,
            "data": _plain(self.data, DATA),
            "epochs": self.epochs,
            "batch_size": self.effective_batch_size,
            "shuffle": self.shuffle,
            "reduction": self.reduction,
            "coordinates": self.coordinates,
            "contestants": [
                {"label": one.label, "optimizer": _plain(one.optimizer, OPTIMIZERS),
                 "schedule": _plain(one.schedule, SCHEDULES)}
                for one in self.contestants
            ],
        }
        if isinstance(self.data, Generated):
            plain["true_params"] = self.true_params
        if self.shuffle:
            plain["seed"] = self.effective_seed
        return json.dumps(plain, sort_keys=True, separators=(",", ":"), allow_nan=False)

    @classmethod
    def from_canonical(cls, text: str) -> "Experiment":
        """The experiment of a JSON text such as `canonical`. ValueError for any other text; keys left out are defaults."""
        try:
            plain = json.loads(text)
        except (TypeError, ValueError, RecursionError) as error:
            raise ValueError(f"not JSON: {error}") from None
        settings = dict(_mapping("an experiment", plain))
        if "data" in settings:
            settings["data"] = _made("data", settings["data"], DATA)
        if "contestants" in settings:
            if not isinstance(settings["contestants"], list):
                raise ValueError(f"contestants must be a list, not {settings['contestants']!r}")
            settings["contestants"] = [_contestant(one) for one in settings["contestants"]]
        return _call(cls, settings)

    @property
    def digest(self) -> str:
        """The first 16 hexadecimal digits of the SHA-256 of `canonical`."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()[:16]


DATA = {kind.__name__: kind for kind in (Generated, Dataset)}


def _plain(one: Any, registry: dict[str, type]) -> dict[str, Any]:
    name = type(one).__name__
    if registry.get(name) is not type(one):
        raise ValueError(f"{name} is not registered, so this experiment has no text form")
    values = {setting.name: getattr(one, setting.name) for setting in fields(one)}
    return {"name": name} | {
        key: value.tolist() if isinstance(value, np.ndarray) else value for key, value in values.items()
    }


def _mapping(what: str, plain: Any) -> dict[str, Any]:
    if not isinstance(plain, dict):
        raise ValueError(f"{what} must be a JSON object, not {plain!r}")
    return plain


def _made(what: str, plain: Any, registry: dict[str, type]) -> Any:
    settings = dict(_mapping(what, plain))
    name = settings.pop("name", None)
    if not isinstance(name, str) or name not in registry:
        raise ValueError(f"{what} must have a name out of {', '.join(registry)}, not {name!r}")
    return _call(registry[name], settings)


def _contestant(plain: Any) -> Contestant:
    settings = dict(_mapping("a contestant", plain))
    for key, registry in (("optimizer", OPTIMIZERS), ("schedule", SCHEDULES)):
        if key in settings:
            settings[key] = _made(key, settings[key], registry)
    return _call(Contestant, settings)


def _call(cls: Any, settings: dict[str, Any]) -> Any:
    unknown = settings.keys() - {setting.name for setting in fields(cls)}
    if unknown:
        raise ValueError(f"{cls.__name__} has no setting {', '.join(map(repr, sorted(unknown)))}")
    try:
        return cls(**settings)
    except TypeError as error:
        raise ValueError(f"{cls.__name__}: {error}") from None


def batches(experiment: Experiment) -> list[np.ndarray]:
    """The indices of the points that each step uses: one array a step, consecutive slices of the epoch's order.

    The last batch of an epoch may be smaller. With shuffle, epoch e's order is the e-th permutation that
    `numpy.random.default_rng(seed)` draws; without, the order of the data.
    """
    size, width = experiment.data.size, experiment.effective_batch_size
    firsts = range(0, size, width)
    if not experiment.shuffle:
        return [np.arange(first, min(first + width, size)) for first in firsts] * experiment.epochs
    random = np.random.default_rng(experiment.effective_seed)
    orders = (random.permutation(size) for _ in range(experiment.epochs))
    return [order[first:first + width] for order in orders for first in firsts]
