"""Every wrong argument is a ValueError that names it, says what it may be and shows what came."""

import re
from datetime import date

import numpy as np
import pytest

from optim import (
    MODELS,
    SGD,
    AdaGrad,
    Adam,
    Contestant,
    CosineAnnealing,
    Dataset,
    Experiment,
    Generated,
    Lion,
    Model,
    Momentum,
    OneCycle,
    Polynomial,
    RMSProp,
    StepDecay,
    Surface,
    minimize,
    network,
    polynomial,
    ravine,
    train,
)

HUGE = 10**5000
BETA = "a finite number at least 0 and below 1"
MODEL = "model must be a Model, a Surface or a name such as line, sine or rosenbrock"
SIZE = "a finite number at least -1e+18 and at most 1e+18"


def slope(params, step):
    return params


def surface(**settings):
    return Surface("mine", slope, slope, **{"start": (1, 2), "bounds": [(-1, 1), (-1, 1)]} | settings)


def line(gradient):
    return Model("mine", ("a", "b"), lambda p, x: p[0] * x + p[1], gradient)


CASES = [
    (lambda: SGD(lr=-1), "lr must be a finite number at least 0, not -1"),
    (lambda: SGD(lr=np.float64(-1)), "lr must be a finite number at least 0, not np.float64(-1.0)"),
    (lambda: SGD(lr=float("nan")), "lr must be a finite number at least 0, not nan"),
    (lambda: SGD(lr=float("inf")), "lr must be a finite number at least 0, not inf"),
    (lambda: SGD(lr=10**400), "lr must be a finite number at least 0, not 1000000000"),
    (lambda: SGD(lr=HUGE), "lr must be a finite number at least 0, not "),
    (lambda: SGD(lr="0.1"), "lr must be a finite number at least 0, not '0.1'"),
    (lambda: SGD(lr=None), "lr must be a finite number at least 0, not None"),
    (lambda: SGD(lr=True), "lr must be a finite number at least 0, not True"),
    (lambda: SGD(lr=1j), "lr must be a finite number at least 0, not 1j"),
    (lambda: SGD(lr=[0.1]), "lr must be a finite number at least 0, not [0.1]"),
    (lambda: SGD(lr=np.array([0.1])), "lr must be a finite number at least 0, not array([0.1])"),
    (lambda: Momentum(beta=1), f"beta must be {BETA}, not 1"),
    (lambda: Momentum(beta=-0.1), f"beta must be {BETA}, not -0.1"),
    (lambda: Momentum(form="nesterov"), "form must be 'average' or 'heavy-ball', not 'nesterov'"),
    (lambda: Momentum(form=["average"]), "form must be 'average' or 'heavy-ball', not ['average']"),
    (lambda: Adam(betas=(0.9, 1)), f"betas[1] must be {BETA}, not 1"),
    (lambda: Adam(betas=(-1, 0.9)), f"betas[0] must be {BETA}, not -1"),
    (lambda: Adam(betas=(0.9,)), "betas must be two numbers, not (0.9,)"),
    (lambda: Adam(betas=0.9), "betas must be two numbers, not 0.9"),
    (lambda: Adam(betas="09"), "betas must be two numbers, not '09'"),
    (lambda: Adam(eps=-1e-8), "eps must be a finite number at least 0, not -1e-08"),
    (lambda: Adam(bias_correction=1), "bias_correction must be True or False, not 1"),
    (lambda: Adam(eps_inside_sqrt=None), "eps_inside_sqrt must be False or True, not None"),
    (lambda: Adam(amsgrad=1), "amsgrad must be False or True, not 1"),
    (lambda: AdaGrad(initial_accumulator_value=-1), "initial_accumulator_value must be a finite number at least 0"),
    (lambda: RMSProp(alpha=1), f"alpha must be {BETA}, not 1"),
    (lambda: Lion(weight_decay=-0.1), "weight_decay must be a finite number at least 0, not -0.1"),
    (lambda: StepDecay(gamma=0), "gamma must be a finite number above 0 and at most 1, not 0"),
    (lambda: StepDecay(period=None), "period must be a finite number above 0, not None"),
    (lambda: Polynomial(power=0), "power must be a finite number above 0, not 0"),
    (lambda: OneCycle(anneal_strategy="sin"), "anneal_strategy must be 'cos' or 'linear', not 'sin'"),
    (lambda: OneCycle(div_factor=0.5), "div_factor must be a finite number at least 1, not 0.5"),
    (lambda: CosineAnnealing(period=0), "period must be a finite number above 0 or None, not 0"),
    (lambda: CosineAnnealing(period="10"), "period must be a finite number above 0 or None, not '10'"),
    (lambda: CosineAnnealing(period_growth=0.9), "period_growth must be a finite number at least 1, not 0.9"),
    (lambda: CosineAnnealing(floor=1.1), "floor must be a finite number at least 0 and at most 1, not 1.1"),
    (lambda: Contestant("", SGD()), "label must be a text that is not empty, not ''"),
    (lambda: Contestant(3, SGD()), "label must be a text that is not empty, not 3"),
    (lambda: Contestant("a", SGD), "optimizer must be one such as SGD(lr=0.01), not <class 'optim"),
    (lambda: Contestant("a", SGD(), 0.1), "schedule must be one such as Constant(), not 0.1"),
    (lambda: Generated(seed=-1), "seed must be a whole number at least 0 and at most 4294967295, not -1"),
    (lambda: Generated(seed=HUGE), "seed must be a whole number at least 0 and at most 4294967295, not "),
    (lambda: Generated(size=0), "size must be a whole number at least 1, not 0"),
    (lambda: Generated(size=30.0), "size must be a whole number at least 1, not 30.0"),
    (lambda: Generated(low=3, high=3), "low must be below high, not 3 and 3"),
    (lambda: Generated(low=2**60, high=2**61), "low must be a whole number at least "),
    (lambda: Generated(noise=-1), "noise must be a finite number at least 0, not -1"),
    (lambda: Experiment(true_params=(1e18, 0), data=Generated(noise=1e308)).dataset, "y must be finite, but y["),
    (lambda: Dataset([1, 2], [3]), "x and y must have the same length, not 2 and 1"),
    (lambda: Dataset([], []), "x must be one row of at least one number, not of shape (0,)"),
    (lambda: Dataset([[1]], [[2]]), "x must be one row of at least one number, not of shape (1, 1)"),
    (lambda: Dataset(1, 2), "x must be one row of at least one number, not of shape ()"),
    (lambda: Dataset([1, 2], [3, float("nan")]), "y must be finite, but y[1] is not"),
    (lambda: Dataset([1], [2], names="xy"), "names must be two texts, not 'xy'"),
    (lambda: Dataset([1], [2], names=("x", 2)), "names must be two texts, not ('x', 2)"),
    (lambda: Dataset([1], [2], names=None), "names must be two texts, not None"),
    (lambda: Dataset([1, -np.inf], [3, 4]), "x must be finite, but x[1] is not"),
    (lambda: Dataset(["one"], [1]), "x must be a row of numbers: could not convert string to float: 'one'"),
    (lambda: Dataset([[1], [2, 3]], [1, 2]), "x must be a row of numbers: "),
    (lambda: Dataset([1j], [1]), "x must be a row of numbers: some are complex"),
    (lambda: Dataset([1], np.array([1 + 0j])), "y must be a row of numbers: some are complex"),
    (lambda: Dataset(["1.5"], [1]), "x must be a row of numbers: could not convert string to float: '1.5'"),
    (lambda: Dataset([1, "2"], [1, 2]), "x must be a row of numbers: could not convert string to float: '2'"),
    (lambda: Dataset("12", [1, 2]), "x must be a row of numbers: could not convert string to float: '12'"),
    (lambda: Dataset([b"1"], [1]), "x must be a row of numbers: could not convert string to float: b'1'"),
    (lambda: Dataset(np.array(["1"], dtype=object), [1]), "x must be a row of numbers: '1' is not a real number"),
    (lambda: Dataset(np.array([3], dtype="datetime64[D]"), [1]), "x must be a row of numbers: they are dates"),
    (lambda: Dataset([np.timedelta64(3, "s")], [1]), "x must be a row of numbers: they are times"),
    (lambda: Dataset([date(2020, 1, 1)], [1]), "x must be a row of numbers: datetime.date(2020, 1, 1) is not a real"),
    (lambda: Dataset([1, None], [1, 2]), "x must be a row of numbers: None is not a real number"),
    (lambda: Dataset(np.ma.array([1.0, 2.0], mask=[False, True]), [1, 2]), "x must be a row of numbers: it is masked"),
    (lambda: Dataset([1, 2], np.ma.array([1.0, 2.0])), "y must be a row of numbers: it is masked"),
    (lambda: Dataset([1, np.ma.masked], [1, 2]), "x must be a row of numbers: it is masked"),
    (lambda: Dataset(np.zeros(1, dtype=[("a", float)]), [1]), "x must be a row of numbers: they are of type "),
    (lambda: Dataset({1: 2}, [1]), "x must be a row of numbers: {1: 2} is not a real number"),
    (lambda: Dataset([10**400], [1]), "x must be finite, but x[0] is not"),
    (lambda: Dataset([HUGE], [1]), "x must be finite, but x[0] is not"),
    (lambda: Model("m", (), slope, slope), "parameter_names must be names that differ, not ()"),
    (lambda: Model("m", ("a", "a"), slope, slope), "parameter_names must be names that differ, not ('a', 'a')"),
    (lambda: Model("m", ("a", ""), slope, slope), "parameter_names must be names that differ, not ('a', '')"),
    (lambda: Model("m", ("a", 1), slope, slope), "parameter_names must be names that differ, not ('a', 1)"),
    (lambda: Model("m", "ab", slope, slope), "parameter_names must be a sequence of names, not 'ab'"),
    (lambda: Model("m", ("a", "b"), slope, slope, start=(1,)), "start must be 2 numbers, not 1"),
    (lambda: Model("m", ("a",), slope, slope, true_params=("1",)), f"true_params[0] must be {SIZE}, not '1'"),
    (lambda: surface(start=(1, 2, 3)), "start must be 2 numbers, not 3"),
    (lambda: surface(parameter_names="xy"), "parameter_names must be a sequence of names, not 'xy'"),
    (lambda: surface(minima=[(1, 2), (3,)]), "minima[1] must be 2 numbers, not 1"),
    (lambda: surface(bounds=[(-1, 1)]), "bounds must be a pair for each of 2 parameters, not [(-1, 1)]"),
    (lambda: surface(bounds=[(-1, 1), (2, 2)]), "bounds[1] must be a lower and a higher number, not 2 and 2"),
    (lambda: surface(bounds=[(-1, 1), (0, np.inf)]), f"bounds[1][1] must be {SIZE}, not inf"),
    (lambda: ravine(0.5), "condition must be a finite number at least 1 and at most 1e+06, not 0.5"),
    (lambda: network(0), "units must be a whole number at least 1 and at most 64, not 0"),
    (lambda: polynomial(6), "degree must be a whole number at least 2 and at most 5, not 6"),
    (lambda: polynomial(2, 1), "scaled must be False or True, not 1"),
    (lambda: Generated(low=20).within(MODELS["line"]), "low must be below high, not 20 and 10"),
    (lambda: Experiment(model="circle"), f"{MODEL}, not 'circle'"),
    (lambda: Experiment(model=None), f"{MODEL}, not None"),
    (lambda: Experiment(start=(1,)), "start must be 2 numbers, not 1"),
    (lambda: Experiment(start=(1, 2, 3)), "start must be 2 numbers, not 3"),
    (lambda: Experiment(start=5), "start must be a sequence of numbers, not 5"),
    (lambda: Experiment(start=(1, "2")), f"start[1] must be {SIZE}, not '2'"),
    (lambda: Experiment(start=(1.1e18, 1)), f"start[0] must be {SIZE}, not 1.1e+18"),
    (lambda: Experiment(true_params=(1,)), "true_params must be 2 numbers, not 1"),
    (lambda: Experiment(data=[1, 2]), "data must be Generated(...) or Dataset(x, y), not [1, 2]"),
    (lambda: Experiment(epochs=0), "epochs must be a whole number at least 1 or None, not 0"),
    (lambda: Experiment(batch_size=0), "batch_size must be a whole number at least 1, not 0"),
    (lambda: Experiment(batch_size=1.5), "batch_size must be a whole number at least 1, not 1.5"),
    (lambda: Experiment(shuffle="yes"), "shuffle must be False or True, not 'yes'"),
    (lambda: Experiment(seed=-1), "seed must be a whole number at least 0 and at most 4294967295 or None, not -1"),
    (lambda: Experiment(reduction="median"), "reduction must be 'mean' or 'sum', not 'median'"),
    (lambda: Experiment(coordinates="in-turn"), "coordinates must be 'together' or 'in turn', not 'in-turn'"),
    (lambda: Experiment(contestants=[]), "contestants must be at least one"),
    (lambda: Experiment(contestants=SGD()), "contestants must be a sequence of Contestants, not SGD(lr=0.01)"),
    (lambda: Experiment(contestants="SGD"), "contestants must be a sequence of Contestants, not 'SGD'"),
    (lambda: Experiment(contestants=[SGD()]), "contestants must be Contestants, not SGD(lr=0.01)"),
    (lambda: Experiment(contestants=[Contestant("a", SGD()), Contestant("a", Adam())]),
     "each contestant needs a label of its own, but 'a' is given twice"),
    (lambda: train(Experiment(), keep="some"), "keep must be 'everything' or 'final', not 'some'"),
    (lambda: train(Experiment(model=line(lambda p, x: (x,)))),
     "the gradient of model 'mine' must have 2 entries, not 1"),
    (lambda: train(Experiment(model=line(lambda p, x: (x, 1, 2)))),
     "the gradient of model 'mine' must have 2 entries, not 3"),
    (lambda: minimize(slope, (), SGD(), 3), "start must be at least one number, not 0"),
    (lambda: minimize(slope, 1.0, SGD(), 3), "start must be a sequence of numbers, not 1.0"),
    (lambda: minimize(slope, (1, np.nan), SGD(), 3), "start[1] must be a finite number at least"),
    (lambda: minimize(slope, [[1, 2]], SGD(), 3), "start[0] must be a finite number at least"),
    (lambda: minimize(slope, (1,), SGD, 3), "optimizer must be one such as SGD(lr=0.01), not <class"),
    (lambda: minimize(slope, (1,), SGD(), 3, schedule=None), "schedule must be one such as Constant(), not None"),
    (lambda: minimize(slope, (1,), SGD(), 0), "steps must be a whole number at least 1, not 0"),
    (lambda: minimize(slope, (1,), SGD(), 2.0), "steps must be a whole number at least 1, not 2.0"),
    (lambda: minimize(slope, (1,), SGD(), 3, steps_per_epoch=0),
     "steps_per_epoch must be a whole number at least 1, not 0"),
    (lambda: minimize(lambda p, step: 1.0, (1, 2), SGD(), 3),
     "gradient(params, step) must return 2 numbers, not an array of shape ()"),
    (lambda: minimize(lambda p, step: [1, 2, 3], (1, 2), SGD(), 3),
     "gradient(params, step) must return 2 numbers, not an array of shape (3,)"),
]


@pytest.mark.parametrize(("call", "message"), CASES, ids=[message[:60] for _, message in CASES])
def test_the_message(call, message):
    with pytest.raises(ValueError, match=re.escape(message)) as caught:
        call()
    assert len(str(caught.value)) < 200


def test_bounds_themselves_are_allowed():
    assert Adam(0, (0, 0), 0) == Adam(0.0, [0.0, 0.0], 0.0)
    assert Adam(betas=np.array([0.5, 0.6])).betas == (0.5, 0.6)
    assert Momentum(beta=0).beta == 0
    assert CosineAnnealing(1e-9, 1, 1).floor == 1
    assert Generated(seed=2**32 - 1, size=1, low=0, high=1).low == 0
    assert Experiment(epochs=np.int64(1), batch_size=1).epochs == 1
    assert Experiment(start=[-1e18, 1e18]).start == (-1e18, 1e18)
