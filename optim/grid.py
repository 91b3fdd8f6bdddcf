"""Grid: what a sweep has found so far, an array with names. Knows nothing of how it was found."""

import importlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from optim.arrays import Frozen, read_only

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class Grid(Frozen):
    """One number for every contestant at every value of the settings that were swept. Nothing in it can be changed.

    name: the measure's label. dims: the dimensions' names, "contestant" and then each setting. coordinates: what stands
    along each of them, an array `(size,)`: labels, then the settings' values. values: float64, one axis a dimension.
    is_finest: whether these are all the values that were asked for, or only every second or so.
    """

    name: str
    dims: tuple[str, ...]
    coordinates: tuple[Array, ...]
    values: Array
    is_finest: bool

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "coordinates", tuple(read_only(np.array(each)) for each in self.coordinates))

    @property
    def coords(self) -> dict[str, Array]:
        """What stands along each dimension, by its name."""
        return dict(zip(self.dims, self.coordinates, strict=True))

    @property
    def sizes(self) -> dict[str, int]:
        """How many there are along each dimension, by its name."""
        return {name: len(values) for name, values in self.coords.items()}

    def to_xarray(self) -> Any:
        """The same as an xarray.DataArray. ImportError where xarray is not installed."""
        try:
            xarray = importlib.import_module("xarray")
        except ImportError:
            raise ImportError("to_xarray needs xarray, which is not installed: pip install xarray") from None
        return xarray.DataArray(self.values.copy(), dims=self.dims, coords=self.coords, name=self.name)
