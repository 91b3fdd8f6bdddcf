"""The payload: strict JSON that says of the runs exactly what they are, for every shape of run, and stays small."""

import gzip
import json
import math
from collections import Counter

import brotli
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plotly.io.json import to_json_plotly

from components.formulas import custom
from components.payload.build import MOST_WATCHED, build, coinciding, reference_point, watched_places
from components.payload.encoding import decode
from components.payload.outcomes import SHARES, THERE
from components.settings import parsing
from optim import (
    MODELS,
    SGD,
    SURFACES,
    Adam,
    Constant,
    Contestant,
    CosineAnnealing,
    Dataset,
    Experiment,
    Generated,
    Model,
    Momentum,
    batches,
    events,
    train,
    verdict,
)

EIGHT = tuple(
    Contestant(f"method {i}", method, CosineAnnealing(3.5) if i % 2 else Constant())
    for i, method in enumerate([SGD(0.001), Momentum(0.001, 0.9), Adam(1), Adam(0.1, (0.7, 0.9))] * 2)
)
HOT = (Contestant("calm", SGD(1e-4)), Contestant("hot", SGD(1.0)), Contestant("warm", SGD(0.03)))

SHAPES = {
    "default": Experiment(),
    "one epoch of two points": Experiment(epochs=1, data=Generated(size=2)),
    "one step": Experiment(epochs=1, batch_size=2, data=Generated(size=2)),
    "full batch": Experiment(epochs=70, batch_size=30),
    "a smaller last batch": Experiment(epochs=3, batch_size=7),
    "the longest": Experiment(epochs=1000, data=Generated(size=60, noise=20)),
    "two epochs a bin, every step": Experiment(epochs=700, data=Generated(size=2, noise=1)),
    "a stride within epochs": Experiment(epochs=30, data=Generated(size=500), contestants=[Contestant("a", SGD(1e-4))]),
    "all x equal": Experiment(epochs=2, data=Dataset([3] * 5, [1, 2, 3, 4, 5])),
    "start at the optimum": Experiment(epochs=2, start=(1.5, -28)),
    "noise": Experiment(epochs=2, data=Generated(noise=20)),
    "a method that diverges": Experiment(epochs=4, contestants=HOT),
    "restarts": Experiment(epochs=6, contestants=[Contestant("a", Adam(1), CosineAnnealing(1.5))]),
    "eight methods": Experiment(epochs=500, data=Generated(size=4, noise=20), contestants=EIGHT),
    "three parameters": Experiment("sine", epochs=2),
    "five parameters": Experiment("polynomial-4", epochs=3),
    "the largest network": Experiment("network-16", epochs=80),
    "labels": Experiment("logistic-regression", epochs=2),
    "own labels that a point divides": Experiment("logistic-regression", data=Dataset([1, 2], [0, 1]), epochs=2),
    "an own curve without a known minimum": Experiment("sine", data=Dataset([1, 2, 3], [0, 1, 0]), epochs=2),
    "a surface": Experiment("rosenbrock", epochs=50),
    "a surface below zero": Experiment("styblinski-tang", epochs=30),
    "a surface without a floor": Experiment("monkey-saddle"),
    "restarts on a surface": Experiment("booth", contestants=[Contestant("a", SGD(0.01), CosineAnnealing(20))]),
}

BOUNDS = {
    "lr": (1e-5, 10), "beta": (0, 0.999), "adam_lr": (1e-5, 10), "beta1": (0, 0.999), "beta2": (0, 0.9999),
    "period": (0.1, 60), "noise": (0, 20), "true_a": (-100, 100), "true_b": (-100, 100), "start_a": (-100, 100),
    "start_b": (-100, 100),
}
WHOLE = {"epochs": (1, 12), "batch": (1, 40), "seed": (0, 9999), "points": (2, 40)}
VALUES = st.fixed_dictionaries(
    {"form": st.sampled_from(["average", "heavy-ball"])},
    optional={
        **{key: st.floats(*ends) | st.sampled_from(ends) for key, ends in BOUNDS.items()},
        **{key: st.integers(*ends) for key, ends in WHOLE.items()},
    },
)


def strictly(payload: dict) -> str:
    """As JSON, which knows neither NaN nor Infinity."""
    return json.dumps(payload, allow_nan=False)


@pytest.fixture(scope="module", params=SHAPES.values(), ids=SHAPES.keys())
def case(request):
    """An experiment, its runs, and its payload after a journey as JSON."""
    runs = train(request.param)
    return request.param, runs, json.loads(strictly(build(request.param, runs)))


