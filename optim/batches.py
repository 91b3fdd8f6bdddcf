"""Batches: the indices of the points that each step of a run takes. Knows no points and draws no order."""

import math
from collections.abc import Sequence
from typing import overload

import numpy as np

from optim.arrays import read_only

Array = np.ndarray


class Batches(Sequence[Array]):
    """One read-only array of indices a step: each epoch's order, cut into slices `width` long, the last one shorter.

    orders: `(epochs, points)`, or `(1, points)` where one order serves all epochs, however many they are.
    """

    def __init__(self, orders: Array, width: int, epochs: int) -> None:
        self._orders = read_only(orders)
        self._width = width
        self._per_epoch = math.ceil(orders.shape[1] / width)
        self._steps = range(epochs * self._per_epoch)

    def __len__(self) -> int:
        return len(self._steps)

    @overload
    def __getitem__(self, step: int) -> Array: ...

    @overload
    def __getitem__(self, step: slice) -> list[Array]: ...

    def __getitem__(self, step: int | slice) -> Array | list[Array]:
        """The indices of a step, counted from 0; of a slice of steps a list of them."""
        if isinstance(step, slice):
            return [self[one] for one in self._steps[step]]
        epoch, place = divmod(self._steps[step], self._per_epoch)
        order = self._orders[epoch if len(self._orders) > 1 else 0]
        return order[place * self._width:(place + 1) * self._width]
