"""The microscope: the numbers are those of `train`, and what is shown can be worked out again from what is shown."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from math import floor, log10

import numpy as np
import pytest

from components.answers import ANSWERS
from components.microscope import typeset
from components.microscope.answers import MOST_STEPS
from components.microscope.replay import BLOCK, Replay, step_lines
from components.payload import encoding
from components.payload.build import build
from components.question import Question, Trained
from components.settings import parsing
from components.settings.table import DEFAULTS
from components.text.errors import Refused
from optim import OPTIMIZERS, Adam, Contestant, CosineAnnealing, Experiment, Lion, train
from tests.components.microscope.test_typeset import shown_value

EVERY = [{"label": name, "method": name, "schedule": "CosineAnnealing", "own": {}} for name in OPTIMIZERS]


def trained(experiment):
    return Trained(experiment, train(experiment))


def ask(kind, about, train=trained, **values):
    """The answer as the browser gets it."""
    parsed = parsing.parse(DEFAULTS | values)
    found = ANSWERS[kind](Question(parsed, about, train))
    if isinstance(found, Iterator):
        found = together([part for part in found if part])
    return json.loads(json.dumps(found, allow_nan=False))


def together(parts):
    """The parts of an answer on rates as one."""
    counts, told = [part["count"] for part in parts], {key: parts[0][key] for key in ("parameters", "has")}
    assert [part["first"] for part in parts] == [sum(counts[:place]) for place in range(len(parts))]
    assert all(part | told == part for part in parts)
    if not told["has"]:
        return {**told, "rates": parts[0]["rates"]}
    shapes = [[(len(told["parameters"]), count)] * len(told["has"]) for count in counts]
    rates = [encoding.decode(part["rates"], *shape) for part, shape in zip(parts, shapes, strict=True)]
    return {**told, "rates": encoding.encode(*(np.concatenate(one, axis=1) for one in zip(*rates, strict=True)))}


def rates_of(experiment, wanted, runs=None):
    """The effective rates by label, of all steps that are wanted."""
    parts = [part for part in Replay(experiment, runs or train(experiment)).rates(wanted) if part]
    return {label: np.concatenate([found[label] for _, found in parts]) for label in parts[0][1]}


def run_of(place, **values):
    experiment = parsing.parse(DEFAULTS | values).experiment
    return train(experiment)[experiment.contestants[place].label]


SETTINGS = {
    "article": {},
    "shuffled batches in turn": {"shuffle": "on", "batch": 7, "coordinates": "in turn"},
    "summed": {"reduction": "sum", "batch": 5, "lr": 1e-5},
    "a surface with noise": {"problem": "rosenbrock", "gradient_noise": 0.3},
    "a curve": {"problem": "sine"},
    "own function": {"problem": "own", "formula": "a*exp(-b*x) + c"},
}


@pytest.mark.parametrize("values", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("place", [1, 3])
def test_the_numbers_are_those_of_train_to_the_last_bit(values, place):
    run = run_of(place, **values)
    asked = [1, 2, 3, BLOCK - 1, BLOCK, BLOCK + 1, BLOCK + 5, len(run.gradient)]
    asked = sorted({min(step, len(run.gradient)) for step in asked})
    found = ask("microscope", {"contestant": place, "steps": asked}, **values)
    assert (found["steps"], found["parameters"]) == (asked, list(range(run.params.shape[1])))
    numbers = {name: np.array(rows) for name, rows in found["numbers"].items()}
    rows = np.array(asked) - 1
    for name, expected in {
        "g": run.gradient[rows].T, "d": run.direction[rows].T,
        "p before": run.params[rows].T, "p": run.params[rows + 1].T,
        "lr": run.learning_rate[None, rows], "loss before": run.loss[None, rows], "loss": run.loss[None, rows + 1],
        "update": -(run.learning_rate[rows] * run.direction[rows].T),
    }.items():
        assert numbers[name].tobytes() == np.ascontiguousarray(expected).tobytes(), name


def test_any_order_of_questions_gives_the_same_numbers():
    """The states that are held on the way are those of the way itself."""
    experiment = Experiment(contestants=[Contestant("Adam", Adam(1, (0.7, 0.9)), CosineAnnealing())])
    run = train(experiment)["Adam"]
    whole = list(Replay(experiment, {"Adam": run}).intermediates("Adam", range(1, experiment.steps + 1)))
    replay = Replay(experiment, {"Adam": run})
    for step in (1400, 600, 3, 257, 256, 1500, 513):
        (found,) = replay.intermediates("Adam", [step])
        assert {name: np.asarray(value).tobytes() for name, value in found.items()} == {
            name: np.asarray(value).tobytes() for name, value in whole[step - 1].items()}
        np.testing.assert_array_equal(found["p"], run.params[step])


def six(value):
    """A number as it is shown: in six significant digits."""
    return float(f"{value:.5e}")


def slack(written, numbers, exact):
    """How far the rounding of the shown numbers can move what is worked out from them."""
    moved = 0.0
    for name in {name for name, _ in written.slots} - exact:
        half = 0.5 * 10.0 ** (floor(log10(abs(numbers[name]))) - 5) if numbers[name] else 0.0
        moved += max(abs(shown_value(written, numbers | {name: numbers[name] + side * half})
                         - shown_value(written, numbers)) for side in (-1, 1))
    return moved


@pytest.mark.parametrize("place", range(len(EVERY)), ids=list(OPTIMIZERS))
def test_the_update_can_be_worked_out_from_the_numbers_shown(place):
    methods = EVERY[place:place + 1]
    rule = ask("rule", {"contestant": 0}, methods=methods)
    steps = [1, 2, 7, 30, 200, 900]
    found = ask("microscope", {"contestant": 0, "steps": steps}, methods=methods)
    contestant = parsing.parse(DEFAULTS | {"methods": methods}).experiment.contestants[0]
    rows = typeset.rows(step_lines(contestant), rule["constants"])
    assert [row["name"] for row in rule["rows"]] == [row.name for row in rows]
    exact = {*rule["constants"], "t"}
    for i, step in enumerate(steps):
        for parameter in (0, 1):
            values = {name: rows[min(parameter, len(rows) - 1)][i] for name, rows in found["numbers"].items()}
            numbers = {**{name: six(value) for name, value in values.items()}, **rule["constants"], "t": float(step)}
            for row in rows:
                if not row.filled:
                    continue
                case = 0 if row.above is None or values[row.above[0]] > row.above[1] else 1
                value, half = shown_value(row.filled[case], numbers), 0.6 * 10.0 ** -5 * abs(values[row.name])
                room = slack(row.filled[case], numbers, exact) * 1.01 + half + 1e-300
                assert abs(value - numbers[row.name]) <= room, (step, row.name, value, numbers[row.name])
            after = numbers["p before"] - numbers["lr"] * numbers["d"]
            assert after == pytest.approx(values["p"], abs=2e-5 * (abs(values["p before"]) + abs(values["update"])))


def test_the_rule_names_what_it_shows():
    rule = ask("rule", {"contestant": 3})
    assert rule["label"] == "Adam with annealing"
    assert said_of(rule)[-1] == "gradient: slope of the squared error of this step’s point"
    says = {row["name"]: row["says"] for row in rule["rows"]}
    assert list(says) == ["m", "v", "m_hat", "v_hat", "d", "lr", "update", "p"]
    assert says["lr"] == "learning rate now; σ is the share of cosine annealing"
    assert [row["name"] for row in rule["begins"]] == ["m", "v"]
    assert ask("rule", {"contestant": 0})["rows"][1]["says"] == "learning rate, constant"
    in_turn = {"batch": 7, "reduction": "sum", "coordinates": "in turn"}
    for values, words in ((in_turn, "gradient: slope of the summed squared error of this step’s batch"),
                          (in_turn, "over the N points of this step, at the parameters updated so far"),
                          ({"problem": "rosenbrock"}, "gradient: slope of the surface"),
                          ({"problem": "rosenbrock", "gradient_noise": 1}, "the slope with this step’s noise"),
                          ({"problem": "logistic-regression"}, "gradient: slope of the cross-entropy")):
        assert any(words in says for says in said_of(ask("rule", {"contestant": 0}, **values)))


def said_of(rule):
    """What stands beside the rows of the gradient of the first parameter."""
    return [row["says"] for row in rule["gradient"]["kinds"][rule["gradient"]["of"][0]]]


def test_a_diverged_run_has_numbers_up_to_there_and_no_json_that_is_none():
    run = run_of(0, lr=1)
    at = run.diverged_at
    found = ask("microscope", {"contestant": 0, "steps": [at - 1, at, at + 1]}, lr=1)["numbers"]
    assert found["g"][0][0] == run.gradient[at - 2, 0]
    assert found["g"][0][1:] == [None, None]
    assert found["p"][0][1:] == [None, None]


def test_an_infinite_gradient_is_not_one_that_is_none():
    own = {"problem": "own", "formula": "y^2 - sqrt(x)", "start": "0, 1", "epochs": 5,
           "methods": [{"label": "Lion", "method": "Lion", "schedule": "Constant", "own": {}}]}
    found = ask("microscope", {"contestant": 0, "steps": [1, 2]}, **own)["numbers"]
    assert [one[0] for one in found["g"]] == ["-inf", 2.0]
    assert found["c"][0] == ["-inf", "-inf"]
    assert found["d"][0] == [-1.0, -1.0]


def test_of_many_parameters_one_is_asked_for():
    values = {"problem": "network", "units": 8}
    run = run_of(2, **values)
    found = ask("microscope", {"contestant": 2, "steps": [5], "parameter": 7}, **values)
    assert found["parameters"] == [7]
    assert found["numbers"]["d"] == [[run.direction[4, 7]]]


@pytest.mark.parametrize(("kind", "about"), [
    ("rule", {}), ("rule", {"contestant": 4}), ("rule", {"contestant": -1}), ("rule", {"contestant": True}),
    ("rule", {"contestant": "0"}), ("microscope", {"contestant": 0}), ("microscope", {"contestant": 0, "steps": []}),
    ("microscope", {"contestant": 0, "steps": [0]}), ("microscope", {"contestant": 0, "steps": [1501]}),
    ("microscope", {"contestant": 0, "steps": [2, 1]}), ("microscope", {"contestant": 0, "steps": [1, 1]}),
    ("microscope", {"contestant": 0, "steps": [1.5]}), ("microscope", {"contestant": 0, "steps": [True]}),
    ("microscope", {"contestant": 0, "steps": "1"}),
    ("microscope", {"contestant": 0, "steps": list(range(1, MOST_STEPS + 2))}),
    ("felt", {}), ("felt", {"parameters": []}), ("felt", {"parameters": [2]}), ("felt", {"parameters": [0] * 5}),
    ("felt", {"parameters": [None]}),
], ids=str)
def test_what_cannot_be_asked_is_refused_in_a_sentence(kind, about):
    with pytest.raises(Refused, match=r"\.$"):
        ask(kind, about)


@pytest.mark.parametrize("kind", ["rule", "microscope", "felt"])
def test_settings_that_make_no_run_have_no_answer(kind):
    with pytest.raises(Refused, match="make no run"):
        ask(kind, {"contestant": 0, "steps": [1], "parameters": [0]}, noise="much")


def test_the_rate_felt_is_the_articles_rate_of_each_parameter():
    """lr / (sqrt(v) + eps), at the display steps of the run."""
    experiment = parsing.parse(DEFAULTS).experiment
    runs = train(experiment)
    found = ask("felt", {"parameters": [1, 0]})
    assert (found["parameters"], found["has"]) == ([1, 0], [0, 1, 2, 3])
    rates = encoding.decode(found["rates"], *[(2, experiment.steps + 1)] * 4)
    g = runs["Adam"].gradient[:, 0]
    v = np.zeros(experiment.steps)
    for k, slope in enumerate(g):
        v[k] = 0.9 * (v[k - 1] if k else 0) + 0.1 * slope**2
    v /= 1 - 0.9 ** np.arange(1, experiment.steps + 1)
    np.testing.assert_allclose(rates[2][1, 1:], 1 / (np.sqrt(v) + 1e-8), rtol=1e-6)
    np.testing.assert_allclose(rates[0][0, 1:], 0.001, rtol=1e-6)
    assert np.isnan(rates[0][0, 0])


def test_who_has_no_such_rate_is_left_out_and_long_runs_are_thinned_as_they_are_drawn():
    methods = [EVERY[-1], *EVERY[5:7]]
    found = ask("felt", {"parameters": [0]}, methods=methods, epochs=200)
    assert found["has"] == [1, 2]
    experiment = parsing.parse(DEFAULTS | {"methods": methods, "epochs": 200}).experiment
    shown = build(experiment, train(experiment))["shown"]
    assert encoding.decode(found["rates"], *[(1, len(shown))] * 2)[0].shape == (1, len(shown))
    assert ask("felt", {"parameters": [0]}, methods=EVERY[-1:]) == {"parameters": [0], "has": [], "rates": ""}


def test_methods_felt_together_are_each_as_alone():
    """The same bytes in any company, from one step to the next, and nothing from where a run has diverged."""
    many = [Contestant(f"{kind.__name__} {lr}", kind(lr=lr), CosineAnnealing())
            for kind in OPTIMIZERS.values() if kind is not Lion for lr in (0.01, 0.02, 1.0)]
    experiment, wanted = Experiment(contestants=many, epochs=10), [0, 1, 2, 7, 30, 255, 256, 257, 300]
    runs = train(experiment)
    together = rates_of(experiment, wanted, runs)
    assert {one.label for one in many if runs[one.label].diverged_at} >= {"SGD 1.0"}
    assert [*together] == [one.label for one in many]
    for one in many:
        run, found = runs[one.label], together[one.label]
        sound = [step for step in wanted if 0 < step < (run.diverged_at or 301)]
        alone = Replay(replace(experiment, contestants=[one]), {one.label: run})
        worked = [now["lr"] * np.asarray(eval(one.optimizer.steady_gain, {"np": np}, now | one.optimizer.constants()))
                  for now in alone.intermediates(one.label, sound)]
        expected = np.full((len(wanted), 2), np.nan)
        for step, value in zip(sound, worked, strict=True):
            expected[wanted.index(step)] = value
        assert found.tobytes() == expected.tobytes(), one.label


def test_what_was_felt_is_worked_out_once_for_all_parameters(monkeypatch):
    runs = cache(trained)
    found = ask("felt", {"parameters": [0, 1]}, train=runs)
    monkeypatch.setattr("components.microscope.replay.work_out", None)
    assert ask("felt", {"parameters": [0, 1]}, train=runs) == found
    assert ask("felt", {"parameters": [1]}, train=runs)["has"] == found["has"]


@pytest.mark.parametrize("method", [one for one in OPTIMIZERS.values() if one is not Lion])
def test_directions_are_the_felt_rate_times_a_mean_of_gradients(method):
    """With all memory gone the mean is the gradient itself: lr d = felt g."""
    none = {key: 0 for key in ("betas", "beta", "alpha", "rho", "weight_decay") if hasattr(method(), key)}
    none |= {"betas": (0, 0)} if "betas" in none else {}
    one = Contestant("it", replace(method(lr=0.1), **none), CosineAnnealing())
    experiment = Experiment(contestants=[one], epochs=1)
    run, rates = train(experiment)["it"], rates_of(experiment, range(31))["it"][1:]
    np.testing.assert_allclose(rates * run.gradient, run.learning_rate[:, None] * run.direction, rtol=1e-9)
