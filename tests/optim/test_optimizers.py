"""The contract of every method in OPTIMIZERS, and each held to other libraries or to its paper.

A new method needs an entry in CASES and, in reference/make_reference.py, the same in torch or in optax.
"""

import dataclasses
import itertools
import json
from math import prod, sqrt
from pathlib import Path

import numpy as np
import pytest

from optim import (
    OPTIMIZERS,
    SCHEDULES,
    SGD,
    Adadelta,
    AdaGrad,
    Adam,
    Adamax,
    AdamW,
    Contestant,
    Experiment,
    InverseTime,
    Lion,
    Momentum,
    NAdam,
    Nesterov,
    RAdam,
    RMSProp,
    minimize,
    train,
)
from optim.fields import rule, stack

REFERENCE = json.loads(Path(__file__).with_name("reference").joinpath("reference.json").read_text(encoding="utf-8"))

# Settings of each method, with each of its switches, and at least two that share a group.
CASES = [
    SGD(0.1), SGD(0.3),
    Momentum(0.1, 0.9), Momentum(0.2, 0.5), Momentum(0.1, 0.9, "heavy-ball"), Momentum(0.1, 0.7, "heavy-ball"),
    Nesterov(0.1, 0.9), Nesterov(0.2, 0.5), Nesterov(0.1, 0.9, "heavy-ball"),
    AdaGrad(0.1), AdaGrad(0.2, 0.7, 1e-3), AdaGrad(0.1, eps_inside_sqrt=True),
    RMSProp(0.1), RMSProp(0.2, 0.5, 1e-3, 0.4),
    RMSProp(0.1, centered=True, momentum=0.5), RMSProp(0.1, 0.8, centered=True), RMSProp(0.1, eps_inside_sqrt=True),
    Adadelta(0.1), Adadelta(1, 0.5, 1e-2),
    Adam(0.1), Adam(0.2, (0.5, 0.8), 1e-3), Adam(0.1, bias_correction=False), Adam(0.1, eps_inside_sqrt=True),
    Adam(0.1, amsgrad=True), Adam(0.3, (0.7, 0.9), amsgrad=True),
    AdamW(0.1), AdamW(0.2, (0.5, 0.8), 1e-3, weight_decay=0.5), AdamW(0.1, amsgrad=True, weight_decay=0),
    Adamax(0.1), Adamax(0.2, (0.5, 0.8), 1e-3), Adamax(0.1, bias_correction=False),
    NAdam(0.1), NAdam(0.2, (0.5, 0.8), 1e-3, 0.1),
    RAdam(0.1), RAdam(0.2, (0.5, 0.9), 1e-3), RAdam(0.3, (0.5, 0.6)), RAdam(0.3, (0.5, 0)),
    Lion(0.1), Lion(0.2, (0.5, 0.8), 0.5),
]

each = pytest.mark.parametrize("optimizer", CASES, ids=str)


def walk(optimizer, params, gradients):
    """The directions of a walk along fixed gradients, and the last state."""
    state, found = optimizer.init(params), []
    for step, gradient in enumerate(gradients):
        direction, state = optimizer.direction(gradient, params, state, step)
        found.append(direction)
        params = params - optimizer.lr * direction
    return np.array(found), state


def name_of(case):
    settings = " ".join(f"{key}={value}" for key, value in case["settings"].items())
    return f"{case['by']}: {case['method']} on the {case['problem']}, {settings}"


@pytest.mark.parametrize("case", REFERENCE["steps"], ids=name_of)
def test_first_fifty_steps_against_the_other_libraries(case):
    optimizer = OPTIMIZERS[case["method"]](**case["settings"])
    expected = np.array(case["params"])
    assert len(expected) == 51
    if case["problem"] == "line":
        experiment = Experiment(contestants=[Contestant("it", optimizer)], epochs=2)
        params = train(experiment)["it"].params[:51]
    else:
        params = minimize(lambda at, step: (at[0], 25 * at[1]), expected[0], optimizer, steps=50).params
    np.testing.assert_allclose(params, expected, rtol=1e-10, atol=1e-10)


def test_the_reference_holds_every_method_on_a_curve_and_on_a_surface_at_rates_up_to_1():
    for problem in ("line", "ravine"):
        cases = [case for case in REFERENCE["steps"] if case["problem"] == problem]
        assert {case["method"] for case in cases if case["by"] == "torch"} == set(OPTIMIZERS) - {"Lion"}
        assert {case["method"] for case in cases} == set(OPTIMIZERS)
    assert {case["settings"]["lr"] for case in REFERENCE["steps"]} >= {0.001, 0.01, 0.1, 1.0}


