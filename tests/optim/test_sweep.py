"""Sweeps: every cell is the run of that cell's experiment, whatever runs beside it and wherever it runs."""

import copy
import dataclasses
import itertools
import pickle
import sys
import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from optim import (
    MEASURES,
    MODELS,
    OPTIMIZERS,
    SGD,
    SURFACES,
    Adam,
    AdamW,
    Arrival,
    Constant,
    Contestant,
    CosineAnnealing,
    Cyclical,
    Dataset,
    Experiment,
    Generated,
    Minimum,
    Model,
    Momentum,
    Settling,
    arrival,
    network,
    sweep,
    train,
)
from optim import blocks as blocks_of_lanes
from optim.verdicts import window
from tests.optim.inline import Inline

FEW = Experiment(epochs=3, data=Generated(size=9, noise=2.0))


def of_run(measure, run, experiment):
    """What a measure means, from a run's whole history."""
    last, floor, optimum = run.params[-1], experiment.floor, experiment.optimum
    floor = np.nan if floor is None else floor
    alive, gone = run.diverged_at is None, np.nan if run.diverged_at is None else float(run.diverged_at)
    sound = run.loss[np.isfinite(run.loss)]
    kind, share = type(measure), getattr(measure, "share", 0)
    away = last - (np.full(len(last), np.nan) if optimum is None else optimum)
    late = run.params[-window(experiment.steps, experiment.steps_per_epoch):]
    first, stays = arrival(run, experiment.floor, share)
    return float({
        "FinalLoss": lambda: run.loss[-1],
        "BestLoss": lambda: sound.min() if sound.size else np.nan,
        "ExcessLoss": lambda: np.maximum(run.loss[-1] - floor, 0.0),
        "BestExcess": lambda: np.maximum((sound.min() if sound.size else np.nan) - floor, 0.0),
        "Distance": lambda: np.sqrt(sum(one * one for one in away)),
        "Arrival": lambda: np.nan if first is None else first,
        "Settling": lambda: np.nan if stays is None else stays,
        "Oscillation": lambda: ((late.max(axis=0) - late.min(axis=0)) / 2).max() if alive else np.nan,
        "Divergence": lambda: 0.0 if alive else 1.0,
        "DivergenceStep": lambda: gone,
    }[kind.__name__]())


def cell_of(experiment, settings):
    """The experiment with these settings, made the slow and plain way; a start may be drawn by another setting."""
    for name, value in sorted(settings.items(), key=lambda one: one[0].startswith("start[")):
        path, _, place = name.rstrip("]").partition("[")
        owner, _, setting = path.rpartition(".")

        def put(one, setting=setting, place=place, value=value):
            if place:
                numbers = list(getattr(one, setting))
                numbers[int(place)] = value
                value = tuple(numbers)
            return dataclasses.replace(one, **{setting: value})

        if not owner:
            experiment = put(experiment)
        elif owner == "data":
            experiment = dataclasses.replace(experiment, data=put(experiment.data))
        else:
            changed = []
            for one in experiment.contestants:
                if owner in ("*", one.label):
                    if hasattr(one.optimizer, setting):
                        one = dataclasses.replace(one, optimizer=put(one.optimizer))
                    elif hasattr(one.schedule, setting):
                        one = dataclasses.replace(one, schedule=put(one.schedule))
                changed.append(one)
            experiment = dataclasses.replace(experiment, contestants=changed)
    return experiment


def last(grids):
    return list(grids)[-1]


def check_every_cell(experiment, over, measure, grid):
    measure = MEASURES[measure]() if isinstance(measure, str) else measure
    assert grid.dims == ("contestant", *over)
    assert grid.values.shape == (len(experiment.contestants), *(len(values) for values in over.values()))
    for place in itertools.product(*(range(len(values)) for values in over.values())):
        chosen = {name: values[i] for (name, values), i in zip(over.items(), place, strict=True)}
        cell = cell_of(experiment, chosen)
        for row, run in enumerate(train(cell).values()):
            wanted, got = of_run(measure, run, cell), grid.values[(row, *place)]
            assert np.float64(wanted).tobytes() == got.tobytes() or (np.isnan(wanted) and np.isnan(got)), (
                chosen, run.label, wanted, got)


