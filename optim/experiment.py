"""Experiment: everything that determines a result. It says what is to be trained, and does not train (see
training.py)."""

import hashlib
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import InitVar, dataclass, field, fields, replace
from functools import cached_property
from typing import Any

import numpy as np

from optim import canonical
from optim.arrays import read_only
from optim.batches import Batches
from optim.columns import ROUNDED, Columns
from optim.contestants import ARTICLE, Contestant
from optim.data import Dataset, Generated, columns, drawn
from optim.fields import Settings, brief, choice, left_out, number, switch, whole
from optim.models import Model
from optim.parameters import Params, missing, vector
from optim.problems import Problem, find, learn, reader_of
from optim.surfaces import Surface

Array = np.ndarray


class _Left(int):
    """A whole number that was left out: an object of its own, which `is` tells from the same number when given."""


@dataclass(frozen=True)
class Experiment(Settings):
    """Everything that determines a result. `Experiment()` is the article's comparison.

    model: a registered name (see problems.py), a Model, or a Surface, which is descended directly: no data, and an
    epoch is one step. true_params: what `Generated` data are drawn around, ignored with a Dataset. start: the
    parameters at step 0. data: `Generated` or a Dataset, ignored by a surface but for its seed. epochs, batch_size:
    whole numbers from 1; a batch larger than the data means all of it. shuffle: whether each epoch takes the points in
    another order; seed: that order's seed, by default the data's own (0 for a Dataset). reduction: updates descend the
    "mean" or the "sum" of a batch's losses. coordinates: all parameters are updated "together", or "in turn", each from
    the already updated ones. contestants: at least one, labels unique. gradient_noise: each step on a surface, all
    contestants alike, adds this times standard normal numbers, drawn by the seed, to the gradient; ignored with data.

    What is left out, or None, the model decides: true_params, start, the range of the data, epochs, and the learning
    rates of the article's four. A model that draws its start takes the same seed. ValueError for anything else.

    `dataclasses.replace` decides anew whatever was left out: with another model its own start, with another seed the
    start that is drawn by it; what was given is kept. A surface forgets what it ignores.
    """

    model: str | Model | Surface = "line"
    true_params: tuple[float, ...] = left_out()
    start: tuple[float, ...] = left_out()
    data: Generated | Dataset | None = None
    epochs: int = whole(None, low=1, optional=True)
    batch_size: int = whole(1, low=1)
    shuffle: bool = switch(False)
    reduction: str = choice("mean", "sum")
    coordinates: str = choice("together", "in turn")
    contestants: tuple[Contestant, ...] = left_out()
    seed: int | None = whole(None, low=0, high=2**32 - 1, optional=True)
    gradient_noise: float = number(0.0, low=0)
    # Of settings that were decided here: name -> (what was decided, what was given). `replace` hands it on by itself.
    _left: InitVar[Mapping[str, tuple[Any, Any]] | None] = field(default=None, kw_only=True)

    def __post_init__(self, left: Mapping[str, tuple[Any, Any]] | None) -> None:
        for name, (decided, value) in (left or {}).items():
            if getattr(self, name) is decided:
                object.__setattr__(self, name, value)
        super().__post_init__()
        model = self.model if isinstance(self.model, Problem) else find(self.model)
        if model is None:
            raise ValueError(
                f"model must be a Model, a Surface or a name such as line, sine or rosenbrock, not {brief(self.model)}")
        data = Generated() if self.data is None else self.data
        if not isinstance(data, Generated | Dataset):
            raise ValueError(f"data must be Generated(...) or Dataset(x, y), not {brief(data)}")
        seed = getattr(data, "seed", 0) if self.seed is None else self.seed
        plain: dict[str, Any] = {"model": model.name if find(model.name) is model else model}
        if isinstance(model, Surface):
            start = model.start
            plain |= {"data": None, "true_params": (), "batch_size": 1, "shuffle": False, "reduction": "mean"}
            plain["seed"] = (_Left(seed) if self.seed is None else seed) if self.gradient_noise else None
        else:
            start = model.start_for(seed)
            plain |= _fitted(model, data, self.true_params) | {"gradient_noise": 0.0}
        plain["start"] = vector("start", start if missing(self.start) else self.start, model.n)
        plain["epochs"] = self.epochs or _Left(model.epochs)
        plain["contestants"] = usual(model) if self.contestants is None else _unique(self.contestants)
        given = {name: getattr(self, name) for name in plain}
        plain["_left"] = {
            name: (plain[name], value) for name, value in given.items()
            if (missing(value) or isinstance(value, Generated)) and not missing(plain[name])
        }
        for name, value in plain.items():
            object.__setattr__(self, name, value)

    def __reduce__(self) -> tuple[Any, ...]:
        # a name is all there is of a formula: another process must know who can read it
        reader = reader_of(self.model) if isinstance(self.model, str) else None
        settings = {one.name: getattr(self, one.name) for one in fields(self)}
        settings |= {name: value for name, (_, value) in vars(self)["_left"].items()}
        return _restored, (type(self), settings, reader)

    @property
    def resolved_model(self) -> Problem:
        """The Model or Surface itself, where `model` may be its name."""
        found = find(self.model) if isinstance(self.model, str) else self.model
        if found is None:
            raise ValueError(f"there is no model {brief(self.model)} any more")
        return found

    @property
    def curve(self) -> Model:
        """The model that is fitted. ValueError for a surface, which is none."""
        model = self.resolved_model
        if isinstance(model, Surface):
            raise ValueError(f"surface {model.name!r} is descended directly, and not fitted")
        return model

    @cached_property
    def dataset(self) -> Dataset | None:
        """The points, drawn where they are to be generated; None for a surface, which has none."""
        return drawn(self.data, self.curve, self.true_params) if isinstance(self.data, Generated) else self.data

    @property
    def points(self) -> Dataset:
        """The same. ValueError for a surface."""
        if self.dataset is None:
            raise ValueError(f"surface {self.resolved_model.name!r} has no points")
        return self.dataset

    def loss(self, params: Params) -> Array:
        """The loss over all data, or the surface's value: n arrays that broadcast to a shape S -> an array `S`."""
        model = self.resolved_model
        return model.loss(params) if isinstance(model, Surface) else model.loss(params, self.points.x, self.points.y)

    @cached_property
    def columns(self) -> Columns | None:
        """The columns of a model that is linear in its parameters, or whose logit is; None for any other."""
        return None if self.data is None else columns(self.curve, self.points)

    @cached_property
    def optimum(self) -> Array | None:
        """The parameters `(n,)` of the lowest loss that is known, None where none is.

        A surface's lowest known minimum; of data, the least-squares or cross-entropy optimum where it can be computed,
        else the true parameters of points drawn without noise.
        """
        model = self.resolved_model
        if isinstance(model, Surface):
            return read_only(model.lowest)
        found = model.optimum(self.points.x, self.points.y, self.columns)
        if found is None and getattr(self.data, "noise", None) == 0 and model.loss_kind == "squared":
            return read_only(np.array(self.true_params))
        return read_only(found)

    @cached_property
    def floor(self) -> float | None:
        """The loss at the optimum. Where that is not known: 0 for data, since no loss is below, None for a surface."""
        if self.optimum is not None:
            return float(self.loss(self.optimum))
        return None if self.data is None else 0.0

    @cached_property
    def rounding(self) -> float:
        """What the loss at the start may differ by where its parameters are rounded in the last digits."""
        start, even = np.array(self.start)[:, None], np.arange(len(self.start)) % 2 == 0
        nudges = np.array([np.zeros(len(even)), even, ~even, -1 * even, -1 * ~even]).T  # neighbours may cancel out
        at, *near = self.loss([*(start * (1 + ROUNDED * nudges))])
        moved = np.abs(np.array(near) - at).max()
        return float(moved) if np.isfinite(moved) else 0.0

    @cached_property
    def scale(self) -> float | None:
        """A loss that is large for this problem: the heights' variance, or that of labels of which nothing is known.

        Of a surface the larger value at two opposite corners of its bounds, above the floor. None where that is none.
        """
        model = self.resolved_model
        if isinstance(model, Surface):
            found = float(self.loss([*np.array(model.bounds)]).max()) - (self.floor or 0.0)
        else:
            found = math.log(2) if model.loss_kind == "cross-entropy" else float(np.var(self.points.y))
        return found if 0 < found < math.inf else None

    @property
    def effective_batch_size(self) -> int:
        """The number of points in every batch but, perhaps, an epoch's last; 1 for a surface."""
        return self.batch_size if self.data is None else min(self.batch_size, self.data.size)

    @property
    def effective_seed(self) -> int | None:
        """The seed of the shuffled order or of a surface's gradient noise, None without them."""
        if not self.shuffle:
            return self.seed if self.gradient_noise else None
        return self.seed if self.seed is not None else getattr(self.data, "seed", 0)

    @property
    def steps_per_epoch(self) -> int:
        """Updates per pass over the data; 1 on a surface."""
        return 1 if self.data is None else math.ceil(self.data.size / self.effective_batch_size)

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
            kind = "surface" if isinstance(self.model, Surface) else "model"
            raise ValueError(f"{kind} {self.model.name!r} is not registered, so this experiment has no text form")
        names = ["model", "start", "epochs", "coordinates", "contestants"]
        names += ["gradient_noise"] if self.data is None else ["data", "shuffle", "reduction"]
        settings = {name: getattr(self, name) for name in names}
        if self.data is not None:
            settings["batch_size"] = self.effective_batch_size
        if isinstance(self.data, Generated):
            settings["true_params"] = self.true_params
        if self.effective_seed is not None:
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