def test_every_method_has_a_case():
    assert {type(one) for one in CASES} == set(OPTIMIZERS.values())


@pytest.mark.parametrize("method", OPTIMIZERS.values())
def test_a_method_says_what_it_is(method):
    assert OPTIMIZERS[method.__name__] is method
    assert method().lr > 0
    for own in ("formula", "intuition", "source", "__doc__"):
        assert own in vars(method)
    assert "d_t" in method.formula
    assert method.intuition.endswith(".")
    assert method.source
    assert "Source:" in method.__doc__


WORDS = {
    SGD: "lr", Momentum: "lr beta form", Nesterov: "lr beta form",
    AdaGrad: "lr initial_accumulator_value eps eps_inside_sqrt",
    RMSProp: "lr alpha eps momentum centered eps_inside_sqrt", Adadelta: "lr rho eps",
    Adam: "lr betas eps bias_correction eps_inside_sqrt amsgrad",
    AdamW: "lr betas eps bias_correction eps_inside_sqrt amsgrad weight_decay",
    Adamax: "lr betas eps bias_correction", NAdam: "lr betas eps momentum_decay", RAdam: "lr betas eps",
    Lion: "lr betas weight_decay",
}


@pytest.mark.parametrize("method", OPTIMIZERS.values())
def test_the_constructors_words(method):
    assert [setting.name for setting in dataclasses.fields(method)] == WORDS[method].split()


@each
def test_zero_gradient_leaves_the_parameters_alone(optimizer):
    params = np.array([[1.0, -2.0, 0.0]])
    state = optimizer.init(params)
    for step in range(12):
        direction, state = optimizer.direction(np.zeros((1, 3)), params, state, step)
        np.testing.assert_array_equal(direction, getattr(optimizer, "weight_decay", 0) * params)


@each
def test_inputs_are_not_changed(optimizer):
    gradient, params = np.array([[1.0, -2.0]]), np.array([[3.0, 4.0]])
    state = optimizer.init(params)
    _, state = optimizer.direction(gradient, params, state, 0)
    inputs = (gradient, params, *state)
    before = [array.copy() for array in inputs]
    for array in inputs:
        array.flags.writeable = False
    optimizer.direction(gradient, params, state, 1)
    for array, copy in zip(inputs, before, strict=True):
        np.testing.assert_array_equal(array, copy)


@each
def test_state_has_the_shape_of_the_parameters(optimizer):
    params = np.ones((4, 3))
    _, state = walk(optimizer, params, np.ones((2, 4, 3)))
    for array in (*optimizer.init(params), *state):
        assert array.shape == params.shape
        assert array.dtype == np.float64


@each
def test_lanes_equal_separate_runs_byte_for_byte(optimizer):
    random = np.random.default_rng(1)
    params, gradients = random.normal(size=(9, 3)), random.normal(size=(20, 9, 3))
    together, _ = walk(optimizer, params, gradients)
    for lane in range(9):
        one = slice(lane, lane + 1)
        alone, _ = walk(optimizer, params[one], gradients[:, one])
        assert alone.tobytes() == together[:, one].tobytes()


@each
def test_columns_equal_separate_runs_byte_for_byte(optimizer):
    """Each parameter goes its own way, which is what taking them in turn relies on."""
    random = np.random.default_rng(2)
    params, gradients = random.normal(size=(2, 3)), random.normal(size=(20, 2, 3))
    together, _ = walk(optimizer, params, gradients)
    for i in range(3):
        one = slice(i, i + 1)
        alone, _ = walk(optimizer, params[:, one], gradients[:, :, one])
        assert alone.tobytes() == np.ascontiguousarray(together[:, :, one]).tobytes()


@dataclasses.dataclass(frozen=True)
class Mine(SGD):
    """Another rule with the same settings."""


def test_only_one_class_with_one_set_of_switches_is_a_group():
    assert rule(SGD(0.1)) == rule(SGD(0.2))
    assert rule(SGD(0.1)) != rule(Mine(0.1))
    assert rule(Adam()) != rule(Adam(bias_correction=False))


def test_stacked_methods_equal_separate_ones_byte_for_byte():
    random = np.random.default_rng(3)
    groups = {}
    for one in CASES:
        groups.setdefault(rule(one), []).append(one)
    assert {type(members[0]) for members in groups.values() if len(members) > 1} == set(OPTIMIZERS.values())
    for members in groups.values():
        params, gradients = random.normal(size=(len(members), 3)), random.normal(size=(20, len(members), 3))
        stacked = stack(members, width=3)
        together, _ = walk(stacked, params, gradients)
        for lane, member in enumerate(members):
            one = slice(lane, lane + 1)
            alone, _ = walk(member, params[one], gradients[:, one])
            assert alone.tobytes() == together[:, one].tobytes()