SINE_OF_X = Model(
    "sine-of-x", ("a", "b"), predict=lambda p, x: p[0] * np.sin(x**3) + p[1] * x**2,
    gradient=lambda p, x: (np.sin(x**3), x**2))

CASES = {
    "a rate and a seed": (FEW, {"*.lr": [1e-4, 0.01, 1.0, 30.0], "data.seed": [1, 2, 3]}, "final loss"),
    "two of one method": (FEW, {"Adam.lr": [0.01, 1.0, 5.0], "Adam.betas[1]": [0.0, 0.9, 0.999]}, "oscillation"),
    "a start": (FEW, {"start[0]": [-3, 0, 5.5], "start[1]": [-30, 0.25]}, "distance"),
    "noise": (FEW, {"data.noise": [0, 1, 3.5], "SGD.lr": [1e-3, 1e-2]}, "excess loss"),
    "lengths": (FEW, {"epochs": [1, 2, 5], "batch_size": [1, 4, 9]}, "best loss"),
    "sizes": (FEW, {"data.size": [1, 5, 12], "*.lr": [0.001, 0.01]}, "final loss"),
    "a schedule": (FEW, {"Adam with annealing.period": [0.5, 1, 2], "Adam with annealing.floor": [0, 0.5]}, "arrival"),
    "switches": (FEW, {"Momentum.form": ["average", "heavy-ball"], "Adam.amsgrad": [False, True]}, "final loss"),
    "rules": (FEW, {"reduction": ["mean", "sum"], "coordinates": ["together", "in turn"]}, "final loss"),
    "shuffled": (dataclasses.replace(FEW, shuffle=True, batch_size=4), {"data.seed": range(5)}, "final loss"),
    "shuffled by its own seed": (dataclasses.replace(FEW, shuffle=True), {"seed": [3, 4, 5], "data.noise": [0, 1]},
                                 "best loss"),
    "in turn": (dataclasses.replace(FEW, coordinates="in turn"), {"*.lr": [0.01, 10.0, 1e9], "data.seed": [1, 2]},
                "divergence step"),
    "divergence": (FEW, {"*.lr": [1e-3, 1e3, 1e12], "data.noise": [0.0, 5.0]}, "divergence"),
    "settling": (Experiment(epochs=8), {"*.lr": [0.001, 0.1, 1, 1e4], "start[0]": [1, 1.5]}, Settling(0.3)),
    "a loss that ends": (Experiment(model="exponential", epochs=2), {"*.lr": [0.01, 5, 500], "data.seed": [1, 2]},
                         "divergence step"),
    "a drawn start": (Experiment(model="network-4", epochs=2), {"data.seed": [1, 2, 3], "*.lr": [0.01, 0.1]},
                      "final loss"),
    "noise on a surface": (Experiment(model="saddle", gradient_noise=0.1, epochs=30),
                           {"seed": [1, 2, 3], "gradient_noise": [0, 0.1, 2.0]}, "oscillation"),
    "a surface": (Experiment(model="beale", epochs=30), {"start[0]": [0, 1, 4], "start[1]": [0, 1, 4e6]}, "best loss"),
    "a model of one's own": (Experiment(model=SINE_OF_X, epochs=1), {"data.seed": [1, 2, 3], "*.lr": [1e-6, 0.1]},
                             "best loss"),
    "given points": (Experiment(data=Dataset([1, 2, 3], [4, 5, 7]), epochs=3), {"seed": [1, 2], "batch_size": [1, 2]},
                     "distance"),
    "points beyond all bounds": (
        Experiment(data=Dataset([1e200, 2e200], [1, 2]), epochs=2, contestants=[Contestant("a", Adam(1e-3))]),
        {"a.lr": [1e-3, 1e-250]}, "divergence step"),
    "a start beyond a loss": (
        Experiment(model="exponential", epochs=1), {"start[1]": [0.1, 500.0, 1e18], "*.lr": [0.0, 0.1]},
        "divergence step"),
    "a drawn start that is moved": (
        Experiment(model="network-2", epochs=1), {"start[0]": [0.0, 3.0], "seed": [1, 2]}, "final loss"),
    "true parameters": (FEW, {"true_params[0]": [0, 3], "*.lr": [0.01]}, "final loss"),
}