def parts(payload: dict) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Each contestant's series `(series, drawn)` and summaries `(summaries, 2, bins)`."""
    drawn = payload["steps"] + 1 if payload["shown"] is None else len(payload["shown"])
    bins, count = len(payload["edges"]) - 1, len(payload["contestants"])
    series = [(len(payload["series"]), drawn)] * count
    summaries = [(len(payload["summaries"]), 2, bins)] * count
    arrays = decode(payload["numbers"], *series, *summaries)
    return arrays[:count], arrays[count:]


def single(values) -> np.ndarray:
    with np.errstate(over="ignore"):
        return np.asarray(values, dtype="f4")


def told(run, name: str, steps: np.ndarray, floor: float | None = None) -> np.ndarray:
    """What `name` was at these steps, by the run's own arrays: row k-1 belongs to step k."""
    what, _, i = name.partition(" ")
    before = np.maximum(steps - 1, 0)
    values = {
        "params": lambda: run.params[steps, int(i)],
        "loss": lambda: run.loss[steps],
        "excess": lambda: np.maximum(run.loss[steps] - floor, 0),
        "gradient": lambda: run.gradient[before, int(i)],
        "direction": lambda: run.direction[before, int(i)],
        "rate": lambda: run.learning_rate[before],
        "update": lambda: -run.learning_rate[before] * run.direction[before, int(i)],
    }[what]()
    return values if what in ("params", "loss", "excess") else np.where(steps == 0, np.nan, values)


def test_the_page_can_tell_which_points_a_step_took(case):
    """In the order of the data each batch is the next slice of it; shuffled, the page has to ask."""
    experiment, _, payload = case
    assert payload["shuffled"] == (experiment.shuffle and payload["stepsPerEpoch"] > 1)
    assert payload["linear"] == getattr(experiment.resolved_model, "linear", False)
    if payload["kind"] == "surface" or payload["shuffled"]:
        return
    taken, size = batches(experiment), payload["batch"]
    for k in (1, payload["stepsPerEpoch"], experiment.steps):
        first = (k - 1) % payload["stepsPerEpoch"] * size
        assert taken[k - 1].tolist() == list(range(first, min(first + size, payload["points"])))


def test_every_number_shown_is_the_runs_own(case):
    _, runs, payload = case
    shown = np.array(payload["shown"] or range(payload["steps"] + 1))
    for run, series in zip(runs.values(), parts(payload)[0], strict=True):
        for name, values in zip(payload["series"], series, strict=True):
            truth = single(told(run, name, shown, payload["floor"]))
            np.testing.assert_array_equal(values, truth, err_msg=f"{run.label} {name}")


