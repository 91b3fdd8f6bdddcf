"""Planes through the space of more than two parameters, in which paths and loss can be drawn.

A plane is a point and two directions. Knows no loss and no picture.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from optim.parameters import vector

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class Plane:
    """origin + u directions[0] + v directions[1]: origin `(n,)`, directions `(2, n)`, of length 1 and perpendicular."""

    origin: Array
    directions: Array

    @classmethod
    def of_two(cls, origin: Sequence[float], first: int, second: int) -> "Plane":
        """Two parameters, by their places from 0; u and v are their own values, the others stay as in `origin`.

        ValueError unless they are two that there are.
        """
        origin = np.array(vector("origin", origin))
        if first == second or not {first, second} <= set(range(len(origin))):
            raise ValueError(f"a plane needs two different parameters out of {len(origin)}, not {first} and {second}")
        directions = np.eye(len(origin))[[first, second]]
        origin[[first, second]] = 0.0
        return cls(origin, directions)

    @classmethod
    def of_paths(cls, paths: Iterable[Array]) -> "Plane":
        """The two main directions of all paths' points around their mean, which is the origin: PCA by SVD.

        paths: `(steps+1, n)` each; rows that are not finite are left out. A direction points to where its largest entry
        is positive, so that the same paths give the same picture. Source: K. Pearson, "On lines and planes of closest
        fit to systems of points in space", 1901. ValueError for less than two parameters, and where no row is finite.
        """
        points = _points(paths)
        if points.shape[1] < 2:
            raise ValueError("a plane needs at least two parameters")
        origin = points.mean(axis=0)
        # Padded to three rows, because fewer points than directions would give fewer directions.
        cloud = np.concatenate([points - origin, np.zeros((3, points.shape[1]))])
        directions = np.linalg.svd(cloud, full_matrices=False)[2][:2]
        largest = np.abs(directions).argmax(axis=1)
        directions *= np.sign(directions[[0, 1], largest])[:, None]
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
        cloud = _points(paths)
        cloud = cloud - cloud.mean(axis=0)
        whole = np.square(cloud).sum()
        return float(np.square(cloud @ self.directions.T).sum() / whole) if whole else 1.0


def _points(paths: Iterable[Array]) -> Array:
    points = np.concatenate([np.asarray(path, dtype=float) for path in paths])
    points = points[np.isfinite(points).all(axis=1)]
    if not len(points):
        raise ValueError("a plane needs at least one finite point of a path")
    return points