@pytest.mark.parametrize("case", CASES)
def test_every_cell_is_the_run_of_its_experiment(case):
    experiment, over, measure = CASES[case]
    check_every_cell(experiment, over, measure, last(sweep(experiment, over, measure)))


@pytest.mark.parametrize("name", [name for name in MEASURES if name != "minimum"])
def test_every_measure_is_what_it_says_of_the_whole_history(name):
    over = {"*.lr": [0.0, 1e-3, 0.3, 40.0, 1e15], "data.seed": [7, 8]}
    check_every_cell(FEW, over, name, last(sweep(FEW, over, name)))


@pytest.mark.parametrize("name", [*MODELS, *SURFACES])
def test_every_problem_with_each_lane_its_own(name):
    experiment = Experiment(model=name, epochs=2, gradient_noise=0.1 if name in SURFACES else 0)
    over = {"seed" if name in SURFACES else "data.seed": [1, 2, 3], "*.lr": [1e-3, 0.5]}
    for batch_size in (1, 7):
        experiment = dataclasses.replace(experiment, batch_size=batch_size)
        check_every_cell(experiment, over, "final loss", last(sweep(experiment, over, "final loss")))


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_method(name):
    experiment = dataclasses.replace(FEW, contestants=[Contestant("it", OPTIMIZERS[name]())])
    over = {"it.lr": [0.0, 1e-3, 0.1, 7.0, 1e6], "data.seed": [1, 2]}
    check_every_cell(experiment, over, "final loss", last(sweep(experiment, over, "final loss")))


rates = some.floats(1e-6, 1e3)
memories = some.floats(0, 0.999)
contestants = some.lists(
    some.one_of(
        some.builds(SGD, rates),
        some.builds(Momentum, rates, memories, some.sampled_from(["average", "heavy-ball"])),
        some.builds(Adam, rates, some.tuples(memories, memories), some.sampled_from([0, 1e-8, 0.1]), some.booleans()),
        some.builds(AdamW, rates, weight_decay=some.floats(0, 0.5)),
        *(some.builds(method, rates) for method in OPTIMIZERS.values())),
    min_size=1, max_size=4,
).flatmap(lambda methods: some.tuples(*(
    some.builds(Contestant, some.just(f"c{i}"), some.just(method),
                some.sampled_from([Constant(), CosineAnnealing(0.7), Cyclical(2, floor=0.1, warmup=0.5)]))
    for i, method in enumerate(methods))))
experiments = some.builds(
    Experiment, model=some.sampled_from([*MODELS, *SURFACES]), epochs=some.integers(1, 3),
    data=some.builds(Generated, some.integers(0, 99), some.integers(1, 11), noise=some.sampled_from([0, 0.5, 1e6])),
    batch_size=some.sampled_from([1, 2, 5, 30]), shuffle=some.booleans(), reduction=some.sampled_from(["mean", "sum"]),
    coordinates=some.sampled_from(["together", "in turn"]), contestants=contestants,
    gradient_noise=some.sampled_from([0, 0.3]))
axes = some.fixed_dictionaries({}, optional={
    "*.lr": some.lists(rates, min_size=1, max_size=9),
    "start[0]": some.lists(some.floats(-3, 3), min_size=1, max_size=4),
    "seed": some.lists(some.integers(0, 99), min_size=1, max_size=4),
    "batch_size": some.lists(some.integers(1, 12), min_size=1, max_size=3),
    "epochs": some.lists(some.integers(1, 3), min_size=1, max_size=3),
}).filter(lambda over: 1 <= len(over) <= 2)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(experiments, axes, some.sampled_from([name for name in MEASURES if name != "minimum"]))
def test_any_sweep_of_any_experiment(experiment, over, measure):
    check_every_cell(experiment, over, measure, last(sweep(experiment, over, measure)))


