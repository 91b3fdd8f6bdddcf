"""The contract of every method in OPTIMIZERS. A new method needs an entry in CASES, and nothing else here."""

import dataclasses

import numpy as np
import pytest

from optim import OPTIMIZERS, SGD, Adam, Momentum
from optim.settings import rule, stack

# Settings of each method, among them two that may share a group.
CASES = [
    SGD(0.1), SGD(0.3),
    Momentum(0.1, 0.9), Momentum(0.2, 0.5), Momentum(0.1, 0.9, "heavy-ball"), Momentum(0.1, 0.7, "heavy-ball"),
    Adam(0.1), Adam(0.2, (0.5, 0.8), 1e-3), Adam(0.1, bias_correction=False), Adam(0.1, eps_inside_sqrt=True),
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


def test_every_method_has_a_case():
    assert {type(one) for one in CASES} == set(OPTIMIZERS.values())


@pytest.mark.parametrize("method", OPTIMIZERS.values())
def test_a_method_says_what_it_is(method):
    assert OPTIMIZERS[method.__name__] is method
    assert method().lr > 0
    assert "d_t" in method.formula
    assert method.intuition.endswith(".")
    assert method.source
    assert "Source:" in method.__doc__


@each
def test_zero_gradient_leaves_the_parameters_alone(optimizer):
    directions, _ = walk(optimizer, np.ones((1, 3)), np.zeros((5, 1, 3)))
    assert not directions.any()


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
    assert sorted(len(members) for members in groups.values()) == [1, 1, 2, 2, 2, 2]
    for members in groups.values():
        params, gradients = random.normal(size=(len(members), 3)), random.normal(size=(20, len(members), 3))
        stacked = stack(members, width=3)
        state = stacked.init(params)
        for step, gradient in enumerate(gradients):
            direction, state = stacked.direction(gradient, params, state, step)
        for lane, member in enumerate(members):
            one = slice(lane, lane + 1)
            directions, _ = walk(member, params[one], gradients[:, one])
            assert directions[-1].tobytes() == direction[one].tobytes()


@each
def test_methods_are_frozen_hashable_and_plain(optimizer):
    assert optimizer == dataclasses.replace(optimizer)
    assert hash(optimizer) == hash(dataclasses.replace(optimizer))
    assert dataclasses.replace(optimizer, lr=0.5) != optimizer
    assert type(dataclasses.replace(optimizer, lr=np.float64(2)).lr) is float
    with pytest.raises(dataclasses.FrozenInstanceError):
        optimizer.lr = 1