def test_every_summary_is_the_extremes_of_its_steps(case):
    _, runs, payload = case
    edges = payload["edges"]
    for run, summaries in zip(runs.values(), parts(payload)[1], strict=True):
        for name, (low, high) in zip(payload["summaries"], summaries, strict=True):
            for i in sorted({0, len(edges) // 2, len(edges) - 2} & set(range(len(edges) - 1))):
                values = told(run, name, np.arange(edges[i] + 1, edges[i + 1] + 1), payload["floor"])
                finite = values[~np.isnan(values)].tolist()
                assert low[i] == pytest.approx(single(min(finite, default=math.nan)), rel=1e-6, nan_ok=True)
                assert high[i] == pytest.approx(single(max(finite, default=math.nan)), rel=1e-6, nan_ok=True)


def test_only_a_run_whose_steps_are_not_all_shown_is_summarised(case):
    _, _, payload = case
    assert (payload["stride"] == 1) == (payload["shown"] is None)
    assert (len(payload["edges"]) > 2) == (payload["stride"] > 1)


def test_it_says_of_the_experiment_what_it_is(case):
    experiment, _, payload = case
    assert payload["hash"] == experiment.digest
    assert payload["steps"] == experiment.steps == payload["epochs"] * payload["stepsPerEpoch"] == payload["edges"][-1]
    if experiment.data is None:
        assert (payload["kind"], payload["points"], payload["data"]) == ("surface", 0, None)
    else:
        data = payload["data"]
        assert payload["points"] == sum(data["count"]) == len(experiment.dataset.x)
        assert [data["x"][i] for i in data["index"]] == experiment.dataset.x.tolist()
        assert [data["y"][i] for i in data["index"]] == experiment.dataset.y.tolist()
    assert (payload["shown"] is None) == (payload["stride"] == 1)
    assert [one["label"] for one in payload["contestants"]] == [one.label for one in experiment.contestants]
    assert [one["lr"] for one in payload["contestants"]] == [one.optimizer.lr for one in experiment.contestants]
    assert payload["true"] == (list(experiment.true_params) if isinstance(experiment.data, Generated) else None)


def test_the_least_loss_is_nowhere_undercut(case):
    experiment, runs, payload = case
    assert payload["startLoss"] == pytest.approx(float(experiment.loss(experiment.start)))
    if payload["floor"] is None:
        assert payload["optimum"] is None
        return
    if payload["optimum"] is not None:
        assert payload["floor"] == pytest.approx(float(experiment.loss(payload["optimum"])), abs=1e-20)
    for run in runs.values():
        if np.isfinite(run.loss).any():
            assert np.nanmin(run.loss) >= payload["floor"] - 1e-9 * abs(payload["floor"]) - 1e-14


def test_the_floor_of_a_line_is_its_mean_squared_error_at_least_squares():
    experiment = SHAPES["noise"]
    payload = build(experiment, train(experiment))
    (slope, height), (rest, *_) = np.polyfit(experiment.dataset.x, experiment.dataset.y, 1, full=True)[:2]
    assert payload["optimum"] == pytest.approx([slope, height])
    assert payload["floor"] == pytest.approx(rest / 30)


def test_arrivals_are_the_steps_there_staying_leaving_and_leaving_again(case):
    _, runs, payload = case
    floor = payload["floor"]
    if floor is None:
        assert [one["arrival"] for one in payload["contestants"]] == [[[None] * 4] * len(SHARES)] * len(runs)
        return
    for run, one in zip(runs.values(), payload["contestants"], strict=True):
        excess = [max(loss - floor, 0) if not math.isnan(loss) else math.inf for loss in run.loss.tolist()]
        for share, (first, stays, leaves, again) in zip(SHARES, one["arrival"], strict=True):
            within = [value <= share * excess[0] for value in excess]
            assert first == next((k for k, there in enumerate(within) if there), None)
            last_out = max((k for k, there in enumerate(within) if not there), default=-1)
            assert stays == (last_out + 1 if last_out + 1 < len(within) else None)
            out = [k for k in range(1, len(within)) if within[k - 1] and not within[k]]
            assert [leaves, again] == [*out, None, None][:2]


def test_trembling_and_rest_are_those_of_the_run(case):
    experiment, runs, payload = case
    for contestant, one in zip(experiment.contestants, payload["contestants"], strict=True):
        run, size = runs[contestant.label], experiment.steps_per_epoch
        found = verdict(run, experiment.floor, size, one["restarts"])
        assert one["trembles"] == events.trembles(run, experiment.floor, found, size)
        assert one["rests"] == events.rests(run, experiment.floor, found, size)


def test_restarts_are_told_in_steps():
    experiment = SHAPES["restarts"]
    (one,) = build(experiment, train(experiment))["contestants"]
    assert one["restarts"] == [45, 90, 135]


def test_what_diverges_says_where_and_why():
    experiment = SHAPES["a method that diverges"]
    runs = train(experiment)
    calm, hot, warm = build(experiment, runs)["contestants"]
    excess = runs["warm"].loss
    assert calm["diverged"] is None
    assert warm["diverged"] == {
        "at": next(k for k, loss in enumerate(excess) if loss > 1000 * excess[0]),
        "reason": "excess loss above 1,000 times the start",
    }
    assert hot["verdict"] == {"kind": "diverged", "says": "diverged", "halfRange": []}
    assert 0 < hot["diverged"]["at"] <= runs["hot"].diverged_at


def test_a_method_whose_numbers_end_at_once_says_why():
    experiment = Experiment(epochs=1, contestants=[Contestant("mad", SGD(1e300))])
    runs = train(experiment)
    (mad,) = json.loads(strictly(build(experiment, runs)))["contestants"]
    assert mad["diverged"] == {"at": 1, "reason": runs["mad"].diverged_reason}


def test_a_method_that_loses_its_slope_says_so_and_does_not_diverge():
    experiment = Experiment(custom.read("x*sqrt(y)").problem, start=(0, 0), contestants=[Contestant("it", SGD(0.1))])
    (it,) = json.loads(strictly(build(experiment, train(experiment))))["contestants"]
    assert it["diverged"] == {"at": 1, "reason": "the slope by y is not a number, though the loss is"}
    assert it["verdict"] == {"kind": "slope not computable", "says": "slope not computable", "halfRange": []}


def test_the_browser_computes_what_the_server_descends():
    experiment = Experiment(custom.read("a/(1 + exp(-b*x))").problem)
    assert build(experiment, train(experiment))["curve"] == ["*", {"p": 0}, ["sigmoid", ["*", {"p": 1}, {"x": 0}]]]


@given(VALUES)
@settings(max_examples=60)
def test_whatever_the_form_asks_for_is_strict_json(values):
    experiment = parsing.parse(values).experiment
    payload = build(experiment, train(experiment))
    assert json.loads(strictly(payload)) == payload
    parts(payload)  # which counts the numbers


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=1, max_size=40))
def test_coinciding_points_are_counted(points):
    x, y, count, index = coinciding(*np.array(points, dtype=float).T).values()
    assert [(x[i], y[i]) for i in index] == points
    assert dict(zip(zip(x, y, strict=True), count, strict=True)) == Counter(points)


