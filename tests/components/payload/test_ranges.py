"""The ranges of the panels: held to what they are said to show, and not moved by what a method does."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.payload import ranges
from components.payload.build import build
from optim import SGD, Contestant, Dataset, Experiment, Generated, Model, Run, train

CURVE = Model("curve", ("a", "b"), lambda p, x: p[0] * np.exp(p[1] * x), lambda p, x: (np.exp(p[1] * x), p[0] * x))
CALM = Contestant("calm", SGD(1e-4))
WILD = Contestant("wild", SGD(10.0))

DATA = st.builds(
    Generated, seed=st.integers(0, 99), size=st.integers(2, 40), noise=st.sampled_from([0, 1, 20])
).filter(lambda data: len(set(np.random.RandomState(data.seed).randint(-10, 10, data.size))) > 1)
STARTS = st.tuples(st.floats(-100, 100), st.floats(-100, 100))


def within(values, limits) -> bool:
    return limits[0] <= np.min(values) and np.max(values) <= limits[1]


@pytest.mark.parametrize(
    ("values", "limits"),
    [([0, 10], [-1, 11]), ([4], [0, 8]), ([0.0, 0.0], [-1, 1]), ([-0.5], [-1.5, 0.5]), ([1e6], [0, 2e6]),
     ([0, 2e-16], [-1, 1])],
)
def test_values_get_a_margin_and_a_single_one_a_range(values, limits):
    assert ranges.padded(values, padding=0.1) == pytest.approx(limits)


@given(DATA, STARTS)
def test_fit_shows_the_points_the_line_at_the_start_and_the_best_line(data, start):
    experiment = Experiment(data=data, start=start)
    x, y = experiment.dataset.x, experiment.dataset.y
    best = np.polyfit(x, y, 1)
    shown = ranges.fit(experiment, best)
    assert within(x, shown["x"])
    assert within(y, shown["y"])
    for slope, intercept in (start, best):
        assert within(slope * np.array(shown["x"]) + intercept, shown["y"])


OWN = st.lists(
    st.tuples(st.floats(-1e6, 1e6).map(lambda v: round(v, 3)), st.floats(-1e6, 1e6).map(lambda v: round(v, 3))),
    min_size=2, max_size=20)


@given(OWN, STARTS, st.sampled_from(["line", "polynomial-3-scaled", "network-2", "sine"]))
def test_ones_own_points_take_nearly_half_of_fits_height_however_far_the_start_is(points, start, model):
    x, y = zip(*points, strict=True)
    experiment = Experiment(model, data=Dataset(x, y), **({"start": start} if model == "line" else {}))
    for reference in (np.zeros(experiment.resolved_model.n), np.array(experiment.start)):
        shown = ranges.fit(experiment, reference)
        assert within(x, shown["x"])
        assert within(y, shown["y"])
        if np.ptp(y) > 0:
            assert np.ptp(y) > 0.4 * np.ptp(shown["y"])


def test_years_on_x_leave_the_picture_to_the_points_and_a_start_nearby_is_in_it():
    years = Dataset(range(1990, 2021), 0.02 * np.arange(31) + 14)
    shown = ranges.fit(Experiment(data=years, start=(1, 1)), np.polyfit(years.x, years.y, 1))
    assert shown == {"x": pytest.approx(ranges.padded(years.x)), "y": pytest.approx(ranges.padded(years.y), abs=0.05)}
    near = Dataset([1, 2, 4], [2, 3.5, 3])
    shown = ranges.fit(Experiment(data=near, start=(0.5, 1)), np.polyfit(near.x, near.y, 1))
    assert within([1.5, 3], shown["y"])


def test_loss_goes_from_three_times_the_start_to_the_decade_below_the_best_end():
    experiment = Experiment()
    runs = train(experiment)
    ends = sorted(float(run.loss[-1]) for run in runs.values())
    logarithmic, linear = ranges.loss(experiment, 875.0, list(runs.values()))
    assert logarithmic == pytest.approx([1e-9, 2625])
    assert 1e-9 <= ends[0] < 1e-8
    assert linear == pytest.approx([-0.04 * 875, 1.08 * 875])
    assert ranges.loss(experiment, 875.0, [runs["SGD"], runs["Adam"]])[0] == pytest.approx([1, 2625])


def test_an_axis_of_the_loss_has_two_decades_at_least_and_none_of_what_rounding_left():
    assert ranges.loss(Experiment(), 875.0)[0] == pytest.approx([1, 2625])
    exact = Experiment(start=(1.5, -28.0), epochs=2)
    assert ranges.loss(exact, 0.0, list(train(exact).values())) == ([1e-13, 3], [-0.04, 1.08])
    whole = Experiment(contestants=[Contestant("it", SGD(0.03))], batch_size=30, epochs=2000)
    [run] = train(whole).values()
    assert run.loss[-1] < 1e-20
    assert ranges.loss(whole, float(run.loss[0]), [run])[0] == pytest.approx([1e-11, 3 * run.loss[0]])


def test_noise_leaves_no_empty_decades():
    noisy = Experiment(data=Generated(noise=3.0))
    runs = train(noisy)
    low, high = ranges.loss(noisy, float(runs["SGD"].loss[0]), list(runs.values()))[0]
    least = min(float(run.loss[-1]) for run in runs.values()) - noisy.floor
    assert low <= least < 10 * low
    assert high == pytest.approx(3 * (runs["SGD"].loss[0] - noisy.floor))


def test_a_loss_without_a_known_floor_is_shown_itself():
    free = Experiment("exponential", data=Dataset([0.0, 1.0, 2.0], [1.0, 2.0, 2.5]))
    assert (free.optimum, free.floor) == (None, 0)
    runs = train(free)
    low, high = ranges.loss(free, float(runs["SGD"].loss[0]), list(runs.values()))[0]
    start = float(runs["SGD"].loss[0])
    assert low <= min(start / 100, *(float(run.loss[-1]) for run in runs.values())) < 10 * low
    assert high == pytest.approx(3 * start)


def test_a_surfaces_value_is_shown_above_its_floor_where_one_is_known():
    deep = Experiment("styblinski-tang")
    start = float(deep.loss(deep.start))
    logarithmic, linear = ranges.loss(deep, start)
    assert logarithmic == pytest.approx([1, 3 * (start - deep.floor)])
    assert within([deep.floor, start], linear)
    logarithmic, linear = ranges.loss(Experiment("saddle"), 2.25)
    assert logarithmic is None
    assert within([-4, 2.25], linear)


@given(st.tuples(st.floats(-30, 30), st.floats(-30, 30)))
def test_a_surfaces_landscape_is_its_bounds_and_the_start(start):
    experiment = Experiment("himmelblau", start=start)
    wide = ranges.landscape(experiment, experiment.optimum, 0.0, [])
    for limits, bounds, at in zip(wide, experiment.resolved_model.bounds, start, strict=True):
        assert within([*bounds, at], limits)
        assert within(limits, [min(bounds[0], at - 1), max(bounds[1], at + 1)])


@pytest.mark.parametrize("name", ["polynomial-3", "polynomial-5-scaled", "sine", "network-4"])
def test_with_many_parameters_each_has_a_range_with_start_reference_and_the_calm_paths(name):
    experiment = Experiment(name, epochs=20)
    runs = train(experiment)
    calm = [run for run in runs.values() if run.diverged_at is None]
    start_loss = float(calm[0].loss[0])
    wide = ranges.landscape(experiment, experiment.optimum, start_loss, calm)
    assert len(wide) == experiment.resolved_model.n
    for i, limits in enumerate(wide):
        assert within([experiment.start[i], experiment.optimum[i], *calm[0].params[:, i]], limits)


def test_a_surfaces_runs_are_shown_as_far_as_its_bounds():
    experiment = Experiment("saddle")
    x, y = ranges.parameters(experiment, np.array(experiment.start), list(train(experiment).values()))
    assert within([-1.5, 0.2], x)
    assert y == pytest.approx(ranges.padded([0.001, 2]))


@given(DATA, STARTS)
@settings(max_examples=30, deadline=None)
def test_the_landscape_is_the_box_of_start_optimum_and_calm_paths_and_a_margin(data, start):
    experiment = Experiment(data=data, start=start, contestants=[CALM, WILD], epochs=3)
    runs = train(experiment)
    calm = [run for run in runs.values() if run.diverged_at is None]
    wide = ranges.landscape(experiment, experiment.optimum, 1.0, calm)
    for i, limits in enumerate(wide):
        known = [experiment.start[i], experiment.optimum[i], experiment.true_params[i]]
        slack = 1.5 * max(np.ptp(known), 1)
        paths = [np.clip(run.params[:, i], min(known) - slack, max(known) + slack) for run in calm]
        least, most = min(*known, *map(np.min, paths)), max(*known, *map(np.max, paths))
        assert limits == pytest.approx(ranges.padded([least, most], 0.15))


def test_a_single_parameter_has_all_of_the_valley():
    """As far to either side of the minimum as the loss is the start's, and a little."""
    data = Dataset([-2, -1, 0, 1, 2], [-3, -1.5, 0, 1.5, 3])
    slope = Model("slope", ("a",), lambda p, x: p[0] * x, lambda p, x: (x,), linear=True)
    experiment = Experiment(slope, data=data, start=(-2.5,), true_params=(1,))
    (limits,) = ranges.landscape(experiment, experiment.optimum, 32.0, [])
    assert limits == pytest.approx([1.5 - 1.08 * 4, 1.5 + 1.08 * 4])


