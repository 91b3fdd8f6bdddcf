"""Planes through the space of more than two parameters, in which paths and loss can be drawn.

A plane is a point and two directions. Knows no loss and no picture.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from optim.arrays import Frozen
from optim.fields import Whole
from optim.parameters import vector

Array = np.ndarray

NUMBERS_AT_ONCE = 2**18
"""Numbers of paths that are looked at together: it bounds the memory, however long the paths are."""
TIED = 1 - 1e-6
"""An entry of at least this share of the largest is as large: rounding alone may tell the two apart."""


@dataclass(frozen=True, eq=False)
class Plane(Frozen):
    """origin + u directions[0] + v directions[1]: origin `(n,)`, directions `(2, n)`, of length 1 and perpendicular."""

    origin: Array
    directions: Array

    @classmethod
    def of_two(cls, origin: Sequence[float], first: int, second: int) -> "Plane":
        """Two parameters, by their places from 0; u and v are their own values, the others stay as in `origin`.

        ValueError unless they are two that there are.
        """
        point = np.array(vector("origin", origin))
        one, other = places = [Whole().check("first", first), Whole().check("second", second)]
        if one == other or not set(places) <= set(range(len(point))):
            raise ValueError(f"a plane needs two different parameters out of {len(point)}, not {one} and {other}")
        point[places] = 0.0
        return cls(point, np.eye(len(point))[places])

    @classmethod
    def of_paths(cls, paths: Iterable[Array]) -> "Plane":
        """The two main directions of all paths' points around their mean, which is the origin: PCA.

        paths: `(steps+1, n)` each; rows that are not finite are left out. A direction points to where the first of its
        largest entries is positive, so that the same paths give the same picture. Source: K. Pearson, "On lines and
        planes of closest fit to systems of points in space", 1901. ValueError for less than two parameters, and where
        no row is finite.
        """
        paths = _paths(paths)
        n = paths[0].shape[1]
        if n < 2:
            raise ValueError("a plane needs at least two parameters")
        count, origin = _mean(paths)
        if count <= n:
            # Padded to three rows, because fewer points than directions would give fewer directions.
            cloud = np.concatenate([*(block - origin for block in _blocks(paths)), np.zeros((3, n))])
            directions = np.linalg.svd(cloud, full_matrices=False)[2][:2]
        else:
            first = _main(paths, origin, np.zeros(n))
            directions = np.array([first, _main(paths, origin, first)])
        sizes = np.abs(directions)
        largest = (sizes >= TIED * sizes.max(axis=1, keepdims=True)).argmax(axis=1)
        directions = directions * np.sign(directions[[0, 1], largest])[:, None]
        return cls(origin, directions)

    def coordinates(self, points: Array) -> Array:
        """u and v of the feet of the perpendiculars from these points: `(..., n)` -> `(..., 2)`."""
        return np.einsum("...n,kn->...k", points - self.origin, self.directions)

    def params(self, u: Array, v: Array) -> list[Array]:
        """The n parameters of the plane's points, each of the shape to which u and v broadcast."""
        one, other = self.directions
        return [o + u * a + v * b for o, a, b in zip(self.origin, one, other, strict=True)]

    def share(self, paths: Iterable[Array]) -> float:
        """The share of the paths' movement that the plane shows: of their points' squared distances from their mean.

        1 where nothing moves. Rows that are not finite are left out.
        """
        paths = _paths(paths)
        (_, mean), whole, shown = _mean(paths), 0.0, 0.0
        for block in _blocks(paths):
            cloud = block - mean
            whole += np.square(cloud).sum()
            shown += np.square(cloud @ self.directions.T).sum()
        return float(shown / whole) if whole else 1.0


def _paths(paths: Iterable[Array]) -> list[Array]:
    return [np.asarray(path, dtype=float) for path in paths]


def _blocks(paths: Sequence[Array]) -> Iterator[Array]:
    """The finite points of all paths, some rows at a time. ValueError where there are none."""
    found = False
    for path in paths:
        rows = max(1, NUMBERS_AT_ONCE // max(1, path.shape[1]))
        for first in range(0, len(path), rows):
            block = path[first:first + rows]
            block = block[np.isfinite(block).all(axis=1)]
            if len(block):
                found = True
                yield block
    if not found:
        raise ValueError("a plane needs at least one finite point of a path")


def _main(paths: Sequence[Array], origin: Array, other: Array) -> Array:
    """The direction `(n,)` in which the cloud of all points around the origin is widest, perpendicular to another.

    It is an eigenvector of the cloud's products, which are few however many the points. The other direction is taken
    out of the points themselves and not of their products, whose rounding would drown what is 1e-8 as wide.
    """
    size = max(np.abs(block - origin).max() for block in _blocks(paths)) or 1.0
    products = np.zeros((len(origin), len(origin)))
    for block in _blocks(paths):
        cloud = (block - origin) / size
        cloud -= np.outer(cloud @ other, other)
        products += cloud.T @ cloud
    along = np.outer(other, other)
    across = np.eye(len(other)) - along
    products = across @ products @ across - (np.trace(products) or 1.0) * along  # never the other direction again
    return np.linalg.eigh(products)[1][:, -1]


def _mean(paths: Sequence[Array]) -> tuple[int, Array]:
    """How many finite points there are, and their mean, from the first on, so that what stands still is met exactly."""
    blocks = _blocks(paths)
    block = next(blocks)
    first = block[0].copy()
    count, total = len(block), (block - first).sum(axis=0)
    for block in blocks:
        count, total = count + len(block), total + (block - first).sum(axis=0)
    return count, first + total / count