@each
def test_methods_are_frozen_hashable_and_plain(optimizer):
    assert optimizer == dataclasses.replace(optimizer)
    assert hash(optimizer) == hash(dataclasses.replace(optimizer))
    assert dataclasses.replace(optimizer, lr=0.5) != optimizer
    assert type(dataclasses.replace(optimizer, lr=np.float64(2)).lr) is float
    with pytest.raises(dataclasses.FrozenInstanceError):
        optimizer.lr = 1


def test_every_method_with_every_schedule_and_back_from_its_text():
    crowd = [
        Contestant(f"{method}, {schedule}", OPTIMIZERS[method](), SCHEDULES[schedule](warmup=0.1))
        for method, schedule in itertools.product(OPTIMIZERS, SCHEDULES)]
    experiment = Experiment(contestants=crowd, epochs=2)
    assert Experiment.from_canonical(experiment.canonical).contestants == experiment.contestants
    company = train(experiment)
    for one in crowd:
        run = company[one.label]
        assert np.isfinite(run.loss).all()
        np.testing.assert_array_equal(run.learning_rate, one.schedule.rates(one.optimizer.lr, 60, 30))
        np.testing.assert_array_equal(run.params[1:], run.params[:-1] - run.learning_rate[:, None] * run.direction)
    for one in crowd[::10]:
        alone = train(dataclasses.replace(experiment, contestants=[one]))[one.label]
        assert alone.params.tobytes() == company[one.label].params.tobytes()


def test_unitless_directions_do_not_know_the_gradients_unit():
    """Gradients in another unit leave such a direction as it is; the others, but Adadelta, change with the unit."""
    random = np.random.default_rng(4)
    params, gradients = random.normal(size=(1, 3)), random.normal(size=(40, 1, 3))
    for method in OPTIMIZERS.values():
        pure = {"eps": 0, "weight_decay": 0} if method.unitless else {}
        one = dataclasses.replace(method(), **{key: 0 for key in pure if hasattr(method, key)})
        here, there = (walk(one, params, unit * gradients)[0][-1] for unit in (1, 1024))
        if method is not Adadelta:
            np.testing.assert_array_equal(there, here if method.unitless else 1024 * here)
    assert not Adadelta.unitless  # it carries the parameter's unit: only its eps ties it to the gradient's


# Papers, written out for one parameter in plain numbers: (method, what it does with gradients g at the parameters p).

def adagrad(gradients, points):
    total = 0.3
    for g in gradients:
        total += g**2
        yield g / sqrt(total + 0.1)


def rmsprop(gradients, points):
    square = mean = velocity = 0.0
    for g in gradients:
        square, mean = 0.8 * square + 0.2 * g**2, 0.8 * mean + 0.2 * g
        velocity = 0.6 * velocity + g / sqrt(square - mean**2 + 0.1)
        yield velocity


def adadelta(gradients, points):
    square = moved = 0.0
    for g in gradients:
        square = 0.8 * square + 0.2 * g**2
        d = sqrt(moved + 0.1) / sqrt(square + 0.1) * g
        moved = 0.8 * moved + 0.2 * d**2
        yield d


def amsgrad(gradients, points):
    m = v = largest = 0.0
    for g in gradients:
        m, v = 0.7 * m + 0.3 * g, 0.8 * v + 0.2 * g**2
        largest = max(largest, v)
        yield m / sqrt(largest)


def adamw(gradients, points):
    m = v = 0.0
    for t, (g, p) in enumerate(zip(gradients, points, strict=True), start=1):
        m, v = 0.7 * m + 0.3 * g, 0.8 * v + 0.2 * g**2
        yield m / (1 - 0.7**t) / (sqrt(v / (1 - 0.8**t)) + 0.1) + 0.4 * p


def adamax(gradients, points):
    m = u = 0.0
    for t, g in enumerate(gradients, start=1):
        m, u = 0.7 * m + 0.3 * g, max(0.8 * u, abs(g))
        yield m / (1 - 0.7**t) / u


def adamax_uncorrected(gradients, points):
    for t, d in enumerate(adamax(gradients, points), start=1):
        yield d * (1 - 0.7**t)


def nadam(gradients, points):
    m = v = 0.0
    momenta = [0.7 * (1 - 0.96 ** (0.5 * t) / 2) for t in range(1, len(gradients) + 2)]
    for t, g in enumerate(gradients, start=1):
        m, v = 0.7 * m + 0.3 * g, 0.8 * v + 0.2 * g**2
        look = momenta[t] * m / (1 - prod(momenta[:t + 1])) + (1 - momenta[t - 1]) * g / (1 - prod(momenta[:t]))
        yield look / (sqrt(v / (1 - 0.8**t)) + 0.1)