@pytest.mark.parametrize(
    "experiment",
    [
        Experiment(data=Dataset([2, 2, 2], [1, 2, 3]), start=(5, 5)),
        Experiment(data=Dataset([0, 0], [1, 1]), start=(0, 1)),
        Experiment(start=(1.5, -28)),
        Experiment(model=CURVE, true_params=(1, 0.1), start=(2, 0.2)),
    ],
    ids=["all x equal", "already at the optimum of a flat direction", "start at the optimum", "not linear"],
)
def test_every_other_landscape_has_the_start_and_the_reference_inside(experiment):
    reference = experiment.optimum
    start_loss = float(experiment.loss(experiment.start))
    for i, (low, high) in enumerate(ranges.landscape(experiment, reference, start_loss, [])):
        assert low < experiment.start[i] < high
        assert low < reference[i] < high


def test_parameters_show_start_truth_optimum_and_the_calm_runs():
    experiment = Experiment(data=Generated(noise=20, size=5), contestants=[CALM], epochs=5)
    runs = train(experiment)
    best = np.polyfit(experiment.dataset.x, experiment.dataset.y, 1)
    for i, limits in enumerate(ranges.parameters(experiment, best, list(runs.values()))):
        assert within([experiment.start[i], experiment.true_params[i], best[i], *runs["calm"].params[:, i]], limits)


