"""The code of every curve, surface and schedule computes what its functions compute, byte for byte."""

import ast
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from optim import (
    MODELS,
    SCHEDULES,
    SURFACES,
    Constant,
    CosineAnnealing,
    Cyclical,
    ExponentialDecay,
    InverseTime,
    Linear,
    OneCycle,
    Polynomial,
    StepDecay,
    network,
    polynomial,
    ravine,
)
from optim.code import KEPT, Code, variable
from optim.lines import names

RANDOM = np.random.RandomState(3)
CURVES = {**MODELS, "network-1": network(1), "network-6": network(6)}
HEIGHTS = {**SURFACES, "ravine-1": ravine(1), "ravine-2.5": ravine(2.5)}
assert polynomial(5, True).name in CURVES


def sigmoid(z):
    return np.exp(np.minimum(z, 0)) / (1 + np.exp(np.minimum(z, -z)))


def run(code, parameter_names, params, **more):
    """The value and the slopes that code gives, run line by line."""
    known = {"np": np, "sigmoid": sigmoid, "params": params, **more}
    if not code.blocks:
        known |= dict(zip(map(variable, parameter_names), params, strict=True))
    for name, text in code.before:
        exec(f"{name} = {text}", known)
    return eval(code.value, known), [eval(text, known) for text in code.slopes]


def params_of(model, count=40):
    """Parameters near the usual start and far from it, and where both are 0."""
    start = np.array(model.start)
    return [start, 0 * start, *(start + RANDOM.uniform(-3, 3, (count, len(start))))]


@pytest.mark.parametrize("model", CURVES.values(), ids=CURVES)
def test_a_curves_code_is_what_it_computes(model):
    x = RANDOM.uniform(-4, 4, 7)
    for params in params_of(model):
        value, slopes = run(model.code, model.parameter_names, params, x=x)
        if model.code.blocks:
            slopes = np.concatenate(slopes)
        lanes = params[:, None, None]
        np.testing.assert_array_equal(np.broadcast_to(value, x.shape), model.predict(lanes, x)[0])
        assert len(slopes) == model.n
        for mine, its in zip(slopes, model.gradient(lanes, x), strict=True):
            np.testing.assert_array_equal(np.broadcast_to(mine, x.shape), np.broadcast_to(its, (1, len(x)))[0])


@pytest.mark.parametrize("model", [one for one in CURVES.values() if one.initial], ids=lambda one: one.name)
def test_the_code_of_a_drawn_start_draws_it(model):
    start = eval(model.code.start, {"np": np, "random": np.random.RandomState(11)})
    np.testing.assert_array_equal(start, model.start_for(11))


@pytest.mark.parametrize("surface", HEIGHTS.values(), ids=HEIGHTS)
def test_a_surfaces_code_is_what_it_computes(surface):
    for params in params_of(surface):
        value, slopes = run(surface.code, surface.parameter_names, params)
        assert value == surface.value(params[:, None])[0]
        assert slopes == [slope[0] for slope in surface.gradient(params[:, None])]


@pytest.mark.parametrize("problem", {**CURVES, **HEIGHTS}.values(), ids={**CURVES, **HEIGHTS})
def test_no_name_of_code_hides_a_parameter_or_what_programs_use(problem):
    code = problem.code
    assigned = [name for line, _ in code.before for name in sorted(names([line]))]
    taken = KEPT | {"x", "y"} if problem.name in CURVES else KEPT
    assert not set(assigned) & taken
    assert len(set(assigned)) == len(assigned)
    if not code.blocks:
        assert not set(assigned) & set(problem.parameter_names)
    for _, text in code.before:
        ast.parse(text, mode="eval")


def test_what_an_expression_rests_on():
    code = Code("p + 1", ("q", "x"), (("p", "a * x"), ("q", "p * p"), ("r, s", "q, q")))
    assert code.needed(code.value) == (("p", "a * x"),)
    assert code.needed(*code.slopes) == (("p", "a * x"), ("q", "p * p"))
    assert code.needed("s") == code.before
    assert code.needed("x") == ()
    assert variable("error") == "error_"
    assert variable("a") == "a"


WITH_SWITCHES = [
    Constant(),
    StepDecay(2.5, 0.3),
    StepDecay(0.01, 0.9),
    ExponentialDecay(0.8),
    InverseTime(0.7),
    Linear(),
    Linear(2.5, 0.2),
    Linear(2.5),
    Linear(1000, 0.2),
    Polynomial(),
    Polynomial(2.5, 0.7, 0.1),
    CosineAnnealing(),
    CosineAnnealing(0.01),
    CosineAnnealing(2.5, 1, 0.2),
    CosineAnnealing(0.5, 2),
    CosineAnnealing(0.1, 1.3, 0.1),
    CosineAnnealing(0.1, 1e300),
    Cyclical(),
    Cyclical(None, 0),
    Cyclical(1.5, 0.1),
    OneCycle(),
    OneCycle(0.25, "linear", 5, 20),
    OneCycle(0, "linear", 4, 1),
    OneCycle(1),
]


@pytest.mark.parametrize("schedule", WITH_SWITCHES, ids=str)
def test_a_schedules_lines_are_its_shares(schedule):
    for warmup, steps, steps_per_epoch in product((0, 0.1, 3, 100), (1, 2, 60, 1501), (1, 10, 30)):
        one = replace(schedule, warmup=warmup)
        known = {"np": np}
        lines = one.lines(steps, steps_per_epoch)
        with np.errstate(all="ignore"):
            for name, text in lines:
                exec(f"{name} = {text}", known)
        assert lines[-1][0] == "share"
        np.testing.assert_array_equal(known["share"], one.shares(steps, steps_per_epoch), err_msg=f"{one} {steps}")
        assert len(lines) <= 12
        assert max(len(text) for _, text in lines) <= 110


def test_every_schedule_has_lines():
    assert {type(schedule) for schedule in WITH_SWITCHES} == set(SCHEDULES.values())