def radam(gradients, points):
    m = v = 0.0
    longest = 2 / (1 - 0.9) - 1
    for t, g in enumerate(gradients, start=1):
        m, v = 0.7 * m + 0.3 * g, 0.9 * v + 0.1 * g**2
        mean, length = m / (1 - 0.7**t), longest - 2 * t * 0.9**t / (1 - 0.9**t)
        if length > 5:
            r = sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length))
            mean *= r / sqrt(v / (1 - 0.9**t))
        yield mean


def lion(gradients, points):
    m = 0.0
    for g, p in zip(gradients, points, strict=True):
        c = 0.7 * m + 0.3 * g
        yield (c > 0) - (c < 0) + 0.4 * p
        m = 0.8 * m + 0.2 * g


PAPERS = [
    (AdaGrad(1, 0.3, 0.1, eps_inside_sqrt=True), adagrad),
    (RMSProp(1, 0.8, 0.1, 0.6, centered=True, eps_inside_sqrt=True), rmsprop),
    (Adadelta(1, 0.8, 0.1), adadelta),
    (Adam(1, (0.7, 0.8), 0, bias_correction=False, amsgrad=True), amsgrad),
    (AdamW(1, (0.7, 0.8), 0.1, weight_decay=0.4), adamw),
    (Adamax(1, (0.7, 0.8), 0), adamax),
    (Adamax(1, (0.7, 0.8), 0, bias_correction=False), adamax_uncorrected),
    (NAdam(1, (0.7, 0.8), 0.1, momentum_decay=0.5), nadam),
    (RAdam(1, (0.7, 0.9), 0), radam),
    (Lion(1, (0.7, 0.8), 0.4), lion),
]


@pytest.mark.parametrize(("optimizer", "paper"), PAPERS, ids=[paper.__name__ for _, paper in PAPERS])
def test_as_written_in_its_paper(optimizer, paper):
    gradients, points = np.random.default_rng(5).normal(size=(2, 40)) * [[3], [10]]
    state, found = optimizer.init(np.zeros((1, 1))), []
    for step, (g, p) in enumerate(zip(gradients, points, strict=True)):
        direction, state = optimizer.direction(np.array([[g]]), np.array([[p]]), state, step)
        found.append(direction.item())
    np.testing.assert_allclose(found, list(paper(gradients.tolist(), points.tolist())), rtol=1e-12)


@pytest.mark.parametrize("form", ["average", "heavy-ball"])
def test_nesterovs_parameters_are_where_the_look_ahead_of_its_paper_is(form):
    """v = beta v - lr f'(p + beta v), p += v: Sutskever et al., equations 3 and 4; ours is p + beta v."""
    beta, lr, slope = 0.8, 0.02, np.array([3.0, 20.0])
    step_size = lr * (1 - beta) if form == "average" else lr
    p, v, expected = np.array([3.0, -2.0]), np.zeros(2), []
    for _ in range(30):
        expected.append(p + beta * v)
        v = beta * v - step_size * slope * (p + beta * v)
        p = p + v
    run = minimize(lambda at, step: slope * at, (3, -2), Nesterov(lr, beta, form), steps=29)
    np.testing.assert_allclose(run.params, expected, rtol=1e-12)


def test_a_rate_that_decays_is_a_schedule_and_no_setting_of_adagrad():
    """torch's Adagrad(lr_decay=0.5) divides the rate by 1 + 0.5 step, which is InverseTime in epochs of one step."""
    rates = minimize(lambda at, step: at, (3,), AdaGrad(0.1), 20, InverseTime(0.5)).learning_rate
    np.testing.assert_allclose(rates, [0.1 / (1 + 0.5 * step) for step in range(20)], rtol=1e-14)


def test_a_steady_gradient_leaves_no_variance_and_no_root_of_less_than_nothing():
    """Rounding takes some of these centered mean squares below 0."""
    gradients = np.tile(np.linspace(0.1, 3, 50), (100, 1, 1))
    directions, _ = walk(RMSProp(0.1, 0.7, centered=True), np.ones((1, 50)), gradients)
    assert np.isfinite(directions).all()


def test_radam_waits_where_the_paper_says():
    """With the default betas the mean square rests on more than 5 gradients from t = 6 on: till then it is momentum."""
    directions, _ = walk(RAdam(0), np.zeros((1, 1)), np.full((7, 1, 1), 50.0))
    np.testing.assert_allclose(directions[:5, 0, 0], 50, rtol=1e-12)
    assert (directions[5:] < 1).all()