def _restored(kind: type[Experiment], settings: dict[str, Any], reader: Callable[[str], Any] | None) -> Experiment:
    """An experiment that was pickled, with the reader of its model's name, if the core does not know that."""
    if reader:
        learn(reader)
    return kind(**settings)


def _fitted(model: Model, data: Generated | Dataset, true_params: Any) -> dict[str, Any]:
    """The data and true parameters of an experiment that fits a curve, made plain."""
    if isinstance(data, Generated):
        true_params = model.true_params if missing(true_params) else true_params
        return {"data": data.within(model), "true_params": vector("true_params", true_params, model.n)}
    if model.loss_kind == "cross-entropy" and not ((data.y >= 0) & (data.y <= 1)).all():
        raise ValueError(f"the labels y of model {model.name!r} must be from 0 to 1")
    return {"data": data, "true_params": ()}


def usual(model: Problem) -> tuple[Contestant, ...]:
    """The article's four at the model's own learning rates."""
    return tuple(
        replace(one, optimizer=replace(one.optimizer, lr=model.rates[one.optimizer.unitless])) for one in ARTICLE)


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


def batches(experiment: Experiment) -> Batches:
    """The indices of the points that each step uses: one array a step, consecutive slices of the epoch's order.

    An epoch's last batch may be smaller. With shuffle, epoch e's order is the e-th permutation that
    `numpy.random.default_rng(seed)` draws; without, it is the order of the data. ValueError for a surface.
    """
    if experiment.data is None:
        raise ValueError(f"surface {experiment.resolved_model.name!r} has no points to take in batches")
    size, orders = experiment.data.size, [np.arange(experiment.data.size)]
    if experiment.shuffle:
        random = np.random.default_rng(experiment.effective_seed)
        orders = [random.permutation(size) for _ in range(experiment.epochs)]
    return Batches(np.array(orders), experiment.effective_batch_size, experiment.epochs)
