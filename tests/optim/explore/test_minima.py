"""The minima that are found are those that are known, and where none is known no step leads further down."""

import dataclasses
import itertools

import numpy as np
import pytest

from optim import SURFACES, Experiment, Generated, Model, Surface, polynomial
from optim.explore.minima import minima

WIDE = ((-10.0, 10.0), (-10.0, 10.0))
TWO = [name for name, one in SURFACES.items() if one.n == 2 and one.minima and name not in ("rastrigin", "ackley")]


@pytest.mark.parametrize("name", TWO)
def test_a_surfaces_own_minima_are_found_where_they_are_not_told(name):
    surface = SURFACES[name]
    untold = dataclasses.replace(surface, name="untold", minima=())
    found = minima(Experiment(untold), surface.bounds)
    np.testing.assert_allclose(sorted(found), sorted(surface.minima), atol=1e-7)
    assert minima(Experiment(name), surface.bounds) == surface.minima
    depths = [float(surface.loss(one)) for one in found]
    np.testing.assert_allclose(depths, sorted(depths), atol=1e-9)


def test_rastrigins_121_pits_after_the_lowest_which_is_known():
    found = minima(Experiment("rastrigin"), SURFACES["rastrigin"].bounds)
    assert found[0] == (0.0, 0.0)
    assert len(found) == 121  # a pit about each pair of whole numbers from -5 to 5
    assert sorted((round(x), round(y)) for x, y in found) == [*itertools.product(range(-5, 6), repeat=2)]
    assert all(abs(x - round(x)) < 0.03 * abs(x) + 1e-9 for one in found for x in one)


@pytest.mark.parametrize("name", ["saddle", "monkey-saddle"])
def test_a_saddle_is_no_minimum(name):
    assert minima(Experiment(name), SURFACES[name].bounds) == ()


def test_a_line_has_the_least_squares_as_numpy_has_it():
    experiment = Experiment(data=Generated(noise=3.0), batch_size=7, reduction="sum", shuffle=True)
    (found,) = minima(experiment, ((-10, 10), (-40, 10)))
    assert found == tuple(experiment.optimum)
    assert found == pytest.approx(np.polyfit(experiment.dataset.x, experiment.dataset.y, 1))
    assert minima(experiment, WIDE) == ()  # it lies far outside


def check_no_step_leads_down(experiment, found, width):
    at = float(experiment.loss(found))
    for angle in np.linspace(0, 2 * np.pi, 16, endpoint=False):
        for away in (1e-3, 1e-2):
            aside = np.array(found) + away * width * np.array([np.cos(angle), np.sin(angle)])
            assert float(experiment.loss(aside)) > at


def test_a_curve_with_two_minima_has_both():
    """y = a^2 x + b: a and -a are the same curve."""
    even = Model("even", ("a", "b"), predict=lambda p, x: p[0] * p[0] * x + p[1],
                 gradient=lambda p, x: (2 * p[0] * x, np.ones_like(x)), true_params=(1.5, 2), start=(0.3, 0))
    experiment = Experiment(even, data=Generated(noise=0.5))
    slope, height = np.polyfit(experiment.dataset.x, experiment.dataset.y, 1)
    np.testing.assert_allclose(
        minima(experiment, WIDE), [(-np.sqrt(slope), height), (np.sqrt(slope), height)], atol=1e-6)


@pytest.mark.parametrize("name", ["exponential", "logistic-regression"])
def test_from_what_is_found_in_a_curve_no_step_leads_down(name):
    experiment = Experiment(name, data=Generated(noise=1.0))
    found = minima(experiment, WIDE)
    assert found
    for one in found:
        check_no_step_leads_down(experiment, one, 0.1)


def test_a_valley_without_end_has_no_single_minimum():
    flat = Surface("flat", lambda p: p[0] * p[0] + 0 * p[1], lambda p: (2 * p[0], 0 * p[1]), (1, 1), ((-2, 2), (-2, 2)))
    assert minima(Experiment(flat), flat.bounds) == ()


def test_a_loss_that_is_nowhere_a_number_has_none():
    nowhere = Surface("nowhere", lambda p: p[0] * np.nan + p[1], lambda p: (p[0] * np.nan, p[1]), (1, 1),
                      ((-2, 2), (-2, 2)))
    assert minima(Experiment(nowhere), nowhere.bounds) == ()


def test_two_parameters_it_must_be():
    with pytest.raises(ValueError, match=r"two parameters, and polynomial-3 has 4"):
        minima(Experiment(polynomial(3)), WIDE)
