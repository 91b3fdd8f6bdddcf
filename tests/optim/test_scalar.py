"""A few lanes in plain floats give the bytes of lanes, or give up; `direction` is the authority."""

import dataclasses
import itertools
import math

import pytest

from optim import (
    MODELS,
    OPTIMIZERS,
    SGD,
    SURFACES,
    Adam,
    Contestant,
    CosineAnnealing,
    Dataset,
    Experiment,
    Generated,
    Model,
    Optimizer,
    train,
)
from optim import training as training_module
from optim.fields import Choice
from optim.scalar import AT_ONCE, history

ALL = [(name, dict(zip(found, options, strict=True)))
       for name, method in OPTIMIZERS.items()
       for found in [{one.name: one.metadata["kind"].options for one in dataclasses.fields(method)
                      if isinstance(one.metadata.get("kind"), Choice)}]
       for options in itertools.product(*found.values())]
PLAIN = {"SGD", "Momentum", "Nesterov", "AdaGrad", "RMSProp", "Adadelta", "Adam", "AdamW", "NAdam", "RAdam"}
"""Methods of + - * / and roots alone, unless a switch asks for a maximum."""
NOT_PLAIN = {"amsgrad", "centered"}
TINY = 5e-324
HARD = {
    "ordinary": ([1, 2, -3, 4], [3, -1, 2, 0], (0.5, -0.25)),
    "zeros of both signs": ([0, 1, -1, 0], [0, 1, -1, -0.0], (-0.0, 0.0)),
    "the optimum itself": ([1, 2, 3, 5], [2, 4, 6, 10], (2, 0)),
    "slopes that are subnormal": ([TINY, 1e-310, -TINY, 1e-300], [1e-310, 0, TINY, 1], (1e-308, -TINY)),
    "squares that are subnormal": ([1e-155, 3e-160, -1e-162, 1e-170], [1e-155, 1e-160, 2e-162, 0], (0.3, 1e-155)),
    "squares that are infinite": ([1e160, -1e155, 3, 1e200], [1, 2, 3, 4], (1, 1)),
    "products that are infinite": ([1e300, -1e200, 3, 1], [1e308, -1e308, 3, 4], (1e10, -1e18)),
    "far away": ([1, -2, 3, 4], [1e17, 3, -1e18, 0], (1e18, -1e18)),
}
NUMBERS = {
    "its own": {},
    "no eps": {"eps": 0},
    "a large eps": {"eps": 0.5},
    "no memory": {"beta": 0, "betas": (0, 0), "alpha": 0, "rho": 0, "momentum": 0, "eps": 0},
    "long memories": {"beta": 0.999, "betas": (0.99, 0.9999), "alpha": 0.999, "rho": 0.999, "momentum": 0.9,
                      "weight_decay": 0.3, "momentum_decay": 2.5, "initial_accumulator_value": TINY},
    "a rate of 0": {"lr": 0, "eps": 0},
    "a rate that diverges": {"lr": 1e12, "weight_decay": 0.5},
}


def both(experiment, contestant):
    """The run in floats, None if they gave up, and in lanes."""
    floats = history(experiment, contestant)
    return floats, in_lanes(dataclasses.replace(experiment, contestants=[contestant]))[contestant.label]


def in_lanes(experiment):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training_module, "FEW", 0)
        return train(experiment)


def check(experiment, contestant):
    """Same bytes up to a divergence, after which a run is NaN anyway; whether floats went all the way."""
    floats, lanes = both(experiment, contestant)
    if floats is not None:
        end = len(lanes.params) if lanes.diverged_at is None else lanes.diverged_at
        assert floats.params[:end].tobytes() == lanes.params[:end].tobytes()
        for name in ("gradient", "direction"):
            theirs = getattr(lanes, name)
            assert getattr(floats, name)[:max(0, end - 1)].tobytes() == theirs[:max(0, end - 1)].tobytes()
    run = train(dataclasses.replace(experiment, contestants=[contestant]))[contestant.label]
    for name in ("params", "loss", "gradient", "direction", "learning_rate"):
        ours, theirs = getattr(run, name), getattr(lanes, name)
        assert ours.flags.c_contiguous
        assert not ours.flags.writeable
        assert ours.tobytes() == theirs.tobytes(), name
    for name in ("diverged_at", "diverged_reason", "slope_lost", "frozen"):
        assert getattr(run, name) == getattr(lanes, name)
    return floats is not None