def test_a_cell_alone_is_the_cell_in_company():
    values = np.geomspace(1e-5, 10, 40).tolist()
    over = {"*.lr": values, "data.seed": range(11)}
    company = last(sweep(FEW, over, "oscillation")).values
    for i, j in ((0, 0), (7, 3), (39, 10), (20, 5)):
        alone = last(sweep(FEW, {"*.lr": values[i:i + 1], "data.seed": [j]}, "oscillation")).values
        assert alone[:, 0, 0].tobytes() == np.ascontiguousarray(company[:, i, j]).tobytes()


def test_blocks_of_any_size_give_the_same_bytes(monkeypatch):
    over = {"*.lr": np.geomspace(1e-5, 10, 20).tolist(), "data.seed": range(9)}
    for measure in ("best loss", "oscillation"):
        whole = last(sweep(FEW, over, measure)).values.tobytes()
        for numbers in (1, 37, 2**20):
            with monkeypatch.context() as patch:
                patch.setattr(blocks_of_lanes, "NUMBERS", numbers)
                assert last(sweep(FEW, over, measure)).values.tobytes() == whole


def test_every_cell_of_a_coarse_grid_is_one_of_the_finer():
    over = {"*.lr": np.geomspace(1e-5, 10, 64).tolist(), "data.seed": range(20)}
    grids = list(sweep(FEW, over, "final loss"))
    assert [(grid.values.shape, grid.is_finest) for grid in grids] == [
        ((4, 16, 10), False), ((4, 32, 10), False), ((4, 64, 20), True)]
    lines = list(sweep(FEW, {"*.lr": np.geomspace(1e-5, 10, 1500).tolist()}, "final loss"))
    assert [(grid.values.shape, grid.is_finest) for grid in lines] == [
        ((4, 94), False), ((4, 375), False), ((4, 1500), True)]
    for coarse, fine in itertools.pairwise(grids):
        steps = [b // a for a, b in zip(coarse.values.shape, fine.values.shape, strict=True)]
        strided = fine.values[:, ::steps[1], ::steps[2]]
        np.testing.assert_array_equal(coarse.values, strided)
        for name in coarse.dims:
            assert set(coarse.coords[name].tolist()) <= set(fine.coords[name].tolist())
    assert list(grids[-1].coords["*.lr"]) == over["*.lr"]


def lanes_run(monkeypatch):
    """How many lanes every block has that is run from now on."""
    found = []
    real = blocks_of_lanes.measured

    def counting(block, stop=None):
        found.append(len(block.starts))
        return real(block, stop)

    monkeypatch.setattr("optim.spreading.measured", counting)
    return found


def test_nothing_is_computed_twice(monkeypatch):
    found = lanes_run(monkeypatch)
    grids = list(sweep(FEW, {"*.lr": np.geomspace(1e-5, 1, 30).tolist(), "data.seed": range(17)}, "final loss"))
    assert len(grids) == 2
    assert sum(found) == 4 * 30 * 17
    found.clear()
    grid = last(sweep(FEW, {"SGD.lr": [0.1, 0.2, 0.3], "data.seed": range(5)}, "final loss"))
    assert sum(found) == 3 * 5 + 3 * 5  # the other three hear nothing of SGD's rate
    assert (grid.values[1:, :1] == grid.values[1:]).all()


def test_it_ends_when_its_consumer_stops(monkeypatch):
    monkeypatch.setattr("optim.spreading.AHEAD", 2)
    executor, over = Inline(), {"*.lr": np.geomspace(1e-5, 1, 1025).tolist()}
    grids = sweep(FEW, over, "final loss", executor)
    assert executor.submitted == 0
    next(grids)
    assert executor.submitted <= 4 + 2
    grids.close()
    assert executor.submitted <= 4 + 2
    assert last(sweep(FEW, over, "final loss", executor)).is_finest
    assert executor.submitted >= 4 * 3


def test_its_thread_ends_in_the_midst_of_a_run(monkeypatch):
    ended, real, before = [], blocks_of_lanes.measured, set(threading.enumerate())

    def noting(block, stop=None):
        values = real(block, stop)
        ended.append(block.experiments[0].epochs)
        return values

    monkeypatch.setattr("optim.spreading.measured", noting)
    epochs = [1, 2 * 10**5, *[1] * 255]  # the second grid's first new cell takes a minute
    grids = sweep(FEW, {"epochs": epochs}, "final loss")
    assert not next(grids).is_finest
    grids.close()
    assert set(ended) == {1}
    assert set(threading.enumerate()) <= before  # of which another test's may have ended meanwhile


def test_ten_times_the_lanes_need_little_more_memory_than_their_results(monkeypatch):
    monkeypatch.setattr(blocks_of_lanes, "NUMBERS", 2**9)

    def peak(lanes):
        tracemalloc.start()
        last(sweep(Experiment(epochs=1), {"*.lr": np.geomspace(1e-5, 1, lanes // 4).tolist()}, "best loss"))
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(400)  # what is made once
    few, many = peak(2_000), peak(20_000)
    # each lane: its number in three arrays, as a value and as a place; whole histories would take 30 x 8 x 8 bytes
    assert many - few < 60 * 18_000


def test_threads_that_are_given_are_not_shut_down():
    over = {"*.lr": [1e-3, 0.01], "data.seed": range(4)}
    with ThreadPoolExecutor(2) as pool:
        found = [last(sweep(FEW, over, "final loss", pool)).values.tobytes() for _ in range(2)]
        assert pool.submit(int, "3").result() == 3
    assert found == [last(sweep(FEW, over, "final loss")).values.tobytes()] * 2


def test_an_error_in_a_block_is_told():
    def broken(p, x):
        raise ZeroDivisionError("on purpose")

    model = Model("broken", ("a",), predict=broken, gradient=lambda p, x: (x,))
    experiment = Experiment(model=model, data=Dataset([1], [2]), contestants=[Contestant("it", SGD())])
    with pytest.raises(ZeroDivisionError, match="on purpose"):
        list(sweep(experiment, {"it.lr": [0.1]}, "final loss"))


def test_a_basins_shares_are_those_of_a_direct_loop_over_starts():
    x, y = (np.linspace(-5, 5, 12).tolist() for _ in range(2))
    experiment = Experiment(model="himmelblau", contestants=[Contestant("SGD", SGD(0.01))], epochs=300)
    grid = last(sweep(experiment, {"start[0]": x, "start[1]": y}, "minimum"))
    surface, found = experiment.resolved_model, np.empty((12, 12))
    for i, j in itertools.product(range(12), repeat=2):
        p = np.array([x[i], y[j]])
        for _ in range(300):
            p = p - 0.01 * np.array(surface.gradient(p))
        away = np.abs(np.array(surface.minima) - p).max(axis=1) / 11
        found[i, j] = np.nan if not np.isfinite(p).all() else away.argmin() if away.min() <= 0.01 else -1
    np.testing.assert_array_equal(grid.values[0], found)
    assert {0, 1, 2, 3} <= set(found[np.isfinite(found)])


def test_only_a_surface_has_minima():
    with pytest.raises(ValueError, match="'line' has no list of minima"):
        sweep(FEW, {"*.lr": [1]}, "minimum")
    with pytest.raises(ValueError, match="near must be"):
        Minimum(near=0)


@pytest.mark.parametrize(("over", "says"), [
    ({}, "one or two settings"),
    ({"*.lr": [1], "epochs": [1], "batch_size": [1]}, "one or two settings"),
    ("SGD.lr", "one or two settings"),
    ({"*.lr": []}, r"\*.lr must have at least one value"),
    ({"*.lr": "123"}, "must be a sequence"),
    ({"*.lr": 1}, "must be a sequence"),
    ({"*.lr": [-1]}, "lr must be a finite number at least 0, not -1"),
    ({"Adm.lr": [1]}, "Adm.lr names no contestant: they are SGD, Momentum, Adam, Adam with annealing"),
    ({"SGD.beta": [1]}, "beta is no setting of"),
    ({"*.gamma": [1]}, r"\*.gamma is a setting of no contestant"),
    ({"Adam.betas[2]": [0.5]}, r"betas\[2\] is not there"),
    ({"Adam.lr[0]": [0.5]}, r"lr\[0\] is not there"),
    ({"data.seed": [-1]}, "seed must be a whole number"),
    ({"data": [1]}, "data is neither a setting of the experiment"),
    ({"model": ["line", "sine"]}, "model is neither"),
    ({"contestants": [1]}, "contestants is neither"),
    ({"lr": [1]}, "lr is neither a setting of the experiment nor a contestant's, as SGD.lr is"),
    ({"start[2]": [1]}, r"start\[2\] is not there"),
    ({"start[0]": [float("nan")]}, r"start\[0\]"),
    ({"epochs": [0]}, "epochs must be a whole number at least 1"),
    ({"": [0]}, "is neither a setting"),
])
def test_what_cannot_be_swept_is_refused_at_once_with_a_sentence(over, says):
    with pytest.raises(ValueError, match=says):
        sweep(FEW, over, "final loss")


def test_a_surface_has_no_data_to_sweep():
    with pytest.raises(ValueError, match=r"data\.seed is a setting of generated data, of which"):
        sweep(Experiment(model="booth"), {"data.seed": [1]}, "final loss")


@pytest.mark.parametrize("measure", ["loss", None, Arrival, 3])
def test_a_measure_that_there_is_not(measure):
    with pytest.raises(ValueError, match="measure"):
        sweep(FEW, {"*.lr": [1]}, measure)


def test_every_problem_that_claims_to_be_bounded_is():
    """At the ends of what is sound, and anywhere between."""
    random = np.random.default_rng(1)
    x = np.array([0, 1, -1e20, 1e20, 1e-20, *(random.choice([-1, 1], 5) * 10 ** random.uniform(-20, 20, 5))])
    y = np.where(np.arange(10) % 2, 1e20, -1e20)
    for problem in (*MODELS.values(), *SURFACES.values(), network(64)):
        size = 10 ** random.uniform(-18, 18, (4000, problem.n))
        size[:1000] = 1e18
        params = (size * random.choice([-1, 0, 1], size.shape)).T
        if problem.bounded:
            labels = (y > 0) * 1.0 if getattr(problem, "logit", None) else y
            loss = problem.loss(params) if problem.name in SURFACES else problem.loss(params, x, labels)
            assert np.isfinite(loss).all(), problem.name
    assert not MODELS["exponential"].bounded


def test_a_grid_cannot_be_changed():
    grid = next(sweep(FEW, {"*.lr": [0.1, 0.2]}, "final loss"))
    for one in (grid, copy.deepcopy(grid), pickle.loads(pickle.dumps(grid))):
        assert one.values.tobytes() == grid.values.tobytes()
        assert one.sizes == {"contestant": 4, "*.lr": 2}
        for array in (one.values, *one.coords.values()):
            with pytest.raises(ValueError, match="read-only"):
                array[0] = array[1]
        with pytest.raises(dataclasses.FrozenInstanceError):
            one.values = None


def test_a_grid_for_xarray(monkeypatch):
    grid = next(sweep(FEW, {"*.lr": [0.1, 0.2]}, "final loss"))
    monkeypatch.setitem(sys.modules, "xarray", SimpleNamespace(DataArray=lambda *args, **named: (args, named)))
    (values,), named = grid.to_xarray()
    assert values.tobytes() == grid.values.tobytes()
    assert (named["dims"], named["name"]) == (("contestant", "*.lr"), "Final loss")
    assert named["coords"]["*.lr"].tolist() == [0.1, 0.2]
    assert named["coords"]["contestant"].tolist() == ["SGD", "Momentum", "Adam", "Adam with annealing"]
    monkeypatch.setitem(sys.modules, "xarray", None)
    with pytest.raises(ImportError, match="pip install xarray"):
        grid.to_xarray()
