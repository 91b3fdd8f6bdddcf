"""Least squares and least cross-entropy in any unit: held to whole fractions, to closed forms and to mpmath."""

from fractions import Fraction

import mpmath
import numpy as np
import pytest

from optim import MODELS, Dataset, Experiment, Generated, Model, find
from optim.columns import perpendicular
from optim.theory import bowl

LABELS = "logistic-regression"
STEPS = np.arange(30)
PLACES = {
    "seconds since 1970": 1.7e9 + 60 * STEPS, "milliseconds": 1.7e12 + STEPS, "years": 1990.0 + STEPS,
    "far to the left": -3e11 - 7.0 * STEPS, "tiny": 1e-9 * STEPS, "huge": 1e9 * STEPS, "far and fine": 1e6 + STEPS / 64,
}


def solved(rows, y):
    """The exact parameters, sum of squares left, and (J'J)^-1, by Gauss and Jordan on the normal equations."""
    n = len(rows[0])
    table = [[sum(row[i] * row[j] for row in rows) for j in range(n)]
             + [sum(row[i] * one for row, one in zip(rows, y, strict=True))] + [Fraction(i == j) for j in range(n)]
             for i in range(n)]
    for i in range(n):
        table[i] = [one / table[i][i] for one in table[i]]
        for k in set(range(n)) - {i}:
            table[k] = [one - table[k][i] * other for one, other in zip(table[k], table[i], strict=True)]
    params = [row[n] for row in table]
    left = sum((one - sum(p * part for p, part in zip(params, row, strict=True))) ** 2
               for row, one in zip(rows, y, strict=True))
    return params, left, [row[n + 1:] for row in table]


def rows_of(name, x):
    """The exact derivatives of y = c0 + c1 u + ..., or of a x + b, at each point."""
    points = [Fraction(float(one)) for one in x]
    if name == "line":
        return [(one, Fraction(1)) for one in points]
    scaled = name.endswith("scaled")
    degree = int(name.split("-")[1])
    return [tuple(((one - 1) / 2 if scaled else one) ** k for k in range(degree + 1)) for one in points]


@pytest.mark.parametrize("name", ["line", "polynomial-2", "polynomial-3", "polynomial-5", "polynomial-2-scaled"])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("noise", [0, 1])
def test_the_optimum_and_the_bowl_are_those_of_whole_fractions(name, place, noise):
    x = PLACES[place]
    y = 3 + 2.0 * STEPS - (name != "line") * STEPS**2 + noise * np.random.RandomState(1).standard_normal(30)
    experiment = Experiment(name, data=Dataset(x, y))
    params, left, inverse = solved(rows_of(name, x), [Fraction(one) for one in y.tolist()])
    if max(abs(one) for one in params) < 1e15:  # beyond that floats cannot follow the curve
        np.testing.assert_array_equal(experiment.optimum, [float(one) for one in params])
    found = bowl(experiment)
    if not found.decided:  # said only where the last directions make the curve, in floats, worse
        assert experiment.floor <= float(experiment.loss([float(one) for one in params]))
        return
    assert found.inverse == pytest.approx(15 * np.array(inverse, dtype=float), rel=1e-12)
    assert found.noisy == (left / 30 > Fraction(1e-12) * Fraction(float(np.var(y))))
    with mpmath.workdps(400):
        exact = mpmath.matrix([[mpmath.mpf(one.numerator) / one.denominator * 15 for one in row] for row in inverse])
        values = sorted(mpmath.eigsy(exact**-1, eigvals_only=True))
        assert found.curvatures[[0, -1]] == pytest.approx([float(values[0]), float(values[-1])], rel=1e-9)
        assert found.condition == pytest.approx(float(values[-1] / values[0]), rel=1e-9)


@pytest.mark.parametrize("place", PLACES)
def test_points_on_a_line_leave_nothing_wherever_they_are(place):
    x = PLACES[place]
    y = 2 * STEPS + 3.0
    experiment = Experiment(data=Dataset(x, y))
    assert experiment.floor <= 1e-12 * np.var(y)
    assert not bowl(experiment).noisy
    assert bowl(experiment).decided


@pytest.mark.parametrize("name", [name for name, model in MODELS.items() if model.linear])
@pytest.mark.parametrize("height", [2.0**-40, 2.0**30, 2.0**-300, 1e9])
def test_another_unit_of_y_scales_the_optimum_and_keeps_every_word(name, height):
    for noise in (0, 2):
        data = Experiment(name, data=Generated(noise=noise)).dataset
        usual, other = (Experiment(name, data=Dataset(data.x, times * data.y)) for times in (1, height))
        assert other.optimum / height == pytest.approx(usual.optimum, rel=1e-12, abs=1e-12)
        assert (bowl(other).noisy, bowl(other).decided) == (bowl(usual).noisy, bowl(usual).decided)


