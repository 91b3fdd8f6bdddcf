"""The methods, in order of complexity: each turns a gradient into a direction, `params += -lr * direction`.

A method is two pure functions, `init` and `direction`, over float64 arrays `(lanes, n)`: a lane is one run, n the
number of parameters. It sees no schedule, no model and no data, and it works parameter by parameter, so that the loop
may also hand it one column at a time. In `direction` the settings are numbers or, where lanes differ, arrays of the
gradient's own shape or of one column: the lines read the same. A new method is one class in a file here and one line in
OPTIMIZERS.
"""

from optim.optimizers.adagrad import Adadelta, AdaGrad, RMSProp
from optim.optimizers.adam import Adam, Adamax, AdamW
from optim.optimizers.base import Optimizer
from optim.optimizers.gradual import NAdam, RAdam
from optim.optimizers.lion import Lion
from optim.optimizers.momentum import SGD, Momentum, Nesterov

__all__ = [
    "OPTIMIZERS",
    "SGD",
    "AdaGrad",
    "Adadelta",
    "Adam",
    "AdamW",
    "Adamax",
    "Lion",
    "Momentum",
    "NAdam",
    "Nesterov",
    "Optimizer",
    "RAdam",
    "RMSProp",
]

OPTIMIZERS: dict[str, type[Optimizer]] = {
    method.__name__: method
    for method in (SGD, Momentum, Nesterov, AdaGrad, RMSProp, Adadelta, Adam, AdamW, Adamax, NAdam, RAdam, Lion)
}
