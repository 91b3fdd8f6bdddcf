"""The curves that are fitted to points, by their names.

A new curve is one Model and one entry in MODELS. A family whose number is free has some of its members here; every
other is known by its name too (see problems.py).
"""

from optim.models.base import Model
from optim.models.curves import EXPONENTIAL, LINE, LOGISTIC, LOGISTIC_REGRESSION, PROPORTIONAL, SINE, polynomial
from optim.models.network import network

__all__ = ["MODELS", "Model", "network", "polynomial"]

MODELS: dict[str, Model] = {
    model.name: model
    for model in (
        LINE,
        PROPORTIONAL,
        *(polynomial(degree, scaled) for degree in (2, 3, 4, 5) for scaled in (False, True)),
        SINE,
        EXPONENTIAL,
        LOGISTIC,
        LOGISTIC_REGRESSION,
        *map(network, (2, 4, 8, 16)),
    )
}