def test_scatter_far_above_zero_is_no_rounding():
    noise = np.random.RandomState(0).standard_normal(30)
    assert bowl(Experiment(data=Dataset(STEPS, 1.7e9 + STEPS + noise))).noisy
    assert bowl(Experiment(data=Dataset(STEPS, 1 + 1e-9 * noise))).noisy
    for flat in (0, 5, 1.7e9, 1e-30):
        assert not bowl(Experiment(data=Dataset(STEPS, np.full(30, flat)))).noisy


@pytest.mark.parametrize("unit", [1.0, 1e-12, 1e9])
def test_equal_points_leave_a_choice_in_every_unit_and_the_shortest_is_taken(unit):
    for name in ("line", "polynomial-2", "polynomial-5-scaled"):
        experiment = Experiment(name, data=Dataset([2 * unit, 2 * unit], [1, 3]))
        rows = np.array(rows_of(name, [2 * unit]), dtype=float)
        assert experiment.optimum == pytest.approx(np.linalg.pinv(rows) @ [2])
        assert experiment.floor == pytest.approx(1)
        assert not bowl(experiment).decided
        assert bowl(experiment).condition == np.inf


def test_columns_that_are_sums_of_others_in_all_but_rounding_are_idle():
    """Sine and cosine squared, and 1; and tenths of x beside thirds of it: the last bits differ, the angles do not."""
    three = Model("three", ("a", "b", "c"), lambda p, x: p[0] * np.sin(x) ** 2 + p[1] * np.cos(x) ** 2 + p[2],
                  lambda p, x: (np.sin(x) ** 2, np.cos(x) ** 2, 1.0), linear=True)
    tenths = Model("tenths", ("a", "b"), lambda p, x: p[0] * (0.1 * x) + p[1] * (x / 3),
                   lambda p, x: (0.1 * x, x / 3), linear=True)
    for model in (three, tenths):
        for unit in (1, 1e-10, 1e10):
            scaled = Model(
                "scaled", model.parameter_names, lambda p, x, m=model, u=unit: m.predict([u * p[0], *p[1:]], x),
                lambda p, x, m=model, u=unit: (u * m.gradient(p, x)[0], *m.gradient(p, x)[1:]), linear=True)
            experiment = Experiment(scaled, data=Dataset(STEPS + 0.37, np.full(30, 5.0) + (model is tenths) * STEPS))
            assert not bowl(experiment).decided
            assert np.abs(experiment.optimum).max() < 1e6 * max(unit, 1 / unit)


def test_a_direction_that_floats_cannot_follow_counts_as_undecided():
    """The third point asks for parameters of 1e30, of which the curve could not be computed any more."""
    experiment = Experiment("polynomial-5", data=Dataset([0, 3, 1.5e-30], [1, 0, 0]))
    assert not bowl(experiment).decided
    assert experiment.floor == pytest.approx(1 / 6)
    assert np.abs(experiment.optimum).max() < 1


def test_perpendicular_combinations():
    rows = [(Fraction(1), Fraction(2)), (Fraction(3), Fraction(-1)), (Fraction(4), Fraction(1))]
    products = [[sum(a * b for a, b in zip(one, other, strict=True)) for other in rows] for one in rows]
    found, idle = perpendicular(products, 0)
    vectors = [[sum(w * row[i] for w, row in zip(weights, rows, strict=True)) for i in (0, 1)] for weights, _ in found]
    assert len(found) == 2
    assert sum(a * b for a, b in zip(*vectors, strict=True)) == 0
    assert [sum(one * one for one in vector) for vector in vectors] == [square for _, square in found]
    (nothing,) = idle
    assert [sum(w * row[i] for w, row in zip(nothing, rows, strict=True)) for i in (0, 1)] == [0, 0]


# Labels


