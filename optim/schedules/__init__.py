"""The learning rate of every step, computed once for the whole run: an array `(steps,)`.

A schedule says which share of the method's learning rate each step gets; it sees no gradient and no parameters. A new
schedule is one class in a file here and one line in SCHEDULES.
"""

from optim.schedules.base import CONSTANT, Constant, Schedule
from optim.schedules.cycles import CosineAnnealing, Cyclical, OneCycle
from optim.schedules.decays import ExponentialDecay, InverseTime, Linear, Polynomial, StepDecay

__all__ = [
    "CONSTANT",
    "SCHEDULES",
    "Constant",
    "CosineAnnealing",
    "Cyclical",
    "ExponentialDecay",
    "InverseTime",
    "Linear",
    "OneCycle",
    "Polynomial",
    "Schedule",
    "StepDecay",
]

SCHEDULES: dict[str, type[Schedule]] = {
    schedule.__name__: schedule
    for schedule in (
        Constant, StepDecay, ExponentialDecay, InverseTime, Linear, Polynomial, CosineAnnealing, Cyclical, OneCycle)
}