def test_the_reference_is_the_minimum_and_else_the_truth_or_the_start():
    noisy = Experiment(data=Generated(noise=5))
    best, what = reference_point(noisy)
    assert best == pytest.approx(np.polyfit(noisy.dataset.x, noisy.dataset.y, 1))
    assert what == "minimum"
    curve = Model("curve", ("a",), lambda p, x: p[0] ** 2 * x, lambda p, x: (2 * p[0] * x,))
    cases = {
        "minimum": (Experiment(model=curve, true_params=(3,), start=(1,)), [3]),
        "true parameters": (Experiment(curve, true_params=(3,), start=(1,), data=Generated(noise=1)), [3]),
        "start": (Experiment(model=curve, data=Dataset([1, 2], [9, 18]), start=(1,)), [1]),
    }
    for word, (experiment, place) in cases.items():
        found, what = reference_point(experiment)
        assert (found.tolist(), what) == (place, word)


def test_past_four_parameters_gradient_and_direction_travel_of_the_watched_one_only():
    experiment = SHAPES["the largest network"]
    runs, names = train(experiment), experiment.resolved_model.parameter_names
    for watched, place in (("b3", 18), (None, 0), ("nonsense", 0)):
        payload = build(experiment, runs, watched=watched)
        assert payload["watched"] == place
        assert [name for name in payload["series"] if name.startswith(("gradient", "direction"))] == [
            f"gradient {place}", f"direction {place}"]
        shown = np.array(payload["shown"])
        for run, series in zip(runs.values(), parts(payload)[0], strict=True):
            told_of = dict(zip(payload["series"], series, strict=True))
            np.testing.assert_array_equal(told_of[f"gradient {place}"][1:], single(run.gradient[shown[1:] - 1, place]))
    assert names[18] == "b3"
    assert watched_places(names[:MOST_WATCHED], "w2") == [0, 1, 2, 3]
    assert build(SHAPES["three parameters"], train(SHAPES["three parameters"]))["watched"] is None


@pytest.mark.parametrize("name", ["the longest", "eight methods", "a stride within epochs", "restarts on a surface"])
def test_every_step_that_an_event_names_is_shown(name):
    experiment = SHAPES[name]
    payload = build(experiment, train(experiment))
    shown = {*(payload["shown"] or range(payload["steps"] + 1))}
    for one in payload["contestants"]:
        steps = {one["trembles"], one["rests"], *one["arrival"][SHARES.index(THERE)]} - {None}
        assert steps <= shown


def test_snapshots_are_the_ends_of_the_cycles_and_are_among_the_shown_steps():
    """Of 666 cycles forty are listed at most; each of them is shown, however far apart the shown steps are."""
    short = Experiment(epochs=6, contestants=[Contestant("a", Adam(1), CosineAnnealing(1.5))])
    run = train(short)["a"]
    (one,) = build(short, {"a": run})["contestants"]
    assert one["snapshots"] == [[k, run.loss[k], run.params[k].tolist()] for k in (45, 90, 135, 180)]
    long = Experiment(epochs=200, contestants=[Contestant("a", Adam(1), CosineAnnealing(0.3)), *EIGHT])
    payload = build(long, train(long))
    steps = [step for step, _, _ in payload["contestants"][0]["snapshots"]]
    assert 20 <= len(steps) <= 40
    assert steps[-1] == 5994  # the last cycle is cut off
    assert set(steps) <= set(payload["shown"])
    assert payload["contestants"][1]["snapshots"] == []


