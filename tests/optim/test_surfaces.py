"""What every registered surface must be: its written formula, exact slopes, minima that are some, and a fair start."""

import numpy as np
import pytest

from optim import SGD, SURFACES, Contestant, Experiment, Surface, find, minimize, ravine, train, verdict
from tests.optim.written import complex_step, work_out

# As they are published: Rosenbrock 1960; Himmelblau 1972; Jamil and Yang 2013 for the others.
PUBLISHED = {
    "rosenbrock": [(1, 1)],
    "himmelblau": [(3, 2), (-2.805118, 3.131312), (-3.779310, -3.283186), (3.584428, -1.848126)],
    "beale": [(3, 0.5)],
    "booth": [(1, 3)],
    "rastrigin": [(0, 0)],
    "ackley": [(0, 0)],
    "styblinski-tang": [(-2.903534, -2.903534)],
}
LOWEST = dict.fromkeys(PUBLISHED, 0.0) | {"styblinski-tang": -39.16616570377142 * 2, "ravine-30": 0.0}

each_surface = pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)


def points(surface, count=40):
    low, high = np.transpose(surface.bounds)
    return [np.array(surface.start), *np.random.RandomState(2).uniform(low, high, (count, surface.n))]


@each_surface
def test_the_value_is_the_written_one(surface):
    for params in points(surface):
        names = dict(zip(surface.parameter_names, params, strict=True))
        assert surface.value(params) == pytest.approx(work_out(surface.expression, names), rel=1e-12, abs=1e-12)


@each_surface
def test_the_gradient_is_exact(surface):
    for params in points(surface):
        exact = complex_step(surface.value, params)
        np.testing.assert_allclose(surface.gradient(params), exact, rtol=1e-11, atol=1e-11)


@each_surface
def test_the_gradient_is_zero_at_each_minimum_and_nothing_near_is_lower(surface):
    for minimum in surface.minima:
        assert np.abs(surface.gradient(np.array(minimum))).max() <= 1e-9
        around = np.add(minimum, np.random.RandomState(0).uniform(-0.01, 0.01, (200, surface.n)))
        assert (surface.loss(around.T) > surface.loss(minimum)).all()


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_minima_are_the_published_ones(name):
    for published in PUBLISHED[name]:
        away = np.abs(np.subtract(SURFACES[name].minima, published)).max(axis=1)
        assert away.min() < 1e-6


@pytest.mark.parametrize("name", ["himmelblau", "styblinski-tang", "three-hills"])
def test_all_of_several_minima_are_known(name):
    """The points of a fine grid that are lower than their eight neighbours are those next to the known minima."""
    surface = SURFACES[name]
    x, y = np.meshgrid(*(np.linspace(*pair, 501) for pair in surface.bounds))
    value = surface.loss([x, y])
    inner, pit = value[1:-1, 1:-1], np.ones((499, 499), dtype=bool)
    for i in range(3):
        for j in range(3):
            pit &= (i == j == 1) | (inner < value[i:i + 499, j:j + 499])
    found = np.stack([x[1:-1, 1:-1][pit], y[1:-1, 1:-1][pit]], axis=1)
    assert len(found) == len(surface.minima)
    for minimum in surface.minima:
        assert np.abs(found - minimum).max(axis=1).min() < 0.025


@each_surface
def test_the_lowest(surface):
    if not surface.minima:
        assert surface.lowest is None
        assert Experiment(surface).floor is None
        return
    assert min(map(surface.loss, surface.minima)) == surface.loss(surface.lowest) == Experiment(surface).floor
    assert surface.loss(surface.lowest) == pytest.approx(LOWEST.get(surface.name, 0.139238), abs=1e-6)


@each_surface
def test_many_at_once_are_each_alone(surface):
    many = np.array(points(surface)).T
    slopes = [np.broadcast_to(slope, many.shape[1]) for slope in surface.gradient(many)]
    grid = surface.loss(many[:, :6].reshape(surface.n, 2, 3))
    for lane, params in enumerate(many.T):
        assert surface.loss(many)[lane] == pytest.approx(float(surface.value(params)), rel=1e-14)
        assert [slope[lane] for slope in slopes] == pytest.approx(list(surface.gradient(params)), rel=1e-13, abs=1e-13)
    assert grid.shape == (2, 3)
    np.testing.assert_array_equal(grid.ravel(), surface.loss(many)[:6])


@each_surface
def test_a_surface_tells_of_itself(surface):
    assert find(surface.name) is surface
    assert all((surface.formula, surface.expression, surface.shows))
    assert surface.source or surface.name == "three-hills"  # which is our own
    for at in (surface.start, *surface.minima):
        assert all(low <= one <= high for one, (low, high) in zip(at, surface.bounds, strict=True))


@each_surface
def test_its_own_settings_show_it(surface):
    """No two of the four methods end alike, each goes down, and where there is a bottom none is lost."""
    experiment = Experiment(surface.name)
    runs = train(experiment)
    for label, run in runs.items():
        assert np.nanmin(run.loss) < run.loss[0], label
        if surface.minima:
            assert verdict(run, experiment.floor, 1).kind != "diverged", label
    assert experiment.steps == surface.epochs
    assert len({run.params[-1].tobytes() for run in runs.values()}) == 4


def test_ackleys_tip_has_no_slope_and_gets_0():
    ackley = SURFACES["ackley"]
    assert list(ackley.gradient((0.0, 0.0))) == [0, 0]
    for angle in np.linspace(0, 6, 13):
        tiny = 1e-12 * np.array([np.cos(angle), np.sin(angle)])
        assert np.hypot(*ackley.gradient(tiny)) == pytest.approx(np.sqrt(8))


@pytest.mark.parametrize("condition", [1, 2.5, 30, 1e6])
def test_a_ravines_condition_is_its_curvatures_ratio(condition):
    surface = ravine(condition)
    along, across = surface.gradient((1.0, 1.0))
    assert across / along == pytest.approx(condition)
    # Gradient descent is stable below 2 / L, and L is 1 whatever the condition.
    for lr, shrinks in ((1.99, True), (2.01, False)):
        run = minimize(lambda p, step: surface.gradient(p), (1, 1), SGD(lr), 50)
        assert (abs(run.params[-1, 1]) < 1) == shrinks


def test_three_parameters():
    bowl = Surface(
        "bowl", lambda p: p[0] * p[0] + p[1] * p[1] + p[2] * p[2], lambda p: (2 * p[0], 2 * p[1], 2 * p[2]),
        start=(1, 2, 3), bounds=[(-4, 4)] * 3, minima=[(0, 0, 0)], parameter_names=("x", "y", "z"))
    run = train(Experiment(bowl, epochs=100, contestants=[Contestant("SGD", SGD(0.1))]))["SGD"]
    np.testing.assert_allclose(run.params, np.outer(0.8 ** np.arange(101), [1, 2, 3]), rtol=1e-12)
    np.testing.assert_allclose(run.loss, 14 * 0.64 ** np.arange(101), rtol=1e-12)
