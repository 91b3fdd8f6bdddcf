"""Basins: every cell of a map, and so every share, is what a loop over the starts finds, one run after another."""

import dataclasses
import itertools
import pickle

import numpy as np
import pytest

from optim import SGD, SURFACES, Adam, Contestant, Dataset, Experiment, Generated, Model, Momentum, basins, train
from optim import blocks as blocks_of_lanes
from optim.explore.basins import DIVERGED, NOWHERE

METHODS = [Contestant("SGD", SGD(0.01)), Contestant("ball", Momentum(0.01, 0.9, "heavy-ball")),
           Contestant("Adam", Adam(0.3))]
HIMMELBLAU = Experiment("himmelblau", epochs=150, contestants=METHODS)
EVEN = Model("even", ("a", "b"), predict=lambda p, x: p[0] * p[0] * x + p[1], bounded=True,
             gradient=lambda p, x: (2 * p[0] * x, np.ones_like(x)), true_params=(1.5, 2), start=(0.3, 0))


def last(maps):
    return list(maps)[-1]


def by_loop(experiment, x, y, minima, bounds, near):
    """A run from each start, by `train`, and the minimum it ends at."""
    found = np.empty((len(experiment.contestants), len(x), len(y)), dtype=int)
    width = [high - low for low, high in bounds]
    for (i, one), (j, other) in itertools.product(enumerate(x), enumerate(y)):
        runs = train(dataclasses.replace(experiment, start=(one, other)))
        for row, run in enumerate(runs.values()):
            away = [max(abs(a - b) / w for a, b, w in zip(run.params[-1], place, width, strict=True))
                    for place in minima]
            if run.diverged_at is not None:
                found[row, i, j] = DIVERGED
            else:
                found[row, i, j] = away.index(min(away)) if min(away) <= near else NOWHERE
    return found


def test_a_map_and_its_shares_are_those_of_a_direct_loop_over_starts():
    result = last(basins(HIMMELBLAU, size=9))
    bounds = SURFACES["himmelblau"].bounds
    assert result.x.tolist() == pytest.approx([-5.5 + 11 * (i + 0.5) / 9 for i in range(9)])
    np.testing.assert_array_equal(result.minima, SURFACES["himmelblau"].minima)
    found = by_loop(HIMMELBLAU, result.x, result.y, SURFACES["himmelblau"].minima, bounds, 0.01)
    np.testing.assert_array_equal(result.ends, found)
    for row, shares in enumerate(result.shares):
        wanted = [np.mean(found[row] == one) for one in (0, 1, 2, 3, NOWHERE, DIVERGED)]
        assert shares.tolist() == pytest.approx(wanted)
    assert {0, 1, 2, 3} <= set(found.ravel().tolist())
    assert result.parameters == ("x", "y")
    assert result.labels == ("SGD", "ball", "Adam")
    assert result.starts == 81


def test_nowhere_and_diverged_are_classes_of_their_own():
    wild = dataclasses.replace(HIMMELBLAU, epochs=6, contestants=[
        Contestant("short", SGD(0.001)), Contestant("wild", SGD(0.05))])
    result = last(basins(wild, size=6, near=0.05))
    found = by_loop(wild, result.x, result.y, SURFACES["himmelblau"].minima, SURFACES["himmelblau"].bounds, 0.05)
    np.testing.assert_array_equal(result.ends, found)
    assert (result.counts.sum(axis=1) == 36).all()
    assert result.counts[0, -2] > 0
    assert result.counts[1, -1] > 0
    assert result.counts[0, -1] == 0


