"""Columns: what a curve that is linear in its parameters makes of its points, and the least squares of it.

A column is the derivative in one parameter at all points. Whether one tells more than the others do is asked of their
angle, never of their size, so that no unit decides it; and all is worked out in whole fractions, so that columns that
are all but parallel, as 1 and the seconds since 1970, are told apart. Knows no experiment and no loss but the squares.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from optim.arrays import read_only

Array = np.ndarray
Vector = tuple[Fraction, ...]
Slopes = Callable[[Any, Any], Any]

# The sine of the angle to the others at which a column of rounded numbers may be a rounded sum of them.
ROUNDED = 64 * np.finfo(float).eps
# A share of the heights' variance below which a loss may be rounding alone.
ROUNDING = 1e-12
# Binary digits of an exact number beyond which it is rounded: products of the longest then take a microsecond.
LONGEST = 4096


@dataclass(frozen=True, eq=False)
class Columns:
    """Columns `n` of `points` fractions each, and the heights `(points,)` that sums of them are to meet.

    exact: whether the columns are what they stand for, or rounded to floats. most: how many directions are counted as
    decided by the points, at most; None for all that are.
    """

    columns: tuple[Vector, ...]
    heights: Vector
    exact: bool
    most: int | None = None

    @cached_property
    def products(self) -> tuple[Vector, ...]:
        """Each column times each, summed over the points: J'J."""
        return _products([_whole(column) for column in self.columns])

    @cached_property
    def basis(self) -> tuple[list[tuple[Vector, Fraction]], list[Vector]]:
        """What `perpendicular` makes of the columns: combinations that count, and idle ones."""
        found, idle = perpendicular(self.products, 0 if self.exact else Fraction(ROUNDED))
        return found[:self.most], [weights for weights, _ in found[self.most or len(found):]] + idle

    @property
    def decided(self) -> bool:
        """Whether no column is a sum of the others, so that the points decide every parameter."""
        return not self.basis[1]

    @cached_property
    def least(self) -> Array:
        """The shortest of the parameters `(n,)` whose sum of columns is nearest to the heights, correctly rounded."""
        return read_only(self.params(self._nearest))

    @cached_property
    def _nearest(self) -> list[Fraction]:
        """The coordinates in `basis` of the sum that is nearest to the heights."""
        *whole, heights = (_whole(column) for column in (*self.columns, self.heights))
        moments = [_product(one, heights) for one in whole]
        return [_dot(weights, moments) / square for weights, square in self.basis[0]]

    @cached_property
    def scatter(self) -> float:
        """The mean square of what the nearest sum leaves of the heights, rounded once."""
        heights = _whole(self.heights)
        met = sum(size * size * square for size, (_, square) in zip(self._nearest, self.basis[0], strict=True))
        return _rounded((_product(heights, heights) - met) / len(self.heights))

    def params(self, coordinates: Sequence[Fraction]) -> Array:
        """The shortest parameters `(n,)` of these coordinates in `basis`, correctly rounded."""
        combinations, idle = self.basis
        found = [Fraction(0)] * len(self.columns)
        for size, (weights, _) in zip(coordinates, combinations, strict=True):
            found = [one + size * weight for one, weight in zip(found, weights, strict=True)]
        for weights, square in perpendicular(_products([_whole(one) for one in idle]), 0)[0]:
            away = [_dot(weights, [one[i] for one in idle]) for i in range(len(found))]
            size = _dot(away, found) / square
            found = [one - size * part for one, part in zip(found, away, strict=True)]
        return np.array([_rounded(one) for one in found])

    def evaluable(self, loss: Callable[[Array], float]) -> "Columns":
        """The same, with no more directions than floats can follow: with those whose `least` has the lowest loss.

        The last directions may ask for parameters so large that the curve, computed in floats, is worse with them. A
        loss above the scatter by rounding alone is no reason to leave one out.
        """
        lowest, found = loss(self.least), self
        y = np.array([_rounded(one) for one in self.heights])
        if not lowest <= self.scatter + ROUNDING * np.var(y) + np.mean((ROUNDED * y) ** 2):
            for most in reversed(range(1, len(self.basis[0]))):
                fewer = replace(self, most=most)
                below = loss(fewer.least)
                if not lowest <= below:  # or it is no number
                    found, lowest = fewer, below
        return found

    @cached_property
    def directions(self) -> tuple[Array, Vector]:
        """The basis' columns, each divided by its size, of the mean square 1: `(points, rank)`; and these sizes."""
        points = [*zip(*self.columns, strict=True)]
        units, sizes = np.empty((len(points), len(self.basis[0]))), []
        for place, (weights, square) in enumerate(self.basis[0]):
            rough = Fraction(2) ** ((square.numerator.bit_length() - square.denominator.bit_length()) // 2)
            unit = np.array([_rounded(_dot(weights, point) / rough) for point in points])
            size = float(np.sqrt(np.mean(unit * unit)))
            units[:, place] = unit / size
            sizes.append(rough * Fraction(size))
        return read_only(units), tuple(sizes)

    @cached_property
    def inverse(self) -> tuple[Vector, ...] | None:
        """(J'J)^-1, None where the points leave a parameter undecided."""
        combinations, idle = self.basis
        if idle:
            return None
        n = range(len(self.columns))
        return tuple(
            tuple(sum((one[i] * one[j] / square for one, square in combinations), Fraction(0)) for j in n) for i in n)


def columns_of(gradient: Slopes, offset: Slopes, n: int, x: Array, y: Array) -> Columns | None:
    """The columns of `gradient(params, x)` at n zeros, and the heights y - offset(params, x).

    In fractions, where the functions can be asked with those, since x^5 of a year is no float; else rounded. None where
    a number is not finite.
    """
    points = np.array([Fraction(one) for one in x.tolist()], dtype=object)
    try:
        zero = [Fraction(0)] * n
        found = [_fractions(column, points.shape) for column in (*gradient(zero, points), offset(zero, points))]
        exact = all(max(one.numerator.bit_length(), one.denominator.bit_length()) <= LONGEST
                    for column in found for one in column)
    except (TypeError, ValueError, AttributeError, ArithmeticError):
        exact = False
    if not exact:
        origin = np.zeros(n)
        rounded = [np.broadcast_to(one, x.shape) for one in (*gradient(origin, x), offset(origin, x))]
        if not np.isfinite(rounded).all():
            return None
        found = [tuple(map(Fraction, column.tolist())) for column in rounded]
    *columns, start = found
    heights = tuple(Fraction(one) - at for one, at in zip(y.tolist(), start, strict=True))
    return Columns(tuple(columns), heights, exact)


def perpendicular(
    products: Sequence[Sequence[Fraction]], share: Fraction | int
) -> tuple[list[tuple[Vector, Fraction]], list[Vector]]:
    """Combinations of some vectors that are perpendicular to each other, and those that are nothing at all.

    products: each vector times each. Returns pairs of a combination's weights and its square, and the weights of those
    that vanish. The next is always the vector at the largest angle to those before; one whose sine is at most `share`
    vanishes. Gram and Schmidt's way; source: G. Golub and C. Van Loan, Matrix Computations (2013), 5.2.7 and 5.4.2.
    """
    n = len(products)
    left, rows = list(range(n)), [list(row) for row in products]
    weights = [tuple(Fraction(i == j) for j in range(n)) for i in range(n)]
    found = []
    while left:
        at = max(left, key=lambda i: rows[i][i] / products[i][i] if products[i][i] else Fraction(0))
        square = rows[at][at]
        if square <= share * share * products[at][at]:
            break
        left.remove(at)
        found.append((weights[at], square))
        for i in left:
            part = rows[i][at] / square
            rows[i] = [one - part * other for one, other in zip(rows[i], rows[at], strict=True)]
            weights[i] = tuple(one - part * other for one, other in zip(weights[i], weights[at], strict=True))
    return found, [weights[i] for i in left]


def _fractions(column: Any, shape: tuple[int, ...]) -> Vector:
    """A column as fractions of powers of 2. ValueError where it has numbers that may have been rounded on the way."""
    constant = np.ndim(column) == 0
    plain = np.broadcast_to(np.asarray(column, dtype=object), shape).tolist()
    if not all(isinstance(one, Fraction | int) or (constant and isinstance(one, float)) for one in plain):
        raise ValueError("a rounded number")
    found = tuple(map(Fraction, plain))
    if any(one.denominator & (one.denominator - 1) for one in found):
        raise ValueError("not a fraction of a power of 2")
    return found


def _whole(column: Vector) -> tuple[list[int], int]:
    """The same as whole numbers over one denominator."""
    below = math.lcm(*(one.denominator for one in column))
    return [one.numerator * (below // one.denominator) for one in column], below


def _product(one: tuple[list[int], int], other: tuple[list[int], int]) -> Fraction:
    return Fraction(sum(a * b for a, b in zip(one[0], other[0], strict=True)), one[1] * other[1])


def _products(vectors: list[tuple[list[int], int]]) -> tuple[Vector, ...]:
    return tuple(tuple(_product(one, other) for other in vectors) for one in vectors)


def _dot(one: Sequence[Fraction], other: Sequence[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(one, other, strict=True)), Fraction(0))


def rounded(rows: Sequence[Sequence[Fraction]]) -> Array:
    """A matrix of the nearest floats."""
    return np.array([[_rounded(one) for one in row] for row in rows])


def _rounded(number: Fraction) -> float:
    """The nearest float, infinite beyond them."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf
