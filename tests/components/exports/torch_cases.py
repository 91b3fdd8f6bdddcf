"""The runs whose PyTorch programs are held: every method and schedule of torch, every problem, all kinds of batch."""

from components.formulas.custom import read
from optim import (
    MODELS,
    SGD,
    SURFACES,
    Adadelta,
    AdaGrad,
    Adam,
    Adamax,
    AdamW,
    Constant,
    Contestant,
    CosineAnnealing,
    Cyclical,
    Dataset,
    Experiment,
    ExponentialDecay,
    Generated,
    InverseTime,
    Linear,
    Momentum,
    NAdam,
    Nesterov,
    OneCycle,
    Polynomial,
    RAdam,
    RMSProp,
    StepDecay,
)

OPTIMIZERS = [
    SGD(1e-3), Momentum(1e-3, 0.95), Momentum(1e-3, 0.9, "heavy-ball"), Nesterov(1e-3),
    Nesterov(1e-3, 0.9, "heavy-ball"), Nesterov(1e-3, 0), AdaGrad(0.5), AdaGrad(0.1, 0.5, 0.01),
    RMSProp(0.1), RMSProp(0.1, 0.9, 0.01, 0.5, True), Adadelta(1.0), Adadelta(0.5, 0.95, 0.01),
    Adam(0.5), Adam(0.1, (0.7, 0.9), 0.01), Adam(0.1, (0.7, 0.9), amsgrad=True),
    AdamW(0.1), AdamW(0.1, (0.7, 0.9), weight_decay=0.3, amsgrad=True), Adamax(0.1), Adamax(0.1, (0.5, 0.9), 0.01),
    NAdam(0.1), NAdam(0.1, (0.7, 0.9), 0.01, 0.5), RAdam(0.1), RAdam(0.1, (0.7, 0.9), 0.01),
]
SCHEDULES = [
    Constant(warmup=2), StepDecay(2.5, 0.3), StepDecay(2, 0.5, warmup=1), ExponentialDecay(0.8), InverseTime(0.7),
    Linear(), Linear(2.5, 0.2), Polynomial(), Polynomial(2.5, 0.7), Polynomial(2.5, 0.7, 0.1), CosineAnnealing(),
    CosineAnnealing(None, 1, 0.1), CosineAnnealing(2.5, 1, 0.2), CosineAnnealing(0.5, 2), CosineAnnealing(0.1, 1.3),
    CosineAnnealing(warmup=1), Cyclical(), Cyclical(1.5, 0.1), Cyclical(0.5, 0), OneCycle(),
    OneCycle(0.25, "linear", 5, 20), OneCycle(0), OneCycle(1, warmup=0.5),
]
OWN = [
    "a*exp(-b*x) + c*sqrt(2)", "a + b*atan(c*x)^3", "a + b*abs(x)^c", "a + b", "z*x + 2^v", "x^2 + sin(y)^2", "x + y^2",
]
FAR = [
    ("a*sigmoid(b*x)", (2, 1)), ("a/(1 + exp(-b*(x - c)))", (2, 400, 5)), ("a*exp(-b*exp(-c*x))", (1, 1, -400)),
    ("a/(1 + b*exp(-c*x))", (1, 2, 400)), ("a*log(1 + exp(b*x))", (0.5, 0.5)), ("a*exp(-(x/b)^c)", (1, 0.5, 2)),
    ("a*x^b", (1, 0)), ("a*sqrt(abs(b*x))", (1, 1)),
]
"""Curves of one's own where PyTorch's rules alone would find no number, and where they start; a point is at 0."""
KINKS = [
    ("sqrt(x^2 + y^2)", (0, 0)), ("abs(x) + abs(y)^0.5", (0, 0)), ("abs(x)^y - x", (0, 0)),
    ("exp(-sqrt(x^2 + y^2)) + x", (0, 0)),
    ("20 - 20*exp(-0.2*sqrt((x^2 + y^2)/2))", (0, 0)), ("1/(1 + exp(x*y))", (40, 30)), ("x/cosh(x*y)", (40, 30)),
]
POINTS = Dataset([0, 0.5, 1, 4], [0, 0.3, 0.6, 0.9])
BATCHES = [
    {"batch_size": 7}, {"batch_size": 7, "reduction": "sum", "shuffle": True}, {"reduction": "sum"}, {"batch_size": 30},
    {"shuffle": True}, {"batch_size": 30, "shuffle": True, "data": Generated(3, 20, noise=0.5)},
    {"data": Dataset([-1, 0, 1, 2.5], [0, 1, 0.5, 1])},
]


def experiments():
    """All of them; a run is short, since rounding differs and some problems magnify that."""
    methods = [Contestant(f"{place} {type(one).__name__}", one) for place, one in enumerate(OPTIMIZERS)]
    few = [methods[1], methods[13]]
    scheduled = [Contestant(f"{place} {type(optimizer).__name__}", optimizer, one)
                 for place, one in enumerate(SCHEDULES) for optimizer in (Momentum(1e-3), Adam(0.1))]
    yield Experiment()
    yield Experiment(contestants=methods, epochs=5)
    yield Experiment("booth", contestants=methods, epochs=60)
    yield Experiment(contestants=scheduled, epochs=5)
    yield Experiment("booth", contestants=scheduled, epochs=60, gradient_noise=0.3)
    yield from (Experiment(name, contestants=few, epochs=5) for name in (*MODELS, *SURFACES))
    yield from (Experiment(read(text).problem, contestants=few, epochs=3) for text in OWN)
    for size in (1, 4):
        yield from (Experiment(read(text).problem, data=POINTS, start=start, batch_size=size, contestants=few, epochs=3)
                    for text, start in FAR)
    yield from (Experiment(read(text).problem, start=start, contestants=few, epochs=3) for text, start in KINKS)
    yield Experiment("ackley", start=(0, 0), contestants=few, epochs=3)
    yield from (Experiment(name, contestants=few, epochs=5, **batches)
                for name in ("line", "logistic-regression", "network-2") for batches in BATCHES)