def test_two_contestants_part_at_the_first_step_at_which_any_parameter_differs():
    contestants = [
        Contestant("a", SGD(0.001)), Contestant("twin", SGD(0.001)), Contestant("b", SGD(0.002)),
        Contestant("late", SGD(0.001), CosineAnnealing()),
        Contestant("hot", SGD(1.0)), Contestant("hot twin", SGD(1.0)),
    ]
    experiment = Experiment(epochs=4, contestants=contestants)
    found = {(i, j): step for i, j, step in build(experiment, train(experiment))["parts"]}
    assert len(found) == 15
    # Annealing starts with the whole rate, so that its first step is the same.
    assert (found[0, 1], found[0, 2], found[0, 3], found[4, 5]) == (None, 1, 2, None)


def test_a_contestant_tells_its_method_schedule_and_settings_in_words():
    experiment = Experiment(contestants=[Contestant("mine", Adam(0.1, amsgrad=True), CosineAnnealing(warmup=2))])
    runs = train(experiment)
    (one,) = build(experiment, runs)["contestants"]
    assert (one["method"], one["schedule"]) == ("Adam", "CosineAnnealing")
    assert one["settings"][0] == ["Learning rate", "0.1"]
    said = dict(one["settings"])
    assert (said["Beta 2"], said["Eps"], said["AMSGrad"], said["Bias correction"]) == ("0.999", "1e-8", "on", "on")
    assert (said["Period (epochs)"], said["Warm-up (epochs)"]) == ("whole run", "2")


def test_a_plane_for_more_than_two_parameters_shows_the_main_directions_of_the_calm_paths():
    experiment = SHAPES["three parameters"]
    payload = build(experiment, train(experiment))
    plane, directions = payload["plane"], np.array(payload["plane"]["directions"])
    np.testing.assert_allclose(directions @ directions.T, np.eye(2), atol=1e-12)
    assert 0.9 < plane["share"] <= 1
    for run in train(experiment).values():
        for feet, (low, high) in zip(((run.params - plane["origin"]) @ directions.T).T, plane["range"], strict=True):
            assert low < feet.min() < feet.max() < high
    middle = directions @ (np.array(payload["reference"]) - plane["origin"])
    np.testing.assert_allclose(np.mean(plane["close"] - 0.12 * np.array(plane["range"]), axis=1), 0.88 * middle)
    assert build(SHAPES["a surface"], train(SHAPES["a surface"]))["plane"] is None


def test_every_problem_makes_a_payload_with_a_formula_of_its_own():
    formulas = {}
    for name in [*MODELS, *SURFACES]:
        experiment = Experiment(name, epochs=1)
        payload = json.loads(strictly(build(experiment, train(experiment))))
        formulas[name] = payload["formula"]
        assert payload["kind"] == ("surface" if name in SURFACES else "curve")
        assert payload["curve"]
        assert len(payload["axes"]["landscape"]) == len(payload["parameters"]) == len(payload["reference"])
    assert len(set(formulas.values())) == len(formulas)
    assert formulas["line"] == "y = a x + b"
    assert formulas["rosenbrock"] == "z = (1 − x)^2 + 100 (y − x^2)^2"
    assert formulas["logistic-regression"] == "P(y = 1) = sigmoid(a x + b)"
    assert formulas["network-8"] == "y = v1 tanh(w1 x + b1) + … + v8 tanh(w8 x + b8) + c"


@pytest.fixture(scope="module")
def sent():
    """The default's payload and the largest ones, as Dash writes them into a reply."""
    large = (
        SHAPES["eight methods"],
        SHAPES["the longest"],
        Experiment(epochs=1000, data=Generated(size=2, noise=20), contestants=EIGHT),
        Experiment(epochs=1000, data=Generated(size=50, noise=20), contestants=EIGHT),
        Experiment("network-16", epochs=1000, data=Generated(noise=1), contestants=EIGHT),
    )
    return [to_json_plotly(build(one, train(one))).encode() for one in (SHAPES["default"], *large)]


SQUEEZED = {"gzip": lambda text: gzip.compress(text, 6), "brotli": lambda text: brotli.compress(text, quality=6)}


@pytest.mark.parametrize("squeeze", SQUEEZED.values(), ids=SQUEEZED)
def test_a_run_is_small_on_its_way(sent, squeeze):
    default, *large = (len(squeeze(text)) for text in sent)
    assert default < 150_000
    assert max(large) < 700_000
