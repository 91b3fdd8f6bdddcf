"""Gradient descent in plain numpy: methods, schedules, models, data, and one loop that records everything.

>>> from optim import Contestant, Experiment, Momentum, SGD, train
>>> runs = train(Experiment(contestants=[Contestant("SGD", SGD(0.001)),
...                                      Contestant("heavy ball", Momentum(0.001, 0.95, form="heavy-ball"))]))
>>> for label, run in runs.items():
...     print(f"{label:10} a={run.params[-1, 0]:.3f} b={run.params[-1, 1]:.3f}")
SGD        a=1.561 b=-26.543
heavy ball a=1.500 b=-28.000
"""

from optim.contestants import Contestant
from optim.data import Dataset, Generated, Standardised
from optim.experiment import Experiment, batches
from optim.explore.basins import Basins, basins
from optim.explore.finder import RateTest, rate_test
from optim.explore.race import Race, fair_race
from optim.explore.seeds import Seeds, Standing, many_seeds
from optim.fields import Control, controls
from optim.grid import Grid
from optim.lines import Line
from optim.measures import (
    MEASURES,
    Arrival,
    BestExcess,
    BestLoss,
    Distance,
    Divergence,
    DivergenceStep,
    ExcessLoss,
    FinalLoss,
    Measure,
    Minimum,
    Oscillation,
    Settling,
)
from optim.models import MODELS, Model, network, polynomial
from optim.optimizers import (
    OPTIMIZERS,
    SGD,
    Adadelta,
    AdaGrad,
    Adam,
    Adamax,
    AdamW,
    Lion,
    Momentum,
    NAdam,
    Nesterov,
    Optimizer,
    RAdam,
    RMSProp,
)
from optim.planes import Plane
from optim.problems import find
from optim.run import DIVERGENCE_LIMIT, Run, Snapshot, snapshots
from optim.schedules import (
    SCHEDULES,
    Constant,
    CosineAnnealing,
    Cyclical,
    ExponentialDecay,
    InverseTime,
    Linear,
    OneCycle,
    Polynomial,
    Schedule,
    StepDecay,
)
from optim.surfaces import SURFACES, Surface, ravine
from optim.sweep import sweep
from optim.training import Stopped, minimize, train
from optim.verdicts import Verdict, arrival, verdict

__all__ = [
    "DIVERGENCE_LIMIT",
    "MEASURES",
    "MODELS",
    "OPTIMIZERS",
    "SCHEDULES",
    "SGD",
    "SURFACES",
    "AdaGrad",
    "Adadelta",
    "Adam",
    "AdamW",
    "Adamax",
    "Arrival",
    "Basins",
    "BestExcess",
    "BestLoss",
    "Constant",
    "Contestant",
    "Control",
    "CosineAnnealing",
    "Cyclical",
    "Dataset",
    "Distance",
    "Divergence",
    "DivergenceStep",
    "ExcessLoss",
    "Experiment",
    "ExponentialDecay",
    "FinalLoss",
    "Generated",
    "Grid",
    "InverseTime",
    "Line",
    "Linear",
    "Lion",
    "Measure",
    "Minimum",
    "Model",
    "Momentum",
    "NAdam",
    "Nesterov",
    "OneCycle",
    "Optimizer",
    "Oscillation",
    "Plane",
    "Polynomial",
    "RAdam",
    "RMSProp",
    "Race",
    "RateTest",
    "Run",
    "Schedule",
    "Seeds",
    "Settling",
    "Snapshot",
    "Standardised",
    "Standing",
    "StepDecay",
    "Stopped",
    "Surface",
    "Verdict",
    "arrival",
    "basins",
    "batches",
    "controls",
    "fair_race",
    "find",
    "many_seeds",
    "minimize",
    "network",
    "polynomial",
    "rate_test",
    "ravine",
    "snapshots",
    "sweep",
    "train",
    "verdict",
]
