"""The data: given points, or points drawn around a model by a seed.

Knows no methods and no training; a draw asks the model only for its value, and its columns are the model's own.
"""

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import numpy as np

from optim.arrays import Frozen, reals
from optim.columns import Columns
from optim.fields import Settings, brief, number, whole
from optim.models import Model

Array = np.ndarray

UNNAMED = ("x", "y")
"""What columns are called that have no name of their own."""


@dataclass(frozen=True, eq=False)
class Dataset(Frozen):
    """Given points: x and y of the same length `(points,)`, finite; kept as read-only float64 copies.

    names: what the columns are called. ValueError where they are not so, and for arrays that are masked, complex, of
    texts or of dates. Two datasets are equal if all their numbers and names are.
    """

    x: Any
    y: Any
    names: tuple[str, str] = field(default=UNNAMED, kw_only=True, repr=False)

    def __post_init__(self) -> None:
        for name in ("x", "y"):
            try:
                values = reals(getattr(self, name), truths=True) + 0.0  # 0.0 for -0.0, its equal
            except ValueError as error:
                raise ValueError(f"{name} must be a row of numbers: {error}") from None
            if values.ndim != 1 or not values.size:
                raise ValueError(f"{name} must be one row of at least one number, not of shape {values.shape}")
            if not np.isfinite(values).all():
                raise ValueError(f"{name} must be finite, but {name}[{np.argmin(np.isfinite(values))}] is not")
            object.__setattr__(self, name, values)
        if len(self.x) != len(self.y):
            raise ValueError(f"x and y must have the same length, not {len(self.x)} and {len(self.y)}")
        names = tuple(self.names) if isinstance(self.names, list | tuple) else ()
        if len(names) != 2 or not all(isinstance(one, str) for one in names):
            raise ValueError(f"names must be two texts, not {brief(self.names)}")
        object.__setattr__(self, "names", names)
        super().__post_init__()

    @property
    def size(self) -> int:
        """The number of points."""
        return len(self.x)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Dataset):
            return NotImplemented
        return self.names == other.names and np.array_equal(self.x, other.x) and np.array_equal(self.y, other.y)

    def __hash__(self) -> int:
        return hash((self.x.tobytes(), self.y.tobytes(), self.names))


@dataclass(frozen=True, eq=False)
class Standardised(Dataset):
    """Given points in other units: x is (given_x - x_unit[0]) / x_unit[1], and y alike.

    given_x, given_y: the points as they came. x_unit, y_unit: what is subtracted and what is divided by. ValueError for
    other x and y than these; `of` computes them.
    """

    given_x: Any
    given_y: Any
    x_unit: tuple[float, float]
    y_unit: tuple[float, float]

    @classmethod
    def of(cls, given: Dataset, x_unit: tuple[float, float], y_unit: tuple[float, float]) -> "Standardised":
        """These points in these units."""
        x, y = (scaled(values, unit) for values, unit in ((given.x, x_unit), (given.y, y_unit)))
        return cls(x, y, given.x, given.y, x_unit, y_unit, names=given.names)

    def __post_init__(self) -> None:
        super().__post_init__()
        given = Dataset(self.given_x, self.given_y)
        for name in ("given_x", "given_y"):
            object.__setattr__(self, name, getattr(given, name.removeprefix("given_")))
        for name in ("x_unit", "y_unit"):
            middle, size = map(float, getattr(self, name))
            if not (np.isfinite(middle) and np.isfinite(size) and size > 0):
                raise ValueError(f"{name} must be a finite number and one above 0, not {middle} and {size}")
            object.__setattr__(self, name, (middle, size))
        for name in ("x", "y"):
            if not np.array_equal(getattr(self, name), scaled(getattr(given, name), getattr(self, f"{name}_unit"))):
                raise ValueError(f"{name} must be (given_{name} - {name}_unit[0]) / {name}_unit[1]")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Standardised):
            return False
        alike = (self.x_unit, self.y_unit) == (other.x_unit, other.y_unit)
        given = np.array_equal(self.given_x, other.given_x) and np.array_equal(self.given_y, other.given_y)
        return alike and given and Dataset.__eq__(self, other) is True

    def __hash__(self) -> int:
        return hash((Dataset.__hash__(self), self.x_unit, self.y_unit))


def scaled(values: Array, unit: tuple[float, float]) -> Array:
    """Values in another unit: what is subtracted, and what is divided by."""
    with np.errstate(all="ignore"):
        return (values - unit[0]) / unit[1] + 0.0


@dataclass(frozen=True)
class Generated(Settings):
    """Points drawn by a seed, as the article draws them.

    x: whole numbers from `low` to below `high`, by numpy's legacy `RandomState(seed).randint(low, high, size)`, or,
    where the model has it so, `uniform(low, high, size)`; low and high are the model's own unless given.
    y: the model at the true parameters, plus `noise * standard_normal(size)` from the same RandomState after x, so that
    another noise scales one pattern and never moves x. For a model of probabilities y is a label: 1 where that sum
    exceeds `random_sample(size)`, drawn last, else 0. ValueError for settings out of range.
    """

    seed: int = whole(7, low=0, high=2**32 - 1)
    size: int = whole(30, low=1)
    low: int | None = whole(None, low=-(2**53), high=2**53, optional=True)
    high: int | None = whole(None, low=-(2**53), high=2**53, optional=True)
    noise: float = number(0.0, low=0)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ValueError(f"low must be below high, not {self.low} and {self.high}")

    def within(self, model: Model) -> "Generated":
        """The same with the model's own low and high where none are given."""
        low, high = self._span(model)
        return replace(self, low=low, high=high)

    def _span(self, model: Model) -> tuple[int, int]:
        low, high = model.x_range
        return low if self.low is None else self.low, high if self.high is None else self.high

    def draw(self, model: Model, true_params: tuple[float, ...]) -> Dataset:
        """The points. ValueError where the model is not finite at the true parameters."""
        random = np.random.RandomState(self.seed)
        low, high = self._span(model)
        spread = random.randint if model.whole_x else random.uniform
        x = spread(low, high, self.size).astype(float)
        with np.errstate(all="ignore"):
            y = np.broadcast_to(model.predict(true_params, x), x.shape)
            if not np.isfinite(y).all():
                where = x[np.isfinite(y).argmin()]
                raise ValueError(f"the curve has no finite value at x = {where:g}, so no points can be drawn")
            y = y + self.noise * random.standard_normal(self.size)
        if model.loss_kind == "cross-entropy":
            y = (y > random.random_sample(self.size)).astype(float)
        return Dataset(x, np.broadcast_to(y, x.shape))


# A slider of a method moves, and the points stay: they are drawn once, and what is known of them is worked out once.
@lru_cache(maxsize=8)
def drawn(data: Generated, model: Model, true_params: tuple[float, ...]) -> Dataset:
    """The points, as `draw` has them."""
    return data.draw(model, true_params)


@lru_cache(maxsize=8)
def columns(model: Model, points: Dataset) -> Columns | None:
    """The columns of the model at these points, as it has them."""
    return model.columns(points.x, points.y)