def test_a_run_that_strays_widens_its_parameters_by_no_more_than_one_and_a_half_times_their_span():
    params = np.array([[1, 1], [1e3, 1e3], [-1e3, -1e3]])
    stray = Run("stray", params, np.zeros(3), np.zeros((2, 2)), np.zeros((2, 2)), np.zeros(2))
    a, b = ranges.parameters(Experiment(), np.array([1.5, -28]), [stray])
    assert a == pytest.approx(ranges.padded([1 - 1.5, 1.5 + 1.5]))
    assert b == pytest.approx(ranges.padded([-28 - 1.5 * 29, 1 + 1.5 * 29]))


def test_own_data_have_no_true_parameters():
    assert ranges.true_params(Experiment(data=Dataset([1, 2], [3, 4]))) is None
    assert ranges.true_params(Experiment()).tolist() == [1.5, -28]


@given(DATA, STARTS, st.integers(1, 3))
def test_a_diverging_method_moves_no_axis(data, start, epochs):
    def axes(*contestants):
        experiment = Experiment(data=data, start=start, contestants=contestants, epochs=epochs)
        payload = build(experiment, train(experiment))
        return payload["axes"], [one["diverged"] for one in payload["contestants"]]

    alone, _ = axes(CALM)
    accompanied, diverged = axes(CALM, WILD)
    if diverged[1]:
        assert accompanied == alone
    else:
        assert {**accompanied, "parameters": 0} == {**alone, "parameters": 0}


def test_ranges_of_the_largest_numbers_are_numbers():
    start = (1.0, np.log(1.5e308) / 2)
    experiment = Experiment("exponential", data=Dataset([1.0], [0.0]), start=start, epochs=1, contestants=[CALM])
    assert 1e308 < experiment.loss(start) < np.inf
    axes = build(experiment, train(experiment))["axes"]
    json.dumps(axes, allow_nan=False)  # ValueError for an infinity
    assert axes["loss"][1] == ranges.MOST
    assert ranges.padded([-1.7e308, 1.7e308]) == [-1e308, 1e308]
