"""Frozen: methods whose squared gradients are too large or too small for a float."""

import pickle

import numpy as np
import pytest

from optim import (
    OPTIMIZERS,
    SGD,
    Adadelta,
    AdaGrad,
    Adam,
    Contestant,
    Dataset,
    Experiment,
    RMSProp,
    minimize,
    train,
    verdict,
)

SQUARING = ["AdaGrad", "RMSProp", "Adadelta", "Adam", "AdamW", "NAdam", "RAdam"]


def judged(run):
    found = verdict(run, 0.0, 1)
    return found.kind, found.squared


def on_a_slope(optimizer, slope, steps=200):
    """A plane of that slope, whose value is far from 0 all along."""
    return minimize(lambda p, step: [slope], [1.0], optimizer, steps, value=lambda p: 5 + float(p[0]) / 1e300)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_method_says_which_state_keeps_the_square(name):
    method = OPTIMIZERS[name]()
    assert (method.squares is not None) == (name in SQUARING) == any("g * g" in line.text for line in method.lines())
    if method.squares is None:
        return
    sizes = []
    for slope in (1.0, 3.0, -3.0):
        _, state = method.direction(np.array([slope]), np.ones(1), method.init(np.ones(1)), 0)
        sizes.append(state[method.squares][0])
    assert sizes[1] == sizes[2] == pytest.approx(9 * sizes[0])
    assert method.begins()[method.squares].name in "sv"


@pytest.mark.parametrize("name", SQUARING)
def test_a_gradient_whose_square_is_no_number_freezes_for_ever(name):
    """1e202 at first and 1 from then on: the mean of squares stays infinite, the direction 0."""
    method = OPTIMIZERS[name](lr=0.5 if name != "RAdam" else 0.0)  # it takes its first steps without the square
    run = minimize(lambda p, step: [1e202 if step == 0 else 1.0, 1.0], [3.0, 3.0], method, 300, value=lambda p: 7.0)
    assert run.frozen == "large"
    assert judged(run) == ("frozen", "large")
    if name != "AdamW":
        assert not run.direction[10:, 0].any()
    else:
        assert run.direction[:, 0] == pytest.approx(0.01 * run.params[:-1, 0])


def test_squares_whose_sum_is_no_number_freeze_too():
    run = on_a_slope(AdaGrad(0.1), 1e154)
    assert not np.isinf(1e154**2)
    assert judged(run) == ("frozen", "large")


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_gradient_whose_square_is_0_freezes_the_methods_that_square(name):
    run = on_a_slope(OPTIMIZERS[name](), 1e-170)
    assert (judged(run) == ("frozen", "small")) == (name in SQUARING)


@pytest.mark.parametrize("slope", [1e-140, 1e140, 1.0, 0.0])
def test_squares_that_are_numbers_freeze_nothing(slope):
    for method in (Adam(0.1), AdaGrad(0.1), RMSProp(0.1, centered=True), Adadelta()):
        assert on_a_slope(method, slope).frozen is None


def test_a_square_that_is_0_for_a_while_freezes_nothing():
    """The square counts at the end, and where another parameter still has one the run goes on."""
    late = minimize(lambda p, step: [1e-170 if step < 50 else 1.0], [1.0], Adam(0.1), 200, value=lambda p: 5.0)
    beside = minimize(lambda p, step: [1e-170, 1.0], [1.0, 1.0], Adam(0.1), 200, value=lambda p: 5.0)
    idle = minimize(lambda p, step: [1e-170, 0.0], [1.0, 1.0], Adam(0.1), 200, value=lambda p: 5.0)
    started = on_a_slope(AdaGrad(0.1, initial_accumulator_value=1.0), 1e-170)
    assert [one.frozen for one in (late, beside, idle, started)] == [None, None, "small", None]


def test_the_exponential_far_out():
    """The gradient is 1e202, a number, and its square is none: Adam never moves, and does not settle."""
    experiment = Experiment("exponential", start=(1.0, 40.0), batch_size=30, contestants=[
        Contestant("Adam", Adam(0.5)), Contestant("SGD", SGD(0.5))])
    runs = train(experiment)
    assert np.isfinite(runs["Adam"].gradient).all()
    assert (runs["Adam"].params == experiment.start).all()
    found = verdict(runs["Adam"], experiment.floor, experiment.steps_per_epoch)
    assert (found.kind, found.squared) == ("frozen", "large")
    assert verdict(runs["SGD"], experiment.floor, experiment.steps_per_epoch).kind == "diverged"
    assert runs["SGD"].frozen is None


@pytest.mark.parametrize("coordinates", ["together", "in turn"])
def test_on_the_plain_left_of_an_exponential(coordinates):
    experiment = Experiment("exponential", start=(1.0, -400.0), data=Dataset([1.0, 1.1], [1.0, 2.0]), batch_size=2,
                            coordinates=coordinates, contestants=[Contestant("it", Adam(0.5)), Contestant("x", SGD(1))])
    runs = train(experiment)
    assert (runs["it"].frozen, runs["x"].frozen) == ("small", None)
    assert judged(runs["it"]) == ("frozen", "small")


def test_who_has_converged_or_lost_its_slope_is_not_frozen():
    values = iter([1e9, *[1.0] * 200])
    far = minimize(lambda p, step: [1e202 if step == 0 else 1.0], [1.0], Adam(0.1), 200, value=lambda p: next(values))
    assert (far.frozen, judged(far)[0]) == ("large", "converged")
    lost = minimize(lambda p, step: [1e202, np.nan], [1.0, 1.0], Adam(0.1), 200, value=lambda p: 5.0)
    assert (lost.frozen, judged(lost)[0]) == (None, "slope not computable")


def test_a_frozen_run_stays_so_in_a_pickle():
    run = on_a_slope(Adam(), 1e-170)
    assert pickle.loads(pickle.dumps(run)).frozen == "small"
