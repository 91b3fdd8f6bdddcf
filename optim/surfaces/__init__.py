"""The surfaces that are descended directly, by their names.

A new surface is one Surface and one entry in SURFACES. Of the ravines one is here; a ravine of any other condition is
known by its name too (see problems.py).
"""

from optim.surfaces.base import Surface
from optim.surfaces.pits import ACKLEY, HIMMELBLAU, RASTRIGIN, STYBLINSKI_TANG, THREE_HILLS
from optim.surfaces.valleys import BEALE, BOOTH, MONKEY_SADDLE, ROSENBROCK, SADDLE, ravine

__all__ = ["SURFACES", "Surface", "ravine"]

SURFACES: dict[str, Surface] = {
    surface.name: surface
    for surface in (
        ravine(30.0),
        ROSENBROCK,
        HIMMELBLAU,
        BEALE,
        BOOTH,
        RASTRIGIN,
        ACKLEY,
        STYBLINSKI_TANG,
        SADDLE,
        MONKEY_SADDLE,
        THREE_HILLS,
    )
}