def method(name, numbers, switches):
    kind = OPTIMIZERS[name]
    known = {one.name for one in dataclasses.fields(kind)}
    return kind(**{key: value for key, value in numbers.items() if key in known}, **switches)


@pytest.mark.parametrize(("name", "switches"), ALL, ids=str)
def test_every_method_on_numbers_of_every_kind(name, switches):
    served = set()
    for (x, y, start), numbers in itertools.product(HARD.values(), NUMBERS.values()):
        experiment = Experiment(data=Dataset(x, y), start=start, epochs=12)
        served.add(check(experiment, Contestant("it", method(name, numbers, switches))))
    is_plain = name in PLAIN and not any(switches.get(switch) for switch in NOT_PLAIN)
    assert (True in served) == is_plain


@pytest.mark.parametrize("name", [*MODELS, *SURFACES, "ravine-250"])
def test_every_problem(name):
    plain = {name for name in MODELS if name.startswith(("line", "polynomial", "proportional"))}
    plain |= {"ravine-30", "ravine-250", "rosenbrock", "himmelblau", "beale", "booth", "styblinski-tang", "saddle",
              "monkey-saddle"}
    for settings in ({}, {"shuffle": True, "reduction": "sum", "gradient_noise": 0.3, "seed": 3}):
        experiment = Experiment(name, epochs=5, data=Generated(seed=5, noise=0.5), **settings)
        for one in (SGD(0.001), Adam(0.1)):
            assert check(experiment, Contestant("it", one, CosineAnnealing(2))) == (name in plain)


@pytest.mark.parametrize("settings", [{"batch_size": 2}, {"coordinates": "in turn"}], ids=str)
def test_what_only_lanes_can_do(settings):
    assert not check(Experiment(epochs=2, **settings), Contestant("it", SGD(0.001)))


def test_one_point_is_a_batch_of_one_whatever_is_asked():
    assert check(Experiment(data=Dataset([2], [3]), batch_size=8, epochs=40), Contestant("it", Adam(0.1)))


class Own(Optimizer):
    """A method that is not the lab's, with the lines of one that is."""

    def direction(self, gradient, params, state, step):
        return -gradient, state

    def lines(self):
        return SGD().lines()


def test_only_texts_of_the_core_are_compiled():
    assert history(Experiment(epochs=1), Contestant("it", Own())) is None
    own = Model("own", ("a",), lambda p, x: 2 * p[0] * x, lambda p, x: (2 * x,), code=MODELS["line"].code)
    assert history(Experiment(own, epochs=1), Contestant("it", SGD())) is None


@pytest.mark.parametrize("steps", [1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE + 7])
def test_a_run_of_any_length(steps):
    experiment = Experiment("booth", epochs=steps, gradient_noise=1.0)
    assert check(experiment, Contestant("it", Adam(0.1)))


def test_few_and_many_of_one_rule_and_of_several_are_alike():
    for many in (1, 12, 13, 40):
        contestants = [Contestant(f"{kind.__name__} {i}", kind(1e-3 * (i + 1)))
                       for i in range(many) for kind in (SGD, Adam, OPTIMIZERS["Lion"])]
        experiment = Experiment(contestants=contestants, epochs=2)
        ours, theirs = train(experiment), in_lanes(experiment)
        assert list(ours) == list(theirs) == [one.label for one in contestants]
        for label, run in ours.items():
            assert run.params.tobytes() == theirs[label].params.tobytes()
            assert run.loss.tobytes() == theirs[label].loss.tobytes()


def test_floats_that_raise_leave_the_lane_to_lanes():
    """0 / 0: numpy says not a number, and Python raises."""
    experiment = Experiment(data=Dataset([1, 2], [2, 4]), start=(2, 0), epochs=3)
    contestant = Contestant("it", Adam(0.1, eps=0))
    floats, lanes = both(experiment, contestant)
    assert floats is None
    assert lanes.diverged_at == 1
    assert math.isnan(train(dataclasses.replace(experiment, contestants=[contestant]))["it"].params[1, 0])
