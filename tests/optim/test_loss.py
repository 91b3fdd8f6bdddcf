"""The loss over all data and its minimum: shapes, blocks, overflow, and least squares."""

import numpy as np
import pytest

from optim import MODELS, Dataset, Experiment, Generated, Model
from optim.models.base import BLOCK

POWER = Model("power", ("a", "b"), lambda p, x: p[0] * np.abs(x) ** p[1], lambda p, x: (x, x))


@pytest.mark.parametrize("shape", [(), (3,), (4, 5), (2, 3, 4), (0,), (1,)])
def test_loss_has_the_parameters_common_shape(shape):
    a, b = np.random.default_rng(1).normal(size=(2, *shape))
    x, y = np.array([1.0, 2.0, 4.0]), np.array([0.0, 5.0, -3.0])
    expected = sum((a * xi + b - yi) ** 2 for xi, yi in zip(x, y, strict=True)) / 3
    loss = MODELS["line"].loss([a, b], x, y)
    assert loss.shape == shape
    np.testing.assert_allclose(loss, expected, rtol=1e-13)


def test_loss_over_a_grid_of_more_than_one_block():
    data = Experiment().dataset
    a, b = np.linspace(-2, 4, 61), np.linspace(-50, 10, 59)
    assert 3 * BLOCK < 61 * 59 * 30
    grid = MODELS["line"].loss([a[:, None], b[None, :]], data.x, data.y)
    assert grid.shape == (61, 59)
    expected = np.mean((a[:, None, None] * data.x + b[None, :, None] - data.y) ** 2, axis=-1)
    np.testing.assert_allclose(grid, expected, rtol=1e-12, atol=1e-12)


def test_loss_of_more_points_than_a_block():
    x = np.arange(BLOCK + 7.0)
    assert MODELS["line"].loss([np.ones(2), np.zeros(2)], x, x + 2).tolist() == [4, 4]


def test_loss_takes_plain_numbers_and_overflows_quietly():
    line, x = MODELS["line"], np.array([1.0, 2.0])
    assert line.loss([1, 0], x, x) == 0
    assert line.loss([1e200, 0], x, x) == np.inf


@pytest.mark.parametrize("noise", [0, 3])
def test_the_optimum_is_least_squares(noise):
    data = Experiment(data=Generated(noise=noise)).dataset
    line = MODELS["line"]
    optimum = line.optimum(data.x, data.y)
    np.testing.assert_allclose(optimum, np.polyfit(data.x, data.y, 1), rtol=1e-10)
    best = line.loss(optimum, data.x, data.y)
    for nudge in ([1e-3, 0], [-1e-3, 0], [0, 1e-3], [0, -1e-3]):
        assert line.loss(optimum + nudge, data.x, data.y) > best


def test_an_optimum_for_any_points_at_all():
    one = Dataset([2.0], [10.0])
    a, b = MODELS["line"].optimum(one.x, one.y)
    assert (a, b) == (pytest.approx(4), pytest.approx(2))  # the shortest of all that pass through the point


def test_no_optimum_is_claimed_of_a_curved_model():
    assert POWER.optimum(np.array([1.0]), np.array([2.0])) is None


def test_a_linear_model_with_a_part_that_no_parameter_moves():
    shifted = Model("shifted", ["a"], lambda p, x: p[0] * x + 5, lambda p, x: (x,), linear=True)
    assert shifted.parameter_names == ("a",)
    assert shifted.optimum(np.array([1.0, 2.0]), np.array([8.0, 11.0])) == pytest.approx([3])