def cross_entropy(x, y, start):
    """The optimum and its loss in 60 digits: where the slope vanishes."""
    with mpmath.workdps(60):
        points = [(mpmath.mpf(float(a)), mpmath.mpf(float(b))) for a, b in zip(x, y, strict=True)]
        middle, width = mpmath.mpf(float(np.mean(x))), mpmath.mpf(float(np.ptp(x)) or 1.0)

        def z(a, b, at):
            return a * (at - middle) / width + b

        def slope(a, b):
            errors = [1 / (1 + mpmath.exp(-z(a, b, at))) - label for at, label in points]
            return [sum(e * (at - middle) / width for e, (at, _) in zip(errors, points, strict=True)), sum(errors)]

        a, b = mpmath.findroot(slope, (start[0] * float(width), start[0] * float(middle) + start[1]), tol=1e-90)
        loss = sum(mpmath.log(1 + mpmath.exp(z(a, b, at))) - label * z(a, b, at) for at, label in points) / len(points)
        return float(a / width), float(b - a * middle / width), float(loss)


@pytest.mark.parametrize("low", [1e-10, 1e-30, 1e-300, 0.3, 1e-3])
def test_the_cross_entropy_goes_through_two_labels_between_0_and_1(low):
    """b = logit(y0), a + b = logit(y1), and the floor is the labels' own entropy."""
    high = 1 - 1e-10
    experiment = Experiment(LABELS, data=Dataset([0, 1], [low, high]))
    with mpmath.workdps(60):
        labels = [mpmath.mpf(low), mpmath.mpf(high)]
        first, second = (mpmath.log(one / (1 - one)) for one in labels)
        entropy = -sum(one * mpmath.log(one) + (1 - one) * mpmath.log(1 - one) for one in labels) / 2
        assert experiment.optimum == pytest.approx([float(second - first), float(first)], rel=1e-9)
        assert experiment.floor == pytest.approx(float(entropy), rel=1e-9)
    assert low != 1e-10 or experiment.optimum == pytest.approx([46.0517, -23.0259], rel=1e-5)


@pytest.mark.parametrize("unit", [2.0**-30, 2.0**40, 1e-9, 1e9, 1e-150])
@pytest.mark.parametrize("shift", [0, 300])
def test_another_unit_of_x_leaves_a_x_and_the_cross_entropys_floor(unit, shift):
    data = Experiment(LABELS).dataset
    x = np.round(data.x * 1024) / 1024 + shift
    usual, other = (Experiment(LABELS, data=Dataset(times * x, data.y)) for times in (1, unit))
    assert other.optimum * [unit, 1] == pytest.approx(usual.optimum, rel=1e-9)
    assert other.floor == pytest.approx(usual.floor, rel=1e-9)
    a, b, loss = cross_entropy(x, data.y, usual.optimum)
    assert usual.optimum == pytest.approx([a, b], rel=1e-9)
    assert usual.floor == pytest.approx(loss, rel=1e-9)


def test_labels_at_seconds_since_1970():
    data = Experiment(LABELS).dataset
    x = 1.7e9 + np.round(60 * data.x)
    near = Experiment(LABELS, data=Dataset(np.round(60 * data.x), data.y))
    far = Experiment(LABELS, data=Dataset(x, data.y))
    assert far.floor == pytest.approx(near.floor, rel=1e-9)
    assert far.optimum[0] == pytest.approx(near.optimum[0], rel=1e-9)


@pytest.mark.parametrize("unit", [1.0, 1e-12, 1e12])
@pytest.mark.parametrize(("x", "y", "ends"), [
    ([-2, -1, 1, 2], [0, 0, 1, 1], False),       # a point divides them
    ([-2, 0, 0, 0, 3], [1, 1, 0, 0, 0], False),  # at a point that has both
    ([-2, 0, 3], [0, 0.3, 1], False),            # at a point whose label is between
    ([0, 1, 2], [1, 1, 1], False),
    ([-2, 0, 1, 3], [0, 0.3, 0.4, 1], True),
    ([-1, 0, 1e-9, 1], [0, 1, 0, 1], True),      # all but divided
    ([-2, -1, 1, 2], [0, 1, 0, 1], True),
    ([1, 1, 1], [0, 1, 1], True),                # one place: b alone would do
    ([1, 1], [1, 1], False),
])
def test_whether_the_cross_entropy_ends_is_asked_of_the_labels_alone(x, y, ends, unit):
    experiment = Experiment(LABELS, data=Dataset(np.array(x) * unit, y))
    assert (experiment.optimum is not None) == ends
    assert (experiment.floor > 0) == ends


def test_the_registered_names_are_those_with_exact_columns():
    for name in (name for name, model in MODELS.items() if model.linear):
        assert Experiment(name).columns.exact
    assert Experiment("sine").columns is None
    assert Experiment("booth").columns is None
    assert find("line").columns(np.array([1.0, 2.0]), np.array([1.0, 2.0])).decided