@pytest.mark.parametrize(("experiment", "bounds"), [
    (Experiment(EVEN, data=Generated(size=8, noise=0.3), epochs=40, contestants=METHODS[2:]), ((-3, 3), (-1, 4))),
    (Experiment("exponential", data=Generated(size=6), epochs=20, contestants=METHODS[2:]), None),
    (Experiment("logistic-regression", data=Generated(size=30), epochs=20, contestants=METHODS[2:]), None),
], ids=["two minima", "a loss that may end", "labels"])
def test_curves_of_two_parameters(experiment, bounds):
    result = last(basins(experiment, bounds, size=6, near=0.05))
    assert len(result.minima) == 2 if bounds else len(result.minima) >= 1
    found = by_loop(experiment, result.x, result.y, result.minima, bounds or _edges(result), 0.05)
    np.testing.assert_array_equal(result.ends, found)
    assert (result.ends >= 0).any()


def _edges(result):
    """The bounds whose middles of cells these are."""
    return [(v[0] - (v[1] - v[0]) / 2, v[-1] + (v[1] - v[0]) / 2) for v in (result.x, result.y)]


def test_the_picture_of_a_curve_holds_start_and_goal():
    for experiment in (Experiment(), Experiment("exponential"), Experiment(data=Dataset([2, 2], [1, 3]))):
        edges = _edges(next(basins(dataclasses.replace(experiment, epochs=1), size=4)))
        for point in (experiment.start, experiment.true_params or experiment.optimum):
            assert all(low < one < high for one, (low, high) in zip(point, edges, strict=True))


def test_the_sampling_error_is_that_of_starts_that_are_drawn():
    """Of 200 sets of 49 starts, drawn evenly, the map's interval of a finer grid's share holds at least 180."""
    result = last(basins(HIMMELBLAU, size=16))
    low, high = result.between
    assert low.shape == high.shape == (3, 6)
    assert ((low <= result.shares) & (result.shares <= high)).all()
    share, random = result.shares[0, 0], np.random.default_rng(1)
    held = 0
    for count in random.binomial(49, share, 200):
        ends = np.where(np.arange(49) < count, 0, 1).reshape(1, 7, 7)
        one, other = dataclasses.replace(
            result, labels=("SGD",), x=result.x[:7], y=result.y[:7], ends=ends).between
        held += one[0, 0] <= share <= other[0, 0]
    assert held >= 180


def test_it_comes_from_coarse_to_fine_and_trains_nothing_twice(monkeypatch):
    ran, real = [], blocks_of_lanes.measured

    def counting(block, stop=None):
        ran.append(len(block.starts))
        return real(block, stop)

    monkeypatch.setattr("optim.spreading.measured", counting)
    maps = list(basins(dataclasses.replace(HIMMELBLAU, epochs=2), size=64))
    assert [(one.ends.shape, one.is_finest) for one in maps] == [
        ((3, 16, 16), False), ((3, 32, 32), False), ((3, 64, 64), True)]
    assert sum(ran) == 3 * 64 * 64
    for one in maps[:-1]:
        stride = 64 // len(one.x)
        np.testing.assert_array_equal(one.ends, maps[-1].ends[:, ::stride, ::stride])
        np.testing.assert_array_equal(one.x, maps[-1].x[::stride])


def test_a_map_cannot_be_changed():
    result = pickle.loads(pickle.dumps(next(basins(dataclasses.replace(HIMMELBLAU, epochs=1), size=2))))
    with pytest.raises(ValueError, match="read-only"):
        result.ends[0, 0, 0] = 3


@pytest.mark.parametrize(("settings", "says"), [
    ({"size": 1}, "size must be"), ({"near": 0}, "near must be"),
    ({"bounds": ((1, 0), (0, 1))}, r"bounds\[0\] must be a lower"),
    ({"bounds": ((0, 1),)}, "bounds must be"), ({"bounds": ((0, 1, 2), (0, 1))}, r"bounds\[0\] must be 2 numbers"),
])
def test_what_is_no_map_is_refused_at_once(settings, says):
    with pytest.raises(ValueError, match=says):
        basins(HIMMELBLAU, **settings)


def test_two_parameters_it_must_be():
    with pytest.raises(ValueError, match="a map of starts is for two parameters, and sine has 3"):
        basins(Experiment("sine"))
